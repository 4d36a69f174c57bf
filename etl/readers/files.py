"""Files that are one document each: text, markdown and HTML."""

from collections.abc import Iterator
from typing import Final

from etl.config.models import SourceConfig
from etl.readers.charset import decode_html
from etl.readers.decompress import CorruptFileError
from etl.readers.fields import HTML, check_text
from etl.readers.open import ByteStream, open_stream
from etl.readers.reasons import CORRUPT_FILE, INVALID_UTF8, TEXT_TOO_LONG, payload_of
from etl.readers.record import Failure, Record, Unit

_CHUNK: Final = 1024 * 1024
_BOM_SIZE: Final = 3


def max_text_bytes(max_chars: int) -> int:
    """Bytes a text of `max_chars` code points may have, byte order mark included."""
    return 4 * max_chars + _BOM_SIZE


def read_file(unit: Unit, source: SourceConfig, max_chars: int) -> Iterator[Record | Failure]:
    """Yield the one record of a file, or the one failure; its id is the name of the file."""
    try:
        with open_stream(unit.path) as stream:
            data = read_at_most(stream, max_text_bytes(max_chars) + 1)
    except CorruptFileError as error:
        yield Failure(CORRUPT_FILE, str(error), payload_of(error.head), unit.name)
        return
    if len(data) > max_text_bytes(max_chars):
        detail = f"the file has more than {max_text_bytes(max_chars):,} bytes, so more than input.max_chars"
        yield Failure(TEXT_TOO_LONG, detail, payload_of(data), unit.name)
        return
    text = decode_html(data) if source.format == HTML else _decode_utf8(data)
    if text is None:
        yield Failure(INVALID_UTF8, "the file is not UTF-8", payload_of(data), unit.name)
    elif wrong := check_text(text, max_chars):
        yield Failure(*wrong, payload_of(text), unit.name)
    else:
        yield Record(unit.name, text, source.format, license=source.license)


def read_at_most(stream: ByteStream, size: int) -> bytes:
    """The next `size` bytes of a stream, fewer where it ends before.

    Raises:
        CorruptFileError: With what was read before the damage.
    """
    data = bytearray()
    try:
        while len(data) < size and (chunk := stream.read(min(_CHUNK, size - len(data)))):
            data += chunk
    except CorruptFileError as error:
        raise CorruptFileError(str(error), bytes(data), 0) from error
    return bytes(data)


def _decode_utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
