"""Every way the gateway says no: one class for each fact, with its evidence.

Refused before the service itself was reached: the security of the request is at fault (reference: protocol 7.4).
How each is answered is in `web/errors.py`; what it tells a person, in `explanation.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mock_netflix.world.refusals import Refusal

if TYPE_CHECKING:
    from mock_netflix.oauth.diagnosis import Diagnosis
    from mock_netflix.oauth.evidence import Evidence


class GatewayRefusal(Refusal):
    """Refused before the service itself was reached: the security of the request is at fault."""


class ConsumerKeyMissing(GatewayRefusal):
    """No `oauth_consumer_key` was sent."""


@dataclass(eq=False)
class ConsumerKeyInvalid(GatewayRefusal):
    """No application has this consumer key; `near` says what it looks like."""

    received: str = ""
    near: str = ""


class ApplicationInactive(GatewayRefusal):
    """The application was switched off."""


class ApplicationUnauthorized(GatewayRefusal):
    """The application may not use this service."""


@dataclass(eq=False)
class ParameterUnsupported(GatewayRefusal):
    """A protocol parameter has a value of another protocol."""

    name: str = ""
    received: str = ""


@dataclass(eq=False)
class ParameterRepeated(GatewayRefusal):
    """A protocol parameter was sent more than once in the same place."""

    name: str = ""
    places: tuple[str, ...] = ()


@dataclass(eq=False)
class ParameterInTwoPlaces(GatewayRefusal):
    """A protocol parameter was sent in two places, such as query and body (reference: client-demands 18)."""

    name: str = ""
    places: tuple[str, ...] = ()


@dataclass(eq=False)
class SignatureMethodUnsupported(GatewayRefusal):
    """Another signature method than HMAC-SHA1, or PLAINTEXT where it is not allowed."""

    received: str = ""


class RequestTokenMissing(GatewayRefusal):
    """No `oauth_token` was sent where the request token is needed."""


class AccessTokenMissing(GatewayRefusal):
    """No `oauth_token` was sent where an access token is needed."""


@dataclass(eq=False)
class TokenInvalid(GatewayRefusal):
    """The token is no good for this request."""

    received: str = ""
    needed: str = "access"


@dataclass(eq=False)
class TokenUnknown(TokenInvalid):
    """No application was ever given this token; `near` says what it is instead."""

    near: str = ""


class TokenOfOtherApplication(TokenInvalid):
    """The token was given to another application."""


@dataclass(eq=False)
class TokenExpired(TokenInvalid):
    """The token was good, but no longer; `expired` and `clock` in epoch seconds."""

    expired: int = 0
    clock: int = 0


@dataclass(eq=False)
class TimestampInvalid(GatewayRefusal):
    """`oauth_timestamp` is missing, no number, or too far from the clock here; `window` is in seconds either way."""

    received: str = ""
    clock: int = 0
    window: int = 0


class NonceMissing(GatewayRefusal):
    """`oauth_nonce` is missing."""


@dataclass(eq=False)
class NonceUsed(GatewayRefusal):
    """The nonce was used before with this timestamp, key and token (RFC 5849 section 3.3).

    `first_request` is that request's number in the journal, `seconds_earlier` how long ago it was.
    """

    received: str = ""
    first_request: int = 0
    seconds_earlier: float = 0.0
    same_signature: bool = False


class SignatureMissing(GatewayRefusal):
    """The request is not signed: there is no `oauth_signature`."""


@dataclass(eq=False)
class SignatureInvalid(GatewayRefusal):
    """The signature is not the one that this request must have.

    `key` is the one that it must be signed with, by `method`. `evidence` is what a diagnosis needs, where the request
    is not too large for one; once it was made, `diagnosis` is kept instead, for it costs far more than the refusal.
    """

    reason: str
    received: str = ""
    expected: str = ""
    base_string: str = ""
    key: str = ""
    method: str = "HMAC-SHA1"
    evidence: Evidence | None = field(default=None, repr=False)
    diagnosis: Diagnosis | None = field(default=None, repr=False)


@dataclass(eq=False)
class OverRate(GatewayRefusal):
    """More calls than the application may make; `seconds` until it may call again."""

    limit: int = 0
    seconds: int = 1


class OverQueriesPerSecond(OverRate):
    """The application made more calls in one second than it may."""


class OverQueriesPerDay(OverRate):
    """The application made more calls without a user in one day than it may."""


class ServiceOverQueriesPerSecond(OverRate):
    """All applications together made more calls in one second than the service takes."""


class BadGateway(GatewayRefusal):
    """The gateway was told to find nothing behind it (the rule `outage`)."""


class ScheduledMaintenance(GatewayRefusal):
    """The gateway was told that the service is being worked on (the rule `outage`)."""


class GatewayTimeout(GatewayRefusal):
    """The gateway was told to wait in vain for the service (the rule `outage`)."""


class AddressTooLong(GatewayRefusal):
    """The request line is longer than the gateway takes."""


class BodyTooLarge(GatewayRefusal):
    """The body is larger than the gateway takes."""
