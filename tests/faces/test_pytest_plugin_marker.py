"""What the marker says of one test, and what is said of a marker that cannot be."""

from __future__ import annotations

import pytest

from tests.faces.projects import printed

pytest_plugins = ["pytester"]


def test_one_test_is_on_another_day_and_the_next_one_is_not(project):
    result = project.run("""
from datetime import date


@pytest.mark.mock_netflix(as_of="2012-09-16")
def test_later(mock_netflix):
    assert ask(mock_netflix, "/users/current/rental_history").status_code == 404


@pytest.mark.mock_netflix(as_of=date(2012, 9, 14))
def test_earlier(mock_netflix):
    assert ask(mock_netflix, "/users/current/rental_history").status_code == 200
    assert mock_netflix.subscriber.user_id.startswith("BQAJAAEDE")


def test_as_ever(mock_netflix):
    assert mock_netflix.subscriber.user_id.startswith("T1")
""")
    result.assert_outcomes(passed=3)


def test_one_test_is_somebody_else_s_under_other_rules(project):
    result = project.run("""
@pytest.mark.mock_netflix(subscriber="ottilie@example.org", settings={"queries_per_second": 0})
def test_other(mock_netflix):
    assert mock_netflix.subscriber.login == "ottilie@example.org"
    assert ask(mock_netflix, "/users/current").status_code == 403


def test_as_ever(mock_netflix):
    assert mock_netflix.subscriber.login == "sam@example.com"
    assert ask(mock_netflix, "/users/current").status_code == 200
""")
    result.assert_outcomes(passed=2)


def test_one_test_lets_everybody_in_without_a_page(project):
    result = project.run("""
@pytest.mark.mock_netflix(login="approve", settings={"timestamp_window": 5})
def test_approved(mock_netflix):
    assert (mock_netflix.settings.login, mock_netflix.settings.timestamp_window) == ("approve", 5)


def test_as_ever(mock_netflix):
    assert mock_netflix.settings.login == "page"
""")
    result.assert_outcomes(passed=2)


def test_one_test_has_a_generated_world(project):
    result = project.run(
        """
@pytest.mark.mock_netflix(titles=700, subscribers=2, subscriber="subscriber2@example.com")
def test_large(mock_netflix):
    assert len(mock_netflix.state.catalogue.titles) > 700
    assert ask(mock_netflix, "/users/current").status_code == 200


@pytest.mark.mock_netflix(titles=0)
def test_small(mock_netflix):
    assert "subscriber2@example.com" in {one.login for one in mock_netflix.state.subscribers.values()}
""",
        "--mock-netflix-titles=500",
        "--mock-netflix-subscribers=3",
    )
    result.assert_outcomes(passed=2)


def test_one_test_has_titles_and_a_subscriber_of_its_own_which_a_reset_brings_back(project):
    result = project.run("""
OWN = pytest.mark.mock_netflix(
    titles=["The Paper Lantern of Tests", {"title": "The Silk Lantern", "year": 2009, "formats": ["DVD"]}],
    subscriber={"login": "ada@example.com", "disc_queue": ["The Silk Lantern"]},
)


@OWN
def test_own(mock_netflix):
    for _ in range(2):
        assert mock_netflix.subscriber.login == "ada@example.com"
        assert "The Silk Lantern" in ask(mock_netflix, "/users/current/queues/disc/available").text
        assert "Paper Lantern of Tests" in ask(mock_netflix, "/catalog/titles", term="paper lantern of tests").text
        mock_netflix.queue(clear=True)
        mock_netflix.reset()


def test_as_ever(mock_netflix):
    assert mock_netflix.subscriber.login == "sam@example.com"
    assert "Paper Lantern of Tests" not in ask(mock_netflix, "/catalog/titles", term="paper lantern of tests").text
""")
    result.assert_outcomes(passed=2)


def test_of_each_keyword_the_closest_one_counts(project):
    result = project.run("""
pytestmark = pytest.mark.mock_netflix(as_of="2012-01-02", subscriber="ottilie@example.org")


@pytest.mark.mock_netflix(as_of="2011-01-02")
class TestIt:
    def test_class(self, mock_netflix):
        assert told(mock_netflix) == ("2011-01-02", "ottilie@example.org")

    @pytest.mark.mock_netflix(subscriber="sam@example.com")
    def test_own(self, mock_netflix):
        assert told(mock_netflix) == ("2011-01-02", "sam@example.com")

    @pytest.mark.parametrize("day", [
        pytest.param("2010-01-02", marks=pytest.mark.mock_netflix(as_of="2010-01-02")),
        "2009-01-02",
    ])
    @pytest.mark.mock_netflix(as_of="2009-01-02")
    def test_parameters(self, mock_netflix, day):
        assert told(mock_netflix) == (day, "ottilie@example.org")


def test_module(mock_netflix):
    assert told(mock_netflix) == ("2012-01-02", "ottilie@example.org")


def told(world):
    from datetime import UTC, datetime

    day = datetime.fromtimestamp(world._sandbox.calendar.as_of, UTC)
    return str(day.date()), world.subscriber.login
""")
    result.assert_outcomes(passed=5)


def test_a_class_of_unittest_may_have_one(project):
    result = project.run("""
import unittest


@pytest.mark.mock_netflix(subscriber="ottilie@example.org")
@pytest.mark.usefixtures("netflix")
class Asks(unittest.TestCase):
    def test_it(self):
        self.assertEqual(self.netflix.subscriber.login, "ottilie@example.org")


@pytest.fixture
def netflix(request, mock_netflix):
    request.instance.netflix = mock_netflix
""")
    result.assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("marker", "says"),
    [
        ("title=['A']", "the marker mock_netflix has no keyword title; did you mean titles?"),
        ("zzz=1", "the marker mock_netflix has no keyword zzz; there are titles, as_of, *"),
        ("'2012-09-16'", 'the marker mock_netflix takes keywords only, such as as_of="2012-09-16"'),
        ("titles='A'", "titles of the marker cannot be 'A'; it takes a list of titles, *"),
        ("titles=[3]", "titles of the marker cannot be [[]3]; it takes a list of titles, *"),
        ("titles=[{'year': 2009}]", "titles of the marker cannot be [[]{'year': 2009}]; it takes a list of titles, *"),
        (
            "titles=[{'title': 'A', 'yaer': 2009}]",
            'the marker mock_netflix: yaer: unknown field "yaer"; did you mean "year"?',
        ),
        ("titles=-3", "titles of the marker cannot be -3; it takes *"),
        ("titles=10**9", "titles cannot be 1000000000; it takes a whole number from 0 to 5000000"),
        ("as_of=2012", 'as_of of the marker cannot be 2012; it takes a day such as "2012-09-16"'),
        ("as_of='16.9.2012'", "as_of cannot be '16.9.2012'; write a day such as 2012-09-16"),
        (
            "subscriber=7",
            "subscriber of the marker cannot be 7; it takes a login, or the fields of fixtures for a new one",
        ),
        ("subscriber={7: 8}", "subscriber of the marker cannot be {7: 8}; it takes a login, *"),
        (
            "subscriber={'login': 'sam@example.com'}",
            "the marker mock_netflix: there is a subscriber sam@example.com already",
        ),
        ("subscriber={'disc_queue': ['No Such Film']}", "the marker mock_netflix: disc_queue[[]0]: *No Such Film*"),
        ("subscriber='nobody'", "there is no subscriber 'nobody'; name one by login or user id"),
        ("subscribers=True", "subscribers of the marker cannot be True; it takes how many to generate"),
        ("settings=['a=1']", "settings of the marker cannot be [[]'a=1']; it takes rules of the service, *"),
        ("settings={'a': 1}", 'there is no rule "a"; there are *'),
        ("settings={'plaintext': 'x' * 999}", 'plaintext cannot be "xxx*…; it takes true or false'),
        ("login='yes'", 'login cannot be "yes"; it takes *"page" *"approve" *"deny"'),
        ("fail_on='auth'", "there is no category 'auth'; *"),
        ("fail_on=7", "fail_on of the marker cannot be 7; it takes categories of requests, *"),
        ("expect=['auth-eror']", "there is no category 'auth-eror'; did you mean auth-error?"),
        ("expect=[[7]]", "expect of the marker cannot be [[][[]7]]; it takes categories of requests, *"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence_and_without_a_traceback(project, marker, says):
    result = project.run(f"""
@pytest.mark.mock_netflix({marker})
def test_it(mock_netflix):
    pass
""")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*ERROR at setup of test_it*", says], consecutive=True)
    assert "mock_netflix/" not in printed(result)
    assert "During handling" not in printed(result)


def test_the_marker_is_told_by_pytest(project):
    project.again("--markers").stdout.fnmatch_lines(
        ["@pytest.mark.mock_netflix(titles=..., as_of=..., *expect=...): *"]
    )
