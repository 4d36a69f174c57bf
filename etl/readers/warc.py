"""Web archives: the pages of WARC files, and the texts of WET files."""

from collections.abc import Iterator
from typing import Final

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from etl.config.models import SourceConfig
from etl.readers.charset import decode_html
from etl.readers.decompress import CorruptFileError
from etl.readers.fields import HTML, MAX_FIELD, TEXT, check_text
from etl.readers.files import max_text_bytes, read_at_most
from etl.readers.http import BrokenResponseError, decode_body
from etl.readers.open import ByteStream, open_stream
from etl.readers.reasons import (
    BROKEN_RESPONSE,
    CORRUPT_FILE,
    FIELD_TOO_LONG,
    INVALID_UTF8,
    TEXT_TOO_LONG,
    payload_of,
)
from etl.readers.record import Failure, Record, Unit

_HTML_TYPES: Final = frozenset({"text/html", "application/xhtml+xml"})
_END: Final = b"\r\n\r\n"
_MAX_DIGITS: Final = 20


def read_warc(unit: Unit, source: SourceConfig, max_chars: int) -> Iterator[Record | Failure]:
    """Yield the documents of a file: conversion records of WET, successful HTML responses of WARC.

    Other records, other types of content and error pages are no documents and are passed over. A damaged file
    gives the records before the damage and one failure.
    """
    try:
        with open_stream(unit.path) as stream:
            yield from _records(_Archive(stream), unit, source, max_chars)
    except CorruptFileError as error:
        yield Failure(CORRUPT_FILE, str(error), payload_of(error.head), f"{unit.name}@{error.offset or 0}")


class _Archive:
    """A stream as the library wants it, which also remembers what the library does not tell."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self.position = 0
        self.tail = b""
        self.error: OSError | CorruptFileError | None = None

    def read(self, size: int = 65536) -> bytes:
        try:
            data = self._stream.read(size)
        except (OSError, CorruptFileError) as error:
            self.error = error
            raise
        self.position += len(data)
        self.tail = (self.tail + data[-len(_END) :])[-len(_END) :]
        return data

    def tell(self) -> int:
        return self.position

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError("a stream cannot go back")

    def close(self) -> None:
        """The stream is closed by whoever opened it."""


def _records(archive: _Archive, unit: Unit, source: SourceConfig, max_chars: int) -> Iterator[Record | Failure]:
    is_wet = source.format == "wet"
    kind = WarcRecordType.conversion if is_wet else WarcRecordType.response
    offset = 0
    try:
        # Bodies are decoded after they were read: the library loses its place where it does both at once.
        for entry in ArchiveIterator(
            archive, record_types=kind, parse_http=False, stream_detect=False, fsspec_args=False
        ):
            offset = entry.stream_pos
            _check_length(entry)
            place = f"{unit.name}@{offset}"
            found = _conversion(entry, max_chars) if is_wet else _response(entry, max_chars)
            if found is not None:
                yield _document(found, entry, source, max_chars, place)
    except OSError as error:
        # What the stream raised itself is passed on: a store that does not answer is no damage of the file.
        if archive.error is not None:
            raise archive.error from None
        raise CorruptFileError(f"not a WARC record after byte {offset}: {error}", b"", offset) from error
    except CorruptFileError as error:
        raise CorruptFileError(str(error), error.head, offset) from error
    if archive.tail and archive.tail != _END:
        raise CorruptFileError("the file ends within a record", b"", archive.position)


def _document(
    found: str | Failure, entry: WarcRecord, source: SourceConfig, max_chars: int, place: str
) -> Record | Failure:
    record_id = (entry.record_id or "").strip("<> ")
    source_id = record_id or place
    url = entry.headers.get("WARC-Target-URI")
    if len(source_id) > MAX_FIELD or len(url or "") > MAX_FIELD:
        return Failure(FIELD_TOO_LONG, f"the address or id has more than {MAX_FIELD:,} code points", "", place)
    if isinstance(found, Failure):
        return found._replace(source_id=source_id)
    if wrong := check_text(found, max_chars):
        return Failure(*wrong, payload_of(found), source_id)
    text_format = TEXT if source.format == "wet" else HTML
    return Record(source_id, found, text_format, url and url.strip("<> "), license=source.license)


def _conversion(entry: WarcRecord, max_chars: int) -> str | Failure:
    data = _body(entry, max_chars)
    if isinstance(data, Failure):
        return data
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Failure(INVALID_UTF8, f"byte {error.start} of the record is not UTF-8", payload_of(data))


def _response(entry: WarcRecord, max_chars: int) -> str | Failure | None:
    """The page of a response, why there is none, or None if the response is no page."""
    try:
        entry.parse_http(auto_decode="none")
    except OSError as error:
        return Failure(BROKEN_RESPONSE, str(error), "")
    headers = entry.http_headers
    if not entry.is_http_parsed or headers is None or headers.status_code is None:
        return None
    content_type = (entry.http_content_type or "").lower()
    if not 200 <= headers.status_code < 300 or content_type not in _HTML_TYPES:
        return None
    data = _body(entry, max_chars)
    if isinstance(data, Failure):
        return data
    limit = max_text_bytes(max_chars)
    transfer, content = headers.get("Transfer-Encoding") or "", headers.get("Content-Encoding") or ""
    try:
        data = decode_body(data, transfer, content, limit + 1)
    except BrokenResponseError as error:
        return Failure(BROKEN_RESPONSE, str(error), payload_of(data))
    if len(data) > limit:
        return Failure(TEXT_TOO_LONG, f"the page has more than {limit:,} bytes", payload_of(data))
    text = decode_html(data, entry.http_charset)
    if text is None:
        return Failure(INVALID_UTF8, "the page is neither UTF-8 nor what it declares", payload_of(data))
    return text


def _check_length(entry: WarcRecord) -> None:
    # What the library cannot read as a length it takes for 0, and so the record for an empty one.
    stated = (entry.headers.get("Content-Length") or "").strip()
    if not stated.isdecimal() or int(stated[:_MAX_DIGITS]) != entry.content_length:
        raise CorruptFileError("a record does not state its length")


def _body(entry: WarcRecord, max_chars: int) -> bytes | Failure:
    """What is left of a record.

    Raises:
        CorruptFileError: The file ends before the record does.
    """
    limit = max_text_bytes(max_chars)
    expected = entry.content_length - entry.reader.tell()
    data = read_at_most(entry.reader, limit + 1)
    if len(data) > limit:
        return Failure(TEXT_TOO_LONG, f"the record has more than {limit:,} bytes", payload_of(data))
    if len(data) < expected:
        raise CorruptFileError("the file ends within a record", data)
    return data
