"""The authority signs for the hosts that it is told, is believed for no others, and shows its key to nobody."""

from __future__ import annotations

import builtins
import pickle
import ssl
import subprocess

import pytest

from mock_netflix.authority import Authority, NoTlsError, kept
from mock_netflix.wire.hosts import HOSTS, WILDCARDS, Role, role_of
from tests.authority.handshakes import shaken

FOREIGN = (
    "netflix.com",
    "api.netflix.com.example",
    "example.com",
    "api.example.com",
    "movies.netflix.com",
    "localhost",
)
# Under the wildcard, whatever their number.
PICTURES = ("cdn-0.nflximg.com", "cdn-7.nflximg.com", "cdn-x12.nflximg.com")


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def context(authority) -> ssl.SSLContext:
    return authority.server_context((*HOSTS, *WILDCARDS))


def verified(authority: Authority, certificate: bytes, host: str, folder) -> subprocess.CompletedProcess[str]:
    """What the openssl of this machine says of a certificate for a host."""
    trusted, leaf = folder / "trusted.pem", folder / "leaf.pem"
    trusted.write_bytes(authority.certificate)
    leaf.write_text(ssl.DER_cert_to_PEM_cert(certificate))
    command = [
        "openssl",
        "verify",
        "-x509_strict",
        "-purpose",
        "sslserver",
        "-CAfile",
        trusted,
        "-verify_hostname",
        host,
    ]
    return subprocess.run([*command, leaf], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("host", [*HOSTS, *PICTURES])
def test_a_certificate_is_believed_for_every_host_of_the_service(authority, context, host, tmp_path):
    """By Python and by openssl, strictly; each of these hosts has a role."""
    certificate = shaken(context, authority.client_context(), host)
    ended = verified(authority, certificate, host, tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert role_of(host) is not None


@pytest.mark.parametrize("host", FOREIGN)
def test_a_certificate_is_believed_for_no_other_host(authority, context, host, tmp_path):
    with pytest.raises(ssl.SSLCertVerificationError, match=r"Hostname mismatch"):
        shaken(context, authority.client_context(), host)
    certificate = shaken(context, authority.client_context(), HOSTS[0])
    ended = verified(authority, certificate, host, tmp_path)
    assert ended.returncode != 0
    assert "hostname mismatch" in ended.stderr.lower()


def test_the_roles_go_no_further_than_the_service():
    assert [host for host in FOREIGN if role_of(host)] == []
    odd = ("cdn-.nflximg.com", "cdn-1.nflximg.com.example", "cdn-1.2.nflximg.com", "nflximg.com", "API.netflix.com", "")
    assert [host for host in odd if role_of(host)] == []
    assert {role_of(host) for host in PICTURES} == {Role.PICTURES}


def test_another_authority_is_not_believed(context):
    with pytest.raises(ssl.SSLCertVerificationError):
        shaken(context, Authority().client_context(), HOSTS[0])


def test_what_the_machine_trusts_is_not_enough(context):
    with pytest.raises(ssl.SSLCertVerificationError):
        shaken(context, ssl.create_default_context(), HOSTS[0])


def test_an_address_may_be_signed_for_too(authority):
    context = authority.server_context(("127.0.0.1", "::1", "localhost"))
    assert all(shaken(context, authority.client_context(), host) for host in ("127.0.0.1", "::1", "localhost"))


def secret_lines(authority: Authority) -> list[str]:
    """The lines of the key itself, without those that every key has."""
    lines = [line for line in authority.key.decode().splitlines() if "-----" not in line]
    assert min(map(len, lines)) > 10
    return lines


def test_the_key_is_in_no_text_of_the_authority(authority, tmp_path):
    told = kept(tmp_path)
    for thing in (authority, told, told.authority):
        shown = f"{thing!r} {thing} {thing:}"
        assert [line for line in secret_lines(told.authority) + secret_lines(authority) if line in shown] == []
    assert "<Authority>" in repr(told)


def test_the_certificate_and_the_bundle_have_no_key(tmp_path):
    told = kept(tmp_path)
    for path in (told.certificate, told.bundle):
        assert "PRIVATE" not in path.read_text()
        assert [line for line in secret_lines(told.authority) if line in path.read_text()] == []


def test_an_authority_does_not_cross_to_another_process(authority):
    with pytest.raises(TypeError):
        pickle.dumps(authority)


@pytest.mark.parametrize("asked", [Authority, lambda: Authority.from_pem(b"", b"")], ids=["made", "read"])
def test_without_its_library_it_says_what_to_install(asked, monkeypatch):
    without("trustme", monkeypatch)
    with pytest.raises(NoTlsError, match=r"pip install 'mock-netflix\[tls\]'"):
        asked()


@pytest.mark.parametrize("library", ["trustme", "platformdirs"])
def test_without_a_library_nothing_is_kept(library, monkeypatch, tmp_path):
    """And what to install is said, without a traceback of the missing library beneath."""
    monkeypatch.delenv("MOCK_NETFLIX_AUTHORITY", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    without(library, monkeypatch)
    with pytest.raises(NoTlsError, match=r"pip install 'mock-netflix\[tls\]'") as told:
        kept()
    assert told.value.__suppress_context__
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def without(library: str, monkeypatch) -> None:
    """As on a machine where this library is not installed."""
    imported = builtins.__import__

    def importing(name, *more, **named):
        if name.partition(".")[0] == library:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return imported(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", importing)
