"""Where the authority is kept: made on first use, in the folder of this user's data, readable by this user alone."""

from __future__ import annotations

import os
import ssl
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp

from mock_netflix.authority.authority import Authority, NoTlsError
from mock_netflix.errors import MockNetflixError

# Where it is kept instead, by this variable.
FOLDER = "MOCK_NETFLIX_AUTHORITY"

_CERTIFICATE = "authority.pem"
_KEY = "authority-key.pem"
_BUNDLE = "bundle.pem"
_OWNER_ONLY = 0o600
_FOLDER_MODE = 0o700


@dataclass(frozen=True, slots=True)
class Kept:
    """An authority and its files.

    `certificate`: its certificate alone. `bundle`: beside it what this machine trusts anyway, for variables that take
    the place of all that is trusted.
    """

    authority: Authority
    certificate: Path
    bundle: Path


def kept(folder: Path | None = None) -> Kept:
    """The authority of this user, made where there is none yet.

    Two that make it at once get the same one. Raises NoTlsError, and MockNetflixError where its folder cannot be used.
    """
    place = _folder() if folder is None else folder
    try:
        place.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        authority = _read(place) or _made(place)
        return shown_in(place, authority)
    except OSError as error:
        raise MockNetflixError(
            f"the authority for https cannot be kept in {place}: {error.strerror or error};"
            f" name another folder in {FOLDER}"
        ) from None


def shown_in(place: Path, authority: Authority) -> Kept:
    """An authority and its files in a folder, without its key. Raises OSError."""
    _write(place / _CERTIFICATE, authority.certificate, replace=True)
    _write(place / _BUNDLE, authority.certificate + _trusted_anyway(place), replace=True)
    return Kept(authority, place / _CERTIFICATE, place / _BUNDLE)


def _folder() -> Path:
    given = os.environ.get(FOLDER)
    if given:
        return Path(given).expanduser().absolute()
    try:
        from platformdirs import user_data_path
    except ImportError:
        raise NoTlsError("https wants the extra tls; install it with pip install 'mock-netflix[tls]'") from None
    return user_data_path("mock-netflix", appauthor=False)


def _read(place: Path) -> Authority | None:
    """The authority in a folder. Key and certificate stand in one file, so that there are never two halves."""
    try:
        both = (place / _KEY).read_bytes()
    except FileNotFoundError:
        return None
    try:
        authority = Authority.from_pem(both, both)
    except ValueError:
        raise MockNetflixError(
            f"{place / _KEY} is no authority; delete it, and another one is made at the next start"
        ) from None
    return authority


def _made(place: Path) -> Authority:
    authority = Authority()
    _write(place / _KEY, authority.key + authority.certificate, replace=False)
    # Another one may have been faster.
    return _read(place) or authority


def _write(path: Path, told: bytes, replace: bool) -> None:
    """Writes a file whole or not at all, readable by its owner alone; what is there stays, or is replaced."""
    with suppress(FileNotFoundError):
        there = path.read_bytes()
        if not replace or there == told:
            return
    handle, name = mkstemp(dir=path.parent)
    try:
        with open(handle, "wb") as file:
            file.write(told)
        if replace:
            os.replace(name, path)
        else:
            with suppress(FileExistsError):
                os.link(name, path)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)


def _trusted_anyway(place: Path) -> bytes:
    """What programs of this machine trust, as far as it is in one file; not the bundle, if they trust that already."""
    found = ssl.get_default_verify_paths()
    for path in (found.cafile, found.openssl_cafile, "/etc/ssl/certs/ca-certificates.crt"):
        if path is not None and Path(path) != place / _BUNDLE:
            with suppress(OSError):
                return b"\n" + Path(path).read_bytes()
    return b""
