"""HTTP on the socket: uvicorn's own protocol, with the request target kept as it came, and a way to reset it.

uvicorn drops the authority of an absolute request line, which the signature covers, cannot read very long addresses,
answers what is no HTTP in a voice of its own, and loses the body of a request that offers another protocol, as every
first one of Java's client does.
"""

from __future__ import annotations

import ssl
from functools import partial
from typing import cast

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from mock_netflix.errors import MockNetflixError
from mock_netflix.web.errors import XML
from mock_netflix.web.reset import RESET, reset_transport
from mock_netflix.web.target import TARGET
from mock_netflix.web.tls import Tls
from mock_netflix.web.tunnel import HTTP, IN_TUNNEL, OPENED, REFUSED_TUNNEL, port_wanted, secure
from mock_netflix.wire import as_xml
from mock_netflix.wire.dialect import Dialect
from mock_netflix.wire.vocabulary import status

# httptools reads no longer addresses.
_READABLE = 65_000
# What a request says of the protocol that it offers (RFC 9110 section 7.8).
_OFFER = (b"connection", b"upgrade", b"http2-settings")
_OF_OFFERS = (b"upgrade", b"http2-settings")


class Protocol(HttpToolsProtocol):
    """One connection."""

    # The request that is read offers another protocol.
    _offered = False
    # It asks for a tunnel, which is opened at its end; and this is no longer a connection but one's outside.
    _wanted: int | None = None
    # What TLS is spoken with.
    tls: Tls | None = None

    def data_received(self, data: bytes) -> None:
        """Reads on. An offer is passed over: its request is read once more, without it."""
        self._unset_keepalive_if_required()
        try:
            while data := self._read(data):
                self.parser = HttpRequestParser(self)
                # As uvicorn's own: the last request is answered even where more comes after it.
                self.parser.set_dangerous_leniencies(lenient_data_after_close=True)
        except HttpParserError:
            self.send_400_response("Bad Request")

    def _read(self, data: bytes) -> bytes:
        """What is to be read by another parser, as this one has come to the end of a request with an offer."""
        try:
            self.parser.feed_data(data)
        except HttpParserUpgrade as offer:
            rest: bytes = data[offer.args[0] :]
            if self._offered:
                self._offered = False
                return self._head_without_offer() + rest
            if self._wanted is not None:
                return self._opened(rest)
        return b""

    def _opened(self, rest: bytes) -> bytes:
        """Opens the tunnel that was asked for; gives what is to be read in it."""
        wanted, self._wanted = self._wanted, None
        self.transport.write(OPENED)
        if wanted == HTTP:
            self.app_state, self.scheme = {**self.app_state, IN_TUNNEL: True}, "http"
            return rest
        task = self.loop.create_task(self._enter_tunnel(self._context))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return b""

    async def _enter_tunnel(self, context: ssl.SSLContext) -> None:
        try:
            await secure(self.transport, context, self.another(), partial(self.not_secured, self.url.decode("latin-1")))
        finally:
            self.left()

    def another(self) -> Protocol:
        """A connection like this one, for what is in a tunnel."""
        made = type(self)(self.config, self.server_state, {**self.app_state, IN_TUNNEL: True})
        made.tls = self.tls
        return made

    def not_secured(self, target: str, reason: str) -> None:
        """Hears that a client ended TLS before it had begun."""

    def left(self) -> None:
        """Ends this connection, whose transport another one has."""
        self.connections.discard(self)

    def _wants_tunnel(self) -> None:
        """Notes the tunnel that a request asks for, or why it gets none."""
        target = self.url.decode("latin-1")
        wanted = port_wanted(target)
        try:
            if wanted is None:
                raise MockNetflixError(
                    f"mock-netflix does not stand for {target.partition('?')[0]}, and sends nothing on"
                )
            if self.cycle is not None and not self.cycle.response_complete:
                raise MockNetflixError("a tunnel is not opened before earlier requests are answered")
            if wanted != HTTP:
                if self.scheme == "https":
                    raise MockNetflixError("there is no TLS within TLS; name the plain address as the proxy")
                if self.tls is None:
                    raise MockNetflixError("this server has no TLS")
                self._context = self.tls.context()
            self._wanted = wanted
        except MockNetflixError as error:
            cast(dict[str, object], self.scope)[REFUSED_TUNNEL] = str(error)

    def _head_without_offer(self) -> bytes:
        method, version = self.parser.get_method(), self.parser.get_http_version().encode()
        told = (token.strip() for name, value in self.headers if name == b"connection" for token in value.split(b","))
        kept = b", ".join(token for token in told if token.lower() not in _OF_OFFERS)
        headers = [*((name, value) for name, value in self.headers if name not in _OFFER), (b"connection", kept)]
        lines = (b"%s: %s" % header for header in headers if header[1] or header[0] != b"connection")
        return b"\r\n".join((b"%s %s HTTP/%s" % (method, self.url, version), *lines, b"", b""))

    def on_message_complete(self) -> None:
        if not self._offered and self._wanted is None:
            super().on_message_complete()

    def on_headers_complete(self) -> None:
        # An address to connect to is no offer.
        if self.parser.should_upgrade() and any(name == b"upgrade" for name, _ in self.headers):
            self._offered = self.parser.get_method() != b"CONNECT"
        if self.parser.get_method() == b"CONNECT":
            self._wants_tunnel()
        if self._offered or self._wanted is not None:
            return
        target = self.url.decode("latin-1")
        cast(dict[str, object], self.scope).update({TARGET: target, RESET: self.reset})
        # What uvicorn makes of it is not used, but it must be able to read it.
        if not target.startswith("/") or len(target) > _READABLE:
            self.url = b"/"
        super().on_headers_complete()

    async def reset(self) -> None:
        """Resets the connection; uvicorn answers nothing more, nor ends it by itself while the client reads."""
        self._unset_keepalive_if_required()
        await reset_transport(self.transport, self.flow.drain)
        self.cycle.disconnected = True

    def send_400_response(self, msg: str) -> None:
        body = as_xml.encode(status(400, "Bad Request"), Dialect())
        head = ("HTTP/1.1 400 Bad Request", f"content-type: {XML}", f"content-length: {len(body)}", "connection: close")
        self.transport.write("\r\n".join((*head, "", "")).encode() + body)
        self.transport.close()
