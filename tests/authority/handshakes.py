"""A handshake in memory, between what a server and a client of the mock speak TLS with."""

from __future__ import annotations

import ssl


def shaken(server: ssl.SSLContext, client: ssl.SSLContext, host: str) -> bytes:
    """The certificate, in DER, that a client of this host accepted.

    Raises ssl.SSLCertVerificationError where it does not accept it.
    """
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    answering = server.wrap_bio(to_server, to_client, server_side=True)
    asking = client.wrap_bio(to_client, to_server, server_hostname=host)
    while not all([_goes_on(asking), _goes_on(answering)]):
        assert to_server.pending or to_client.pending, "both wait for the other"
    certificate = asking.getpeercert(binary_form=True)
    assert certificate is not None
    return certificate


def _goes_on(side: ssl.SSLObject) -> bool:
    """Whether this side is done."""
    try:
        side.do_handshake()
    except ssl.SSLWantReadError:
        return False
    return True
