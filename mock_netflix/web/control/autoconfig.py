"""The automatic configuration of a browser's proxy: the hosts of the service are asked of the mock, all else of itself.

It holds no secret, and a browser that reads it sends no token: none is wanted for it.
"""

from __future__ import annotations

import json

from starlette.responses import Response

from mock_netflix.web.control.mounting import Asked, Operation, Problem
from mock_netflix.web.target import server_of
from mock_netflix.wire.hosts import HOSTS, PICTURES, role_of

_PAC = "application/x-ns-proxy-autoconfig"
_HEADERS = {"Cache-Control": "no-store"}
_SECURE = "The proxy speaks http with its clients, whatever is in the tunnel; ask for this by http."
# There is no second choice: where the mock has stopped, nothing goes to the real hosts instead.
_SCRIPT = """var hosts = %s;
var pictures = /^%s$/;

function FindProxyForURL(url, host) {
  var name = host.toLowerCase();
  return hosts.indexOf(name) >= 0 || pictures.test(name) ? %s : "DIRECT";
}
"""


def autoconfig(asked: Asked) -> Response:
    """For the automatic proxy configuration of browsers and systems."""
    # The port of https is not that of the proxy.
    if asked.request.scope["scheme"] == "https":
        raise Problem(409, _SECURE)
    script = _SCRIPT % (json.dumps(HOSTS, indent=2), PICTURES.pattern, json.dumps(f"PROXY {_reached(asked)}"))
    return Response(script, headers=_HEADERS, media_type=_PAC)


def _reached(asked: Asked) -> str:
    """The host and port of this server: as it was asked for, unless by a name that leads here by the proxy alone."""
    host, colon, port = asked.authority.rpartition(":")
    if not colon or asked.authority.endswith("]"):
        host, port = asked.authority, "80"
    return server_of(asked.request.scope) if role_of(host) else f"{host}:{port}"


OPERATIONS = (
    Operation(
        "GET",
        "/proxy.pac",
        autoconfig,
        "A proxy configuration for browsers that leads the service's hosts here",
        writes=_PAC,
        problems=(409,),
        everywhere=False,
        guarded=False,
    ),
)
