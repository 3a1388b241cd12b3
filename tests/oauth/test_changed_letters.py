"""What is signed cannot be changed on its way, not by a letter, in the query, the header or the form."""

from __future__ import annotations

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from mock_netflix.oauth.signature import SignedRequest
from mock_netflix.world.refusals import Refusal
from tests.oauth.drawn import Draft, drafts
from tests.oauth.incoming import ACCESS, caller_of, received

# Letters with a meaning in a form or a header, and some without.
LETTERS = 'aZ09%&=+,;"~ -é'


def incoming(draft: Draft, **written: str) -> SignedRequest:
    """The request, with some of its parts written otherwise."""
    sent = draft.sent()
    parts = {"query": sent.query, "header": sent.header, "body": sent.body, **written}
    return received(sent.verb, f"{sent.address}?{parts['query']}", parts["header"], parts["body"])


def said(request: SignedRequest) -> list[tuple[str, str]]:
    return sorted((one.name, one.value) for one in request.parameters)


@settings(max_examples=200, deadline=None)
@given(drafts(), st.data())
def test_a_changed_letter_is_refused_unless_it_says_the_same(draft, data):
    """`+` for `%20` says the same; so does anything in the realm."""
    sent = draft.sent()
    part = data.draw(st.sampled_from([part for part in ("query", "header", "body") if getattr(sent, part)]))
    text = getattr(sent, part)
    place, letter = data.draw(st.integers(0, len(text) - 1)), data.draw(st.sampled_from(LETTERS))
    assume(text[place] != letter)
    changed = incoming(draft, **{part: text[:place] + letter + text[place + 1 :]})
    same = said(changed) == said(incoming(draft))
    event(f"says the same: {same}")
    if same:
        assert caller_of(changed, grants=draft.grants()).access_token == draft.grants().access_tokens[ACCESS.token]
        return
    with pytest.raises(Refusal):
        caller_of(changed, grants=draft.grants())
