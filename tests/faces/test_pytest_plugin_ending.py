"""What a test may not leave behind, where it says so."""

from __future__ import annotations

import pytest

from mock_netflix.stage.ending import CATEGORIES
from tests.faces.projects import printed

pytest_plugins = ["pytester"]

# A request of each category, as a test makes it.
REQUESTS = """
def auth_error(world):
    send(world.sign("GET", "/users/current", token=(world.access_token.token, "")).url)


def over_limit(world):
    ask(world, "/users/current")


def unknown_path(world):
    ask(world, "/catalog/title")


def foreign_host(world):
    send(world.url, host="www.example.com")


def unknown_parameter(world):
    ask(world, "/catalog/titles", term="a", max_result=3)


def warning(world):
    port = world.url.rpartition(":")[2]
    url = world.sign("GET", world.url.removesuffix(f":{port}") + "/users/current").url
    send(url.replace("/users", f":{port}/users"))


def client_error(world):
    ask(world, "/users/current", output="odd")


def server_error(world):
    ask(world, "/users/current")


def fault_unused(world):
    world.fail_next(503, endpoint="titles.search")


RULES = {"over_limit": {"queries_per_second": 0}, "server_error": {"outage": "maintenance"}}
"""


@pytest.mark.parametrize("name", [one.name for one in CATEGORIES])
def test_a_request_of_each_category_fails_the_test_at_its_end(project, name):
    verb = name.replace("-", "_")
    result = project.run(f"""{REQUESTS}
@pytest.mark.mock_netflix(settings=RULES.get("{verb}", {{}}), fail_on=["{name}"])
def test_it(mock_netflix):
    ask(mock_netflix, "/users/current") if "{verb}" not in RULES else None
    {verb}(mock_netflix)
""")
    result.assert_outcomes(passed=1, errors=1)
    what = next(f"{one.thing} {one.what}" for one in CATEGORIES if one.name == name)
    result.stdout.fnmatch_lines(["*ERROR at teardown of test_it*", f"{name}: a {what}"], consecutive=True)
    assert "mock_netflix/" not in printed(result)


def test_where_nothing_is_said_everything_may_be_left_behind(project):
    result = project.run(
        REQUESTS
        + """
def test_it(mock_netflix):
    auth_error(mock_netflix)
    unknown_path(mock_netflix)
"""
    )
    result.assert_outcomes(passed=1)


ALL_THREE = (
    REQUESTS
    + """
MARKER
def test_it(mock_netflix):
    auth_error(mock_netflix)
    auth_error(mock_netflix)
    unknown_path(mock_netflix)
"""
)


def test_all_are_listed_and_what_to_do(project):
    result = project.run(ALL_THREE.replace("MARKER", ""), "--mock-netflix-fail-on=unknown-path,auth-error")
    result.stdout.fnmatch_lines(
        [
            "auth-error: 2 requests refused for a wrong key, *",
            "  #1 GET /users/current -> 401 Invalid Signature (users.current)",
            "  #2 GET /users/current -> 401 Invalid Signature (users.current)",
            "unknown-path: a request to an address that the service never had",
            "  #3 GET /catalog/title -> 404 Resource not found",
            'To do: correct the client, or say @pytest.mark.mock_netflix(expect=[[]"auth-error", "unknown-path"])',
            "*- mock-netflix requests -*",
            "*token-secret-omitted*",
        ]
    )


@pytest.mark.parametrize(
    ("keywords", "errors"),
    [
        ("expect=('auth-error',)", 1),
        ("expect='auth-error, unknown-path'", 0),
        ("expect='client-error'", 0),
        ("expect='warning'", 1),
        ("fail_on=()", 0),
        ("fail_on='server-error'", 0),
        ("fail_on='client-error', expect='auth-error'", 1),
        ("fail_on='client-error', expect=['auth-error', 'unknown-path']", 0),
    ],
)
def test_a_marker_excuses_what_it_expects_and_goes_before_the_session(project, keywords, errors):
    tests = ALL_THREE.replace("MARKER", f"@pytest.mark.mock_netflix({keywords})")
    result = project.run(tests, "--mock-netflix-fail-on=unknown-path,auth-error")
    result.assert_outcomes(passed=1, errors=errors)


def test_the_handle_may_say_it_in_the_test(project):
    result = project.run(
        REQUESTS
        + """
def test_more(mock_netflix):
    assert mock_netflix.fail_on == ("auth-error",)
    mock_netflix.fail_on += ("unknown-path",)
    unknown_path(mock_netflix)


def test_less(mock_netflix):
    mock_netflix.fail_on = ()
    auth_error(mock_netflix)


def test_misspelt(mock_netflix):
    mock_netflix.fail_on = ("auth-eror",)
""",
        "--mock-netflix-fail-on=auth-error",
    )
    result.assert_outcomes(passed=3, errors=2)
    result.stdout.fnmatch_lines(["there is no category 'auth-eror'; did you mean auth-error?"])


@pytest.mark.parametrize(
    ("end", "outcomes"),
    [
        ("assert 1 == 2", {"failed": 1}),
        ("pytest.skip('for now')", {"skipped": 1}),
        ("pytest.xfail('for now')", {"xfailed": 1}),
        ("pytest.fail('before')", {"failed": 1}),
    ],
)
def test_a_test_that_did_not_pass_is_not_failed_a_second_time(project, end, outcomes):
    result = project.run(
        REQUESTS
        + f"""
def test_it(mock_netflix):
    auth_error(mock_netflix)
    {end}
""",
        "--mock-netflix-fail-on=auth-error",
    )
    result.assert_outcomes(**outcomes)


def test_what_a_test_lets_go_wrong_is_not_held_against_it_but_what_is_wrong_besides(project):
    result = project.run(
        REQUESTS
        + """
def test_failing(mock_netflix):
    mock_netflix.fail_in_turn(503, "already-queued", "rate-limit", "truncated")
    for _ in range(3):
        ask(mock_netflix, "/users/current")
    with pytest.raises(httpx.RemoteProtocolError):
        ask(mock_netflix, "/users/current")


def test_late(mock_netflix):
    mock_netflix.fail_next("latency", seconds=0.001)
    auth_error(mock_netflix)
""",
        "--mock-netflix-fail-on=auth-error,over-limit,client-error,server-error,fault-unused",
    )
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(
        [
            "*ERROR at teardown of test_late*",
            "auth-error: *",
            "  #1 GET /users/current -> 401 Invalid Signature (users.current, fault: latency 1)",
            "client-error: *",
        ]
    )


def test_faults_that_no_request_met_are_told_as_they_were_said(project):
    result = project.run(
        """
def test_it(mock_netflix):
    mock_netflix.fail_next(503, endpoint="titles.search")
    mock_netflix.fail_next("truncated", path="/users/*", times=2)
    mock_netflix.fail_in_turn(504, None)
    ask(mock_netflix, "/categories/genres")
""",
        "--mock-netflix-fail-on=fault-unused",
    )
    result.stdout.fnmatch_lines(
        [
            "fault-unused: 2 faults of the test's own that no request met",
            "  status 1: status=503, endpoint='titles.search', times=1",
            "  truncated 2: path='/users/[*]', times=2",
        ],
        consecutive=True,
    )


def test_a_fixture_that_fails_afterwards_is_not_hidden(project):
    result = project.run(
        REQUESTS
        + """
@pytest.fixture
def before():
    yield
    raise LookupError("the user's own")


def test_it(before, mock_netflix):
    auth_error(mock_netflix)
""",
        "--mock-netflix-fail-on=auth-error",
    )
    result.assert_outcomes(passed=1, errors=1)
    told = printed(result)
    assert "the user's own" in told
    assert "auth-error: a request refused" in told


def test_what_a_browser_asks_for_by_itself_is_in_no_category_but_client_error(project):
    result = project.run(
        """
def test_it(mock_netflix):
    send(mock_netflix.url + "/favicon.ico")
""",
        "--mock-netflix-fail-on=unknown-path,auth-error",
    )
    result.assert_outcomes(passed=1)


@pytest.mark.parametrize("hidden", ["world.reset()", "world._sandbox.journal._limit = 1; ask(world, '/users/current')"])
def test_what_is_forgotten_meanwhile_is_held_against_the_test_all_the_same(project, hidden):
    result = project.run(
        f"""
{REQUESTS}

@pytest.mark.mock_netflix(fail_on=["auth-error"])
def test_it(mock_netflix):
    world = mock_netflix
    auth_error(world)
    {hidden}
""",
    )
    result.assert_outcomes(passed=1, errors=1)


def test_worlds_that_a_test_makes_are_gone_at_its_end(project):
    project.run(
        REQUESTS
        + """
import httpx

made = []


def test_one(mock_netflix):
    made.append(mock_netflix.world().sign("GET", "/users/current").url)
    assert httpx.get(made[0], trust_env=False).status_code == 200


def test_two(mock_netflix):
    assert httpx.get(made[0], trust_env=False).status_code == 403
    assert not mock_netflix.requests
"""
    ).assert_outcomes(passed=2)
