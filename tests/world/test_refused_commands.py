"""Whatever is asked of the grants, in whatever order: a refusal changes nothing, and nothing is granted twice."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from mock_netflix.world.grants import (
    OUT_OF_BAND,
    Decision,
    Grants,
    allow,
    deny,
    find_request_token,
    issue_request_token,
    redeem,
    register,
)
from mock_netflix.world.refusals import BadRequestToken
from tests.worlds import NOW

START, APPLICATION = register(Grants("tests"), "Green Eggs")


@dataclass(frozen=True)
class Command:
    """One thing that is asked: of the nth token that was given out, so many seconds after the start."""

    what: str
    nth: int
    seconds: int
    verifier: str | None


commands = st.builds(
    Command,
    st.sampled_from(("issue", "issue with callback", "allow", "deny", "redeem", "redeem")),
    st.integers(0, 3),
    st.integers(0, 1200),
    st.sampled_from((None, "wrong", "right", "right")),
)


def after(grants: Grants, command: Command) -> Grants:
    """The grants after a command. Refuses BadRequestToken."""
    now = NOW + command.seconds
    if command.what.startswith("issue"):
        callback = OUT_OF_BAND if "callback" in command.what else None
        return issue_request_token(grants, APPLICATION, callback, now)[0]
    token = dict(enumerate(grants.request_tokens.values())).get(command.nth)
    if command.what == "redeem":
        if token is None:
            raise BadRequestToken
        return redeem(grants, token, token.verifier if command.verifier == "right" else command.verifier, now)[0]
    waiting = find_request_token(grants, token.token if token else "unknown", now)
    return allow(grants, waiting, "T1sam-") if command.what == "allow" else deny(grants, waiting)


@settings(deadline=None)
@given(st.lists(commands, max_size=12))
def test_a_refused_command_leaves_the_grants_the_same(asked):
    grants = START
    for command in asked:
        before = repr(grants)
        try:
            becoming = after(grants, command)
        except BadRequestToken:
            becoming = grants
        assert repr(grants) == before, "a value was changed in place"
        grants = becoming


@settings(deadline=None)
@given(st.lists(commands, max_size=20))
def test_there_is_one_access_token_for_each_request_token_that_was_redeemed(asked):
    grants = START
    for command in asked:
        try:
            grants = after(grants, command)
        except BadRequestToken:
            continue
    redeemed = [token for token in grants.request_tokens.values() if token.decision is Decision.REDEEMED]
    assert len(grants.access_tokens) == len(redeemed)
    assert grants.issued == len(grants.access_tokens) + len(grants.request_tokens)
