"""Lines for a shell: whatever is in a value, it is that and nothing else once they are evaluated."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from mock_netflix.environment.shells import FISH, POWERSHELL, SH, Shell, guessed

ODD = {
    "PLAIN": "http://127.0.0.1:2008",
    "EMPTY": "",
    "BLANKS": "  two  blanks\tand a tab ",
    "QUOTES": """it's "so" ''twice''""",
    "BACKSLASHES": r"C:\Users\x\ \\ \' ends in \ ".rstrip(),
    "COMMANDS": "$(exit 3) `exit 3` ${HOME} $HOME !! !x; exit 3 & | > /dev/full # no comment",
    "LINES": "first\nsecond\r\n third\n",
    "LETTERS": "Amélie 映 \u2018curled\u2019 \u201alow\u201b",
    "PATTERNS": "* ? [a-z] {a,b} ~ ~root",
}
# What takes lines from standard input, evaluates them as a person would, and runs what shows the variables.
EVALUATE = {
    "sh": (SH, ("sh", "-c", 'eval "$(cat)"; exec env -0')),
    "dash": (SH, ("dash", "-c", 'eval "$(cat)"; exec env -0')),
    "bash": (SH, ("bash", "-c", 'eval "$(cat)"; exec env -0')),
    "bash by the letter": (SH, ("bash", "--posix", "-uec", 'eval "$(cat)"; exec env -0')),
    "zsh": (SH, ("zsh", "-c", 'eval "$(cat)"; exec env -0')),
    "fish": (FISH, ("fish", "-c", "cat | source; exec env -0")),
    "pwsh": (POWERSHELL, ("pwsh", "-NoProfile", "-c", "$input | Out-String | Invoke-Expression; env -0")),
}


def evaluated(name: str, lines: str, given: dict[str, str]) -> dict[str, str]:
    """The variables of a shell after it has evaluated lines."""
    _, command = EVALUATE[name]
    if shutil.which(command[0]) is None:
        pytest.skip(f"no {command[0]} on this machine")
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": "/", **given}
    shown = subprocess.run(command, input=lines.encode(), env=environment, capture_output=True, check=True).stdout
    return dict(pair.split("=", 1) for pair in shown.decode().split("\0") if pair)


@pytest.mark.parametrize("name", EVALUATE)
def test_a_value_is_what_it_was(name):
    found = evaluated(name, "\n".join(EVALUATE[name][0].lines(ODD)), {})
    assert {key: found.get(key) for key in ODD} == ODD


@pytest.mark.parametrize("name", EVALUATE)
def test_a_variable_is_taken_away_whether_it_is_there_or_not(name):
    lines = "\n".join(EVALUATE[name][0].lines({"THERE": None, "NOWHERE": None, "NEW": "1"}))
    found = evaluated(name, lines, {"THERE": "x", "KEPT": "y"})
    assert {key: found.get(key) for key in ("THERE", "NOWHERE", "NEW", "KEPT")} == {
        "THERE": None,
        "NOWHERE": None,
        "NEW": "1",
        "KEPT": "y",
    }


def test_the_lines_hold_without_quotation_marks_around_the_command_too():
    """eval $(mock-netflix env) joins the lines by blanks, so each must have an end of its own."""
    lines = "\n".join((*SH.lines({"A": "x y", "B": None, "C": "z"}), "# a comment"))
    shown = subprocess.run(["sh", "-c", "eval $(cat); exec env"], input=lines, capture_output=True, text=True).stdout
    assert {"A=x y", "C=z"} <= set(shown.splitlines())


def test_fish_knows_two_escapes_within_single_quotes():
    assert list(FISH.lines({"A": r"it's \ $x"})) == [r"set -gx A 'it\'s \\ $x';"]
    assert list(FISH.lines({"A": None})) == ["set -e A;"]


def test_powershell_doubles_every_mark_that_it_takes_for_a_single_quote():
    told = 'it\'s \u2018so\u2019 \u201aand\u201b "$x" `'
    expected = "$env:A = 'it''s \u2018\u2018so\u2019\u2019 \u201a\u201aand\u201b\u201b \"$x\" `'"
    assert list(POWERSHELL.lines({"A": told})) == [expected]
    assert list(POWERSHELL.lines({"A": None})) == ["Remove-Item Env:A -ErrorAction SilentlyContinue"]


GUESSES: dict[str, tuple[dict[str, str], str, Shell]] = {
    "bash": ({"SHELL": "/bin/bash"}, "linux", SH),
    "zsh": ({"SHELL": "/bin/zsh"}, "darwin", SH),
    "fish": ({"SHELL": "/usr/local/bin/fish"}, "darwin", FISH),
    "PowerShell on Linux": ({"SHELL": "/usr/bin/pwsh"}, "linux", POWERSHELL),
    "bash on Windows": ({"SHELL": "/usr/bin/bash.exe"}, "win32", SH),
    "Windows": ({}, "win32", POWERSHELL),
    "none named": ({}, "linux", SH),
    "none allowed": ({"SHELL": "/usr/sbin/nologin"}, "linux", SH),
    "empty": ({"SHELL": ""}, "linux", SH),
}


@pytest.mark.parametrize(("given", "platform", "shell"), GUESSES.values(), ids=GUESSES)
def test_the_shell_is_guessed(given, platform, shell):
    assert guessed(given, platform) is shell
