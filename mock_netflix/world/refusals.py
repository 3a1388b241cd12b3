"""Every way the service says no: one class for each fact, with its evidence.

No class knows a status code or a wording; `web/errors.py` has the one table that says how each is answered. These are
the service's own; those of the gateway before it (key, signature, timestamp, token) are in `oauth/refusals.py`, for the
two speak in different voices (reference: protocol 7).
"""

from __future__ import annotations

from dataclasses import dataclass


class Refusal(Exception):
    """The request is not granted, and nothing was changed."""


@dataclass(eq=False)
class ParameterInvalid(Refusal):
    """A parameter has a value that cannot be used."""

    name: str


@dataclass(eq=False)
class ParameterMissing(Refusal):
    """The login address lacks a parameter (reference: walkthrough, step 4)."""

    name: str


class PageSizeInvalid(Refusal):
    """`max_results` is not a positive integer."""


class ResourceNotFound(Refusal):
    """There is nothing at this address, or not any more at the date of the mock."""


@dataclass(eq=False)
class SiteFeedUnknown(Refusal):
    """No feed of the site is that of this genre or subscriber."""

    name: str
    given: str


class HostDeprecated(Refusal):
    """The old host was asked after it had gone (reference: protocol 1.1)."""


@dataclass(eq=False)
class MethodNotAllowed(Refusal):
    """The address exists, but not for this verb."""

    allowed: tuple[str, ...]


class VersionNotSupported(Refusal):
    """The version asked for with `v` has no form of this resource."""


class UserIdInvalid(Refusal):
    """The user id in the path has the form of one, but is nobody's."""


class UserIdMismatch(Refusal):
    """The user id in the path is another subscriber's than the token's."""


class AccessTokenRevoked(Refusal):
    """The access token was given back or taken away."""


class BadFeedToken(Refusal):
    """The feed token is missing, or has not the form of one."""


class InvalidFeedToken(Refusal):
    """The feed token has the right form, but was never given out to this application."""


class FeedUserNotFound(Refusal):
    """The path of a feed names no subscriber."""


class FeedUserMismatch(Refusal):
    """The feed token is another subscriber's than the path's."""


@dataclass(eq=False)
class FeedResourceMismatch(Refusal):
    """The feed token opens another feed."""

    opens: str = ""


@dataclass(eq=False)
class BadRequestToken(Refusal):
    """The request token is no good for this; the reason says which of its faults it is."""

    reason: str = ""


class ConsumerKeyUnknown(Refusal):
    """The login address names a consumer key that nobody has."""


class ConsumerKeyMismatch(Refusal):
    """The login address names another consumer key than the one the request token was given to."""


class ApplicationNameUndefined(Refusal):
    """The login address has an empty application name."""


class ApplicationNameMismatch(Refusal):
    """The application name is not exactly the registered one."""


class AuthorizationFailed(Refusal):
    """Login and password do not belong together."""


class TermsNotAccepted(Refusal):
    """The terms of use were left unaccepted."""


class TitleUnavailable(Refusal):
    """The title that a write names is unknown, or cannot be had in this way."""


class FormatInvalid(Refusal):
    """There is no such delivery format, or the title does not come in it."""


class FormatNotAllowed(Refusal):
    """The subscriber cannot have this delivery format."""


class TitleAtHome(Refusal):
    """The disc is at the subscriber's home already."""


class AlreadyQueued(Refusal):
    """The title is in the queue already, and no move was meant."""


class CannotMoveSeries(Refusal):
    """A series was to be moved, but only its discs stand in the queue."""


class CannotMoveSaved(Refusal):
    """A saved title was to be moved; it has no position until it can be had."""


class QueueTooLarge(Refusal):
    """The queue has no room for more."""


class NotInQueue(Refusal):
    """There is no such entry in the queue, or it stands elsewhere by now."""


@dataclass(eq=False)
class StaleEtag(Refusal):
    """The queue was changed since the client read it."""

    expected: str
    given: str


class AlreadyRated(Refusal):
    """The title has a rating already, which is to be changed and not made anew."""


class PreconditionFailed(Refusal):
    """The `If-Match` of a write names another state of the resource."""


class ForeignHost(Refusal):
    """The request was meant for a host that the mock does not stand for (RFC 9110 section 15.5.20)."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.host = host


class TunnelRefused(Refusal):
    """The client took the mock for a proxy, and wanted to be connected to what the mock does not stand for."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ForeignOrigin(Refusal):
    """A web page of another site tried to send the login form."""
