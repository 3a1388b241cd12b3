"""The files by which a client comes to trust the mock; that of Java is made here, beside the authority's own."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING

from mock_netflix.authority import Kept, NoTlsError, kept

if TYPE_CHECKING:
    from cryptography import x509

# What is said where there are no files.
WITHOUT = "https is left out; it wants the extra tls: pip install 'mock-netflix[tls]'"
# Java wants one to read a truststore, which has no secrets; this is the one that everybody has.
PASSWORD = "changeit"  # noqa: S105

_TRUSTSTORE = "truststore.p12"
_END = b"-----END CERTIFICATE-----"


@dataclass(frozen=True, slots=True)
class Trust:
    """`certificate`: the authority alone. `bundle`: beside it what the machine trusts. `truststore`: the same for Java,
    where it can be made.
    """

    certificate: Path
    bundle: Path
    truststore: Path | None = None


def trust() -> Trust | None:
    """The files of this user's authority; None without the libraries for https. Raises MockNetflixError."""
    try:
        return trust_in(kept())
    except NoTlsError:
        return None


def trust_in(found: Kept) -> Trust:
    """The files of an authority; the truststore is made again when the bundle has changed."""
    return Trust(found.certificate, found.bundle, _truststore(found.bundle))


def _truststore(bundle: Path) -> Path | None:
    path = bundle.with_name(_TRUSTSTORE)
    try:
        if path.exists() and path.stat().st_mtime_ns >= bundle.stat().st_mtime_ns:
            return path
        made = _made(bundle.read_bytes())
        return path if made is not None and _written(path, made) else None
    except OSError:
        return None


def _made(bundle: bytes) -> bytes | None:
    """A bundle as PKCS 12; None where the library is too old for it."""
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

    if not hasattr(pkcs12, "serialize_java_truststore"):
        return None
    with warnings.catch_warnings():
        # Some that machines trust are not quite as certificates should be.
        warnings.simplefilter("ignore")
        several = [pkcs12.PKCS12Certificate(one, f"{number}".encode()) for number, one in enumerate(_read(bundle))]
    return pkcs12.serialize_java_truststore(several, BestAvailableEncryption(PASSWORD.encode()))


def _read(bundle: bytes) -> Iterator[x509.Certificate]:
    from cryptography.x509 import load_pem_x509_certificate

    for part in bundle.split(_END)[:-1]:
        with suppress(ValueError):
            yield load_pem_x509_certificate(part + _END)


def _written(path: Path, told: bytes) -> bool:
    handle, name = mkstemp(dir=path.parent)
    try:
        with open(handle, "wb") as file:
            file.write(told)
        os.replace(name, path)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)
    return True
