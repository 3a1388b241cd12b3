"""The parameters of a base string are oauthlib's to the letter, whatever is in them."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from oauthlib.oauth1.rfc5849 import signature as rfc5849

from mock_netflix.oauth.parameters import Parameter, Parameters, Place
from mock_netflix.oauth.signature import normalized_parameters

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.text("abAB019-._~ +%&=*\n", max_size=12)


@given(st.lists(st.tuples(texts | st.just("oauth_signature"), texts), max_size=8))
@example([("a", "b\n"), ("a\n", "b"), ("ａ", "b"), ("", ""), ("oauth_signature", "x"), ("a", "B"), ("a", "b")])
def test_they_are_oauthlibs(pairs: list[tuple[str, str]]) -> None:
    ours = normalized_parameters(Parameters.of(Parameter(name, value, Place.QUERY) for name, value in pairs))
    theirs = rfc5849.normalize_parameters([pair for pair in pairs if pair[0] != "oauth_signature"])
    assert ours == theirs
