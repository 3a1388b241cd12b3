"""What is set for all tests: on the command line, in the ini file, and what is said of what cannot be."""

from __future__ import annotations

from fnmatch import fnmatch

import pytest

from mock_netflix.pytest_plugin.options import OPTIONS
from tests.faces.projects import printed, said

pytest_plugins = ["pytester"]

LANTERN = "movies:\n  - title: The Paper Lantern of Tests\n    year: 2009\n"

SHOWS = """
def test_shows(mock_netflix):
    state = mock_netflix.state
    print("titles", len(state.catalogue.titles))
    print("subscribers", sorted(one.login for one in state.subscribers.values()))
    found = ask(mock_netflix, "/catalog/titles", term="paper lantern of tests").text
    print("lantern", "Paper Lantern of Tests" in found)
    print("rules", state.rules)
    print("user", mock_netflix.subscriber.user_id)
    print("first generated", [one.regular for one in state.catalogue.titles.values()][-1])
    print("fail_on", mock_netflix.fail_on)
"""


def shown(project, *words: str) -> dict[str, str]:
    """What the world of a test is like that is run so."""
    result = project.run(SHOWS, "-s", *words)
    result.assert_outcomes(passed=1)
    names = ("titles", "subscribers", "lantern", "rules", "user", "first generated", "fail_on")
    lines = [line.removeprefix("test_it.py ") for line in printed(result).splitlines()]
    return {name: line.removeprefix(name + " ") for name in names for line in lines if line.startswith(name + " ")}


@pytest.fixture
def lantern(project):
    file = project.pytester.path / "own" / "lantern.yaml"
    file.parent.mkdir()
    file.write_text(LANTERN)
    return file


def test_without_any_it_is_the_default_world(project):
    world = shown(project)
    assert (world["lantern"], world["fail_on"]) == ("False", "()")
    assert "port_may_be_left_out=True" in world["rules"]


@pytest.mark.parametrize("words", [("own",), ("second.yaml", "own/lantern.yaml")])
def test_fixtures_are_named_on_the_command_line(project, lantern, words):
    project.pytester.path.joinpath("second.yaml").write_text(LANTERN.replace("Paper", "Silk"))
    assert shown(project, *(f"--mock-netflix-fixtures={word}" for word in words))["lantern"] == "True"


def test_fixtures_of_the_ini_file_are_found_from_its_folder(project, lantern, monkeypatch):
    project.ini("mock_netflix_fixtures = own/lantern.yaml")
    below = project.pytester.mkdir("below")
    monkeypatch.chdir(below)
    assert shown(project, "..")["lantern"] == "True"


@pytest.mark.parametrize("name", ["mock-netflix.yaml", "mock-netflix.yml"])
def test_fixtures_in_the_rootdir_are_found_by_their_name_unless_others_are_named(project, lantern, name):
    project.ini()
    lantern.rename(project.pytester.path / name)
    project.pytester.path.joinpath("other.yaml").write_text(LANTERN.replace("Paper", "Silk"))
    assert shown(project)["lantern"] == "True"
    assert shown(project, "--mock-netflix-fixtures=other.yaml")["lantern"] == "False"


def test_a_test_may_go_to_another_folder_before_the_fixtures_are_read(project, lantern):
    result = project.run(
        """
def test_first(tmp_path, monkeypatch, request):
    monkeypatch.chdir(tmp_path)
    world = request.getfixturevalue("mock_netflix")
    assert "of Tests" in ask(world, "/catalog/titles", term="paper lantern of tests").text
""",
        "--mock-netflix-fixtures=own/lantern.yaml",
    )
    result.assert_outcomes(passed=1)


def test_a_world_is_generated_from_its_seed(project):
    small = shown(project)
    words = ("--mock-netflix-titles=600", "--mock-netflix-subscribers=3")
    one, other = (shown(project, *words, f"--mock-netflix-seed={seed}") for seed in (1, 2))
    assert int(one["titles"]) == int(small["titles"]) + 600 == int(other["titles"])
    assert "subscriber3@example.com" in one["subscribers"]
    assert one["first generated"] != other["first generated"]


def test_every_option_has_a_key_in_the_ini_file(project, lantern):
    project.ini(
        "mock_netflix_fixtures = own",
        "mock_netflix_as_of = 2012-02-01",
        "mock_netflix_titles = 600",
        "mock_netflix_subscribers = 3",
        "mock_netflix_seed = 2",
        "mock_netflix_strict = true",
        "mock_netflix_set = queries_per_second=4 plaintext=true",
        "mock_netflix_fail_on = auth-error, unknown-path",
    )
    world = shown(project)
    assert len(OPTIONS) == 8
    assert (world["lantern"], world["user"][:9]) == ("True", "BQAJAAEDE")
    assert "subscriber3@example.com" in world["subscribers"]
    assert world["fail_on"] == "('auth-error', 'unknown-path')"
    for rule in ("queries_per_second=4", "plaintext=True", "port_may_be_left_out=False"):
        assert rule in world["rules"]


def test_the_keys_may_stand_in_toml(project):
    project.pytester.path.joinpath("pyproject.toml").write_text("""
[tool.pytest]
mock_netflix_titles = 600
mock_netflix_strict = true
mock_netflix_set = ["queries_per_second=4"]
mock_netflix_fail_on = ["auth-error"]
""")
    world = shown(project)
    assert int(world["titles"]) > 600
    assert "port_may_be_left_out=False" in world["rules"]
    assert "queries_per_second=4" in world["rules"]
    assert world["fail_on"] == "('auth-error',)"


def test_the_command_line_goes_before_the_file_and_joins_its_rules(project):
    project.ini(
        "mock_netflix_as_of = 2012-02-01",
        "mock_netflix_set = queries_per_second=4 plaintext=true",
        "mock_netflix_fail_on = auth-error",
    )
    words = ("--mock-netflix-as-of=2010-02-01", "--mock-netflix-set=queries_per_second=9")
    world = shown(
        project, *words, "--mock-netflix-set=timestamp-window=5", "--mock-netflix-fail-on=server-error,warning"
    )
    assert world["user"].startswith("T1")
    assert world["fail_on"] == "('server-error', 'warning')"
    for rule in ("queries_per_second=9", "plaintext=True", "timestamp_window=5"):
        assert rule in world["rules"]


@pytest.mark.parametrize(
    ("word", "what"),
    [
        ("fixtures=nowhere.yaml", "there is no file or folder */nowhere.yaml"),
        ("as-of=tomorrow", "as_of cannot be 'tomorrow'; write a day such as 2012-09-16"),
        ("as-of=2001-01-01", "as_of cannot be 2001-01-01; the service began on 2008-10-01"),
        ("titles=-1", "it cannot be '-1'; write a whole number from 0 to 5000000"),
        ("titles=5000001", "it cannot be '5000001'; *"),
        ("subscribers=a", "it cannot be 'a'; write a whole number from 0 to 100000"),
        ("seed=1.5", "it cannot be '1.5'; write a whole number from 0 on"),
        ("set=plaintext", "'plaintext' should look like queries_per_second=4"),
        ("set=plain=true", 'there is no rule "plain"; there are *'),
        ("set=plaintext=maybe", 'plaintext cannot be "maybe"; it takes true or false'),
        ("fail-on=auth-eror", "there is no category 'auth-eror'; did you mean auth-error?"),
        ("fail-on=zzz", "there is no category 'zzz'; there are auth-error, *"),
    ],
)
def test_what_cannot_be_is_said_before_any_test_runs_wherever_it_stands(project, word, what):
    project.pytester.makepyfile(test_it="def test_it(mock_netflix): pass")
    name, _, value = word.partition("=")
    assert fnmatch(said(project.again(f"--mock-netflix-{word}")), f"--mock-netflix-{name}: {what}")
    key = f"mock_netflix_{name.replace('-', '_')}"
    project.ini(f"{key} = {value}")
    file = project.pytester.path / "tox.ini"
    told = said(project.again())
    assert told.startswith(f"{key} in {file}: ")
    assert name in ("titles", "subscribers", "seed") or fnmatch(told.partition(": ")[2], what)


def test_every_fault_of_fixtures_is_shown_and_no_traceback(project):
    years = "".join(f"  - title: Film {number}\n    year: {number}\n" for number in range(30))
    project.pytester.path.joinpath("faulty.yaml").write_text(f"movies:\n{years}")
    result = project.run(SHOWS, "--mock-netflix-fixtures=faulty.yaml")
    result.assert_outcomes(errors=1)
    told = printed(result)
    assert told.count("faulty.yaml:") == 30
    assert "30 faults in fixtures:" in told
    assert "Traceback" not in told
    assert "mock_netflix/" not in told


def test_help_tells_every_option_and_every_key(project):
    told = printed(project.again("--help"))
    assert all(one.flag in told and one.key in told for one in OPTIONS)
