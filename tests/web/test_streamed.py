"""A stored file on its way to clients, without a socket: who writes it, when it stops, and what is kept."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Callable, Iterator
from itertools import count

import pytest

from mock_netflix.calendar import DEFAULT_AS_OF, edition_at
from mock_netflix.resources.catalogue_files import FILES
from mock_netflix.resources.sight import Sight, sight_of
from mock_netflix.web.stored_files import StoredFile, StoredFiles
from mock_netflix.web.streamed import Streamed
from mock_netflix.wire.links import links_for
from tests.worlds import a_world

PIECE = b"x" * 50_000
PIECES = 100
EDITION = edition_at(DEFAULT_AS_OF)
CATALOGUE = a_world().catalogue


class Pieces:
    """Pieces of a file, counted as they are taken."""

    def __init__(self, many: int | None = PIECES) -> None:
        self.taken = 0
        self._numbers = count() if many is None else range(many)

    def __iter__(self) -> Iterator[bytes]:
        for _ in self._numbers:
            self.taken += 1
            yield PIECE


def a_file(pieces: Pieces) -> StoredFile:
    return StoredFile(iter(pieces), "tag", 0)


class Client:
    """One that hangs up after so many pieces."""

    def __init__(self, patience: int = 1_000_000) -> None:
        self.patience = patience
        self.gone = asyncio.Event()
        self.messages: list[dict[str, object]] = []

    async def receive(self) -> dict[str, object]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, object]) -> None:
        self.messages.append(message)
        if len(self.messages) > self.patience:
            self.gone.set()
            await asyncio.sleep(0)

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.messages)  # type: ignore[misc]


def fetched(file: StoredFile, *clients: Callable[[], Client]) -> list[Client]:
    """The clients after all of them have asked for a file at once."""

    async def run() -> list[Client]:
        asking = [client() for client in clients]
        scope = {"type": "http", "method": "GET", "http_version": "1.1", "headers": []}
        await asyncio.gather(*(Streamed(file, ())(scope, client.receive, client.send) for client in asking))
        return asking

    return asyncio.run(run())


def impatient() -> Client:
    return Client(patience=2)


def test_all_who_read_at_once_get_the_same_and_it_is_written_once():
    pieces = Pieces()
    one, other = fetched(a_file(pieces), Client, Client)
    assert one.body == other.body == PIECE * PIECES
    assert pieces.taken == PIECES


def test_an_endless_file_ends_when_its_only_reader_is_gone():
    pieces = Pieces(None)
    (client,) = fetched(a_file(pieces), impatient)
    assert len(client.messages) <= 4
    assert pieces.taken * len(PIECE) < 20_000_000


def test_the_next_reader_goes_on_where_the_last_one_left():
    pieces = Pieces()
    file = a_file(pieces)
    fetched(file, impatient)
    assert not file.complete
    (client,) = fetched(file, Client)
    assert (client.body, pieces.taken) == (PIECE * PIECES, PIECES)


def test_the_first_piece_goes_out_as_soon_as_it_is_there():
    """The others are larger, for the way is shorter with few of them."""
    (client,) = fetched(a_file(Pieces()), Client)
    sizes = [len(message["body"]) for message in client.messages[1:]]  # type: ignore[arg-type]
    assert sizes[1] == max(sizes) == 262_144
    assert len(sizes) < PIECES


def test_a_file_that_could_not_be_written_is_never_taken_for_a_whole_one():
    def failing() -> Iterator[bytes]:
        yield PIECE
        raise ValueError("a fault")

    file = StoredFile(failing(), "tag", 0)
    with pytest.raises(ValueError, match="a fault"):
        file.write_on(1)
    with pytest.raises(OSError, match="not written to its end"):
        file.write_on(1)
    assert file.broken
    assert not file.complete


def a_stored_file(files: StoredFiles, host: str, name: str = "full") -> StoredFile:
    sight = sight_of(CATALOGUE, links_for("http", host), EDITION.today, EDITION.told_until)
    return files.file(FILES[name].stream(sight), EDITION.dialect)


def test_a_file_is_the_same_for_the_same_host_and_another_for_another():
    files = StoredFiles()
    assert a_stored_file(files, "one") is a_stored_file(files, "one")
    assert len({a_stored_file(files, host, name).tag for host in ("one", "two") for name in FILES}) == 8


def test_a_broken_file_is_begun_anew():
    files = StoredFiles()
    broken = a_stored_file(files, "one")
    broken.broken = True
    assert a_stored_file(files, "one") is not broken


def test_the_tag_of_a_file_that_was_forgotten_stays():
    """What a client has of it can still be told."""
    files = StoredFiles()
    tag = a_stored_file(files, "one").tag
    for number in range(20):
        a_stored_file(files, f"host-{number}")
    assert a_stored_file(files, "one").tag == tag
    assert a_stored_file(StoredFiles(), "one").tag != tag


def test_no_catalogue_has_the_tag_of_one_that_is_gone():
    """A world that adds titles has another catalogue each time; a client may still have a file of an earlier one."""
    files, links = StoredFiles(), links_for("http", "one")
    tags = set()
    for _ in range(5):
        sight = Sight(a_world().catalogue, links, EDITION.today, None)
        tags.add(files.file(FILES["dvd"].stream(sight), EDITION.dialect).tag)
        del sight
        for number in range(8):
            a_stored_file(files, f"host-{number}")
        gc.collect()
    assert len(tags) == 5


def test_few_files_are_kept_and_the_others_closed():
    """Clients choose the host. A file that somebody still reads stays for as long."""
    files = StoredFiles()
    read = a_stored_file(files, "read")
    forgotten = weakref.ref(a_stored_file(files, "forgotten"))
    for number in range(20):
        a_stored_file(files, f"host-{number}")
    gc.collect()
    assert forgotten() is None
    read.write_on(60)
    assert read.complete
    assert read.read(0, 5) == b"<?xml"
