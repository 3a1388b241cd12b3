"""A certificate authority of this machine alone. It is trustme's; its key is in no log, journal or answer."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Self

from mock_netflix.clock import Clock
from mock_netflix.errors import MockNetflixError

if TYPE_CHECKING:
    from trustme import CA

_INSTALL = "https wants the extra tls; install it with pip install 'mock-netflix[tls]'"
_NAME = "mock-netflix, of this machine alone"


# Some clients trust no certificate that holds for longer than 825 days; ours is made anew at each start.
_DAY, _LONGEST = timedelta(days=1), timedelta(days=800)


class NoTlsError(MockNetflixError):
    """The libraries for https are not installed; says what to do."""


class Authority:
    """Signs certificates. Raises NoTlsError where its library is not installed."""

    __slots__ = ("_ca",)

    def __init__(self, ca: CA | None = None) -> None:
        self._ca = _library()(organization_name=_NAME, organization_unit_name="testing") if ca is None else ca

    def __repr__(self) -> str:
        return "<Authority>"

    @classmethod
    def from_pem(cls, certificate: bytes, key: bytes) -> Self:
        """An authority that was written down. Raises ValueError for what is none, or has another one's certificate."""
        library = _library()
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
        from cryptography.x509 import load_pem_x509_certificate

        try:
            public = load_pem_private_key(key, password=None).public_key()
        except (TypeError, UnsupportedAlgorithm) as error:
            raise ValueError(str(error)) from None
        if public != load_pem_x509_certificate(certificate).public_key():
            raise ValueError("the key and the certificate are of two authorities")
        return cls(library.from_pem(certificate, key))

    @property
    def certificate(self) -> bytes:
        """Its certificate in PEM: what a client is to trust."""
        return self._ca.cert_pem.bytes()

    @property
    def key(self) -> bytes:
        """Its key in PEM; for `keeping.py` alone."""
        return self._ca.private_key_pem.bytes()

    def server_context(self, names: Iterable[str]) -> ssl.SSLContext:
        """What a server speaks TLS with, under these names: hosts, wildcards and addresses."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        now = datetime.fromtimestamp(Clock().now(), UTC)
        self._ca.issue_cert(
            *names,
            organization_name=_NAME,
            organization_unit_name="testing",
            not_before=now - _DAY,
            not_after=now + _LONGEST,
        ).configure_cert(context)
        context.set_alpn_protocols(["http/1.1"])
        return context

    def client_context(self) -> ssl.SSLContext:
        """What a client of the mock speaks TLS with: it trusts this authority and no other."""
        return ssl.create_default_context(cadata=self.certificate.decode())


def _library() -> type[CA]:
    try:
        from trustme import CA
    except ImportError:
        raise NoTlsError(_INSTALL) from None
    return CA
