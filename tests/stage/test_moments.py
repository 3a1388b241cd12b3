"""Moments, days and spans as a person writes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_netflix.errors import MockNetflixError
from mock_netflix.stage.moments import day_of, moment_of, span_of

MIDNIGHT = 1_306_886_400
WEST = timezone(timedelta(hours=-8))


@pytest.mark.parametrize(
    "told",
    [
        MIDNIGHT,
        MIDNIGHT + 0.9,
        date(2011, 6, 1),
        datetime(2011, 6, 1),
        datetime(2011, 6, 1, 0, 0, 0, 999, tzinfo=UTC),
        datetime(2011, 5, 31, 16, tzinfo=WEST),
        "2011-06-01",
        "2011-06-01T00:00:00",
        "2011-06-01T00:00:00Z",
        "2011-05-31 16:00:00-08:00",
    ],
)
def test_a_moment_is_told_in_many_ways(told):
    assert moment_of(told) == MIDNIGHT


@pytest.mark.parametrize("told", ["", "soon", "1306886400", "2011-13-01", True, None, [], b"2011", float("nan"), 1j])
def test_what_is_no_moment_is_said(told):
    with pytest.raises(MockNetflixError, match=r"is no moment; give a datetime, a date, text such as .* or seconds$"):
        moment_of(told)


@pytest.mark.parametrize("told", [-1, 4_102_444_800, 10**30, "1969-12-31", "2100-01-01", date.max, datetime.min])
def test_no_moment_is_before_1970_or_after_2099(told):
    with pytest.raises(MockNetflixError, match=r"is out of reach; the clock goes from 1970 to 2099$"):
        moment_of(told)


def test_the_first_and_the_last_moment_can_be_told():
    assert [moment_of("1970-01-01"), moment_of("2099-12-31T23:59:59Z")] == [0, 4_102_444_799]


@pytest.mark.parametrize("told", ["2011-06-01", date(2011, 6, 1), datetime(2011, 6, 1, 17), "2011-06-01T17:30:00Z"])
def test_a_day_begins_at_midnight(told):
    assert day_of(told) == MIDNIGHT


@pytest.mark.parametrize("told", [MIDNIGHT, 20110601, "soon", None, ""])
def test_what_is_no_day_is_said(told):
    with pytest.raises(MockNetflixError, match=r"is no day; give a date, or text such as 2012-09-16$"):
        day_of(told)


def test_no_day_is_before_the_service_began():
    assert day_of("2008-10-01") == 1_222_819_200
    with pytest.raises(MockNetflixError, match=r"^as_of cannot be '2008-09-30'; the service began on 2008-10-01$"):
        day_of("2008-09-30")


@pytest.mark.parametrize(
    ("span", "parts", "seconds"),
    [
        (None, {"days": 3}, 259_200),
        (None, {"weeks": 1, "days": 1, "hours": 1, "minutes": 1, "seconds": 1}, 694_861),
        (timedelta(hours=2), {}, 7200),
        (timedelta(hours=2), {"seconds": 0.5}, 7200.5),
        (30, {}, 30),
        (0, {}, 0),
        (timedelta(), {}, 0),
    ],
)
def test_a_span_is_told_in_many_ways(span, parts, seconds):
    assert span_of(span, parts) == seconds


@pytest.mark.parametrize(
    ("span", "parts", "says"),
    [
        (None, {}, "say how far the clock is to be advanced, such as days=3"),
        (None, {"days": 0}, "say how far"),
        (None, {"days": -1}, "time passes forwards only; clock.set turns it back"),
        ("3 days", {}, "'3 days' is no span of time; give weeks, days"),
        (None, {"fortnights": 1}, "fortnights=1 is no span of time; give weeks, days"),
        (None, {"days": None}, "days=None is no span of time"),
        (None, {"days": float("nan")}, "days=nan is no span of time"),
        (None, {"days": 10**12}, "days=1000000000000 is no span of time"),
        (float("inf"), {"days": 1}, "inf, days=1 is no span of time"),
    ],
)
def test_what_is_no_span_is_said(span, parts, says):
    with pytest.raises(MockNetflixError) as caught:
        span_of(span, parts)
    assert str(caught.value).startswith(says)


anything = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.datetimes(), st.dates())


def refused(read: Callable[[Any], float], told: object) -> str | None:
    """What is said of it, if it cannot be."""
    try:
        read(told)
    except MockNetflixError as error:
        return str(error)
    return None


@given(anything)
def test_whatever_is_given_is_a_moment_or_refused_in_a_sentence(told):
    said = [refused(read, told) for read in (moment_of, day_of, lambda one: span_of(one, {}))]
    assert [one for one in said if one is not None and (len(one) > 160 or one.endswith("."))] == []
