"""Mistakes in what is made of a signature before it is sent: how it is written, and with which hash."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote


@dataclass(frozen=True, slots=True)
class Transmission:
    """A way of writing a signature that is none; as in the rows of other mistakes."""

    code: str
    what: str
    fix: str
    section: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a received signature stands for: raw bytes of a hash, and which mistakes were made in writing them."""

    digest: bytes
    algorithm: str
    mistakes: tuple[Transmission, ...] = ()


HEX = Transmission(
    "hex-signature",
    "The signature is written in hexadecimal.",
    "Write the raw bytes of the HMAC in base64.",
    "3.4.2",
)
SHA256 = Transmission(
    "sha256",
    "The signature was made with SHA-256.",
    "HMAC-SHA1 is made with SHA-1; this service knows no other.",
    "3.4.2",
)
NOT_ENCODED = Transmission(
    "signature-not-encoded",
    "A `+` of the signature was sent bare, and is read as a blank.",
    "Percent-encode the signature where it is sent: `+` becomes %2B.",
    "3.6",
)
ENCODED_TWICE = Transmission(
    "signature-encoded-twice",
    "The signature was percent-encoded twice.",
    "Give the library the signature as it is; it is percent-encoded once, where it is sent.",
    "3.6",
)
UNPADDED = Transmission(
    "signature-unpadded",
    "The `=` at the end of the signature is missing.",
    "Write base64 with its padding; with sha1.js, set b64pad to `=`.",
    "3.4.2",
)
URL_SAFE = Transmission(
    "signature-url-safe",
    "The signature is written in the base64 of URLs.",
    "Write plain base64, with + and /.",
    "3.4.2",
)
WITH_BLANK = Transmission(
    "signature-with-blank",
    "The end of a line clings to the signature.",
    "Strip the end of the line that some base64 encoders add.",
    "3.4.2",
)
KEY_SENT = Transmission(
    "plaintext-as-hmac",
    "The signature is the key itself.",
    "Sign the base string with HMAC-SHA1, or say oauth_signature_method=PLAINTEXT where that is allowed.",
    "3.4.4",
)
TRANSMISSIONS = (HEX, SHA256, NOT_ENCODED, ENCODED_TWICE, UNPADDED, URL_SAFE, WITH_BLANK, KEY_SENT)

_ALGORITHMS = {20: "sha1", 32: "sha256"}
_is_hex = re.compile(r"(?:[0-9a-fA-F]{40}|[0-9a-fA-F]{64})").fullmatch
_is_base64 = re.compile(r"[A-Za-z0-9+/]{27,43}={0,2}").fullmatch
# No signature is longer, whatever was done to it.
_LONGEST = 400


def readings(received: str) -> tuple[Reading, ...]:
    """All that a received signature may stand for with one or two mistakes, the fewest first."""
    if len(received) > _LONGEST:
        return ()
    found: dict[tuple[bytes, str], Reading] = {}
    for text, unwrapped in _unwrapped(received):
        for digest, mistakes in _decoded(text):
            algorithm = _ALGORITHMS.get(len(digest))
            if algorithm is None:
                continue
            by_hash = (SHA256,) if algorithm == "sha256" else ()
            reading = Reading(digest, algorithm, (*unwrapped, *mistakes, *by_hash))
            known = found.get((digest, algorithm))
            if len(reading.mistakes) <= 2 and (known is None or len(reading.mistakes) < len(known.mistakes)):
                found[digest, algorithm] = reading
    return tuple(sorted(found.values(), key=lambda one: len(one.mistakes)))


def _unwrapped(received: str) -> Iterator[tuple[str, tuple[Transmission, ...]]]:
    """The signature without what was wrapped around it on its way."""
    yield received, ()
    stripped = received.rstrip("\r\n\t ")
    if stripped != received:
        yield stripped, (WITH_BLANK,)
    if " " in stripped:
        yield stripped.replace(" ", "+"), (NOT_ENCODED,)
    if "%" in received:
        yield unquote(received), (ENCODED_TWICE,)
        if unquote(received).rstrip() != unquote(received):
            yield unquote(received).rstrip(), (ENCODED_TWICE, WITH_BLANK)


def _decoded(text: str) -> Iterator[tuple[bytes, tuple[Transmission, ...]]]:
    """The bytes that a text stands for."""
    if _is_hex(text):
        yield bytes.fromhex(text), (HEX,)
    for alphabet, mistakes in ((text, ()), (text.replace("-", "+").replace("_", "/"), (URL_SAFE,))):
        if mistakes and alphabet == text:
            continue
        padded = alphabet + "=" * (-len(alphabet) % 4)
        if _is_base64(padded):
            by_padding = (UNPADDED,) if padded != alphabet else ()
            yield b64decode(padded), (*mistakes, *by_padding)
    try:
        inner = b64decode(text, validate=True)
    except (Error, ValueError):
        return
    if _is_hex(inner.decode("latin-1")):
        yield bytes.fromhex(inner.decode("latin-1")), (HEX,)
