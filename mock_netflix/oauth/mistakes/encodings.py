"""Mistakes in how parameters are percent-encoded (RFC 5849 section 3.6)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from mock_netflix.oauth.attempt import SignedParameters, Step, Writing
from mock_netflix.oauth.evidence import Evidence
from mock_netflix.oauth.mistakes.mistake import NOT_AT_ALL, ONCE_EACH, TWICE, Mistake
from mock_netflix.oauth.parameters import Parameter
from mock_netflix.oauth.signature import UNRESERVED

_Written = Iterator[tuple[SignedParameters, str]]


def _twice(signed: SignedParameters, evidence: Evidence) -> _Written:
    yield signed._replace(writing=signed.writing._replace(times=2)), "Names and values were encoded before."
    yield signed._replace(escapes=2), "It is the whole of the parameters."
    for words, one in _as_sent(signed, evidence):
        yield one, words


def _as_sent(signed: SignedParameters, evidence: Evidence) -> Iterator[tuple[str, SignedParameters]]:
    """Values taken out of the URL as they stand there, escapes and all, and encoded again."""
    pairs = zip(evidence.request.parameters.all, evidence.request.parameters.written(), strict=True)
    sent = {id(one): Parameter(name, value, one.place) for one, (name, _, value) in pairs}
    parameters = tuple(
        sent.get(id(one), one) if "%" in sent.get(id(one), one).value and not one.name.startswith("oauth_") else one
        for one in signed.parameters
    )
    yield "They were signed as they stand in the URL.", signed._replace(parameters=parameters)


def _not_at_all(signed: SignedParameters, _: Evidence) -> _Written:
    bare = signed.writing._replace(times=0)
    yield signed._replace(writing=bare), "Names and values were not encoded."
    yield signed._replace(escapes=0), "The parameters were not encoded as a whole."
    yield signed._replace(writing=bare, escapes=0), "Neither names and values were, nor the whole of them."


def _with_plus(signed: SignedParameters, evidence: Evidence) -> _Written:
    writing = signed.writing
    yield signed._replace(writing=writing._replace(plus=True)), ""
    yield signed._replace(writing=writing._replace(plus=True), escapes=0), "The whole was not encoded once more."
    pairs = zip(evidence.request.parameters.all, evidence.request.parameters.written(), strict=True)
    literal = {id(one): value for one, (_, _, value) in pairs if "+" in value and " " in one.value}
    parameters = tuple(
        Parameter(one.name, one.value.replace(" ", "+"), one.place) if id(one) in literal else one
        for one in signed.parameters
    )
    if literal:
        yield signed._replace(parameters=parameters), _PLUS_IS_A_BLANK


_PLUS_IS_A_BLANK = "A `+` in the address is a blank, and was signed as a plus; where a plus is meant, send %2B."


def _other_letters(signed: SignedParameters, _: Evidence) -> _Written:
    for writing, words in _by_letters(signed.writing):
        yield signed._replace(writing=writing), words


def _by_letters(writing: Writing, *_: object) -> Iterator[tuple[Writing, str]]:
    for safe, words in _LETTERS:
        yield writing._replace(safe=safe), words


def _in_words(safe: str) -> str:
    """What is special where these are left bare."""
    encoded = " ".join(one for one in UNRESERVED if one not in safe)
    bare = " ".join(one for one in safe if one not in UNRESERVED)
    words = (f"Encoded all the same: {encoded}" if encoded else "", f"Left bare: {bare}" if bare else "")
    return f"{'; '.join(filter(None, words))}."


# What was left bare: by PHP before 5.3, JavaScript, by those who escape everything, by Java, and by others.
_SAFE = (
    *("-._", "-._~!*'()", "", "-._*", "-._!*'()", "-._~/", "-._~*", "-._~!'()", "-._~:/", "-._~,"),
    *("-._~@:$,;+=&/?#[]!*'()", "._", "-_", "-", ".", "-._/"),
)
_LETTERS = tuple((safe, _in_words(safe)) for safe in _SAFE)


def _small_hex(signed: SignedParameters, _: Evidence) -> _Written:
    yield signed._replace(writing=signed.writing._replace(capitals=False)), ""


def _small_hex_everywhere(writing: Writing, _: Evidence) -> Iterator[tuple[Writing, str]]:
    yield writing._replace(capitals=False), ""


def _other_charset(signed: SignedParameters, _: Evidence) -> _Written:
    for charset in ("iso-8859-1", "cp1252", "utf-16-le"):
        yield signed._replace(writing=signed.writing._replace(charset=charset)), f"They were encoded as {charset}."


_row = partial(Mistake, step=Step.PARAMETERS, section="3.6")

_letters = partial(
    Mistake,
    code="unreserved-encoded",
    what="Other characters are percent-encoded than should be.",
    fix="Leave letters, digits and - . _ ~ bare, and encode everything else, ! * ' ( ) too.",
    section="3.6",
)
_capitals = partial(
    Mistake,
    code="lower-case-escapes",
    what="The escapes have small letters.",
    fix="Write escapes with capitals: %C3, not %c3.",
    section="3.6",
)

ENCODINGS = (
    _row(
        code="double-encoded",
        what=TWICE,
        fix=ONCE_EACH,
        variants=_twice,
    ),
    _row(
        code="space-as-plus",
        what="A blank is written as `+`.",
        fix="Write a blank as %20 before signing, in the base string and best in the address too.",
        variants=_with_plus,
    ),
    _letters(step=Step.ENCODER, variants=_by_letters, paired=3),
    _letters(step=Step.PARAMETERS, variants=_other_letters),
    _capitals(step=Step.ENCODER, variants=_small_hex_everywhere),
    _capitals(step=Step.PARAMETERS, variants=_small_hex),
    _row(
        code="not-encoded",
        what=NOT_AT_ALL,
        fix=ONCE_EACH,
        variants=_not_at_all,
    ),
    _row(
        code="not-utf-8",
        what="Letters beyond ASCII were not encoded as UTF-8.",
        fix="Encode text as UTF-8 before it is percent-encoded.",
        variants=_other_charset,
    ),
)
