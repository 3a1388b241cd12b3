"""HTTP on the socket: uvicorn's own protocol, with the request target kept as it came.

uvicorn drops the authority of an absolute request line, which the signature covers, and answers what is no HTTP in a
voice of its own; a line outside ASCII would end as such.
"""

from __future__ import annotations

from typing import cast
from urllib.parse import quote_from_bytes, urlsplit

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from mock_netflix.web.errors import XML
from mock_netflix.web.intake import TARGET
from mock_netflix.wire import as_xml
from mock_netflix.wire.dialect import Dialect
from mock_netflix.wire.vocabulary import status

_PRINTABLE = bytes(range(0x21, 0x7F)).decode()


class Protocol(HttpToolsProtocol):
    """One connection."""

    def on_headers_complete(self) -> None:
        target = quote_from_bytes(self.url, safe=_PRINTABLE)
        cast(dict[str, object], self.scope)[TARGET] = target
        if not target.startswith("/"):
            self.url = _origin_form(target)
        elif target != self.url.decode("latin-1"):
            self.url = target.encode()
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        body = as_xml.encode(status(400, "Bad Request"), Dialect())
        head = ("HTTP/1.1 400 Bad Request", f"content-type: {XML}", f"content-length: {len(body)}", "connection: close")
        self.transport.write("\r\n".join((*head, "", "")).encode() + body)
        self.transport.close()


def _origin_form(target: str) -> bytes:
    """Path and query of an absolute target, as uvicorn expects them; anything else is the root."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return b"/"
    path = parts.path if parts.path.startswith("/") else "/"
    return (f"{path}?{parts.query}" if parts.query else path).encode()
