"""Import: the rows of existing instruction sets become candidate pairs, or rejects that say why not."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

from etl.config.instruction_sets import InstructionSetConfig
from etl.config.models import InputConfig
from etl.errors import ConfigError
from etl.readers.instruction_sets import pair_or_failure, read_pairs
from etl.readers.record import Failure, Unit
from etl.readers.set_pairs import ImportedPair
from etl.rules.base import Span
from etl.rules.grounding import grounding
from etl.stages.batches import Batches, Worker, in_batches
from etl.stages.candidates import SPANS, as_candidates, content_id
from etl.stages.ingest import file_units
from etl.stages.union import union

IMPORTED: Final = "imported"
_VERSION: Final = "1"
_NAMES: Final = (
    "pair_id", "source", "source_id", "instruction", "response", "context", "grounding", "lang", "license",
    "stage", "reason", "detail", "payload", "family", "response_source",
)  # fmt: skip
_ARROW: Final = pa.schema([(name, pa.float64() if name == "grounding" else pa.string()) for name in _NAMES])
_SCHEMA: Final = T.StructType(
    [T.StructField(name, T.DoubleType() if name == "grounding" else T.StringType()) for name in _NAMES]
)
_WHY: Final = ("stage", "reason", "detail", "payload")
_BATCH_ROWS: Final = 1_000

Row = tuple[Any, ...]


def import_sets(
    spark: SparkSession,
    config: InputConfig,
    files: Sequence[tuple[int, Unit]],
    tables: Mapping[int, DataFrame],
    *,
    cores: int,
    limit: int | None,
) -> DataFrame:
    """Return a row for every row of every set: a candidate pair, or a reject with its stage and reason.

    Args:
        spark: The session.
        config: The sets.
        files: The units of sets in files, each with the number of its set.
        tables: The rows of Delta sets, by the number of the set.
        cores: How many tasks run at once.
        limit: At most so many rows a set; None for all.

    Returns:
        Columns: those of `as_candidates`, and `stage, reason, detail, payload`, null for pairs.
    """
    sets, max_chars = tuple(config.instruction_sets), config.max_chars
    frames = [
        _chosen(table, number, sets[number], limit).mapInArrow(_of_rows(sets[number], max_chars), _SCHEMA)
        for number, table in sorted(tables.items())
    ]
    if files:
        units = file_units(spark, files, cores, ordered=limit is not None)
        frames.append(units.mapInArrow(_of_units(sets, max_chars, limit), _SCHEMA))
    return as_candidates(
        union(frames).withColumns(
            {
                "method": F.lit(IMPORTED),
                "rule": F.lit(IMPORTED),
                "rule_version": F.lit(_VERSION),
                "evidence": F.array().cast(SPANS),
            }
        )
    )


def imported_pairs(imported: DataFrame) -> DataFrame:
    """Return the candidates of the sets, with the columns of `as_candidates`."""
    return imported.filter(F.col("reason").isNull()).drop(*_WHY)


def _chosen(table: DataFrame, number: int, config: InstructionSetConfig, limit: int | None) -> DataFrame:
    known = [column for column in config.columns if column in table.columns]
    if not known:
        raise ConfigError(
            f"input.instruction_sets.{number}: the table has none of {', '.join(config.columns)}; "
            f"it has {', '.join(sorted(table.columns))}"
        )
    rows = table.select(*["`" + column.replace("`", "``") + "`" for column in known])
    return rows if limit is None else rows.orderBy(F.xxhash64(*rows.columns)).limit(limit)


def _of_units(sets: Sequence[InstructionSetConfig], max_chars: int, limit: int | None) -> Worker:
    def read_batches(batches: Batches) -> Iterator[pa.RecordBatch]:
        taken = [0] * len(sets)

        def rows() -> Iterator[Row]:
            for batch in batches:
                for each in batch.to_pylist():
                    number = each["source_no"]
                    unit = Unit(each["path"], each["name"], each["start"], each["end"])
                    for found in read_pairs(unit, sets[number], max_chars):
                        if limit is not None and taken[number] >= limit:
                            break
                        taken[number] += 1
                        yield _row(found, sets[number])

        return _in_batches(rows())

    return read_batches


def _of_rows(config: InstructionSetConfig, max_chars: int) -> Worker:
    def read_batches(batches: Batches) -> Iterator[pa.RecordBatch]:
        return _in_batches(
            # A row of a table has no place: an id it does not bring along is that of its content.
            _row(pair_or_failure(values, config, max_chars, ""), config)
            for batch in batches
            for values in batch.to_pylist()
        )

    return read_batches


def _row(found: ImportedPair | Failure, config: InstructionSetConfig) -> Row:
    if isinstance(found, Failure):
        why = ("ingest", found.reason, found.detail, found.payload)
        return (None, config.name, found.source_id, *[None] * 6, *why, None, None)
    parts = (config.name, found.source_id, found.context or "", found.instruction, found.response)
    pair_id = content_id(IMPORTED, *parts)
    context = found.context or ""
    # What a pair without a document can be grounded in is the text it brings along.
    grounded = grounding(found.response, context, [Span(0, len(context))]) if context else 0.0
    texts = (found.instruction, found.response, found.context, grounded, found.lang, found.license)
    own = (config.family, config.response_source)
    return (pair_id, config.name, found.source_id or pair_id, *texts, None, None, None, None, *own)


def _in_batches(rows: Iterator[Row]) -> Iterator[pa.RecordBatch]:
    return map(_batch, in_batches(rows, _chars_of, _BATCH_ROWS))


def _chars_of(row: Row) -> int:
    return sum(len(value) for value in row if isinstance(value, str))


def _batch(rows: list[Row]) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, _ARROW, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=_ARROW)
