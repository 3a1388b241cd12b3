"""What docs/unchanged-clients.md shows is what there is: its examples run as they stand there, against a server.

Lines that want root, another system or an engine of containers are marked `bash` there, and are only looked at.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from mock_netflix.cli import cli
from mock_netflix.wire.hosts import HOSTS, role_of
from tests.faces.test_serve import serving

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs/unchanged-clients.md"
TEXT = DOCUMENT.read_text()
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", TEXT, re.DOTALL)
SHELL = [text for kind, text in BLOCKS if kind == "sh"]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docs/unchanged-clients/compose.yaml").read_text())
MOCK = COMPOSE["services"]["mock-netflix"]
# How the example of a language is run, the name of its file, and what shows that the machine can.
RUN = {
    "python": ([sys.executable], "client.py", [sys.executable, "-c", ""]),
    "js": (["node"], "client.mjs", ["node", "--version"]),
    "ruby": (["ruby"], "client.rb", ["ruby", "--version"]),
    "perl": (["perl"], "client.pl", ["perl", "-MLWP::Protocol::https", "-e", "1"]),
    "java": (["java"], "Unchanged.java", ["javac", "--version"]),
}
UNTRIED = {"php", "go"}


@dataclass
class Shell:
    """A shell beside a running server, with an authority of its own."""

    port: int
    environment: Mapping[str, str]
    folder: Path

    def run(self, script: str) -> subprocess.CompletedProcess[str]:
        """What a script says and how it ends; it stops at the first command that fails."""
        script = f"set -euo pipefail\n{script.replace('127.0.0.1:2008', f'127.0.0.1:{self.port}')}"
        return subprocess.run(
            ["bash", "-c", script],
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=90,
        )


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    authority = str(tmp_path_factory.mktemp("authority"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOCK_NETFLIX_AUTHORITY", authority)
        with serving("--json") as process:
            assert process.stdout is not None
            url: str = json.loads(process.stdout.readline())["base_url"]
            bare = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
            path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
            environment = {**bare, "PATH": path, "SHELL": "/bin/sh", "MOCK_NETFLIX_BASE_URL": url}
            yield Shell(int(url.rpartition(":")[2]), environment, tmp_path_factory.mktemp("folder"))


def given(command: str, *arguments: str) -> dict[str, Any]:
    """What a command of ours takes its arguments for. Raises click.UsageError for those that it does not have."""
    found = cli.get_command(click.Context(cli), command)
    assert found is not None, command
    with found.make_context(command, list(arguments)) as context:
        return dict(context.params)


@pytest.mark.parametrize("script", SHELL)
def test_every_line_for_a_shell_works_as_it_stands(shell, script):
    if script.startswith(("keytool", "openssl")) and shutil.which(script.split()[0]) is None:
        pytest.skip(f"no {script.split()[0]} on this machine")
    ended = shell.run(script)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    expected = r"Casablanca" if "curl" in script else r"[A-Za-z0-9+/]{43}=\n|Certificate was added"
    assert re.search(expected, ended.stdout + ended.stderr)


def test_there_is_an_example_for_each_language():
    assert {kind for kind, _ in BLOCKS} == {*RUN, *UNTRIED, "sh", "bash", "py", "text", "yaml"}


@pytest.mark.parametrize("language", RUN)
def test_a_client_with_the_real_hosts_built_in_runs_unchanged(shell, language):
    program, name, probe = RUN[language]
    if shutil.which(probe[0]) is None or subprocess.run(probe, capture_output=True, check=False).returncode != 0:
        pytest.skip(f"{' '.join(probe)} does not work on this machine")
    (shell.folder / name).write_text(dict(BLOCKS)[language])
    ended = shell.run(f'eval "$(mock-netflix env)"\n{shlex.join([*program, name])}')
    assert ended.stdout == "http://api.netflix.com 200\nhttps://api-public.netflix.com 200\n", ended.stderr


def test_the_example_in_process_runs():
    exec(compile(dict(BLOCKS)["py"], DOCUMENT.name, "exec"), {})


def test_the_jobs_for_ci_run_commands_that_there_are():
    jobs = [text for kind, text in BLOCKS if kind == "yaml"]
    lines = [line for text in jobs for line in re.findall(r"mock-netflix exec .*", text)]
    assert [next(iter(yaml.safe_load(text))) for text in jobs] == ["jobs", "test"]
    assert len(lines) == len(jobs)
    for line in lines:
        assert given("exec", *shlex.split(line)[2:])["command"] == ("make", "test")


def test_every_command_shown_is_one_of_ours_with_its_options():
    lines = re.findall(r"(?:mock-netflix|`) ?(serve|env|exec)((?: --[a-z-]+(?: [\w.]+)?)+)(?: …)?[`)\n]", TEXT)
    assert len(lines) >= 5
    for command, options in lines:
        assert given(command, *shlex.split(options), *(["--", "true"] if command == "exec" else []))


def test_the_lines_for_the_hosts_file_have_all_hosts():
    lines = dict(BLOCKS)["text"].splitlines()
    assert tuple(host for line in lines for host in line.split()[1:]) == HOSTS
    assert {line.split()[0] for line in lines} == {"127.0.0.1"}


def test_the_table_of_hosts_tells_each_role():
    rows = re.findall(r"^\| (`[^|]*(?:netflix|nflximg)\.com[^|]*`[^|]*) \| ([^|]+) \|$", TEXT, re.MULTILINE)
    told = {
        host: re.sub(r"\[(.*?)\]\(.*?\)", r"\1", said) for hosts, said in rows for host in re.findall("`(.*?)`", hosts)
    }
    named = {host: role_of(host) for host in told if "*" not in host}
    assert {host for host in HOSTS if not host.startswith("cdn-")} <= named.keys()
    assert len({told[host] for host in named}) == len(set(named.values()))


def test_the_containers_of_the_compose_file_have_all_hosts_as_names():
    aliases = MOCK["networks"]["default"]["aliases"]
    assert tuple(aliases) == HOSTS
    assert MOCK["build"] == "../.."
    assert (ROOT / "docs/unchanged-clients" / MOCK["build"] / "Dockerfile").resolve() == ROOT / "Dockerfile"


def test_the_mock_of_the_compose_file_listens_where_clients_come():
    command, *options = MOCK["command"]
    told = given(command, *options)
    assert (told["port"], told["tls"], told["tls_port"]) == (80, True, 443)
    assert MOCK["environment"]["MOCK_NETFLIX_BASE_URL"] == f"http://127.0.0.1:{told['port']}"
    assert MOCK["volumes"] == ["authority:/authority"]
    assert set(COMPOSE["volumes"]) == {"authority"}


def test_the_client_of_the_compose_file_asks_for_what_there_is(shell):
    """With its addresses led to a server by the environment; the script is its own."""
    client = COMPOSE["services"]["client"]
    bundle = shell.folder / "client.pem"
    script = client["command"][0].replace("$$", "$")
    ended = shell.run(f'eval "$(mock-netflix env)"\nexport CURL_CA_BUNDLE={shlex.quote(str(bundle))}\n{script}')
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.count("Casablanca") == 2
    assert "volumes" not in client, "the key stays with the mock"


def test_the_image_has_https_and_keeps_its_authority():
    image = (ROOT / "Dockerfile").read_text()
    told = dict(re.findall(r"(MOCK_NETFLIX_\w+)=(\S+)", image))
    assert told["MOCK_NETFLIX_AUTHORITY"] == "/authority"
    assert "VOLUME /authority" in image
    assert image.count("[tls]") == 2
    ports = given("serve")["port"], given("serve")["tls_port"]
    assert f"EXPOSE {ports[0]} {ports[1]}" in image


@pytest.mark.parametrize(
    ("address", "proxied", "trusted", "says"),
    [
        ("https://api.netflix.com/", True, False, "CERTIFICATE_VERIFY_FAILED"),
        ("https://www.example.org/", True, True, "Tunnel connection failed: 403"),
        ("http://www.example.org/", True, True, "421"),
        ("https://127.0.0.1:2008/", False, True, "wrong version number"),
    ],
)
def test_a_symptom_is_what_a_client_says(shell, address, proxied, trusted, says):
    lines = [
        'eval "$(mock-netflix env)"',
        *([] if proxied else ["unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY"]),
        *([] if trusted else ["unset SSL_CERT_FILE"]),
        f"{shlex.quote(sys.executable)} -c 'import urllib.request as one; one.urlopen(\"{address}\")'",
    ]
    ended = shell.run("\n".join(lines))
    assert ended.returncode != 0
    assert says in ended.stderr
    assert says in TEXT.partition("## When it does not work")[2]


def test_every_link_within_the_document_leads_somewhere():
    anchors = {
        re.sub(r"[^a-z -]", "", one.lower()).replace(" ", "-") for one in re.findall("^#+ (.*)$", TEXT, re.MULTILINE)
    }
    targets = re.findall(r"\]\(([^)]+)\)", TEXT)
    assert len(targets) > 10
    assert {one for one in targets if one.startswith("#")} <= {f"#{one}" for one in anchors}
    assert [one for one in targets if not one.startswith("#") and not (DOCUMENT.parent / one).exists()] == []
