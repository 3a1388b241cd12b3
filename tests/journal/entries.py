"""Entries of the journal that no server has written."""

from __future__ import annotations

from typing import Any

from mock_netflix.journal.entry import Entry
from mock_netflix.oauth.refusals import SignatureInvalid


def an_entry(number: int = 1, target: str = "/catalog/titles?term=love", **other: Any) -> Entry:
    """A request for a search, accepted and answered; its path is that of the target."""
    verb, body = other.pop("verb", "GET"), other.pop("answer_body", None)
    told: dict[str, Any] = {
        "at": 1_306_886_400,
        "verb": verb,
        "method": verb,
        "path": target.partition("?")[0],
        "status": 200,
        "seconds": 0.01,
        "endpoint": "titles.search",
        "authority": "127.0.0.1:2008",
        "answer_pieces": None if body is None else (body,),
        "answer_size": len(body or b""),
    }
    return Entry(number=number, target=target, **{**told, **other})


def a_refused_entry(number: int = 1, base_string: str = "GET&http", **other: Any) -> Entry:
    """A request whose signature was wrong, and nothing is known of why."""
    refusal = SignatureInvalid("the signature is not the one", base_string=base_string)
    return an_entry(number, status=401, message="Invalid Signature", refusal=refusal, **other)
