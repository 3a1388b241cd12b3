"""`serve --titles` and `fixtures generate` as a person and a program meet them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from mock_netflix.cli import cli
from mock_netflix.cli.progress import Bar
from mock_netflix.data.generate.world import Generated
from mock_netflix.data.load import load
from tests.clients.signer import signed
from tests.faces.commands import called, refused, run
from tests.faces.test_serve import serving


def test_a_file_is_written_and_said_in_one_line(tmp_path):
    out = tmp_path / "world.json"
    said = called("fixtures", "generate", "--titles", "120", "--subscribers", "3", "--out", str(out))
    assert said.out == f"{out}: 120 titles, {len(Generated(1, 120).people)} people, 3 subscribers\n"
    assert said.err == ""
    assert {*json.loads(out.read_text())} <= {"people", "movies", "series", "subscribers"}


def test_the_same_numbers_make_the_same_file_in_every_process(tmp_path):
    """Also where Python mixes its hashes differently."""
    files = []
    for number in ("1", "2"):
        out = tmp_path / f"{number}.jsonl"
        numbers = ("--titles", "300", "--subscribers", "4", "--seed", "9")
        assert run("fixtures", "generate", *numbers, "--out", str(out), PYTHONHASHSEED=number).status == 0
        files.append(out.read_bytes())
    assert files[0] == files[1]
    assert all(json.loads(line) for line in files[0].splitlines())


def test_a_file_that_cannot_be_written_is_told_in_one_line(tmp_path):
    out = tmp_path / "nowhere" / "world.json"
    assert refused("fixtures", "generate", "--out", str(out)) == f"{out} cannot be written: No such file or directory"


@pytest.mark.parametrize("numbers", [("--titles", "-1"), ("--subscribers", "x"), ("--titles", "99999999")])
def test_a_size_that_is_none_is_refused(numbers):
    ended = CliRunner().invoke(cli, ["serve", *numbers])
    assert ended.exit_code == 2
    assert "Invalid value" in ended.output


def test_a_server_has_the_titles_and_subscribers_that_were_asked_for():
    with serving("--json", "--titles", "600", "--subscribers", "2", "--seed", "3") as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        consumer, base = (told["application"]["key"], told["application"]["secret"]), told["base_url"]
        url = signed("GET", f"{base}/catalog/titles", {"output": "json", "max_results": "1"}, consumer=consumer)
        found = httpx.get(url, trust_env=False).json()
        assert int(found["catalog_titles"]["number_of_results"]) == 600 + len(load().catalogue.titles)
        page = httpx.get(f"{base}/_mock/", trust_env=False).text
    assert "subscriber2@example.com" in page


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(out: io.StringIO, *moments: float) -> str:
    """What is shown of something of four steps that are done at these moments, in seconds."""
    clock = iter((0.0, *moments))
    bar = Bar("Working", out, lambda: next(clock))
    for step, _ in enumerate(moments, start=1):
        bar.show(step, 4)
    bar.end()
    return out.getvalue()


def test_what_is_done_in_a_second_shows_nothing():
    assert shown(io.StringIO(), 0.2, 0.5, 0.9) == shown(_Terminal(), 0.2, 0.5, 0.9) == ""


def test_what_takes_longer_shows_a_bar_on_a_terminal_which_goes_away():
    bar = shown(_Terminal(), 0.5, 1.5, 1.55)
    assert bar == f"\rWorking [{'#' * 15}{'.' * 15}]  50%\r\033[K"


def test_elsewhere_it_shows_a_line_now_and_then():
    assert shown(io.StringIO(), 1.5, 2.0, 3.6) == "Working: 25%\nWorking: 75%\n"


def test_the_group_lists_its_commands():
    assert "generate" in called("fixtures", "--help").out


def test_the_pools_are_part_of_the_package():
    root = Path(__file__).parent.parent.parent
    assert {path.name for path in root.glob("fixtures/generator/*.json")} == {"names.json", "words.json"}


def test_a_file_that_is_there_is_not_written_over(tmp_path):
    """It may have been changed by hand since."""
    mine = tmp_path / "world.json"
    mine.write_text("mine")
    ended = CliRunner().invoke(cli, ["fixtures", "generate", "--titles", "3", "--out", str(mine)])
    assert ended.exit_code != 0
    assert "is there already" in ended.output
    assert mine.read_text() == "mine"
