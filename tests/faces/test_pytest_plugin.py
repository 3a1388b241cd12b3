"""The plugin, as its users have it: a pristine world for every kind of test, however pytest is called."""

from __future__ import annotations

import pytest

from tests.faces.projects import printed

pytest_plugins = ["pytester"]


def test_a_test_takes_the_fixture_and_nothing_else(project):
    result = project.run("""
def test_asks(mock_netflix):
    answer = ask(mock_netflix, "/users/current")
    assert answer.status_code == 200
    assert mock_netflix.subscriber.user_id in answer.text
""")
    result.assert_outcomes(passed=1)


def test_every_test_has_a_key_and_a_journal_of_its_own_on_the_same_server(project):
    result = project.run("""
SEEN = {}


@pytest.mark.parametrize("number", [1, 2, 3])
def test_asks(mock_netflix, mock_netflix_server, number):
    assert ask(mock_netflix, "/users/current").status_code == 200
    assert "1 request>" in repr(mock_netflix)
    SEEN[mock_netflix.application.key] = mock_netflix.url
    assert len(SEEN) == number
    assert set(SEEN.values()) == {mock_netflix_server.url}
""")
    result.assert_outcomes(passed=3)


def test_what_one_test_writes_the_next_one_does_not_find(project):
    result = project.run("""
@pytest.mark.parametrize("number", [1, 2])
def test_rates(mock_netflix, number):
    before = len(mock_netflix.subscriber.ratings)
    reference = f"{mock_netflix.url}/catalog/titles/movies/70010001"
    ask(mock_netflix, "/users/current/ratings/title/actual", method="POST", title_ref=reference, rating=4)
    assert len(mock_netflix.subscriber.ratings) == before + 1 == BEFORE.setdefault("ratings", before) + 1


BEFORE = {}
""")
    result.assert_outcomes(passed=2)


def test_the_key_of_a_test_is_the_same_in_every_run_and_another_when_it_is_run_twice_in_one(project):
    tests = """
@pytest.fixture(params=[1, 2])
def run(request):
    return request.param


def test_asks(mock_netflix):
    print("key", mock_netflix.application.key)
"""
    first, second = (_keys(project.run(tests, "-s")) for _ in range(2))
    twice = _keys(project.again("-s", "--keep-duplicates", "test_it.py", "test_it.py"))
    assert first == second == twice[:1]
    assert len(set(twice)) == 2


def _keys(result: pytest.RunResult) -> list[str]:
    return [line.rpartition(" ")[2] for line in printed(result).splitlines() if "key " in line]


def test_worlds_that_were_made_in_a_test_go_with_it_and_those_of_the_session_stay(project):
    result = project.run("""
@pytest.fixture(scope="session")
def lasting(mock_netflix_server):
    return mock_netflix_server.world()


MADE = []


def test_makes_one(lasting, mock_netflix, mock_netflix_server):
    MADE.append(mock_netflix_server.world())
    assert ask(MADE[0], "/users/current").status_code == 200


def test_finds_the_lasting_one(lasting, mock_netflix):
    assert ask(lasting, "/users/current").status_code == 200
    assert ask(MADE[0], "/users/current").status_code == 403
""")
    result.assert_outcomes(passed=2)


def test_a_straggler_of_a_test_that_is_over_is_refused_and_in_the_journal_of_no_other_one(project):
    result = project.run(
        """
LATE = []


def test_first(mock_netflix):
    LATE.append(mock_netflix.sign("GET", "/users/current").url)


def test_between():
    assert "Invalid Consumer Key" in send(LATE[0]).text


def test_second(mock_netflix):
    assert "Invalid Consumer Key" in send(LATE[0]).text
    assert " 0 requests" in repr(mock_netflix)
    assert ask(mock_netflix, "/users/current").status_code == 200
    assert send(mock_netflix.url + "/users/current?oauth_consumer_key=misspelt").status_code == 403
    assert " 2 requests" in repr(mock_netflix)
""",
        "--mock-netflix-fail-on=server-error",
    )
    result.assert_outcomes(passed=3)


def test_many_threads_of_one_test_share_its_world(project):
    result = project.run("""
from concurrent.futures import ThreadPoolExecutor


def test_asks_from_everywhere(mock_netflix):
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ask(mock_netflix, "/users/current").status_code, range(40)))
    assert answers == [200] * 40
    assert "40 requests" in repr(mock_netflix)
""")
    result.assert_outcomes(passed=1)


UNITTEST = """
import unittest


class Asks(unittest.TestCase):
    @pytest.fixture(autouse=True)
    def _netflix(self, mock_netflix):
        self.netflix = mock_netflix

    def test_once(self):
        self.assertEqual(ask(self.netflix, "/users/current").status_code, 200)

    def test_again(self):
        self.assertEqual(repr(self.netflix)[-12:], " 0 requests>")


@pytest.mark.usefixtures("mock_netflix")
class Uses(unittest.TestCase):
    def test_it(self):
        pass
"""


def test_classes_of_unittest_have_the_fixture_as_an_attribute(project):
    project.run(UNITTEST).assert_outcomes(passed=3)


ASYNC = """
async def asked(world):
    async with httpx.AsyncClient(trust_env=False, verify=False) as client:
        return (await client.get(world.sign("GET", "/users/current").url)).status_code


{mark}
async def test_asks(mock_netflix):
    assert await asked(mock_netflix) == 200
"""


@pytest.mark.parametrize(
    ("plugin", "mode", "mark"),
    [
        ("asyncio", "strict", "@pytest.mark.asyncio"),
        ("asyncio", "auto", ""),
        ("anyio", None, "@pytest.mark.anyio\n@pytest.mark.parametrize('anyio_backend', ['asyncio'])"),
    ],
)
def test_async_tests_have_it_too(project, plugin, mode, mark):
    if plugin == "asyncio":
        project.ini(f"asyncio_mode = {mode}", "asyncio_default_fixture_loop_scope = function")
    project.run(ASYNC.format(mark=mark), loads=(plugin,)).assert_outcomes(passed=1)


def test_workers_of_xdist_have_a_server_each(project):
    result = project.run(
        """
@pytest.mark.parametrize("number", range(12))
def test_asks(mock_netflix, number):
    assert ask(mock_netflix, "/users/current").status_code == 200
    assert "1 request>" in repr(mock_netflix)
""",
        "-n",
        "4",
        process=True,
        loads=("xdist",),
    )
    result.assert_outcomes(passed=12)


def test_what_failed_is_run_again_alone(project):
    project.run("""
def test_good(mock_netflix):
    assert ask(mock_netflix, "/users/current").status_code == 200


def test_bad(mock_netflix):
    assert ask(mock_netflix, "/users/current").status_code == 404
""")
    project.again("--lf").assert_outcomes(failed=1)


@pytest.mark.parametrize(
    "words",
    [
        ("-p", "no:cacheprovider"),
        ("--import-mode=prepend",),
        ("--import-mode=append",),
        ("--import-mode=importlib",),
        ("--strict-markers", "--strict-config"),
        ("--assert=plain",),
        ("-x", "-v", "-s"),
    ],
)
def test_it_bears_with_every_way_to_call_pytest(project, words):
    result = project.run(
        """
@pytest.mark.mock_netflix(as_of="2012-01-02")
def test_asks(mock_netflix):
    assert ask(mock_netflix, "/users/current").status_code == 200
""",
        *words,
    )
    result.assert_outcomes(passed=1)


def test_it_can_be_left_out_and_be_asked_for(project, monkeypatch):
    tests = """
def test_asks(mock_netflix):
    assert ask(mock_netflix, "/users/current").status_code == 200
"""
    project.run(tests, "-p", "no:mock_netflix").assert_outcomes(errors=1)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    project.again().assert_outcomes(errors=1)
    project.again("-p", "mock_netflix").assert_outcomes(passed=1)


def test_a_server_of_ones_own_takes_the_place_of_the_one_of_the_session(project):
    project.pytester.makeconftest("""
import pytest
from mock_netflix import MockNetflix


@pytest.fixture(scope="session")
def mock_netflix_server():
    with MockNetflix(as_of="2009-02-03", subscriber="ottilie@example.org") as server:
        yield server
""")
    result = project.run("""
@pytest.mark.parametrize("number", [1, 2])
def test_asks(mock_netflix, number):
    assert mock_netflix.subscriber.login == "ottilie@example.org"
    assert ask(mock_netflix, "/users/current").status_code == 200
""")
    result.assert_outcomes(passed=2)


def test_where_warnings_are_errors_a_process_ends_without_any(project):
    """Nothing is left behind: no socket, no thread, no loop."""
    result = project.run(
        """
import threading


def test_asks(mock_netflix):
    assert ask(mock_netflix, "/users/current").status_code == 200


@pytest.fixture(scope="session", autouse=True)
def _threads():
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) == before
""",
        process=True,
    )
    result.assert_outcomes(passed=1)
    assert printed(result).count("Warning") == 0
    assert result.stderr.str() == ""
