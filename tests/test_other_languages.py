"""The examples of docs/other-languages.md run as they stand there, where their languages are."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import httpx
import pytest

from tests.faces.test_serve import serving

DOCUMENT = Path(__file__).parent.parent / "docs/other-languages.md"
# How the example of a language is run, and the end of its file's name; Java's needs JUnit, which is seldom there.
RUN = {"bash": ("bash", ".sh"), "js": ("node", ".mjs"), "ruby": ("ruby", ".rb")}
EXAMPLES = dict(re.findall(r"```(\w+)\n(.*?)```", DOCUMENT.read_text(), re.DOTALL))


def test_there_is_an_example_for_each_language_of_one_screen():
    assert set(EXAMPLES) == {*RUN, "java"}
    assert {name: lines for name, text in EXAMPLES.items() if (lines := text.count("\n")) > 70} == {}


@pytest.mark.parametrize("language", RUN)
def test_an_example_runs_as_it_stands(tmp_path, language):
    """Against a server of its own; afterwards its world is gone, and the first one was never asked."""
    program, end = RUN[language]
    if shutil.which(program) is None:
        pytest.skip(f"no {program} on this machine")
    (script := tmp_path / f"example{end}").write_text(EXAMPLES[language])
    with serving("--json") as process:
        assert process.stdout is not None
        url = json.loads(process.stdout.readline())["base_url"]
        environment = {**os.environ, "MOCK_NETFLIX_URL": url, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
        ended = subprocess.run(
            [program, script], env=environment, capture_output=True, text=True, check=False, timeout=60
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        assert httpx.get(f"{url}/_mock/worlds", trust_env=False).json() == {"worlds": []}
        assert httpx.get(f"{url}/_mock/requests", trust_env=False).json()["requests"] == []
    assert re.search(r"all is well|pass 1\n|1 runs, [0-9]+ assertions, 0 failures", ended.stdout)
