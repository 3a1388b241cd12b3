"""Projects of users of the plugin: their tests run by pytest, as they would be on their machine."""

from __future__ import annotations

from dataclasses import dataclass

# What is imported before a run in this process is kept after it; of some there must not be two.
import httpcore  # noqa: F401
import pytest
import trustme  # noqa: F401
import yaml  # noqa: F401

import mock_netflix.pytest_plugin.report
import mock_netflix.pytest_plugin.worlds  # noqa: F401

# Plugins that happen to be here, and take long to load; those that a test needs it names.
_WITHOUT = ("schemathesis", "hypothesispytest", "asyncio", "anyio", "xdist", "faker")

_HEAD = '''
import httpx
import pytest


def ask(world, path, **params):
    """The answer to a request that is signed for the ready subscriber."""
    return send(world.sign("GET", path, params=params).url)


def send(url, **headers):
    with httpx.Client(trust_env=False, verify=False) as client:
        return client.get(url, headers=headers)
'''


@dataclass(frozen=True)
class Project:
    """A folder with tests, and what its author calls pytest with."""

    pytester: pytest.Pytester

    def run(self, tests: str, *words: str, process: bool = False, loads: tuple[str, ...] = ()) -> pytest.RunResult:
        """Runs these tests, in this process or in one of their own, with the plugins `loads` beside ours."""
        self.pytester.makepyfile(test_it=f"{_HEAD}\n{tests}")
        return self.again(*words, process=process, loads=loads)

    def again(self, *words: str, process: bool = False, loads: tuple[str, ...] = ()) -> pytest.RunResult:
        """Runs what is there."""
        without = [word for name in _WITHOUT if name not in loads for word in ("-p", f"no:{name}")]
        run = self.pytester.runpytest_subprocess if process else self.pytester.runpytest_inprocess
        return run("-W", "error", *without, *words)

    def ini(self, *lines: str) -> None:
        self.pytester.makeini("\n".join(("[pytest]", *lines)))


def printed(result: pytest.RunResult) -> str:
    return "\n".join(result.outlines)


def said(result: pytest.RunResult) -> str:
    """What pytest refused to run with: one sentence, and no traceback."""
    assert result.ret == pytest.ExitCode.USAGE_ERROR, printed(result)
    told = [line for line in result.errlines if line]
    assert len(told) == 1, told
    return told[0].removeprefix("ERROR: ")
