"""What a client trusts so that it speaks https with the mock: the certificate of its authority.

It holds no secret and is wanted before anything else, by containers, phones and browsers: no token is wanted for it.
"""

from __future__ import annotations

from starlette.responses import Response

from mock_netflix.authority import NoTlsError
from mock_netflix.web.control.mounting import Asked, Operation, Problem

_PEM = "application/x-pem-file"
_HEADERS = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="mock-netflix.pem"'}
_NONE = "This server speaks no https, so there is no certificate to trust."


def certificate(asked: Asked) -> Response:
    """In PEM. Trust it on machines for development only."""
    if asked.certificates is None:
        raise Problem(404, _NONE)
    try:
        authority = asked.certificates()
    except NoTlsError as error:
        raise Problem(404, f"There is no certificate: {error}.") from None
    return Response(authority.certificate, headers=_HEADERS, media_type=_PEM)


OPERATIONS = (
    Operation(
        "GET",
        "/ca.pem",
        certificate,
        "The certificate to trust for https",
        writes=_PEM,
        problems=(404,),
        everywhere=False,
        guarded=False,
    ),
)
