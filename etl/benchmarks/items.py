"""The items of benchmark files that a user names."""

import io
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from etl.config.decontamination import BenchmarkConfig
from etl.errors import ConfigError
from etl.readers.decompress import CorruptFileError
from etl.readers.open import open_seekable, open_stream

_READ_BYTES: Final = 1 << 20
_NAMED: Final = 8


class Item(NamedTuple):
    """One field of one row of a benchmark; rows are counted from 1."""

    benchmark: str
    row: int
    column: str
    text: str


def read_items(benchmarks: Iterable[BenchmarkConfig]) -> list[Item]:
    """Return the texts of all benchmarks in the order of their files; the entries of a list are lines of one text.

    Raises:
        ConfigError: A file is missing, broken or empty, or has not one text in a column named.
    """
    return [item for benchmark in benchmarks for item in _items(benchmark)]


def _items(benchmark: BenchmarkConfig) -> list[Item]:
    read = _read_parquet if benchmark.format == "parquet" else _read_jsonl
    items = []
    fields: dict[str, None] = {}
    try:
        for number, row in enumerate(read(benchmark), start=1):
            fields.update(dict.fromkeys(row))
            for column in benchmark.columns:
                if text := _text(row.get(column)):
                    items.append(Item(benchmark.name, number, column, text))
    except (OSError, CorruptFileError, pa.ArrowException, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ConfigError(f"{_place(benchmark)} cannot be read as {benchmark.format}: {error}") from None
    for column in benchmark.columns:
        if not any(item.column == column for item in items):
            known = ", ".join(list(fields)[:_NAMED]) or "none; the file has no rows"
            raise ConfigError(f"{_place(benchmark)} has no text in column {column!r}; its columns: {known}")
    return items


def _place(benchmark: BenchmarkConfig) -> str:
    return f"select.decontamination.benchmarks: {benchmark.name}: {benchmark.path}"


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n".join(filter(None, map(_text, value)))
    if isinstance(value, dict):
        return "\n".join(filter(None, map(_text, value.values())))
    return ""


def _read_parquet(benchmark: BenchmarkConfig) -> Iterator[dict[str, Any]]:
    with open_seekable(benchmark.path) as file:
        parquet = pq.ParquetFile(file)
        wanted = [name for name in parquet.schema_arrow.names if name in benchmark.columns]
        if not wanted:
            # The columns there are go into the message.
            yield dict.fromkeys(parquet.schema_arrow.names)
            return
        for batch in parquet.iter_batches(columns=wanted):
            yield from batch.to_pylist()


def _read_jsonl(benchmark: BenchmarkConfig) -> Iterator[dict[str, Any]]:
    content = io.BytesIO()
    with open_stream(benchmark.path) as stream:
        while piece := stream.read(_READ_BYTES):
            content.write(piece)
    decoder = msgspec.json.Decoder(dict[str, Any])
    for line in content.getvalue().removeprefix(b"\xef\xbb\xbf").split(b"\n"):
        if line.strip():
            yield decoder.decode(line)
