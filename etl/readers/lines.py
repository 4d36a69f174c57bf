"""Lines of a stream of any size in bounded memory, each with the place it begins at."""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from etl.readers.decompress import CorruptFileError
from etl.readers.open import ByteStream

_CHUNK: Final = 256 * 1024
# Of a line that is too long only this much is kept, to show what it was.
_HEAD: Final = 16 * 1024


class Line(NamedTuple):
    """A line, or whatever else its reader takes for a row.

    Attributes:
        offset: Its first byte in the (decompressed) file.
        data: Its bytes without the line feed; of a line that is too long only the head.
        too_long: Whether it has more bytes than allowed.
    """

    offset: int
    data: bytes | bytearray
    too_long: bool


FindEnd = Callable[[bytes, int], int]
"""Called as ``find_end(chunk, position)`` with all chunks of a stream in turn: the index of the line feed
that ends the present line, or -1 where the rest of the chunk belongs to it."""


def max_line_bytes(max_chars: int) -> int:
    """Bytes a line may have: an escaped code point takes six, all that is not the text gets 64 KiB."""
    return 6 * max_chars + 64 * 1024


def find_line_feed(chunk: bytes, position: int) -> int:
    """The `FindEnd` of lines."""
    return chunk.find(b"\n", position)


def read_lines(
    stream: ByteStream,
    limit: int,
    *,
    offset: int = 0,
    stop: int | None = None,
    find_end: FindEnd = find_line_feed,
) -> Iterator[Line]:
    """Yield the lines of a stream; no more than `limit` bytes and one chunk are held.

    Args:
        stream: Read from its present position.
        limit: Longer lines are skipped to their end and yielded as too long.
        offset: The place in the file the stream stands at.
        stop: Lines that begin here or later are nobody's business: reading may end before.
        find_end: What ends a line.

    Raises:
        CorruptFileError: The stream is damaged or ends too early; with place and head of the unfinished line.
    """
    held = bytearray()
    length = 0  # of the present line so far, held or not
    while True:
        try:
            chunk = stream.read(_CHUNK)
        except CorruptFileError as error:
            raise CorruptFileError(str(error), bytes(held[:_HEAD]), offset) from error
        if not chunk:
            break
        position = 0
        while (end := find_end(chunk, position)) >= 0:
            size = end - position
            if length + size > limit:
                held += chunk[position : min(end, position + _HEAD)]
                yield Line(offset, held[:_HEAD], True)
            elif length:
                held += chunk[position:end]
                yield Line(offset, held, False)
            else:
                yield Line(offset, chunk[position:end], False)
            offset += length + size + 1
            position = end + 1
            if held:
                # Not cleared but left to whoever has the line.
                held = bytearray()
                length = 0
            if stop is not None and offset >= stop:
                return
        length += len(chunk) - position
        if length <= limit:
            held += chunk[position:]
        else:
            held += chunk[position : position + _HEAD]
            del held[_HEAD:]
            if stop is not None and offset + length >= stop:
                break
    if length:
        yield Line(offset, held, length > limit)
