"""Mistakes in the key (RFC 5849 section 3.4.2): the right one is `consumer secret & token secret`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from mock_netflix.oauth.attempt import Step
from mock_netflix.oauth.evidence import Evidence
from mock_netflix.oauth.mistakes.mistake import Mistake
from mock_netflix.oauth.signature import escape, key_of
from mock_netflix.world.grants import AccessToken, RequestToken

_Keys = Iterator[tuple[str, str]]

_BLANKS = ("\n", "\r\n", " ", "\t")


def _without_ampersand(key: str, evidence: Evidence) -> _Keys:
    consumer, _, token = key.partition("&")
    yield consumer, ""
    if token:
        yield consumer + token, "The two secrets stand together without it."


def _without_token_secret(key: str, evidence: Evidence) -> _Keys:
    consumer, _, token = key.partition("&")
    if token:
        yield f"{consumer}&", ""


def _with_token_secret(key: str, evidence: Evidence) -> _Keys:
    consumer, _, _ = key.partition("&")
    if evidence.token is None:
        every: list[AccessToken | RequestToken] = [*evidence.access_tokens(), *evidence.request_tokens()]
        for token in every:
            yield f"{consumer}&{escape(token.secret)}", f"It is the secret of {_name(token)}."


def _of_the_other_kind(key: str, evidence: Evidence) -> _Keys:
    consumer, _, _ = key.partition("&")
    if isinstance(evidence.token, AccessToken):
        for token in evidence.request_tokens():
            yield (
                f"{consumer}&{escape(token.secret)}",
                f"The access token's own secret came with it from access_token; this is that of {_name(token)}.",
            )
    if isinstance(evidence.token, RequestToken):
        for access in evidence.access_tokens():
            yield (
                f"{consumer}&{escape(access.secret)}",
                f"It is the reverse here: the secret of {_name(access)}, where the request token's own is needed.",
            )


def _of_another_token(key: str, evidence: Evidence) -> _Keys:
    consumer, _, _ = key.partition("&")
    if evidence.token is not None:
        same = evidence.access_tokens() if isinstance(evidence.token, AccessToken) else evidence.request_tokens()
        for token in same:
            yield f"{consumer}&{escape(token.secret)}", f"It is the secret of {_name(token)}."


def _swapped(key: str, evidence: Evidence) -> _Keys:
    consumer, ampersand, token = key.partition("&")
    if ampersand:
        yield f"{token}&{consumer}", ""


def _of_another_application(key: str, evidence: Evidence) -> _Keys:
    _, ampersand, token = key.partition("&")
    for other in evidence.other_applications():
        yield f"{escape(other.secret)}{ampersand}{token}", f'It is that of "{other.name}".'


def _names_for_secrets(key: str, evidence: Evidence) -> _Keys:
    consumer, _, secret = key.partition("&")
    name, token = escape(evidence.application.key), evidence.token
    yield f"{name}&{secret}", "The consumer key stands for the shared secret."
    if token is not None:
        yield f"{consumer}&{escape(token.token)}", "The token stands for the token secret."
        yield f"{name}&{escape(token.token)}", "Consumer key and token stand for both secrets."


def _words_for_nothing(key: str, _: Evidence) -> _Keys:
    consumer, _mark, token = key.partition("&")
    for word in ("undefined", "null", "None", "nil", "(null)"):
        if not token:
            yield f"{consumer}&{escape(word)}", f"It is {word}, for the token secret that there is none of."
        else:
            yield f"{consumer}&{escape(word)}", f"It is {word}, for the token secret."
            yield f"{escape(word)}&{token}", f"It is {word}, for the consumer secret."


def _with_blanks(key: str, evidence: Evidence) -> _Keys:
    consumer, ampersand, token = key.partition("&")
    for blank in _BLANKS:
        for one in (escape(blank), blank):
            yield f"{consumer}{one}{ampersand}{token}", "It stands behind the consumer secret."
            yield f"{consumer}{ampersand}{token}{one}", "It stands behind the token secret."


def _not_encoded(key: str, evidence: Evidence) -> _Keys:
    secrets = evidence.secrets
    bare = f"{secrets.client_secret}&{secrets.resource_owner_secret}"
    if bare != key:
        yield bare, "They are not percent-encoded."
    twice = key_of(*map(escape, (secrets.client_secret, secrets.resource_owner_secret)))
    if twice != key:
        yield twice, "They are percent-encoded twice."


def _name(token: RequestToken | AccessToken) -> str:
    kind = "request token" if isinstance(token, RequestToken) else "access token"
    return f"the {kind} {token.token[:12]}…"


_row = partial(Mistake, step=Step.KEY, section="3.4.2")

KEYS = (
    _row(
        code="missing-ampersand",
        what="The key has no `&`.",
        fix="Sign with the consumer secret, `&` and the token secret; the `&` stays where there is no token.",
        variants=_without_ampersand,
    ),
    _row(
        code="token-secret-omitted",
        what="The token secret is missing from the key.",
        fix="The request carries oauth_token, so sign with consumer secret, `&` and that token's secret.",
        variants=_without_token_secret,
    ),
    _row(
        code="token-secret-extra",
        what="A token secret is in the key, but no oauth_token was sent.",
        fix="Send the token as oauth_token, or sign with the consumer secret and `&` alone.",
        variants=_with_token_secret,
        paired=8,
    ),
    _row(
        code="request-token-secret-used",
        what="The secret of the request token and that of the access token were mistaken for each other.",
        fix="Each token is signed with the secret that came with it.",
        variants=_of_the_other_kind,
        paired=8,
    ),
    _row(
        code="secrets-swapped",
        what="Consumer secret and token secret are exchanged in the key.",
        fix="The consumer secret comes first, then `&`, then the token secret.",
        variants=_swapped,
    ),
    _row(
        code="secret-of-other-application",
        what="The consumer secret is another application's.",
        fix="Sign with the shared secret that belongs to the consumer key that is sent.",
        variants=_of_another_application,
    ),
    _row(
        code="secret-of-other-token",
        what="The token secret is another token's.",
        fix="Sign with the secret that came with the token that is sent.",
        variants=_of_another_token,
    ),
    _row(
        code="key-used-as-secret",
        what="A key or token that is public stands where its secret should.",
        fix="Sign with the secrets; keys and tokens are sent, secrets never.",
        variants=_names_for_secrets,
        paired=1,
    ),
    _row(
        code="word-for-secret",
        what="A word of the programming language stands where a secret should.",
        fix="Leave what is missing out of the key; where the token has a secret, pass it to the signer.",
        variants=_words_for_nothing,
        paired=0,
    ),
    _row(
        code="secret-with-blank",
        what="A blank or the end of a line clings to a secret.",
        fix="Strip what was read from a file or pasted.",
        variants=_with_blanks,
        paired=1,
    ),
    _row(
        code="secret-encoding",
        what="The secrets are not encoded as the key wants them.",
        fix="Percent-encode each secret once before they are joined with `&`.",
        variants=_not_encoded,
    ),
)
