"""Parquet files: a row is a document; a file is read by row groups, one small batch at a time."""

from collections.abc import Iterator
from typing import IO, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from etl.config.models import SourceConfig
from etl.readers.fields import columns_of, record_from_row
from etl.readers.open import open_seekable
from etl.readers.reasons import CORRUPT_FILE, INVALID_UTF8, MISSING_FIELD
from etl.readers.record import Failure, Record, Unit

# Small, for a dictionary may make rows far larger than their file; reading one by one is hardly slower.
_BATCH_ROWS: Final = 8
# Column chunks are read in pieces of this size and never held whole.
_BUFFER: Final = 1024 * 1024


def read_parquet(unit: Unit, source: SourceConfig, max_chars: int) -> Iterator[Record | Failure]:
    """Yield the records of the row groups whose first byte lies in the unit, named by their row number.

    What is wrong with the file as a whole is one failure, told by the unit that begins at its first byte.
    Memory holds a few rows and one page of each column; how large pages are is up to who wrote the file.
    """
    with open_seekable(unit.path) as raw:
        watched = _Watched(raw)
        row = 0
        try:
            file = pq.ParquetFile(pa.PythonFile(watched, mode="r"), buffer_size=_BUFFER, pre_buffer=False)
            if wrong := _wrong_columns(file.schema_arrow, source):
                if unit.start == 0:
                    yield Failure(MISSING_FIELD, wrong, "", unit.name)
                return
            for group, first_row in groups_of(file.metadata, unit):
                row = first_row
                for batch in _batches(file, group, source):
                    for values in _rows(batch):
                        place = f"{unit.name}@{row}"
                        row += 1
                        if isinstance(values, UnicodeDecodeError):
                            yield Failure(INVALID_UTF8, f"a field is not UTF-8 ({values.reason})", "", place)
                        else:
                            yield record_from_row(values, source, max_chars, place)
        except (pa.ArrowException, OSError, ValueError) as error:
            # What the store raised itself is passed on: no answer from a store is no damage of the file.
            if watched.error is not None:
                raise watched.error from None
            if unit.start == 0 or row:
                place = f"{unit.name}@{row}" if row else unit.name
                yield Failure(CORRUPT_FILE, f"the file cannot be read as Parquet: {error}"[:500], "", place)


class _Watched:
    """A file for pyarrow that remembers which errors were its own."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.closed = False
        self.error: OSError | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            return self._file.read(size)
        except OSError as error:
            self.error = error
            raise

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        """The file is closed by whoever opened it."""


def _wrong_columns(schema: pa.Schema, source: SourceConfig) -> str | None:
    for column in (source.text_col, source.id_col):
        if column is not None and schema.names.count(column) != 1:
            found = ", ".join(repr(name[:100]) for name in schema.names[:50])
            return f"the file has no column {column!r}; it has {found}"
    return None


def groups_of(metadata: pq.FileMetaData, unit: Unit) -> Iterator[tuple[int, int]]:
    """The row groups that belong to a unit, each with the number of its first row."""
    first_row = 0
    for group in range(metadata.num_row_groups):
        row_group = metadata.row_group(group)
        column = row_group.column(0)
        start = column.data_page_offset
        if column.has_dictionary_page:
            start = min(start, column.dictionary_page_offset)
        if unit.start <= start < unit.end:
            yield group, first_row
        first_row += row_group.num_rows


def _batches(file: pq.ParquetFile, group: int, source: SourceConfig) -> Iterator[pa.RecordBatch]:
    present = [column for column in columns_of(source) if column in file.schema_arrow.names]
    yield from file.iter_batches(batch_size=_BATCH_ROWS, row_groups=[group], columns=present, use_threads=False)


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any] | UnicodeDecodeError]:
    names = batch.schema.names
    for index in range(batch.num_rows):
        try:
            yield {name: _value(column[index]) for name, column in zip(names, batch.columns, strict=True)}
        except UnicodeDecodeError as error:
            yield error


def _value(scalar: pa.Scalar) -> Any:
    """The value if it is of a type a field may have; of any other only its kind, for that costs no memory."""
    kind = scalar.type
    if not scalar.is_valid:
        return None
    if pa.types.is_dictionary(kind):
        return _value(scalar.value)
    if pa.types.is_nested(kind):
        return [] if pa.types.is_list(kind) or pa.types.is_large_list(kind) else {}
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return scalar.as_py()
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return scalar.as_py()
    if pa.types.is_floating(kind):
        return 0.0
    return b"" if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) else kind
