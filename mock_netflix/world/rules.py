"""The rules that a world keeps towards its clients: what the real service fixed, and a test may want otherwise.

Each field is a setting by its own name, in `serve --set` and at `/_mock/settings`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from types import NoneType
from typing import Literal, get_args, get_type_hints

from mock_netflix.errors import MockNetflixError
from mock_netflix.world.texts import LONGEST, TEXT

Outage = Literal["bad-gateway", "maintenance", "gateway-timeout"]
Login = Literal["page", "approve", "deny"]

# What a key could do in its time (reference: protocol 7.5).
REAL_QUERIES_PER_SECOND = 4
REAL_QUERIES_PER_DAY = 5000


@dataclass(frozen=True, slots=True)
class Rules:
    """Times in seconds. A limit of None is none.

    timestamp_window            how far `oauth_timestamp` may be off, either way (protocol 6, guess)
    unique_nonces               a nonce is refused the second time (client-demands 10: it was not)
    plaintext                   PLAINTEXT is taken without TLS as well
    port_may_be_left_out        a base string without the port is taken, with a warning: the real hosts had none
    request_token_lifetime      (protocol 3.2, guess)
    access_token_lifetime       (protocol 5: they did not expire)
    queries_per_second          of one consumer key; the real number was 4
    queries_per_day             of one consumer key, calls without a user; the real number was 5000
    service_queries_per_second  of all keys together
    redirects_to_files          catalogue files are led to, not answered (resources 2.3)
    trust_forwarded_proto       a proxy's `X-Forwarded-Proto` says which scheme the client asked
    any_host                    requests are answered under whatever name; else only the service's and the mock's own
    shipping                    discs are sent and come back as time is let pass
    discs_at_home               so many at once, of each subscriber (guess)
    days_kept                   from the day a disc is sent until it is back; None: 3 to 7, by subscriber and title
    outage                      everything is answered by the gateway alone
    login                       who decides on a request token: a person on the page, or the mock at once
    login_subscriber            who lets applications in without a page, by login or user id; None: the ready one
    """

    timestamp_window: int = 600
    unique_nonces: bool = False
    plaintext: bool = False
    port_may_be_left_out: bool = True
    request_token_lifetime: int = 900
    access_token_lifetime: int | None = None
    queries_per_second: int | None = None
    queries_per_day: int | None = None
    service_queries_per_second: int | None = None
    redirects_to_files: bool = True
    trust_forwarded_proto: bool = False
    any_host: bool = False
    shipping: bool = False
    discs_at_home: int = 3
    days_kept: int | None = None
    outage: Outage | None = None
    login: Login = "page"
    login_subscriber: str | None = None

    @property
    def has_limits(self) -> bool:
        """Whether calls must be counted."""
        limits = (self.queries_per_second, self.queries_per_day, self.service_queries_per_second)
        return limits != (None, None, None)


def strict(rules: Rules) -> Rules:
    """The rules by the letter of RFC 5849: the port is signed, and a nonce is used once."""
    return replace(rules, unique_nonces=True, port_may_be_left_out=False)


class RuleError(MockNetflixError, ValueError):
    """There is no such rule, or it cannot have this value; says what to do."""


# Longer than any test, shorter than what a sum of times could not hold.
LARGEST = 10**9
# A message repeats so many characters of a value that cannot be.
_SHOWN = 60


def changed(rules: Rules, changes: dict[str, object]) -> Rules:
    """The rules with some of them changed. Raises RuleError, and then nothing is changed."""
    for name, value in changes.items():
        kinds = kinds_of(name)
        number = isinstance(value, int) and not isinstance(value, bool)
        fits = (
            (value is None and None in kinds)
            or (isinstance(value, bool) and bool in kinds)
            or (number and int in kinds and 0 <= value <= LARGEST)  # type: ignore[operator]
            or (isinstance(value, str) and (value in kinds or (str in kinds and _is_text(value))))
        )
        if not fits:
            raise RuleError(f"{name} cannot be {_as_sent(value)}; it takes {_in_words(kinds)}")
    return replace(rules, **changes)  # type: ignore[arg-type]


def assigned(given: Iterable[str]) -> dict[str, object]:
    """The rules that are set as `NAME=VALUE`; a value is a number, true, false, a word, or null for none.

    Raises RuleError.
    """
    settings: dict[str, object] = {}
    for one in given:
        name, mark, text = one.partition("=")
        if not mark:
            raise RuleError(f"{one!r} should look like queries_per_second=4")
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            value = text
        settings[name.strip().replace("-", "_")] = value
    changed(Rules(), settings)
    return settings


def kinds_of(name: str) -> tuple[object, ...]:
    """What a rule may be: types, words, None. Raises RuleError."""
    hints = get_type_hints(Rules)
    if name not in hints:
        known = ", ".join(one.name for one in fields(Rules))
        raise RuleError(f"there is no rule {_as_sent(name)}; there are {known}")
    kinds: list[object] = []
    for kind in get_args(hints[name]) or (hints[name],):
        kinds += [None] if kind is NoneType else (get_args(kind) or (kind,))
    return tuple(kinds)


def _is_text(value: str) -> bool:
    return re.fullmatch(TEXT, value) is not None


def _as_sent(value: object) -> str:
    """A value as JSON writes it, for that is how it came; of a long one the beginning, of a deep one its kind."""
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "an object"
    text = json.dumps(value, ensure_ascii=False, default=repr)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _in_words(kinds: tuple[object, ...]) -> str:
    words: dict[object, str] = {
        int: f"a whole number from 0 to {LARGEST}",
        str: f"a text of 1 to {LONGEST} printable characters",
        bool: "true or false",
        None: "null",
    }
    return " or ".join(words.get(kind, f'"{kind}"') for kind in kinds)
