"""From a row to its answer: admit the caller, call the handler, swap the state, encode the document.

There is no await between admitting and encoding, so each request is atomic without a lock.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from urllib.parse import quote

from starlette.responses import Response

from mock_netflix.oauth.levels import Caller, Level
from mock_netflix.oauth.parameters import FORM
from mock_netflix.oauth.refusals import AccessTokenMissing
from mock_netflix.resources import ENDPOINTS
from mock_netflix.resources.endpoint import Answer, Call, Endpoint, Form, Kept, Moved, Stream
from mock_netflix.resources.near_misses import in_parameters, in_path, known_parameters
from mock_netflix.resources.sight import sight_of
from mock_netflix.sandbox import Sandbox
from mock_netflix.web.conditional import etag_of, is_unchanged
from mock_netflix.web.errors import JSON, XML, encoded, explanation
from mock_netflix.web.exchange import Exchange
from mock_netflix.web.gateway import admit, outage_of, owner_of
from mock_netflix.web.routes import Show
from mock_netflix.web.stored_files import StoredFiles
from mock_netflix.web.streamed import Streamed
from mock_netflix.web.written import RawHeaders, Written, raw
from mock_netflix.wire import as_atom, as_rss
from mock_netflix.wire.as_rss import Channel
from mock_netflix.wire.element import Element
from mock_netflix.wire.hosts import API_HOSTS
from mock_netflix.wire.text import Text, put_together
from mock_netflix.world.refusals import (
    HostDeprecated,
    MethodNotAllowed,
    ParameterInvalid,
    PreconditionFailed,
    ResourceNotFound,
    VersionNotSupported,
)
from mock_netflix.world.state import State
from mock_netflix.world.subscribers import Subscriber

ATOM = "application/atom+xml;charset=UTF-8"
# A browser shows it, where it would save a feed that is called one.
RSS = "text/xml;charset=UTF-8"

# As captured in 2012 and 2013 (reference: resources 1.3); Accept-Encoding in Vary comes with gzip.
_HEADERS = raw(
    {
        "Cache-Control": "private",
        "Vary": "Accept-Charset, Accept-Language, Accept",
        "Accept-Ranges": "bytes",
        "X-Mashery-Responder": "mock-netflix",
    }
)
_OPEN_TO_PAGES = raw({"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "GET, POST"})

# The forms of an answer (reference: protocol 8.1). "atomx" is Atom that a browser shows as XML.
_ATOM_TYPES = {"atom": ATOM, "atomx": XML}
_OUTPUTS = ("pox", "xml", "json", *_ATOM_TYPES)
# The verbs that `method` may stand for (reference: protocol 8.4).
_VERBS = ("GET", "POST", "PUT", "DELETE")
# A feed token opens a feed, and no more.
_READING = ("GET", "HEAD")
_USER = "user"


class Resource:
    """Answers for one row; it takes every verb and decides itself."""

    def __init__(self, endpoint: Endpoint, pattern: str, kept: Kept, files: StoredFiles) -> None:
        self.endpoint = endpoint
        self.pattern = pattern
        self.kept = kept
        self.files = files
        self.known = known_parameters(endpoint)

    def __call__(self, exchange: Exchange, path: Mapping[str, str]) -> Response:
        exchange.endpoint = endpoint = self.endpoint
        if endpoint.level is Level.OPEN:
            return self._of_the_site(exchange, path)
        refusal = exchange.refusal or outage_of(exchange)
        if refusal is not None:
            raise refusal
        sandbox = exchange.sandbox
        check_existence(exchange, endpoint)
        exchange.caller = caller = admit(exchange, endpoint)
        state = _state_seen(exchange)
        owner = owner_of(path.get(_USER), caller, state)
        action = _action(exchange)
        handler = endpoint.verbs.get("GET" if action == "HEAD" else action)
        if handler is None:
            raise MethodNotAllowed(tuple(endpoint.verbs))
        if caller.feed_token is not None and action not in _READING:
            raise AccessTokenMissing
        _check_version_and_output(exchange, endpoint, action)
        exchange.hints = (*exchange.hints, *in_parameters(endpoint, self.known, exchange.parameters))
        call = self._call(exchange, state, caller, owner, path)
        if action not in _READING and exchange.if_match is not None:
            _check_precondition(call, exchange, endpoint)
        answer = handler(call)
        if answer.state is not None:
            sandbox.faults.wrote(state.subscribers, answer.state.subscribers, exchange.wall)
            sandbox.state = answer.state
        return self._answered(answer, exchange)

    def _of_the_site(self, exchange: Exchange, path: Mapping[str, str]) -> Response:
        """What anybody may read: no part of the API, so it has none of its parameters, outages and removals."""
        if exchange.refusal is not None:
            raise exchange.refusal
        if exchange.verb not in _READING:
            raise MethodNotAllowed(tuple(self.endpoint.verbs))
        exchange.hints = (*exchange.hints, *in_parameters(self.endpoint, self.known, exchange.parameters))
        answer = self.endpoint.verbs["GET"](self._call(exchange, _state_seen(exchange), None, None, path))
        return self._answered(answer, exchange)

    def _answered(self, answer: Answer, exchange: Exchange) -> Response:
        if isinstance(answer.document, Stream):
            return streamed(answer.document, exchange, self.files)
        return _encode(answer.document, answer, exchange, self.endpoint)

    def _call(
        self, exchange: Exchange, state: State, caller: Caller | None, owner: Subscriber | None, path: Mapping[str, str]
    ) -> Call:
        edition = exchange.edition
        # Links echo the user as it was asked for, so it goes back into addresses as it came.
        user = {_USER: quote(path[_USER], safe="@$")} if _USER in path else {}
        return Call(
            state=state,
            asking=caller,
            path={**path, **user, "pattern": self.pattern},
            parameters=exchange.parameters,
            links=exchange.links,
            kept=self.kept,
            sight=sight_of(state.catalogue, exchange.links, edition.today, edition.told_until),
            now=exchange.now,
            wall=exchange.wall,
            edition=edition,
            owner=owner,
        )


class Page:
    """Answers with what people see: no row, no signature, but the same refusals.

    What is not there in the world that was asked is looked for in those that `elsewhere` gives.
    """

    def __init__(self, show: Show, elsewhere: Callable[[], Iterable[Sandbox]] = tuple) -> None:
        self.show = show
        self.elsewhere = elsewhere

    def __call__(self, exchange: Exchange, path: Mapping[str, str]) -> Response:
        if exchange.refusal is not None:
            raise exchange.refusal
        try:
            return self.show(exchange, path)
        except ResourceNotFound:
            for sandbox in self.elsewhere():
                with suppress(ResourceNotFound):
                    return self.show(replace(exchange, sandbox=sandbox), path)
            raise


def unknown_path(exchange: Exchange, path: Mapping[str, str]) -> Response:
    """Answers where no row has the path. Refuses ResourceNotFound."""
    exchange.hints = exchange.hints or in_path(exchange.path, ENDPOINTS)
    raise exchange.refusal or outage_of(exchange) or ResourceNotFound()


def _state_seen(exchange: Exchange) -> State:
    """The world as this request sees it: where a test wants its reads stale, with its subscribers as they were."""
    state, fate = exchange.sandbox.state, exchange.fate
    if fate is None or fate.earlier is None:
        return state
    return replace(state, subscribers=fate.earlier)


def _action(exchange: Exchange) -> str:
    """The verb that is meant. Refuses ParameterInvalid."""
    if exchange.parameters.get("method") and exchange.meant not in _VERBS:
        raise ParameterInvalid("method")
    return exchange.meant


def check_existence(exchange: Exchange, endpoint: Endpoint) -> None:
    """Whether the service, the host and the endpoint are still there. Refuses ResourceNotFound, HostDeprecated."""
    gone = endpoint.until is not None and exchange.now >= endpoint.until
    if exchange.edition.closed or gone:
        raise ResourceNotFound
    if exchange.edition.removals and exchange.authority == API_HOSTS[0]:
        raise HostDeprecated


def _check_version_and_output(exchange: Exchange, endpoint: Endpoint, action: str) -> None:
    # Clients send their version to the token calls as well, which have none (reference: protocol 3.1).
    if (exchange.parameters.get("v") or "").startswith("2") and not endpoint.bare:
        raise VersionNotSupported
    # What a write answers is a status document, whichever list it was sent to.
    no_atom = exchange.output in _ATOM_TYPES and not endpoint.listed and action in _READING
    no_json = exchange.output == "json" and endpoint.xml_only
    if exchange.output not in _OUTPUTS or no_atom or no_json:
        raise ParameterInvalid("output")


def streamed(stream: Stream, exchange: Exchange, files: StoredFiles) -> Response:
    """A document of any length."""
    headers = (*_HEADERS, *_of_edition(exchange), (b"content-type", XML.encode()))
    return Streamed(files.file(stream, exchange.edition.dialect), headers)


def _of_edition(exchange: Exchange) -> RawHeaders:
    told = raw(explanation(exchange)) if exchange.hints else ()
    return (*told, *_OPEN_TO_PAGES) if exchange.edition.open_to_pages else told


def _encode(
    document: Element | Form | Moved | Channel, answer: Answer, exchange: Exchange, endpoint: Endpoint
) -> Response:
    if isinstance(document, Form):
        told = explanation(exchange) if exchange.hints else None
        if exchange.output == "json":
            return Response(json.dumps(dict(document.members)), answer.status, told, media_type=JSON)
        return Response(document.encoded(), answer.status, told, media_type=FORM)
    headers = [*_headers(exchange, endpoint)]
    if isinstance(document, Moved):
        headers += raw({"Location": document.address, "Content-Length": "0"})
        return Written(answer.status, b"", headers)
    text, media_type = _text(document, exchange, endpoint)
    exchange.text = text
    # A write tells the new etag of what was written, or none (reference: resources 3.5).
    etag = answer.etag or (etag_of(text) if answer.state is None else None)
    if etag is not None:
        headers.append((b"etag", f'"{etag}"'.encode()))
    is_read = exchange.verb in ("GET", "HEAD") and answer.state is None
    if is_read and etag is not None and is_unchanged(exchange.if_none_match, etag):
        return Written(304, b"", headers)
    headers += ((b"content-length", b"%d" % len(text.body)), _typed(media_type))
    return Written(answer.status, text.body, headers)


@lru_cache(maxsize=16)
def _typed(media_type: str) -> tuple[bytes, bytes]:
    """The header of a media type; all answers that are kept share it."""
    return b"content-type", media_type.encode()


def _headers(exchange: Exchange, endpoint: Endpoint) -> RawHeaders:
    """The site was not behind the gateway, and no script of another page read it."""
    if endpoint.level is Level.OPEN:
        return raw(explanation(exchange)) if exchange.hints else ()
    return (*_HEADERS, *_of_edition(exchange))


def _text(document: Element | Channel, exchange: Exchange, endpoint: Endpoint) -> tuple[Text, str]:
    """A document in the form that was asked for. What a write answers is no list, and so no feed."""
    if isinstance(document, Channel):
        return put_together((as_rss.encode(document),)), RSS
    if exchange.output in _ATOM_TYPES and document.items is not None:
        return put_together((as_atom.encode(document, _feed(exchange, endpoint)),)), _ATOM_TYPES[exchange.output]
    return encoded(document, exchange)


def _check_precondition(call: Call, exchange: Exchange, endpoint: Endpoint) -> None:
    """Whether what is to be written is still as the client read it (reference: protocol 8.5).

    Refuses PreconditionFailed, and whatever reading it refuses.
    """
    read = endpoint.verbs.get("GET")
    if read is None:
        return
    answer = read(call)
    if not isinstance(answer.document, Element):
        return
    etag = answer.etag or etag_of(_text(answer.document, exchange, endpoint)[0])
    if not is_unchanged(exchange.if_match, etag):
        raise PreconditionFailed


def _feed(exchange: Exchange, endpoint: Endpoint) -> as_atom.Feed:
    """The address of a feed leaves out what changes from call to call, for it is the feed's id."""
    lasting = [p for p in exchange.parameters if not p.name.startswith("oauth_") or p.name == "oauth_consumer_key"]
    query = "&".join(f"{quote(p.name, safe='')}={quote(p.value, safe='')}" for p in lasting)
    address = f"{exchange.links.base}{quote(exchange.path, safe='/@$')}"
    return as_atom.Feed(endpoint.title, f"{address}?{query}" if query else address, exchange.now)
