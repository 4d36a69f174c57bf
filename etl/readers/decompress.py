"""Decompression that streams, is bounded, and tells damage and early ends apart from a good end.

The standard library's `gzip` loses what it decoded in the call that fails, and `zstandard`'s stream reader
takes a truncated file for a whole one.
"""

import zlib
from typing import Final, Protocol

import zstandard

_INPUT: Final = 16 * 1024
# Zstandard cannot be told how much to put out. Four bytes may stand for a block of 128 KiB, so that this much
# makes at most 16 MiB; real files are far from it.
_ZSTD_INPUT: Final = 512
_GZIP_WRAPPER: Final = 16 + zlib.MAX_WBITS
_GZIP_MAGIC: Final = b"\x1f\x8b"
_ZSTD_MAGIC: Final = b"\x28\xb5\x2f\xfd"
_ZSTD_SKIPPABLE: Final = b"\x2a\x4d\x18"


class CorruptFileError(Exception):
    """A file is damaged from here on.

    Attributes:
        head: The beginning of the record the damage fell into, as far as it could be read.
        offset: Where that record begins, in bytes of the decompressed file; None if it is not known.
    """

    def __init__(self, message: str, head: bytes = b"", offset: int | None = None) -> None:
        super().__init__(message)
        self.head = head
        self.offset = offset


class Source(Protocol):
    """Where compressed bytes come from."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; empty at the end."""


def is_gzip(head: bytes) -> bool:
    """Whether these are the first bytes of a gzip file."""
    return head.startswith(_GZIP_MAGIC)


def is_zstd(head: bytes) -> bool:
    """Whether these are the first bytes of a Zstandard file; such a file may begin with a skippable frame."""
    return head.startswith(_ZSTD_MAGIC) or (head[1:4] == _ZSTD_SKIPPABLE and head[0] & 0xF0 == 0x50)


class GzipStream:
    """The decompressed bytes of a gzip file of one or more members."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._input = b""
        self._member: zlib._Decompress | None = None
        self._damage: CorruptFileError | None = None

    def read(self, size: int, /) -> bytes:
        """The next bytes, at least one and at most `size`; empty at the end.

        Raises:
            CorruptFileError: The file is damaged here; everything before has been returned.
        """
        while self._damage is None:
            if not self._input:
                self._input = self._source.read(_INPUT)
                if not self._input:
                    if self._member is None:
                        return b""
                    raise CorruptFileError("the compressed data ends too early")
            if self._member is None:
                # Members may be followed by zeros that pad a file to whole blocks.
                self._input = self._input.lstrip(b"\0")
                if not self._input:
                    continue
                self._member = zlib.decompressobj(_GZIP_WRAPPER)
            data = self._inflate(self._member, size)
            if data:
                return data
        raise self._damage

    def _inflate(self, member: "zlib._Decompress", size: int) -> bytes:
        intact = member.copy()
        try:
            data = member.decompress(self._input, size)
        except zlib.error as error:
            self._damage = CorruptFileError(f"the compressed data is damaged ({error})")
            return _salvage(intact, self._input, size)
        if member.eof:
            self._input = member.unused_data
            self._member = None
        else:
            self._input = member.unconsumed_tail
        return data


def _salvage(member: "zlib._Decompress", data: bytes, size: int) -> bytes:
    """What `data` holds before the byte that cannot be decompressed."""
    saved = bytearray()
    try:
        for index in range(len(data)):
            saved += member.decompress(data[index : index + 1], size - len(saved))
            if len(saved) >= size:
                break
    except zlib.error:
        pass
    return bytes(saved)


class ZstdStream:
    """The decompressed bytes of a Zstandard file of one or more frames."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._input = memoryview(b"")
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._ready = memoryview(b"")

    def read(self, size: int, /) -> bytes:
        """The next bytes, at least one and at most `size`; empty at the end.

        Raises:
            CorruptFileError: The file is damaged here; everything before has been returned, but for what the
                last 512 bytes of the compressed data hold.
        """
        while not self._ready:
            if not self._input:
                self._input = memoryview(self._source.read(_INPUT))
                if not self._input:
                    if self._frame is None:
                        return b""
                    raise CorruptFileError("the compressed data ends too early")
            if self._frame is None:
                self._frame = zstandard.ZstdDecompressor().decompressobj()
            piece, self._input = self._input[:_ZSTD_INPUT], self._input[_ZSTD_INPUT:]
            try:
                self._ready = memoryview(self._frame.decompress(piece))
            except zstandard.ZstdError as error:
                raise CorruptFileError(f"the compressed data is damaged ({error})") from error
            if self._frame.eof:
                self._input = memoryview(bytes(self._frame.unused_data) + bytes(self._input))
                self._frame = None
        piece, self._ready = self._ready[:size], self._ready[size:]
        return bytes(piece)
