"""Parse: every unit of input becomes rows of documents, or rows that say why not.

Text is parsed here, once, and the rules read its blocks while they are in memory.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

from etl.config.duplicates import NearDuplicatesOfConfig
from etl.config.models import InputConfig, SourceConfig
from etl.readers.fields import record_from_row
from etl.readers.read import read_unit
from etl.readers.record import Failure, Record, Unit
from etl.rules.base import Document, Rule
from etl.stages.expressions import count_words, has_chat_token
from etl.stages.extract import FOUND, FOUND_ARROW, found_in
from etl.stages.signatures import BANDS_ARROW, bands_of
from etl.text.blocks import encode
from etl.text.parse import parse as parse_text

_COLUMNS: Final[dict[str, tuple[pa.DataType, T.DataType]]] = {
    "doc_id": (pa.string(), T.StringType()),
    "source": (pa.string(), T.StringType()),
    "source_id": (pa.string(), T.StringType()),
    "url": (pa.string(), T.StringType()),
    "title": (pa.string(), T.StringType()),
    "lang": (pa.string(), T.StringType()),
    "license": (pa.string(), T.StringType()),
    "format": (pa.string(), T.StringType()),
    "text": (pa.string(), T.StringType()),
    "content_hash": (pa.string(), T.StringType()),
    "n_chars": (pa.int32(), T.IntegerType()),
    "n_chrome": (pa.int32(), T.IntegerType()),
    "blocks": (pa.list_(pa.int32()), T.ArrayType(T.IntegerType())),
    "found": (FOUND_ARROW, FOUND),
    "n_found": (pa.int32(), T.IntegerType()),
    "stage": (pa.string(), T.StringType()),
    "reason": (pa.string(), T.StringType()),
    "detail": (pa.string(), T.StringType()),
    "payload": (pa.string(), T.StringType()),
    "bands": (BANDS_ARROW, T.ArrayType(T.LongType())),
}
_ARROW: Final = pa.schema([(name, arrow) for name, (arrow, _) in _COLUMNS.items()])
PARSED: Final = T.StructType([T.StructField(name, spark) for name, (_, spark) in _COLUMNS.items()])

_RAW: Final = pa.schema([("source", pa.string()), ("source_id", pa.string()), ("raw", pa.string())])

# What a batch may hold before it leaves the worker: keeps Arrow, Python and the JVM at a few megabytes each.
_BATCH_CHARS: Final = 2_000_000
_BATCH_ROWS: Final = 2_000
NO_TEXT: Final = "no_text"
_PAYLOAD_CHARS: Final = 2_000

Row = tuple[Any, ...]


def parse(
    units: DataFrame,
    config: InputConfig,
    rules: Sequence[Rule],
    *,
    limit: int | None,
    compared: NearDuplicatesOfConfig | None = None,
) -> DataFrame:
    """Return one row a record: a parsed document with what the rules found in it, or a reject with stage and reason.

    Columns: those of the documents table but `run_id`; `found` and `n_found`, the candidate pairs and how many
    there are; `stage, reason, detail, payload`, null for documents; `bands`, by which documents are `compared`, or
    null; `has_chat_token`; and `row_no`, which tells the rows of this one frame apart and is never published.
    """
    sources = tuple(config.sources)
    rows_of = _worker(
        sources, config.max_chars, tuple(rules), keep_chrome=config.keep_chrome, limit=limit, compared=compared
    )
    parsed = units.mapInArrow(rows_of, PARSED)
    return parsed.withColumns(
        {
            "n_tokens": count_words(F.col("text")),
            "has_chat_token": has_chat_token(F.col("text")),
            "row_no": F.monotonically_increasing_id(),
        }
    )


def raw_records(units: DataFrame, config: InputConfig) -> DataFrame:
    """Return every record as its source has it, failures with what is left of them: `source, source_id, raw`."""
    sources, max_chars = tuple(config.sources), config.max_chars

    def read_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for source, record in _records(batches, sources, max_chars, None):
            raw = record.payload if isinstance(record, Failure) else record.text
            yield pa.RecordBatch.from_pydict(
                {"source": [source.name], "source_id": [record.source_id], "raw": [raw]}, schema=_RAW
            )

    return units.mapInArrow(read_batches, "source string, source_id string, raw string")


def _worker(
    sources: Sequence[SourceConfig],
    max_chars: int,
    rules: Sequence[Rule],
    *,
    keep_chrome: bool,
    limit: int | None,
    compared: NearDuplicatesOfConfig | None,
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def parse_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        rows = (
            row_of_record(source.name, record, rules, keep_chrome=keep_chrome)
            for source, record in _records(batches, sources, max_chars, limit)
        )
        return _in_batches(rows, compared)

    return parse_batches


def _records(
    batches: Iterable[pa.RecordBatch], sources: Sequence[SourceConfig], max_chars: int, limit: int | None
) -> Iterator[tuple[SourceConfig, Record | Failure]]:
    taken = [0] * len(sources)
    for batch in batches:
        for unit in batch.to_pylist():
            number = unit["source_no"]
            source = sources[number]
            if unit["path"] is None:
                yield source, record_from_row(_named_by(source, unit), source, max_chars, place="")
                continue
            place = Unit(unit["path"], unit["name"], unit["start"], unit["end"])
            for record in read_unit(place, source, max_chars):
                if limit is not None and taken[number] >= limit:
                    break
                taken[number] += 1
                yield source, record


def _named_by(source: SourceConfig, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of a table with the names its source gives its columns."""
    roles = ("text", "id", "url", "title", "lang", "license", "format")
    names = [getattr(source, f"{role}_col") for role in roles]
    return {name: row[role] for name, role in zip(names, roles, strict=True) if name is not None}


def row_of_record(source: str, record: Record | Failure, rules: Sequence[Rule], *, keep_chrome: bool) -> Row:
    """Return the row of one record, in the order of `PARSED`, without `bands`."""
    if isinstance(record, Failure):
        why = ("ingest", record.reason, record.detail, record.payload)
        return (None, source, record.source_id, *[None] * 12, *why)
    doc_id = _digest(record.format, record.text)
    source_id = record.source_id or doc_id
    parsed = parse_text(record.text, record.format, keep_chrome=keep_chrome)
    title = record.title or parsed.title
    described = (record.url, title, record.lang, record.license, record.format)
    if not parsed.text:
        said = f"nothing is left of {len(record.text)} characters of {record.format} but markup and page chrome"
        why = ("parse", NO_TEXT, said, record.text[:_PAYLOAD_CHARS])
        return (doc_id, source, source_id, *described, *[None] * 7, *why)
    content_hash = _digest(parsed.text)
    document = (parsed.text, content_hash, len(parsed.text), parsed.n_chrome, encode(parsed.blocks))
    found = found_in(doc_id, Document(parsed.text, parsed.blocks, title, record.lang, parsed.markup), rules)
    return (doc_id, source, source_id, *described, *document, found, len(found), None, None, None, None)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _in_batches(rows: Iterator[Row], compared: NearDuplicatesOfConfig | None) -> Iterator[pa.RecordBatch]:
    text_at = _ARROW.get_field_index("text")
    held: list[Row] = []
    chars = 0
    for row in rows:
        held.append(row)
        chars += len(row[text_at] or "")
        if chars >= _BATCH_CHARS or len(held) >= _BATCH_ROWS:
            yield _batch(held, compared)
            held, chars = [], 0
    if held:
        yield _batch(held, compared)


def _batch(rows: list[Row], compared: NearDuplicatesOfConfig | None) -> pa.RecordBatch:
    columns = list(zip(*rows, strict=True))
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, list(_ARROW)[:-1], strict=True)]
    # Many texts at once: the signatures of a few short ones would cost more in calls than in work.
    arrays.append(bands_of(columns[_ARROW.get_field_index("text")], compared))
    return pa.RecordBatch.from_arrays(arrays, schema=_ARROW)
