"""How the service says no: the one table from refusals to status, sub code and words, and its two voices.

The gateway speaks in bare text at the token calls; everything else is answered with a status document, in XML or in
JSON (reference: protocol 7).
"""

from __future__ import annotations

import sys
import traceback
from dataclasses import dataclass, replace
from http import HTTPStatus
from string import printable

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mock_netflix.faults.effects import Status
from mock_netflix.oauth import refusals as g
from mock_netflix.oauth.explanation import code_of, known
from mock_netflix.resources.near_misses import in_number, in_verb
from mock_netflix.web.addresses import own_path
from mock_netflix.web.exchange import Exchange, exchange_of
from mock_netflix.wire import as_json, as_xml
from mock_netflix.wire.element import Element
from mock_netflix.wire.text import Text
from mock_netflix.wire.vocabulary import leaf, status
from mock_netflix.world import refusals as r

XML = "application/xml;charset=UTF-8"
JSON = "application/json;charset=UTF-8"
TEXT = "text/plain;charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Words:
    """How one refusal is answered. `gateway` is the gateway's code for it; some answers do not repeat the status.

    `retry`: it tells when to try again.
    """

    status: int
    message: str
    sub_code: int | None = None
    gateway: str | None = None
    repeats_status: bool = True
    retry: bool = False


WORDS: dict[type[r.Refusal], Words] = {
    # The service's own voice (reference: protocol 7.2).
    r.ParameterInvalid: Words(400, "{name} is invalid"),
    r.ParameterMissing: Words(400, "{name} is missing"),
    r.PageSizeInvalid: Words(400, "Query parameter max_results must be a positive integer.", 120),
    r.VersionNotSupported: Words(400, "Version not supported", repeats_status=False),
    r.UserIdInvalid: Words(401, "User ID is invalid"),
    r.UserIdMismatch: Words(401, "User ID access token mismatch"),
    r.AccessTokenRevoked: Words(401, "Access Token Validation Failed"),
    r.BadFeedToken: Words(401, "Bad feed token"),
    r.FeedUserNotFound: Words(401, "User not found"),
    r.FeedUserMismatch: Words(401, "Mismatch between user token and feed token"),
    r.FeedResourceMismatch: Words(401, "Token resource mismatch"),
    r.InvalidFeedToken: Words(403, "Invalid feed token"),
    r.BadRequestToken: Words(401, "Expired or bad request token"),
    r.ConsumerKeyUnknown: Words(401, "Missing Required Consumer Key"),
    r.ConsumerKeyMismatch: Words(401, "Consumer key mismatch"),
    r.ApplicationNameUndefined: Words(401, "Application name undefined"),
    r.ApplicationNameMismatch: Words(401, "Application name mismatch"),
    r.AuthorizationFailed: Words(401, "Authorization failed"),
    r.TermsNotAccepted: Words(401, "User must accept terms of use."),
    r.TitleUnavailable: Words(400, "Title not found or not available", 130),
    r.CannotMoveSaved: Words(400, "Title is saved; cannot move it", 620),
    r.QueueTooLarge: Words(400, "Queue is too large", 650),
    r.FormatInvalid: Words(400, "Invalid title format", 660),
    r.TitleAtHome: Words(400, "Title currently at home", 690),
    r.CannotMoveSeries: Words(400, "Cannot move a series parent title"),
    r.FormatNotAllowed: Words(400, "Invalid format for this user"),
    r.NotInQueue: Words(404, "Title is not in Queue", 610),
    r.AlreadyQueued: Words(412, "Title is already in queue", 710),
    r.StaleEtag: Words(412, "queue out of Date ETag mismatch"),
    r.PreconditionFailed: Words(412, "Precondition failed. Resource has been modified."),
    r.ForeignOrigin: Words(403, "Not Authorized"),
    # The mock's own: the service was never asked for other hosts.
    r.ForeignHost: Words(421, "mock-netflix does not stand for {host}, and sends nothing on"),
    r.TunnelRefused: Words(403, "No tunnel: {reason}"),
    r.ResourceNotFound: Words(404, "Resource not found"),
    r.SiteFeedUnknown: Words(404, "Resource not found"),
    r.HostDeprecated: Words(
        404,
        "api.netflix.com is deprecated for public use. Please use api-public.netflix.com instead.",
        repeats_status=False,
    ),
    r.MethodNotAllowed: Words(405, "Method Not Allowed"),
    r.AlreadyRated: Words(422, "Title has already been rated"),
    # The gateway's voice (reference: protocol 7.4).
    g.ConsumerKeyMissing: Words(400, "Missing Required Consumer Key", gateway="ERR_400_MISSING_REQUIRED_CONSUMER_KEY"),
    # A client of 2013 met 403 here (reference: client-demands), where the gateway's stock set has 401.
    g.ConsumerKeyInvalid: Words(403, "Invalid Consumer Key", gateway="ERR_401_INVALID_CONSUMER_KEY"),
    g.ApplicationInactive: Words(403, "Account Inactive", gateway="ERR_403_DEVELOPER_INACTIVE"),
    g.ApplicationUnauthorized: Words(403, "Not Authorized", gateway="ERR_403_NOT_AUTHORIZED"),
    g.ParameterUnsupported: Words(400, "Unsupported Parameter", gateway="ERR_400_UNSUPPORTED_PARAMETER"),
    # The stock set has 504 for it; clients met 401 for what stands in two places (reference: client-demands 18).
    g.ParameterRepeated: Words(
        401, "Duplicated OAuth Protocol Parameter", gateway="ERR_400_DUPLICATED_OAUTH_PROTOCOL_PARAMETER"
    ),
    g.ParameterInTwoPlaces: Words(401, "Invalid Signature", gateway="ERR_401_INVALID_SIGNATURE"),
    g.SignatureMethodUnsupported: Words(
        400, "Unsupported Signature Method", gateway="ERR_400_UNSUPPORTED_SIGNATURE_METHOD"
    ),
    g.RequestTokenMissing: Words(
        400, "Missing Required Request Token", gateway="ERR_400_MISSING_REQUIRED_REQUEST_TOKEN"
    ),
    g.AccessTokenMissing: Words(400, "Missing Required Access Token", gateway="ERR_400_MISSING_REQUIRED_ACCESS_TOKEN"),
    g.TokenUnknown: Words(401, "Invalid Or Expired Token", gateway="ERR_401_INVALID_OR_EXPIRED_TOKEN"),
    g.TokenOfOtherApplication: Words(401, "Invalid Or Expired Token", gateway="ERR_401_INVALID_OR_EXPIRED_TOKEN"),
    g.TokenExpired: Words(401, "Invalid Or Expired Token", gateway="ERR_401_INVALID_OR_EXPIRED_TOKEN"),
    g.TimestampInvalid: Words(401, "Timestamp Is Invalid", gateway="ERR_401_TIMESTAMP_IS_INVALID"),
    g.NonceMissing: Words(401, "Invalid NONCE", gateway="ERR_401_INVALID_NONCE"),
    g.NonceUsed: Words(401, "Invalid NONCE", gateway="ERR_401_INVALID_NONCE"),
    g.SignatureMissing: Words(401, "Invalid Signature", gateway="ERR_401_INVALID_SIGNATURE"),
    g.SignatureInvalid: Words(401, "Invalid Signature", gateway="ERR_401_INVALID_SIGNATURE"),
    # In the service's own words, not in the gateway's (reference: protocol 7.4).
    g.OverQueriesPerSecond: Words(
        403, "Over queries per second limit", gateway="ERR_403_DEVELOPER_OVER_QPS", retry=True
    ),
    g.OverQueriesPerDay: Words(403, "Over queries per day limit", gateway="ERR_403_DEVELOPER_OVER_RATE", retry=True),
    g.ServiceOverQueriesPerSecond: Words(
        403, "Service is over queries per second limit", gateway="ERR_403_SERVICE_OVER_QPS", retry=True
    ),
    g.BodyTooLarge: Words(413, "Request Entity Too Large", gateway="ERR_413_REQUEST_ENTITY_TOO_LARGE"),
    g.AddressTooLong: Words(414, "Request-URI Too Long", gateway="ERR_414_REQUEST_URI_TOO_LONG"),
    g.BadGateway: Words(502, "Bad Gateway", gateway="ERR_502_BAD_GATEWAY"),
    g.ScheduledMaintenance: Words(503, "Scheduled Maintenance", gateway="ERR_503_SCHEDULED_MAINTENANCE"),
    g.GatewayTimeout: Words(504, "Gateway Timeout", gateway="ERR_504_GATEWAY_TIMEOUT"),
}

_INTERNAL_ERROR = Words(500, "Internal Error")

# What a refusal says by the code that explains it; of two with one code, the first.
_BY_CODE: dict[str, Words] = {code_of(kind): words for kind, words in reversed(WORDS.items())}
# And what most often came with a status. "Bad User" came without a reason, and was tried again (protocol 7.2).
_BY_STATUS: dict[int, Words] = {
    400: Words(400, "Bad User"),
    401: WORDS[g.SignatureInvalid],
    403: WORDS[g.ApplicationUnauthorized],
    404: WORDS[r.ResourceNotFound],
    405: WORDS[r.MethodNotAllowed],
    412: WORDS[r.PreconditionFailed],
    413: WORDS[g.BodyTooLarge],
    414: WORDS[g.AddressTooLong],
    422: WORDS[r.AlreadyRated],
    500: _INTERNAL_ERROR,
    502: WORDS[g.BadGateway],
    503: WORDS[g.ScheduledMaintenance],
    504: WORDS[g.GatewayTimeout],
}
# Answers that have no body (RFC 9110 sections 15.3.5 and 15.4.5).
_BODILESS = (204, 304)
# What stands for a parameter, a host or a reason that nobody named.
_NAMELESS = {"name": "parameter", "host": "another host", "reason": "the host is none of the service's"}
# What a header may hold of a message; the service's own have nothing else.
_IN_HEADERS = printable[:-5]


def refuse(exchange: Exchange, refusal: r.Refusal) -> Response:
    """The answer to a refused request; the exchange remembers why it was refused."""
    words, message = WORDS[type(refusal)], remember(exchange, refusal)
    if isinstance(refusal, r.MethodNotAllowed):
        exchange.hints += in_verb(refusal.allowed)
    if isinstance(refusal, r.ResourceNotFound) and exchange.endpoint is not None:
        exchange.hints += in_number(exchange.path, exchange.sandbox.state, exchange.links)
    if isinstance(refusal, g.SignatureInvalid):
        exchange.sandbox.diagnoses.look_into(refusal, exchange.running)
    headers = {**explanation(exchange), "X-Mock-Netflix-Cause": known(refusal).cause}
    if isinstance(refusal, r.MethodNotAllowed):
        headers["Allow"] = ", ".join(refusal.allowed)
    return _in_its_voice(exchange, words, message, headers, getattr(refusal, "seconds", 1))


def words_wanted(wanted: Status) -> Words:
    """How a fault is answered: by its code, else by its status, else by the phrase of that."""
    status = wanted.status
    words = _INTERNAL_ERROR if status is None else _BY_STATUS.get(status) or Words(status, _phrase(status))
    if wanted.code is not None:
        words = _BY_CODE[wanted.code]
    return replace(
        words,
        status=words.status if status is None else status,
        message=words.message.format_map(_NAMELESS) if wanted.message is None else wanted.message,
        sub_code=words.sub_code if wanted.sub_code is None else wanted.sub_code,
    )


def answered(exchange: Exchange, words: Words, seconds: int | None = None) -> Response:
    """An answer as if the request were refused, which it is not; `seconds` until it may be tried again."""
    exchange.message = words.message
    headers = explanation(exchange)
    if words.status in _BODILESS:
        return Response(b"", words.status, headers)
    if words.status == HTTPStatus.METHOD_NOT_ALLOWED and exchange.endpoint is not None:
        headers["Allow"] = ", ".join(exchange.endpoint.verbs)
    response = _in_its_voice(exchange, words, words.message, headers)
    if seconds is not None:
        response.headers["Retry-After"] = str(seconds)
    return response


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"Status {status}"


def _in_its_voice(
    exchange: Exchange, words: Words, message: str, headers: dict[str, str], seconds: int = 1
) -> Response:
    """In bare text by the gateway at the token calls, in a status document otherwise."""
    if words.gateway is not None:
        headers |= _of_gateway(words, message, seconds)
        if exchange.endpoint is not None and exchange.endpoint.bare:
            return Response(message, words.status, headers, media_type=TEXT)
    return _status_response(exchange, words, message, headers)


def _of_gateway(words: Words, message: str, seconds: int) -> dict[str, str]:
    """The headers with which the gateway decorates what it refuses (reference: protocol 7.4, guess)."""
    headers = {
        "X-Mashery-Error-Code": words.gateway or "",
        "X-Error-Detail-Header": "".join(one if one in _IN_HEADERS else "?" for one in message),
        "X-Mashery-Responder": "mock-netflix",
    }
    if words.retry:
        headers["Retry-After"] = str(seconds)
    return headers


def remember(exchange: Exchange, refusal: r.Refusal) -> str:
    """Notes why an exchange was refused, for the journal; gives the service's words for it."""
    message = WORDS[type(refusal)].message.format_map(vars(refusal))
    exchange.refusal, exchange.message = refusal, message
    return message


def explanation(exchange: Exchange) -> dict[str, str]:
    """The header that leads to all that is known of a request, and what was forgiven."""
    entry = f"{own_path(exchange.sandbox.name)}/requests/{exchange.number}"
    headers = {"X-Mock-Netflix-Explain": f"{exchange.own_base or exchange.links.base}{entry}"}
    if exchange.warning is not None:
        headers["X-Mock-Netflix-Warning"] = exchange.warning
    return headers


def encoded(element: Element, exchange: Exchange) -> tuple[Text, str]:
    """A document as JSON where that was asked for, as XML otherwise, and its media type."""
    dialect = exchange.edition.dialect
    if exchange.output == "json":
        return as_json.text(element, dialect), JSON
    return as_xml.text(element, dialect), XML


class LastResort:
    """Turns a fault of the mock itself into the service's own error; the traceback goes to the terminal."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception:
            traceback.print_exc(file=sys.stderr)
            if started:
                raise
            response = _status_response(exchange_of(scope), _INTERNAL_ERROR, _INTERNAL_ERROR.message, {})
            await response(scope, receive, send)


def _status_response(exchange: Exchange, words: Words, message: str, headers: dict[str, str]) -> Response:
    document = status(words.status, message, words.sub_code)
    if not words.repeats_status:
        document = Element("status", children=(leaf("message", message),))
    text, media_type = encoded(document, exchange)
    return Response(text.body, words.status, headers, media_type=media_type)
