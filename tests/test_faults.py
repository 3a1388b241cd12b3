"""Faults as rules: which requests meet them, how often, and what a person may ask for."""

from __future__ import annotations

from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_netflix.errors import ConflictError, MockNetflixError, UnknownError
from mock_netflix.faults import Faults
from mock_netflix.faults.draws import drawn, seconds_of
from mock_netflix.faults.effects import (
    EFFECTS,
    LONGEST,
    AnyFault,
    Empty,
    Fault,
    Latency,
    LognormalLatency,
    ResetBeforeBody,
    SlowBody,
    StaleReads,
    Status,
    Truncated,
    UniformLatency,
)
from mock_netflix.faults.past import LIMIT as PAST_LIMIT
from mock_netflix.faults.rules import LIMIT, Fate, Occasion
from mock_netflix.oauth.explanation import code_of
from mock_netflix.sandbox import Sandbox
from mock_netflix.stage.faults import CODES, add, fail_in_turn, fail_next, fault_of, remove, remove_all
from mock_netflix.web.errors import WORDS
from tests.worlds import a_subscriber, a_world

KEY = "faqbgkqqgt36z9jfm9qnhv22"


def an_occasion(
    endpoint: str | None = "users.queues.disc",
    path: str = "/users/T1/queues/disc",
    method: str = "GET",
    consumer_key: str | None = KEY,
    wall: int = 1000,
) -> Occasion:
    return Occasion(endpoint, path, method, consumer_key, wall)


def fates(faults: Faults, times: int, occasion: Occasion | None = None) -> list[Fate | None]:
    """What becomes of so many requests."""
    return [faults.meet(occasion or an_occasion(), {}) for _ in range(times)]


def failures(faults: Faults, times: int, occasion: Occasion | None = None) -> list[int | None]:
    """The statuses that so many requests get by faults; None for those that go well."""
    return [
        None if fate is None or not isinstance(fate.failure, Status) else fate.failure.status
        for fate in fates(faults, times, occasion)
    ]


def faults_with(*faults: Fault) -> Faults:
    made = Faults()
    made.add(*faults)
    return made


# Which requests meet a fault.


@pytest.mark.parametrize(
    ("fault", "meets"),
    [
        (Status(500), True),
        (Status(500, endpoint="users.queues.disc"), True),
        (Status(500, endpoint="users.queues"), True),
        (Status(500, endpoint="users"), True),
        (Status(500, endpoint="users.queues.*"), True),
        (Status(500, endpoint="titles.*"), False),
        (Status(500, endpoint="users.queues.instant"), False),
        (Status(500, endpoint="users.que"), False),
        (Status(500, path="/users/*/queues/*"), True),
        (Status(500, path="/users/T1/queues/disc"), True),
        (Status(500, path="/users/T1/queues/disc/"), True),
        (Status(500, path="*/disc"), True),
        (Status(500, path="/users/*/queues"), False),
        (Status(500, path="/USERS/*"), False),
        (Status(500, method="GET"), True),
        (Status(500, method="POST"), False),
        (Status(500, consumer_key=KEY), True),
        (Status(500, consumer_key=KEY.upper()), False),
        (Status(500, endpoint="users", path="/users/*", method="GET", consumer_key=KEY), True),
        (Status(500, endpoint="users", path="/catalog/*", method="GET", consumer_key=KEY), False),
    ],
)
def test_a_request_meets_a_fault_that_is_for_it_in_every_respect(fault, meets):
    assert failures(faults_with(fault), 1) == [500 if meets else None]


def test_a_page_is_of_no_endpoint_and_a_request_without_a_key_of_no_key():
    page = an_occasion(endpoint=None, path="/oauth/login", consumer_key=None)
    assert failures(faults_with(Status(500, endpoint="oauth"), Status(501, consumer_key=KEY)), 1, page) == [None]
    assert failures(faults_with(Status(500, path="/oauth/*")), 1, page) == [500]


@given(st.text(), st.text())
def test_whatever_the_pattern_is_matching_ends_with_an_answer(pattern, path):
    faults = faults_with(Status(500, path=f"/{pattern}"))
    assert failures(faults, 1, an_occasion(path=f"/{path}")) in ([500], [None])


# How often.


def test_a_fault_lasts_until_it_is_removed():
    faults = faults_with(Status(503))
    assert failures(faults, 3) == [503, 503, 503]
    faults.remove(1)
    assert failures(faults, 2) == [None, None]


def test_a_fault_skips_some_and_applies_so_many_times():
    faults = faults_with(Status(503, after=1, times=2))
    assert failures(faults, 5) == [None, 503, 503, None, None]
    assert (faults.find(1).met, faults.applied(1), faults.find(1).spent) == (3, 2, True)


def test_only_what_matches_is_counted():
    faults = faults_with(Status(503, method="POST", after=1, times=1))
    assert failures(faults, 3) == [None, None, None]
    assert failures(faults, 3, an_occasion(method="POST")) == [None, 503, None]


def test_the_first_that_applies_goes_before_the_others_which_do_not_count_that_request():
    faults = faults_with(Status(503, times=1), Status(500, after=1, times=1), Status(404, times=1))
    assert failures(faults, 4) == [503, 404, 500, None]


def test_the_same_seed_draws_the_same_in_every_run_and_another_seed_differently():
    def run(seed: int) -> list[int | None]:
        return failures(faults_with(Status(503, probability=0.5, seed=seed)), 40)

    assert run(7) == run(7) != run(8)


def test_a_probability_is_kept_to():
    """No luck is in it: the draws are always the same."""
    hits = failures(faults_with(Status(503, probability=0.3)), 2000).count(503)
    assert 0.27 < hits / 2000 < 0.33
    assert failures(faults_with(Status(503, probability=0)), 100) == [None] * 100


def test_two_faults_of_one_seed_draw_apart():
    faults = faults_with(Latency(1, probability=0.5), Status(503, probability=0.5))
    together = [fate and len(fate.rules) for fate in fates(faults, 60)]
    assert {None, 1, 2} == set(together)


# What happens together.


def test_a_delay_and_a_slow_body_go_with_whatever_else_goes_wrong():
    fate = faults_with(Latency(2), SlowBody(50), ResetBeforeBody(), Status(503), Latency(9)).meet(an_occasion(), {})
    assert fate is not None
    assert (fate.delay, fate.pace, fate.failure) == (2, 50, ResetBeforeBody())
    assert fate.told == "latency 1, slow-body 2, reset-before-body 3"


def test_a_spent_delay_is_none():
    assert [fate and fate.delay for fate in fates(faults_with(Latency(2, times=1), Status(503)), 2)] == [2, 0]


# Chance.


@given(st.lists(st.one_of(st.integers(), st.text())))
def test_a_draw_lies_between_0_and_1(parts):
    assert 0 < drawn(*parts) < 1


def drawn_delays(fault: Fault) -> list[float]:
    return sorted(seconds_of(fault, 1, nth) for nth in range(1001))


def test_uniform_delays_lie_between_their_bounds_everywhere():
    delays = drawn_delays(UniformLatency(1, 3))
    assert 1 < delays[0] < 1.02
    assert 1.9 < delays[500] < 2.1
    assert 2.98 < delays[-1] < 3
    assert drawn_delays(UniformLatency(3, 1)) == pytest.approx([4 - one for one in reversed(delays)])


def test_lognormal_delays_lie_around_their_median_and_seldom_far_above():
    delays = drawn_delays(LognormalLatency(1.0, 0.5))
    assert 0.9 < delays[500] < 1.1
    # One standard deviation either way: exp(-0.5) and exp(0.5), to which 15.9 % come on either side.
    assert 0.54 < delays[159] < 0.68
    assert 1.5 < delays[842] < 1.8
    assert drawn_delays(LognormalLatency(2.0, 0)) == [2.0] * 1001
    assert drawn_delays(LognormalLatency(LONGEST, 10))[-1] == LONGEST


# What is listed and removed.


def test_faults_are_listed_by_id_with_those_that_are_spent():
    faults = faults_with(Status(500, times=1), Status(501))
    assert failures(faults, 2) == [500, 501]
    assert [(one.id, one.applied, one.spent) for one in faults.all] == [(1, 1, True), (2, 1, False)]
    assert list(faults.rules) == [2]


def test_an_id_is_not_used_again_until_everything_is_forgotten():
    faults = faults_with(Status(500), Status(501))
    assert [one.id for one in faults.remove_all()] == [1, 2]
    assert [one.id for one in faults.add(Status(502))] == [3]
    faults.clear()
    assert (faults.all, [one.id for one in faults.add(Status(502))]) == ((), [1])


def test_what_is_not_there_cannot_be_removed():
    with pytest.raises(UnknownError, match="there is no fault 7"):
        Faults().remove(7)


def test_there_may_be_so_many_faults_and_as_many_spent_ones_are_remembered():
    faults = faults_with(*[Status(500, times=1)] * LIMIT)
    with pytest.raises(ConflictError, match="1000 faults"):
        faults.add(Status(500))
    assert failures(faults, LIMIT) == [500] * LIMIT
    faults.add(Status(501, times=1))
    assert failures(faults, 2) == [501, None]
    assert [faults.all[0].id, faults.all[-1].id, len(faults.all)] == [2, LIMIT + 1, LIMIT]


# Stale reads.

BEFORE, BETWEEN, AFTER = ({"T1": a_subscriber(login)} for login in ("a@x.example", "b@x.example", "c@x.example"))


def seen(faults: Faults, wall: int, **told) -> str | None:
    """By whose login a read sees which subscribers; None where it sees them as they are."""
    fate = faults.meet(an_occasion(wall=wall, **told), AFTER)
    return None if fate is None or fate.earlier is None else fate.earlier["T1"].login


def written(seconds: int, *, times: int | None = None) -> Faults:
    """Two writes, at 100 and at 103."""
    faults = faults_with(StaleReads(seconds, times=times))
    faults.wrote(BEFORE, BETWEEN, 100)
    faults.wrote(BETWEEN, AFTER, 103)
    return faults


def test_a_read_sees_each_write_so_many_seconds_late():
    seen_at = [seen(written(5), wall) for wall in (103, 104, 105, 107, 108, 200)]
    assert seen_at == ["a@x.example", "a@x.example", "b@x.example", "b@x.example", None, None]


def test_a_clock_that_was_turned_back_makes_no_read_stale():
    assert [seen(written(5), wall) for wall in (99, 10)] == [None, None]


def test_what_is_no_read_of_a_users_resource_sees_the_world_as_it_is():
    faults = written(5)
    assert seen(faults, 104, method="POST") is None
    assert seen(faults, 104, endpoint="titles.search") is None
    assert seen(faults, 104, endpoint=None) is None
    assert seen(faults, 104, method="HEAD") == "a@x.example"


def test_a_read_that_finds_nothing_stale_does_not_use_up_the_fault():
    faults = written(5, times=1)
    assert [seen(faults, wall) for wall in (200, 104, 104)] == [None, "a@x.example", None]


def test_what_a_test_arranged_after_a_write_is_seen_at_once():
    faults = written(5)
    assert faults.meet(an_occasion(wall=104), {"T1": a_subscriber("d@x.example")}) is None


def test_writes_are_forgotten_with_the_fault_and_bounded():
    faults = written(5)
    faults.remove(1)
    faults.add(StaleReads(5))
    assert seen(faults, 104) is None
    chain = [{"T1": a_subscriber(f"{number}@x.example")} for number in range(PAST_LIMIT + 3)]
    for before, after in pairwise(chain):
        faults.wrote(before, after, 104)
    fate = faults.meet(an_occasion(wall=104), chain[-1])
    assert fate is not None
    assert fate.earlier is chain[2]


# What a person may ask for.


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(a_world())


def test_the_next_request_goes_wrong_by_status_by_effect_or_by_the_code_of_a_refusal(sandbox):
    rules = [
        fail_next(sandbox, 503),
        fail_next(sandbox, "reset-before-body", endpoint="users.queues.disc", processed=True),
        fail_next(sandbox, "already-queued", method="post", times=None),
        fail_next(sandbox, "empty", path="/catalog/*", after=2, probability=0.5, seed=3),
    ]
    assert [rule.fault for rule in rules] == [
        Status(503, times=1),
        ResetBeforeBody(endpoint="users.queues.disc", processed=True, times=1),
        Status(code="already-queued", method="POST"),
        Empty(path="/catalog/*", times=1, after=2, probability=0.5, seed=3),
    ]


def test_requests_go_wrong_in_turn(sandbox):
    fail_in_turn(sandbox, (503, 503, None, 404, None), endpoint="users")
    assert failures(sandbox.faults, 6) == [503, 503, None, 404, None, None]
    assert sandbox.faults.rules == {}


NAUGHT: list[tuple[object, dict[str, object], str]] = [
    (99, {}, "status cannot be 99; it is a whole number from 200 to 599"),
    (600, {}, "status cannot be 600; it is a whole number from 200 to 599"),
    (True, {}, "status cannot be true; it is a whole number from 200 to 599"),
    (None, {}, "there is no effect or refusal None; there are a status from 200 to 599, status, "),
    ([503], {}, "there is no effect or refusal [503]"),
    ("reset-before-bod", {}, "'reset-before-bod', perhaps reset-before-body or"),
    ("stale-etags", {}, "perhaps stale-etag"),
    (503, {"code": "stale-etags"}, "there is no refusal 'stale-etags', perhaps stale-etag"),
    (503, {"endpoint": "users.queue"}, "there is no endpoint 'users.queue', perhaps users.queues"),
    (503, {"endpoint": ""}, 'endpoint cannot be ""; it is a text of 1 to 500 characters or null'),
    (503, {"path": "users/*"}, "path begins with / or *"),
    (503, {"path": "/catalog/titles?term=x"}, "has no query"),
    (503, {"path": 7}, "path cannot be 7; it is a text"),
    (503, {"method": "FETCH"}, 'method cannot be "FETCH"; it is one of '),
    (503, {"times": 0}, "times cannot be 0; it is a whole number from 1 to 1000000000 or null"),
    (503, {"after": -1}, "after cannot be -1; it is a whole number from 0 to 1000000000"),
    (503, {"probability": 1.5}, "probability cannot be 1.5; it is a number from 0"),
    (503, {"probability": float("nan")}, "probability cannot be nan"),
    (503, {"seed": "x"}, 'seed cannot be "x"'),
    (503, {"seconds": 3}, 'the effect status takes no "seconds"; it takes '),
    (503, {"tmies": 3}, 'the effect status takes no "tmies"; did you mean "times"?'),
    ("latency-uniform", {"low": 2, "high": 1}, "low cannot be 2.0, which is more than high, 1.0"),
    (503, {"message": "\ud800"}, "cannot be written as UTF-8"),
    ("latency", {}, "the effect latency needs seconds"),
    ("latency", {"seconds": float("inf")}, "seconds cannot be inf; it is a number from 0"),
    ("malformed", {"damage": "much"}, 'damage cannot be "much"; it is one of '),
]


@pytest.mark.parametrize(("what", "told", "words"), NAUGHT)
def test_what_cannot_be_is_said_in_a_sentence_and_changes_nothing(sandbox, what, told, words):
    with pytest.raises(MockNetflixError) as error:
        fail_next(sandbox, what, **told)
    assert words in str(error.value)
    assert not str(error.value).endswith(".")
    assert sandbox.faults.all == ()


def test_a_sequence_is_added_whole_or_not_at_all(sandbox):
    for outcomes, common in (((503, "nothing-like-it"), {}), ((503,), {"times": 3}), ((503,) * (LIMIT + 1), {})):
        with pytest.raises(MockNetflixError):
            fail_in_turn(sandbox, outcomes, **common)
    assert sandbox.faults.all == ()


def test_outcomes_in_turn_may_have_details_of_their_own(sandbox):
    rules = fail_in_turn(sandbox, (504, {"status": 503, "retry_after": 5}, None, {"effect": "truncated", "share": 0.1}))
    once = {"times": 1}
    assert [rule.fault for rule in rules] == [
        Status(504, **once),
        Status(503, retry_after=5, **once),
        Truncated(share=0.1, after=1, **once),
    ]


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ({"status": 503, "times": 2}, "leave out times"),
        ({"retry_after": 5}, "an outcome tells its effect, status or code"),
        ({"effect": "truncate"}, "there is no effect 'truncate', perhaps truncated"),
        ({"code": "stale-etag", 7: 7}, "by name"),
    ],
)
def test_an_outcome_that_cannot_be_is_refused_with_all_others(sandbox, outcome, words):
    with pytest.raises(MockNetflixError, match=words):
        fail_in_turn(sandbox, (504, outcome))
    assert sandbox.faults.all == ()


def test_a_fault_that_was_made_by_hand_is_checked_like_any_other(sandbox):
    with pytest.raises(MockNetflixError, match="status cannot be 1000; it is a whole number from 200 to 599 or null"):
        add(sandbox, Status(1000))
    assert add(sandbox, Status(599)).id == 1
    assert [remove(sandbox, 1).fault, *remove_all(sandbox)] == [Status(599)]


def test_a_reset_of_the_world_forgets_its_faults(sandbox):
    fail_next(sandbox, 503)
    sandbox.reset()
    assert sandbox.faults.all == ()


def test_every_effect_is_listed_once_and_makes_a_fault():
    assert set(get_args(AnyFault)) == set(Fault.__subclasses__()) == set(EFFECTS.values())
    needed = {"latency": {"seconds": 1}, "latency-uniform": {"low": 1, "high": 2}, "latency-lognormal": {"median": 1}}
    assert [type(fault_of({"effect": one, **needed.get(one, {})})) for one in EFFECTS] == list(EFFECTS.values())


def test_every_way_to_say_no_has_a_code_that_a_fault_may_name():
    assert set(CODES) == {code_of(kind) for kind in WORDS}
