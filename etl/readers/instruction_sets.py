"""The rows of instruction sets: JSON lines and Parquet, only the fields that hold pairs, in bounded memory."""

import json
from collections.abc import Iterator, Mapping
from reprlib import Repr
from typing import Any, Final

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from etl.config.instruction_sets import InstructionSetConfig
from etl.config.models import SourceConfig
from etl.readers.decompress import CorruptFileError
from etl.readers.lines import max_line_bytes, read_lines
from etl.readers.open import is_compressed, open_seekable, open_stream
from etl.readers.parquet import groups_of
from etl.readers.reasons import (
    BROKEN_JSON,
    CORRUPT_FILE,
    INVALID_UTF8,
    LINE_TOO_LONG,
    MISSING_FIELD,
    NOT_AN_OBJECT,
    UNREADABLE_FILE,
    payload_of,
)
from etl.readers.record import Failure, Unit
from etl.readers.set_pairs import ImportedPair, NoPairError, pair_of_row

_BOM: Final = b"\xef\xbb\xbf"
# A pair has three texts; each may have as many code points as the text of a document.
_TEXTS: Final = 3
_BATCH_ROWS: Final = 64
_ROW: Final = Repr()
_ROW.maxstring = _ROW.maxother = 500
_ROWS: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])


def source_of(config: InstructionSetConfig) -> SourceConfig:
    """Return a source with the place of a set: files and versions of both are listed in the same way."""
    return SourceConfig(
        name=config.name,
        path=config.path,
        table=config.table,
        format=config.files,
        version_as_of=config.version_as_of,
    )


def read_pairs(unit: Unit, config: InstructionSetConfig, max_chars: int) -> Iterator[ImportedPair | Failure]:
    """Yield every row of a unit as a pair, and as a failure whatever is none.

    Args:
        unit: What to read, as made by `etl.readers.units.split_units`.
        config: The set that the unit belongs to.
        max_chars: Code points that each text of a pair may have.
    """
    read = _read_jsonl if config.files == "jsonl" else _read_parquet
    try:
        for place, found in read(unit, config, max_chars):
            yield found if isinstance(found, Failure) else pair_or_failure(found, config, max_chars, place)
    except (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError) as error:
        yield Failure(UNREADABLE_FILE, f"{unit.path}: {error.strerror or error}", "", f"{unit.name}@{unit.start}")


def pair_or_failure(
    values: Mapping[str, Any], config: InstructionSetConfig, max_chars: int, place: str
) -> ImportedPair | Failure:
    """Return the pair of a row, or why it is none."""
    try:
        return pair_of_row(values, config, max_chars, place)
    except NoPairError as error:
        return Failure(error.reason, error.detail, payload_of(_ROW.repr(dict(values))), place)


_Found = Iterator[tuple[str, Mapping[str, Any] | Failure]]


def _read_jsonl(unit: Unit, config: InstructionSetConfig, max_chars: int) -> _Found:
    start, stop = (0, None) if is_compressed(unit.path) else (unit.start, unit.end)
    # The byte before the range tells whether a line begins at its start.
    first = max(0, start - 1)
    limit = max_line_bytes(_TEXTS * max_chars)
    try:
        with open_stream(unit.path, first) as stream:
            if stop is not None and start >= stop:
                return
            lines = read_lines(stream, limit, offset=first, stop=stop)
            if start:
                next(lines, None)
            for offset, data, too_long in lines:
                place = f"{unit.name}@{offset}"
                line = bytes(data)
                if offset == 0:
                    line = line.removeprefix(_BOM)
                if too_long:
                    yield place, Failure(LINE_TOO_LONG, f"more than {limit:,} bytes", payload_of(line), place)
                elif line and not line.isspace():
                    yield place, _row(line, config.columns, place)
    except CorruptFileError as error:
        if start == 0:
            place = f"{unit.name}@{error.offset or 0}"
            yield place, Failure(CORRUPT_FILE, str(error), payload_of(error.head), place)


def _row(line: bytes, columns: tuple[str, ...], place: str) -> Mapping[str, Any] | Failure:
    try:
        row = _ROWS.decode(line)
        return {column: msgspec.json.decode(row[column]) for column in columns if column in row}
    except msgspec.ValidationError as error:
        return Failure(NOT_AN_OBJECT, str(error), payload_of(line), place)
    except (msgspec.DecodeError, RecursionError, json.JSONDecodeError) as error:
        reason = INVALID_UTF8 if not _is_utf8(line) else BROKEN_JSON
        return Failure(reason, str(error)[:500], payload_of(line), place)
    except UnicodeDecodeError as error:
        return Failure(INVALID_UTF8, f"byte {error.start} is not UTF-8", payload_of(line), place)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _read_parquet(unit: Unit, config: InstructionSetConfig, max_chars: int) -> _Found:
    with open_seekable(unit.path) as raw:
        row = 0
        try:
            file = pq.ParquetFile(pa.PythonFile(raw, mode="r"), pre_buffer=False)
            known = file.schema_arrow.names
            columns = [column for column in config.columns if column in known]
            if not columns:
                if unit.start == 0:
                    detail = f"the file has none of {', '.join(config.columns)}; it has {', '.join(known[:50])}"
                    yield unit.name, Failure(MISSING_FIELD, detail, "", unit.name)
                return
            for group, first_row in groups_of(file.metadata, unit):
                row = first_row
                for batch in file.iter_batches(_BATCH_ROWS, [group], columns, use_threads=False):
                    for values in batch.to_pylist():
                        yield f"{unit.name}@{row}", values
                        row += 1
        except (pa.ArrowException, UnicodeDecodeError, ValueError) as error:
            if unit.start == 0 or row:
                place = f"{unit.name}@{row}" if row else unit.name
                yield place, Failure(CORRUPT_FILE, f"cannot be read as Parquet: {error}"[:500], "", place)
