"""Comma- and tab-separated values with a header row; quoted fields may hold line breaks."""

import csv
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from etl.config.models import SourceConfig
from etl.readers.decompress import CorruptFileError
from etl.readers.fields import columns_of, record_from_row
from etl.readers.lines import Line, max_line_bytes, read_lines
from etl.readers.open import open_stream
from etl.readers.reasons import (
    BROKEN_ROW,
    CORRUPT_FILE,
    INVALID_UTF8,
    LINE_TOO_LONG,
    MISSING_FIELD,
    payload_of,
)
from etl.readers.record import Failure, Record, Unit

_BOM: Final = b"\xef\xbb\xbf"
_TSV: Final = (".tsv", ".tsv.gz", ".tsv.zst")
_QUOTE: Final = b'"'
# The inside of a quoted field: a doubled quote is one quote, a single one ends the field.
_QUOTED: Final = re.compile(rb'[^"]*+(?:""[^"]*+)*+')
_START, _PLAIN, _IN_QUOTES, _AFTER_QUOTE = range(4)


def read_csv(unit: Unit, source: SourceConfig, max_chars: int) -> Iterator[Record | Failure]:
    """Yield the records of a file, named by the byte their row begins at.

    Without a usable header there is one failure for the whole file. A row with too many or too few fields is
    a failure of its own. An empty field other than the text counts as null.
    """
    delimiter = "\t" if unit.path.lower().endswith(_TSV) else ","
    try:
        with open_stream(unit.path) as stream:
            ends = _RowEnds(delimiter.encode())
            lines = read_lines(stream, max_line_bytes(max_chars), find_end=ends)
            yield from _records(_Rows(lines, ends, delimiter), unit, source, max_chars)
    except CorruptFileError as error:
        yield Failure(CORRUPT_FILE, str(error), payload_of(error.head), f"{unit.name}@{error.offset or 0}")


class _Rows(NamedTuple):
    lines: Iterator[Line]
    ends: "_RowEnds"
    delimiter: str


def _records(rows: _Rows, unit: Unit, source: SourceConfig, max_chars: int) -> Iterator[Record | Failure]:
    # The module's own limit guards memory, as the limit on rows does already; it holds for the whole process.
    csv.field_size_limit(max(csv.field_size_limit(), max_line_bytes(max_chars)))
    header: list[str] | None = None
    for line in rows.lines:
        place = f"{unit.name}@{line.offset}"
        try:
            row = _parse(line, rows, max_chars)
            if not row:
                continue
            if header is None:
                header = _checked_header(row, source)
                continue
            if len(row) != len(header):
                raise _BrokenRowError(BROKEN_ROW, f"the row has {len(row)} fields, the header {len(header)}")
        except _BrokenRowError as error:
            yield Failure(error.reason, str(error), payload_of(line.data), place)
            if header is None:
                return
            continue
        values = {
            column: value if value or column == source.text_col else None
            for column, value in zip(header, row, strict=True)
        }
        yield record_from_row(values, source, max_chars, place, line.data)


class _BrokenRowError(Exception):
    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def _parse(line: Line, rows: _Rows, max_chars: int) -> list[str]:
    if line.too_long:
        limit = max_line_bytes(max_chars)
        raise _BrokenRowError(LINE_TOO_LONG, f"the row has more than {limit:,} bytes")
    if rows.ends.in_quotes:
        raise _BrokenRowError(BROKEN_ROW, "a quoted field does not end before the file does")
    data = line.data[len(_BOM) :] if line.offset == 0 and line.data.startswith(_BOM) else line.data
    try:
        return next(csv.reader([data.decode()], delimiter=rows.delimiter), [])
    except UnicodeDecodeError as error:
        raise _BrokenRowError(INVALID_UTF8, f"byte {error.start} of the row is not UTF-8") from error
    except csv.Error as error:
        raise _BrokenRowError(BROKEN_ROW, str(error)) from error


def _checked_header(header: list[str], source: SourceConfig) -> list[str]:
    found = ", ".join(repr(name[:100]) for name in header[:50])
    for column in columns_of(source):
        if header.count(column) > 1:
            raise _BrokenRowError(BROKEN_ROW, f"the header names {column!r} more than once: {found}")
        if column not in header and column in (source.text_col, source.id_col):
            raise _BrokenRowError(MISSING_FIELD, f"the header lacks {column!r}; it names {found}")
    return header


class _RowEnds:
    """Finds the line feeds that end a row: those outside quotes, which only open at the start of a field."""

    def __init__(self, delimiter: bytes) -> None:
        self._state = _START
        self._delimiter = delimiter[0]
        self._field_end = re.compile(b"[\n" + re.escape(delimiter) + b"]")
        self._at_start = True

    @property
    def in_quotes(self) -> bool:
        """Whether the row found last was cut off by the end of the file within quotes."""
        return self._state == _IN_QUOTES

    def __call__(self, chunk: bytes, position: int) -> int:
        if self._at_start:
            self._at_start = False
            if chunk.startswith(_BOM):
                position = len(_BOM)
        if self._state in {_START, _PLAIN}:
            end = chunk.find(b"\n", position)
            if end >= 0 and chunk.find(_QUOTE, position, end) < 0:
                self._state = _START
                return end
        while position < len(chunk):
            if self._state == _IN_QUOTES:
                inside = _QUOTED.match(chunk, position)
                position = inside.end() if inside else position
                if position < len(chunk):
                    self._state = _AFTER_QUOTE
                    position += 1
                continue
            if self._state != _PLAIN and chunk[position] == _QUOTE[0]:
                self._state = _IN_QUOTES
                position += 1
                continue
            end_of_field = self._field_end.search(chunk, position)
            if end_of_field is None:
                self._state = _PLAIN
                return -1
            self._state = _START
            if chunk[end_of_field.start()] != self._delimiter:
                return end_of_field.start()
            position = end_of_field.end()
        return -1
