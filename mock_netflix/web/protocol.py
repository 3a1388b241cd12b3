"""HTTP on the socket: uvicorn's own protocol, with the request target kept as it came.

uvicorn drops the authority of an absolute request line, which the signature covers, cannot read very long addresses,
and answers what is no HTTP in a voice of its own.
"""

from __future__ import annotations

from typing import cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from mock_netflix.web.errors import XML
from mock_netflix.web.target import TARGET
from mock_netflix.wire import as_xml
from mock_netflix.wire.dialect import Dialect
from mock_netflix.wire.vocabulary import status

# httptools reads no longer addresses.
_READABLE = 65_000


class Protocol(HttpToolsProtocol):
    """One connection."""

    def on_headers_complete(self) -> None:
        target = self.url.decode("latin-1")
        cast(dict[str, object], self.scope)[TARGET] = target
        # What uvicorn makes of it is not used, but it must be able to read it.
        if not target.startswith("/") or len(target) > _READABLE:
            self.url = b"/"
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        body = as_xml.encode(status(400, "Bad Request"), Dialect())
        head = ("HTTP/1.1 400 Bad Request", f"content-type: {XML}", f"content-length: {len(body)}", "connection: close")
        self.transport.write("\r\n".join((*head, "", "")).encode() + body)
        self.transport.close()
