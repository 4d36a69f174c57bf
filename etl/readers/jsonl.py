"""JSON lines: one object a line, read in byte ranges."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

import msgspec

from etl.config.models import SourceConfig
from etl.readers.decompress import CorruptFileError
from etl.readers.fields import columns_of, record_from_row
from etl.readers.lines import Line, max_line_bytes, read_lines
from etl.readers.open import is_compressed, open_stream
from etl.readers.reasons import (
    BROKEN_JSON,
    CORRUPT_FILE,
    INVALID_UTF8,
    LINE_TOO_LONG,
    NOT_AN_OBJECT,
    payload_of,
)
from etl.readers.record import Failure, Record, Unit

_BOM: Final = b"\xef\xbb\xbf"
_ABSENT: Final = msgspec.Raw(b"")
# Longer integers are no ids, and Python takes quadratic time to read them.
_INTEGER: Final = re.compile(rb"-?[0-9]{1,100}")
# Python writes these for floats that JSON cannot express. A string matches as a whole, so that they are found
# outside strings only; the possessive quantifier keeps the search linear.
_NOT_A_NUMBER: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|-?Infinity|NaN', re.DOTALL)


def read_jsonl(unit: Unit, source: SourceConfig, max_chars: int) -> Iterator[Record | Failure]:
    """Yield the records of the lines that begin in the unit; blank lines are passed over without a word.

    The unit of a compressed file is the whole file, whatever its range says.
    """
    whole = is_compressed(unit.path)
    start, stop = (0, None) if whole else (unit.start, unit.end)
    # The byte before the range tells whether a line begins at its start.
    first = max(0, start - 1)
    is_empty = stop is not None and start >= stop
    try:
        with open_stream(unit.path, first) as stream:
            if is_empty:
                return
            lines = read_lines(stream, max_line_bytes(max_chars), offset=first, stop=stop)
            if start:
                next(lines, None)
            yield from _records(lines, unit, source, max_chars)
    except CorruptFileError as error:
        # The file as a whole is damaged: that is told once, by the range that begins it.
        if start == 0 and not is_empty:
            offset = 0 if error.offset is None else error.offset
            yield Failure(CORRUPT_FILE, str(error), payload_of(error.head), f"{unit.name}@{offset}")


def _records(lines: Iterator[Line], unit: Unit, source: SourceConfig, max_chars: int) -> Iterator[Record | Failure]:
    parse = _RowParser(source)
    for offset, data, too_long in lines:
        place = f"{unit.name}@{offset}"
        if too_long:
            limit = max_line_bytes(max_chars)
            detail = f"the line has more than {limit:,} bytes; no text within input.max_chars needs as many"
            yield Failure(LINE_TOO_LONG, detail, payload_of(data), place)
            continue
        line = data[len(_BOM) :] if offset == 0 and data.startswith(_BOM) else data
        if not line or line.isspace():
            continue
        try:
            values = parse(line)
        except _BrokenLineError as error:
            yield Failure(error.reason, str(error), payload_of(line), place)
        else:
            yield record_from_row(values, source, max_chars, place, line)


class _BrokenLineError(Exception):
    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class _RowParser:
    """Parses lines, building only the fields its source names: whatever else a line holds costs no memory."""

    def __init__(self, source: SourceConfig) -> None:
        self._columns = columns_of(source)
        self._decoder = msgspec.json.Decoder(_row_type(self._columns))

    def __call__(self, line: bytes | bytearray) -> dict[str, Any]:
        """The named fields of a line; those that are objects or lists come out empty.

        Raises:
            _BrokenLineError: The line is no JSON object.
        """
        try:
            return self._parse(line)
        except msgspec.DecodeError as error:
            if b"NaN" not in line and b"Infinity" not in line:
                raise _explain(line, error) from error
        except (UnicodeDecodeError, RecursionError) as error:
            raise _explain(line, error) from error
        try:
            return self._parse(_with_nulls(line))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise _explain(line, error) from error

    def _parse(self, line: bytes | bytearray) -> dict[str, Any]:
        row = self._decoder.decode(line)
        values = {}
        for index, column in enumerate(self._columns):
            raw = getattr(row, f"f{index}")
            if raw is not _ABSENT:
                values[column] = _value_of(raw)
        return values


@lru_cache(maxsize=64)
def _row_type(columns: tuple[str, ...]) -> type[msgspec.Struct]:
    fields = [
        (f"f{index}", msgspec.Raw, msgspec.field(default=_ABSENT, name=column)) for index, column in enumerate(columns)
    ]
    return msgspec.defstruct("Row", fields)


def _value_of(raw: msgspec.Raw) -> Any:
    """The value if it is of a type a field may have; of any other a small one of its kind, to save memory."""
    view = memoryview(raw)
    match chr(view[0]):
        case '"':
            return msgspec.json.decode(raw, type=str)
        case "{":
            return {}
        case "[":
            return []
        case "n":
            return None
        case "t" | "f":
            return True
    return int(bytes(view)) if _INTEGER.fullmatch(view) else 0.0


def _with_nulls(line: bytes | bytearray) -> bytearray:
    """The line with null for what is no number; made piece by piece, as ``re.sub`` would first list all."""
    changed = bytearray()
    done = 0
    for found in _NOT_A_NUMBER.finditer(line):
        if not found[0].startswith(b'"'):
            changed += line[done : found.start()]
            changed += b"null"
            done = found.end()
    changed += line[done:]
    return changed


def _explain(line: bytes | bytearray, error: Exception) -> _BrokenLineError:
    """Why a line that does not parse does not."""
    try:
        line.decode()
    except UnicodeDecodeError as broken:
        return _BrokenLineError(INVALID_UTF8, f"byte {broken.start} of the line is not UTF-8")
    if isinstance(error, RecursionError):
        return _BrokenLineError(BROKEN_JSON, "the values are nested too deeply")
    if not isinstance(error, msgspec.ValidationError):
        return _BrokenLineError(BROKEN_JSON, str(error))
    try:
        msgspec.json.decode(line, type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError) as broken:
        return _BrokenLineError(BROKEN_JSON, str(broken))
    return _BrokenLineError(NOT_AN_OBJECT, str(error))
