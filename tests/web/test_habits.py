"""What unchanged clients send is answered on every way in (tables: habits.py, ways_in.py)."""

from __future__ import annotations

import pytest

from tests.web.habits import HABITS, Habit
from tests.web.ways_in import WAYS, Client, conversation

PAIRS = [
    pytest.param(way, habit, id=f"{way.name}: {habit.rule} {habit.name}")
    for way in WAYS
    for habit in HABITS
    if not habit.over or (way.base or "").startswith(f"{habit.over}:")
]


def told(client: Client, habit: Habit) -> str:
    """What the answer has to say to this client."""
    state = client.served.state
    return habit.says.format(links=client.links, user=client.user, title=client.queued, token=state.access_token.token)


@pytest.mark.parametrize(("way", "habit"), PAIRS)
def test_a_habit_is_answered_on_every_way_in(pristine, way, habit):
    client = Client(pristine, way)
    says = told(client, habit)
    with conversation(client) as on:
        on.send(habit.request(client))
        answer = on.answer(habit.verb)
    assert (answer.status, says in answer.text) == (habit.status, True), answer.text[:800]
    lines = [f"{name}: {value}".lower() for name, value in answer.headers.items()]
    assert any(line.startswith(habit.header) for line in lines)
