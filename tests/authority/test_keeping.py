"""The authority of a user: one, theirs alone, and where it cannot be kept, a sentence that says so."""

from __future__ import annotations

import os
import ssl
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from mock_netflix.authority import Authority, kept
from mock_netflix.errors import MockNetflixError
from mock_netflix.wire.hosts import HOSTS
from tests.authority.handshakes import shaken

VARIABLE = "MOCK_NETFLIX_AUTHORITY"
KEY = "authority-key.pem"
FILES = {KEY, "authority.pem", "bundle.pem"}
PRINTS_IT = "import sys; from mock_netflix.authority import kept; sys.stdout.buffer.write(kept().authority.certificate)"


def refused(folder: Path) -> str:
    """What is said of a folder: one sentence that names it."""
    with pytest.raises(MockNetflixError) as told:
        kept(folder)
    said = str(told.value)
    assert "\n" not in said
    assert str(folder) in said
    assert told.value.__suppress_context__ or told.value.__context__ is None
    return said


def modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


def test_it_is_the_same_every_time(tmp_path):
    first, second = kept(tmp_path / "here"), kept(tmp_path / "here")
    assert first.authority.certificate == second.authority.certificate == first.certificate.read_bytes()
    assert kept(tmp_path / "there").authority.certificate != first.authority.certificate
    context = first.authority.server_context(HOSTS)
    assert shaken(context, second.authority.client_context(), HOSTS[0])


def test_eight_processes_at_once_get_one_authority(tmp_path):
    """Whoever is first writes; no file is left half written, or beside those that belong there."""
    folder = tmp_path / "kept"
    command, environment = [sys.executable, "-c", PRINTS_IT], {**os.environ, VARIABLE: str(folder)}
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) for _ in range(8)]
    told = {process.communicate(timeout=60)[0] for process in running}
    assert [process.returncode for process in running] == [0] * 8
    assert told == {kept(folder).authority.certificate}
    assert {path.name for path in folder.iterdir()} == FILES


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_it_is_for_its_user_alone(tmp_path, mask):
    """Whatever the mask of the process."""
    before = os.umask(mask)
    try:
        kept(tmp_path / "deep" / "folder")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "deep" / "folder").stat().st_mode) == 0o700
    assert modes(tmp_path / "deep" / "folder") == {0o600}


def test_a_folder_that_is_there_keeps_its_own_mode(tmp_path):
    """The files alone are for their user."""
    tmp_path.chmod(0o755)
    kept(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    assert modes(tmp_path) == {0o600}


def test_a_certificate_and_a_bundle_that_were_lost_are_written_again(tmp_path):
    first = kept(tmp_path)
    first.certificate.write_text("something else")
    first.bundle.unlink()
    second = kept(tmp_path)
    assert second.authority.certificate == first.authority.certificate == second.certificate.read_bytes()
    assert second.bundle.read_bytes().startswith(second.authority.certificate)


def test_the_bundle_trusts_the_authority_and_what_the_machine_trusts(tmp_path):
    """It takes the place of all that is trusted, so nothing that was trusted may be missing."""
    told = kept(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(told.bundle)
    assert shaken(told.authority.server_context(HOSTS), context, HOSTS[0])
    before = ssl.create_default_context().get_ca_certs(binary_form=True)
    assert set(before) < set(context.get_ca_certs(binary_form=True))


def halves() -> dict[str, bytes]:
    """Files in the place of the key that are no authority, each in its own way."""
    one, other = Authority(), Authority()
    return {
        "empty": b"",
        "text": b"hello\n",
        "bytes": bytes(range(256)),
        "a certificate alone": one.certificate,
        "a key alone": one.key,
        "cut": (one.key + one.certificate)[:-100],
        "cut in the key": one.key[:60],
        "of two": one.key + other.certificate,
        "of another kind": one.key.replace(b"EC PRIVATE", b"DSA PRIVATE") + one.certificate,
        "under a password": under_a_password(one) + one.certificate,
    }


def under_a_password(authority: Authority) -> bytes:
    command = ["openssl", "pkey", "-aes256", "-passout", "pass:secret"]
    return subprocess.run(command, input=authority.key, capture_output=True, check=True).stdout


@pytest.mark.parametrize("broken", halves().values(), ids=halves())
def test_what_is_no_authority_is_refused_by_name_and_left_alone(tmp_path, broken):
    """It may be a key that somebody wants back."""
    (tmp_path / KEY).write_bytes(broken)
    assert "delete it" in refused(tmp_path)
    assert (tmp_path / KEY).read_bytes() == broken
    assert [path.name for path in tmp_path.iterdir()] == [KEY]


def test_when_it_is_deleted_another_one_is_made(tmp_path):
    first = kept(tmp_path)
    (tmp_path / KEY).write_text("hello")
    refused(tmp_path)
    (tmp_path / KEY).unlink()
    second = kept(tmp_path)
    assert second.authority.certificate != first.authority.certificate
    assert second.certificate.read_bytes() == second.authority.certificate


@pytest.mark.parametrize("inside", ["", "folder", "deep/folder"])
def test_a_file_is_no_folder(tmp_path, inside):
    file = tmp_path / "file"
    file.write_text("a file")
    assert VARIABLE in refused(file / inside)
    assert file.read_text() == "a file"


def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path):
    (tmp_path / KEY).mkdir()
    assert VARIABLE in refused(tmp_path)


@pytest.mark.parametrize("folder", ["/proc/mock-netflix", "/sys/mock-netflix", "/dev/null/mock-netflix"])
def test_a_folder_that_cannot_be_is_refused(folder):
    assert VARIABLE in refused(Path(folder))


def test_a_name_that_is_too_long_is_refused(tmp_path):
    assert VARIABLE in refused(tmp_path / ("a" * 300))


@pytest.mark.parametrize("mode", [0o500, 0o000])
def test_a_folder_that_is_not_to_be_written_to_is_refused(tmp_path, mode):
    """Asked as a user for whom modes hold, which the first user of a machine is not."""
    folder = tmp_path / "kept"
    folder.mkdir()
    folder.chmod(mode)
    become = "import os; os.geteuid() or os.seteuid(65534)\n"
    told = "from pathlib import Path; from mock_netflix.authority import *\nimport trustme\n"
    tried = f"try:\n kept(Path({str(folder)!r}))\nexcept Exception as error: print(type(error).__name__, error)"
    for parent in (tmp_path, *tmp_path.parents[:2]):
        parent.chmod(0o755)
    ended = subprocess.run(
        [sys.executable, "-c", f"{told}{become}{tried}"], capture_output=True, text=True, check=False
    )
    assert ended.stdout.startswith("MockNetflixError the authority for https cannot be kept in")
    assert ended.stdout.count("\n") == 1
    folder.chmod(0o700)
    assert list(folder.iterdir()) == []


def test_the_variable_names_the_folder(tmp_path, monkeypatch):
    """A `~` in it is the home of the user, and a relative one stands below where the mock was started."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for given, folder in (("~/one", "one"), ("two", "two"), (str(tmp_path / "three"), "three")):
        monkeypatch.setenv(VARIABLE, given)
        assert kept().certificate == tmp_path / folder / "authority.pem"


def test_without_the_variable_it_is_with_the_data_of_the_user(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    for given in (None, ""):
        monkeypatch.delenv(VARIABLE, raising=False)
        if given is not None:
            monkeypatch.setenv(VARIABLE, given)
        assert kept().certificate.parent == tmp_path / "mock-netflix"
