"""Files as streams of bytes, decompressed where the name ends in .gz or .zst; damage is found and told."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, Protocol, cast

from etl.readers.decompress import CorruptFileError, GzipStream, ZstdStream, is_gzip, is_zstd
from etl.readers.places import open_store, place_of

# What a file that is none of the readable kinds starts with, so that one clear failure replaces thousands.
_FOREIGN: Final = ((b"BZh", "bzip2"), (b"\xfd7zXZ\x00", "xz"), (b"PK\x03\x04", "zip"))
_MAGIC_SIZE: Final = 8
# A store answers each read with a request, so these are large; local reads are as large as their caller asks.
_REMOTE_BUFFER: Final = 8 * 1024 * 1024


class ByteStream(Protocol):
    """What readers read from."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at least one and at most `size`; empty at the end.

        Raises:
            CorruptFileError: The file is damaged here; everything before has been returned.
        """


def is_compressed(name: str) -> bool:
    """Whether a file of this name is decompressed while it is read, and so cannot be split."""
    return name.lower().endswith((".gz", ".zst"))


@contextmanager
def open_seekable(path: str) -> Iterator[IO[bytes]]:
    """A file as it lies there, for random access.

    Raises:
        OSError: It cannot be opened.
        ConfigError: Its store cannot be reached.
    """
    place = place_of(path)
    if place.store is None:
        with Path(place.path).open("rb", buffering=0) as local:
            yield cast(IO[bytes], local)
        return
    filesystem, root = open_store(place.store)
    with filesystem.open_input_file(f"{root}/{place.path}") as remote:
        yield cast(IO[bytes], remote)


@contextmanager
def open_stream(path: str, start: int = 0) -> Iterator[ByteStream]:
    """The bytes of a file from `start` on, decompressed by its suffix; `start` is 0 for compressed files.

    Raises:
        CorruptFileError: The content is not what the suffix says, or is compressed without saying so.
        OSError: It cannot be opened.
        ConfigError: Its store cannot be reached.
    """
    with open_seekable(path) as file:
        head = file.read(_MAGIC_SIZE)
        _check_content(path, head)
        file.seek(start)
        raw: ByteStream = file
        if place_of(path).store is not None:
            raw = _Buffered(file)
        name = path.lower()
        if name.endswith(".gz"):
            raw = GzipStream(raw)
        elif name.endswith(".zst"):
            raw = ZstdStream(raw)
        yield raw


class _Buffered:
    """A file of a store, read in large pieces and handed on in small ones."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._ready = memoryview(b"")

    def read(self, size: int, /) -> bytes:
        if not self._ready:
            self._ready = memoryview(self._file.read(_REMOTE_BUFFER))
        piece, self._ready = self._ready[:size], self._ready[size:]
        return bytes(piece)


def _check_content(path: str, head: bytes) -> None:
    """Compare the name with the first bytes: each tells how to read the file, and they must agree."""
    name = path.lower()
    if name.endswith(".gz"):
        if not is_gzip(head):
            raise CorruptFileError("the name ends in .gz, but the content is not gzip")
    elif name.endswith(".zst"):
        if not is_zstd(head):
            raise CorruptFileError("the name ends in .zst, but the content is not Zstandard")
    elif is_gzip(head):
        raise CorruptFileError("the content is gzip, but the name does not end in .gz")
    elif is_zstd(head):
        raise CorruptFileError("the content is Zstandard, but the name does not end in .zst")
    else:
        for magic, kind in _FOREIGN:
            if head.startswith(magic):
                raise CorruptFileError(f"the content is {kind}, which is not read; use gzip or Zstandard")
