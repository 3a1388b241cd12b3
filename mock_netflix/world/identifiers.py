"""The forms of keys, ids, tokens and secrets (reference: protocol 10), and how they are made.

Each is derived from a seed, a purpose and a counter, so that the same mock makes the same ones at every start and they
can be pasted into a test. Their alphabets need no percent-encoding anywhere (reference: client-demands 6).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from string import ascii_letters, digits

# The gateway's alphabet for keys has no letters or digits that look alike.
KEY_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
SECRET_ALPHABET = ascii_letters + digits
OPAQUE_ALPHABET = SECRET_ALPHABET + "._-"
_BASE64_ALPHABET = SECRET_ALPHABET + "_-"
# The constant first bytes of the later ids and tokens.
_LONG_PREFIX = "BQAJAAEDE"

# In an address, "current" and "@me" stand for the subscriber of the token (reference: walkthrough, step 5).
USER_ALIASES = ("current", "@me")


def derive(alphabet: str, length: int, *parts: object) -> str:
    """Letters of an alphabet that depend on nothing but the parts."""
    key = "\x1f".join(str(part) for part in parts).encode()
    stream = hashlib.shake_256(key).digest(length * 2)
    return "".join(alphabet[int.from_bytes(stream[2 * i : 2 * i + 2], "big") % len(alphabet)] for i in range(length))


def consumer_key(*parts: object) -> str:
    """24 lower-case letters and digits."""
    return derive(KEY_ALPHABET, 24, "consumer key", *parts)


def consumer_secret(*parts: object) -> str:
    """10 letters and digits."""
    return derive(SECRET_ALPHABET, 10, "consumer secret", *parts)


def request_token(*parts: object) -> str:
    """24 letters and digits, like a consumer key."""
    return derive(KEY_ALPHABET, 24, "request token", *parts)


def token_secret(*parts: object) -> str:
    """12 letters and digits, for request tokens and access tokens alike."""
    return derive(SECRET_ALPHABET, 12, "token secret", *parts)


def verifier(*parts: object) -> str:
    """The code that a person may have to type: 6 letters and digits that do not look alike."""
    return derive(KEY_ALPHABET, 6, "verifier", *parts)


def user_id(*parts: object) -> str:
    """46 characters: "T1", 43 and a final "-"."""
    return f"T1{derive(OPAQUE_ALPHABET, 43, 'user id', *parts)}-"


def access_token(*parts: object) -> str:
    """90 characters: "T1", 86 and a final "--"."""
    return f"T1{derive(OPAQUE_ALPHABET, 86, 'access token', *parts)}--"


def long_user_id(*parts: object) -> str:
    """96 characters of base64, as user ids were from 2012 on."""
    return _LONG_PREFIX + derive(_BASE64_ALPHABET, 87, "user id", *parts)


def long_access_token(*parts: object) -> str:
    """96 characters of base64, as access tokens were from August 2011 on."""
    return _LONG_PREFIX + derive(_BASE64_ALPHABET, 87, "access token", *parts)


def feed_token(*parts: object) -> str:
    """66 characters: "T1" and 64."""
    return f"T1{derive(OPAQUE_ALPHABET, 64, 'feed token', *parts)}"


def site_feed_id(*parts: object) -> str:
    """What stood for a subscriber in the addresses of the feeds of the site: "P" and 34 digits (protocol 9.6)."""
    return f"P{derive(digits, 34, 'site feed', *parts)}"


looks_like_user_id: Callable[[str], object] = re.compile(r"T1[A-Za-z0-9._-]{43}-|BQAJAAEDE[A-Za-z0-9_-]{87}").fullmatch
looks_like_feed_token: Callable[[str], object] = re.compile(r"T1[A-Za-z0-9._-]{64}").fullmatch
looks_like_site_feed_id: Callable[[str], object] = re.compile(r"P[0-9]{34}").fullmatch
