"""Files of the whole catalogue on disk: written while the first client reads them, read by all later ones.

Nobody writes but those who read: whoever has come to the end of what there is writes on, for a moment, then lets others
have their turn. So a file grows as fast as its fastest reader, and one that nobody reads any more grows no further; the
next reader goes on with it. Small files stay in memory; large ones have no name on the disk, and so end with the mock.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterator
from tempfile import SpooledTemporaryFile
from weakref import WeakKeyDictionary, finalize
from zlib import crc32

from mock_netflix.clock import elapsed
from mock_netflix.resources.endpoint import Stream
from mock_netflix.wire import as_xml
from mock_netflix.wire.dialect import Dialect
from mock_netflix.world.catalogue import Catalogue

# In bytes.
_IN_MEMORY = 1 << 20
_AT_ONCE = 1 << 18
# So many files are kept, the least recently asked for out first: clients choose the host that is in the addresses.
_LIMIT = 8


class StoredFile:
    """One file, as far as it is written: `size` bytes, and no more when it is `complete`.

    `tag` tells it from every other, `modified` is its day, in epoch seconds.
    """

    def __init__(self, pieces: Iterator[bytes], tag: str, modified: int) -> None:
        self.tag, self.modified = tag, modified
        self.size = 0
        self.complete = False
        self.broken = False
        self._pieces = pieces
        self._bytes = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed when nobody has the file any more
        finalize(self, self._bytes.close)

    def write_on(self, seconds: float) -> None:
        """Writes for so long, at least one piece, and not much at once.

        Raises whatever went wrong, now or before: it is broken then.
        """
        if self.broken:
            raise OSError("the file was not written to its end")
        self.broken = True
        end = elapsed() + seconds
        written, size = [], 0
        for piece in self._pieces:
            written.append(piece)
            size += len(piece)
            if size >= _AT_ONCE or elapsed() >= end:
                break
        else:
            self.complete = True
        self._bytes.seek(self.size)
        self._bytes.writelines(written)
        self.size += size
        self.broken = False

    def read(self, start: int, most: int) -> bytes:
        """What is written from there on, so many bytes at most."""
        self._bytes.seek(start)
        return self._bytes.read(min(most, self.size - start))


class StoredFiles:
    """The files of one application."""

    def __init__(self) -> None:
        self._files: OrderedDict[Hashable, StoredFile] = OrderedDict()
        # Two runs of the mock may have different catalogues, and so may two worlds.
        self._begun = elapsed()
        self._numbers: WeakKeyDictionary[Catalogue, int] = WeakKeyDictionary()
        # How many catalogues there were; one that is gone leaves its number to nobody.
        self._numbered = 0

    def file(self, stream: Stream, dialect: Dialect) -> StoredFile:
        """The file of a stream; the same one for the same stream."""
        key = stream.name, stream.sight, dialect
        stored = self._files.pop(key, None)
        if stored is None or stored.broken:
            pieces = as_xml.pieces(stream.root, stream.items, dialect)
            stored = StoredFile(pieces, self._tag(stream, dialect), stream.sight.today)
        self._files[key] = stored
        if len(self._files) > _LIMIT:
            self._files.popitem(last=False)
        return stored

    def _tag(self, stream: Stream, dialect: Dialect) -> str:
        sight = stream.sight
        told = (
            self._begun,
            self._number(sight.catalogue),
            stream.name,
            sight.links,
            sight.today,
            sight.told_until,
            dialect.prolog,
        )
        return f"{crc32(repr(told).encode()):08x}"

    def _number(self, catalogue: Catalogue) -> int:
        if catalogue not in self._numbers:
            self._numbered += 1
            self._numbers[catalogue] = self._numbered
        return self._numbers[catalogue]
