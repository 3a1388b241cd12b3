"""What a refusal tells a person: a code, one sentence of what is wrong and one of what to do, and the evidence.

A refused signature is explained by its diagnosis; every other refusal by a row of the table below, or by what its class
says of itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mock_netflix.oauth import refusals as r
from mock_netflix.oauth.signature import PLAINTEXT
from mock_netflix.world import refusals as s
from mock_netflix.world.refusals import Refusal

if TYPE_CHECKING:
    from mock_netflix.oauth.diagnosis import Diagnosis, Found

# A refused signature that nobody has looked into yet, and one that nothing explains.
UNDIAGNOSED = "undiagnosed"
UNEXPLAINED = "unexplained"
# Times in finer units than seconds are told by their number of digits.
_UNITS = {13: ("milliseconds", "1000"), 16: ("microseconds", "1000000"), 19: ("nanoseconds", "1000000000")}
_is_number = re.compile(r"[0-9]+(\.[0-9]*)?").fullmatch


@dataclass(frozen=True, slots=True)
class Explanation:
    """`causes`: one code, or two where two mistakes come together. `what` is wrong, and how to `fix` it.

    `section` is of RFC 5849, and `details` hold the evidence by name.
    """

    causes: tuple[str, ...]
    what: str
    fix: str = ""
    section: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def cause(self) -> str:
        """The code; of two mistakes both, joined by a plus."""
        return "+".join(self.causes)

    @property
    def message(self) -> str:
        """All that there is to say, in one line."""
        return " ".join(filter(None, (self.what, self.fix)))

    @property
    def line(self) -> str:
        """Code, fault and fix, for a line of the terminal."""
        return f"{self.cause}: {self.message}"


def explain(refusal: Refusal, seconds: float | None = None) -> Explanation:
    """Why a request was refused.

    The first time, a refused signature is diagnosed, in so many seconds of work at most, by default as long as that
    goes: ten thousandths for most requests. One that was left undone for want of time is kept for another look.
    """
    # Read once: a refusal may lose its evidence on another thread.
    evidence = refusal.evidence if isinstance(refusal, r.SignatureInvalid) else None
    if isinstance(refusal, r.SignatureInvalid) and refusal.diagnosis is None and evidence is not None:
        # Imported late: all mistakes there are take a while to read, and most servers refuse no signature.
        from mock_netflix.oauth.diagnosis import PATIENCE, diagnose

        patience = PATIENCE if seconds is None else seconds
        diagnosis = diagnose(evidence, patience)
        if diagnosis.mistakes or diagnosis.complete or patience >= PATIENCE:
            refusal.diagnosis, refusal.evidence = diagnosis, None
    return known(refusal)


def known(refusal: Refusal) -> Explanation:
    """What is known of a refusal without another look at it."""
    if isinstance(refusal, r.SignatureInvalid):
        return _of_signature(refusal)
    _, words = _WORDS.get(type(refusal), ("", None))
    what, fix = words(refusal) if words is not None else (" ".join((type(refusal).__doc__ or "").split()), "")
    return Explanation((code_of(type(refusal)),), what, fix, details=vars(refusal))


def code_of(kind: type[Refusal]) -> str:
    """The code of a refusal that is not one of a signature."""
    return _WORDS.get(kind, ("", None))[0] or _kebab(kind.__name__)


def _of_signature(refusal: r.SignatureInvalid) -> Explanation:
    diagnosis = refusal.diagnosis
    if refusal.method == PLAINTEXT:
        return _of_plaintext(refusal)
    details = {
        "base_string": refusal.base_string,
        "expected_signature": refusal.expected,
        "received_signature": refusal.received,
        "signing_key": refusal.key,
    }
    if diagnosis is not None and diagnosis.mistakes:
        return of_mistakes(diagnosis, details)
    if diagnosis is None and refusal.evidence is not None:
        what = "The signature is not the one that this request has here; among many, this one was not looked into yet."
        return Explanation((UNDIAGNOSED,), what, "Open its address, or ask mock-netflix explain.", details=details)
    return unexplained(diagnosis, details) if refusal.expected else Explanation(("not-an-address",), refusal.reason)


def _of_plaintext(refusal: r.SignatureInvalid) -> Explanation:
    """A key that was sent as the signature is compared with the right one; nothing else is signed."""
    details = {"expected_signature": refusal.expected, "received_signature": refusal.received}
    diagnosis = refusal.diagnosis
    if diagnosis is not None and diagnosis.mistakes:
        return of_mistakes(diagnosis, details)
    return Explanation(
        (UNEXPLAINED if diagnosis is not None else UNDIAGNOSED,),
        "The PLAINTEXT signature is not the two secrets of this request.",
        "Send consumer secret, `&` and token secret, each percent-encoded; one of them differs from the one here.",
        "3.4.4",
        details,
    )


def of_mistakes(diagnosis: Diagnosis, details: Mapping[str, Any]) -> Explanation:
    """The mistakes that were found."""
    return Explanation(
        tuple(one.code for one in diagnosis.mistakes),
        " Besides: ".join(map(_sentence, diagnosis.mistakes)),
        " Besides: ".join(one.fix for one in diagnosis.mistakes),
        " and ".join(dict.fromkeys(one.section for one in diagnosis.mistakes)),
        {**details, "signed_base_string": diagnosis.base_string, "trials": diagnosis.trials},
    )


def unexplained(diagnosis: Diagnosis | None, details: Mapping[str, Any]) -> Explanation:
    """Nothing reproduces the signature, or nobody looked; it is said so."""
    if diagnosis is None:
        what = (
            "The signature is not the one that this request has here, and it is too late, or too large, to look into."
        )
    elif not diagnosis.trials:
        what = "The signature cannot be one: it is not the base64 of 20 bytes, nor anything that is like it."
    else:
        bounds = "" if diagnosis.complete else ", as far as was looked"
        what = f"None of the mistakes that are known here makes this signature, alone or with another{bounds}."
    return Explanation(
        (UNEXPLAINED if diagnosis is not None else UNDIAGNOSED,),
        what,
        "Lay your base string beside the one here (mock-netflix explain --base); where they are the same, a secret"
        " differs, or the signature was made for another nonce or timestamp than was sent.",
        details={**details, "trials": diagnosis.trials if diagnosis is not None else 0},
    )


def _sentence(found: Found) -> str:
    return " ".join(filter(None, (found.what, found.detail)))


def _kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


_Words = tuple[str, str]


def _unknown_key(refusal: Any) -> _Words:
    near = f": {refusal.near}" if refusal.near else ""
    return f"No application has the consumer key {refusal.received}{near}.", "The keys are at /_mock/."


def _repeated(refusal: Any) -> _Words:
    where = " and ".join(refusal.places)
    return (
        f"{refusal.name} was sent more than once: {where} (RFC 5849 section 3.1).",
        "Send the protocol parameters in one place only: the query, the Authorization header or the form body.",
    )


def _method(refusal: Any) -> _Words:
    if refusal.received == "PLAINTEXT":
        return "PLAINTEXT is taken over TLS only.", "Use HMAC-SHA1, or switch it on with: serve --set plaintext=true"
    said = f"oauth_signature_method is {refusal.received}" if refusal.received else "There is no oauth_signature_method"
    return f"{said}.", "Use HMAC-SHA1, in capitals."


def _unknown_token(refusal: Any) -> _Words:
    near = f": {refusal.near}" if refusal.near else ", or not since the mock was started"
    return (
        f"No application was ever given the {refusal.needed} token {refusal.received[:24]}…{near}.",
        "A ready access token is at /_mock/." if refusal.needed == "access" else "Ask for a request token first.",
    )


def _other_token(refusal: Any) -> _Words:
    return (
        f"The {refusal.needed} token {refusal.received[:24]}… was given to another application.",
        "Send it with the consumer key that it was given to.",
    )


def _expired_token(refusal: Any) -> _Words:
    ago = refusal.clock - refusal.expired
    return f"The {refusal.needed} token expired {ago} s ago.", "Let the person sign in again for a new one."


def _timestamp(refusal: Any) -> _Words:
    fix = "Send the seconds since 1970; /oauth/clock/time tells them where your own clock is wrong."
    sent = refusal.received
    if not sent:
        return "The oauth_timestamp is missing.", fix
    if _is_number(sent) is None:
        return f"The oauth_timestamp {sent!r} is no number of seconds.", fix
    digits = len(sent.partition(".")[0])
    if digits in _UNITS:
        unit, divisor = _UNITS[digits]
        return f"The oauth_timestamp {sent} is in {unit}.", f"Divide by {divisor}: it is in seconds since 1970."
    off = float(sent) - refusal.clock
    side = "ahead of" if off > 0 else "behind"
    skew = f"The oauth_timestamp {sent} is {abs(off):.0f} s {side} the clock here ({refusal.clock})"
    return f"{skew}; it may be {refusal.window} s off.", fix


def _nonce_used(refusal: Any) -> _Words:
    ago = f"{refusal.seconds_earlier:.1f} s earlier"
    if refusal.same_signature:
        tail = ", same signature: the retry layer resends the signed request"
        fix = "Sign again before each try, with a new nonce."
    else:
        tail, fix = ", with another signature", "Make a new nonce for every request."
    return f"The nonce was first used by request {refusal.first_request}, {ago}{tail}.", fix


def _bad_request_token(refusal: Any) -> _Words:
    fix = "Begin again with a new request token."
    if refusal.reason.startswith("oauth_verifier"):
        fix = "Send the oauth_verifier that came with the callback, or that the person read off the page."
    elif refusal.reason.startswith("nobody has signed in"):
        fix = "Let the person open login_url and allow it first."
    return f"The request token is no good for this: {refusal.reason}.", fix


def _feed_of_another(refusal: Any) -> _Words:
    return f"The feed token opens another feed: {refusal.opens}.", "Take the token of this feed from /users/@me/feeds."


def _stale_etag(refusal: Any) -> _Words:
    what = f"The queue was changed since the client read it: its etag is {refusal.expected}, not {refusal.given}."
    return what, "Read the queue again, and send the etag that it has then."


def _site_feed(refusal: Any) -> _Words:
    given = f"has {refusal.name}={refusal.given}" if refusal.given else f"goes without {refusal.name}"
    return f"No feed of the site {given}.", "The page /RSSFeeds has the addresses of all."


def _outage(refusal: Any) -> _Words:
    what = " ".join((type(refusal).__doc__ or "").split())
    return what, 'Switch it off at /_mock/settings: {"outage": null}.'


def _over_rate(refusal: Any) -> _Words:
    return (
        f"{' '.join((type(refusal).__doc__ or '').split())} The limit is {refusal.limit}.",
        f"Try again in {refusal.seconds} s, or lift the limit at /_mock/settings.",
    )


# Code, and words for one refusal; an empty code is that of the class's name.
_WORDS: dict[type[Refusal], tuple[str, Callable[[Any], _Words]]] = {
    s.BadRequestToken: ("", _bad_request_token),
    s.ParameterInvalid: ("", lambda one: (f"The parameter {one.name} has a value that cannot be used.", "")),
    s.ParameterMissing: ("", lambda one: (f"The login address lacks the parameter {one.name}.", "Append it.")),
    s.ForeignHost: (
        "",
        lambda one: (
            f"The mock stands for the hosts of the Netflix API; {one.host} is none of them.",
            "Leave it out of the proxy by NO_PROXY; where it is a name of the mock, serve with --set any_host=true.",
        ),
    ),
    s.TunnelRefused: (
        "",
        lambda one: (
            f"The client took the mock for a proxy: {one.reason}.",
            "The mock opens tunnels to the hosts of the Netflix API alone, at the ports 80 and 443.",
        ),
    ),
    s.SiteFeedUnknown: ("", _site_feed),
    s.FeedResourceMismatch: ("", _feed_of_another),
    s.StaleEtag: ("", _stale_etag),
    r.ConsumerKeyMissing: ("", lambda _: ("No oauth_consumer_key was sent.", "The keys are at /_mock/.")),
    r.ConsumerKeyInvalid: ("unknown-consumer-key", _unknown_key),
    r.AccessTokenMissing: (
        "",
        lambda _: ("It belongs to a user, and there is no oauth_token.", "Sign it with an access token too."),
    ),
    r.RequestTokenMissing: (
        "",
        lambda _: ("There is no oauth_token.", "Sign it with the request token and its secret too."),
    ),
    r.ParameterRepeated: ("", _repeated),
    r.ParameterInTwoPlaces: ("parameter-repeated", _repeated),
    r.ParameterUnsupported: ("", lambda one: (f"{one.name} is {one.received}.", "Send 1.0, or leave it out.")),
    r.SignatureMethodUnsupported: ("", _method),
    r.SignatureMissing: (
        "unsigned",
        lambda _: ("The request is not signed: there is no oauth_signature.", "Sign it: mock-netflix sign shows how."),
    ),
    r.NonceMissing: ("", lambda _: ("There is no oauth_nonce.", "Send a new random text with every request.")),
    r.NonceUsed: ("nonce-used", _nonce_used),
    r.TimestampInvalid: ("timestamp-skew", _timestamp),
    r.TokenUnknown: ("unknown-token", _unknown_token),
    r.TokenOfOtherApplication: ("token-of-other-application", _other_token),
    r.TokenExpired: ("expired-token", _expired_token),
    r.BadGateway: ("", _outage),
    r.ScheduledMaintenance: ("", _outage),
    r.GatewayTimeout: ("", _outage),
    r.OverQueriesPerSecond: ("", _over_rate),
    r.OverQueriesPerDay: ("", _over_rate),
    r.ServiceOverQueriesPerSecond: ("", _over_rate),
}
