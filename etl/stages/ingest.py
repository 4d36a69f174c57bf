"""Ingest: the configured sources become units of input, each a piece of a file or a row of a Delta table.

Nothing is read here but listings; a unit is opened by the worker that parses it, so a corrupt file costs one reject.
"""

import heapq
from collections.abc import Mapping, Sequence
from typing import Final

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

from etl.config.models import InputConfig, SourceConfig
from etl.errors import ConfigError
from etl.readers.record import Unit
from etl.stages.union import union

# One unit a row. `source_no` is the place of its source in the configuration; a unit is either a range of a
# file (`path` to `end`) or a row that was read already (the rest).
UNITS: Final = T.StructType(
    [
        T.StructField("source_no", T.IntegerType(), False),
        T.StructField("path", T.StringType()),
        T.StructField("name", T.StringType()),
        T.StructField("start", T.LongType()),
        T.StructField("end", T.LongType()),
        *[T.StructField(name, T.StringType()) for name in ("text", "id", "url", "title", "lang", "license", "format")],
    ]
)
_TASK_BYTES: Final = 32 * 1024 * 1024
_TASKS_PER_CORE: Final = 4


def ingest(
    spark: SparkSession,
    config: InputConfig,
    files: Sequence[tuple[int, Unit]],
    tables: Mapping[int, DataFrame],
    *,
    cores: int,
    limit: int | None,
) -> DataFrame:
    """Return the units of all sources, with the columns of `UNITS`, spread over partitions by size.

    Args:
        spark: The session.
        config: The sources.
        files: The units of file sources, each with the number of its source.
        tables: The rows of Delta sources, by the number of the source.
        cores: How many tasks run at once.
        limit: At most so many records a source; None for all.

    With a limit, the units of a source come in order and in one partition, so that its first records are the
    same ones every time.
    """
    frames = [_table_rows(table, number, config.sources[number], limit) for number, table in sorted(tables.items())]
    if files:
        frames.insert(0, file_units(spark, files, cores, ordered=limit is not None))
    return union(frames)


def file_units(spark: SparkSession, files: Sequence[tuple[int, Unit]], cores: int, *, ordered: bool) -> DataFrame:
    """Return units of files, with the columns of `UNITS`; those of one source in order and together, or by size."""
    slots = [number for number, _ in files] if ordered else _balanced([unit for _, unit in files], cores)
    rows = [
        (slot, number, unit.path, unit.name, unit.start, unit.end)
        for slot, (number, unit) in zip(slots, files, strict=True)
    ]
    schema = T.StructType([T.StructField("slot", T.LongType(), False), *UNITS.fields[:5]])
    n_slots = max(slots) + 1
    # A range has exactly one number a partition, so each slot is one task and the heaviest starts first.
    tasks = spark.range(0, n_slots, 1, n_slots).withColumnRenamed("id", "slot")
    placed = tasks.join(F.broadcast(spark.createDataFrame(rows, schema)), on="slot", how="inner")
    if ordered:
        placed = placed.sortWithinPartitions("name", "start")
    empty = [F.lit(None).cast("string").alias(field.name) for field in UNITS.fields[5:]]
    return placed.select(*UNITS.fieldNames()[:5], *empty)


def _balanced(units: Sequence[Unit], cores: int) -> list[int]:
    """Return a slot for each unit: as many slots as cores can use, the heaviest units placed first."""
    sizes = [unit.end - unit.start for unit in units]
    n_slots = min(len(units), max(sum(sizes) // _TASK_BYTES, cores * _TASKS_PER_CORE))
    loads = [(0, slot) for slot in range(n_slots)]
    slots = [0] * len(units)
    for place in sorted(range(len(units)), key=lambda at: (-sizes[at], units[at].name, units[at].start)):
        load, slot = heapq.heappop(loads)
        slots[place] = slot
        heapq.heappush(loads, (load + sizes[place], slot))
    return slots


def _table_rows(table: DataFrame, number: int, source: SourceConfig, limit: int | None) -> DataFrame:
    types = {field.name: field.dataType for field in table.schema.fields}
    roles = {
        "text": source.text_col,
        "id": source.id_col,
        "url": source.url_col,
        "title": source.title_col,
        "lang": source.lang_col,
        "license": source.license_col,
        "format": source.format_col,
    }
    columns: list[Column] = []
    for role, name in roles.items():
        if name is None:
            columns.append(F.lit(None).cast("string").alias(role))
            continue
        if name not in types:
            raise ConfigError(
                f"input.sources.{number}: the table has no column {name!r}; it has {', '.join(sorted(types))}"
            )
        if not isinstance(types[name], T.StringType) and (
            role == "text" or not isinstance(types[name], T.IntegralType)
        ):
            raise ConfigError(
                f"input.sources.{number}: column {name!r} is {types[name].simpleString()}; {role} must be a string"
            )
        columns.append(table["`" + name.replace("`", "``") + "`"].cast("string").alias(role))
    rows = table.select(*columns)
    if limit is not None:
        rows = rows.orderBy(F.xxhash64(*rows.columns)).limit(limit)
    nothing = F.lit(None)
    return rows.select(
        F.lit(number).alias("source_no"),
        nothing.cast("string").alias("path"),
        nothing.cast("string").alias("name"),
        nothing.cast("long").alias("start"),
        nothing.cast("long").alias("end"),
        *UNITS.fieldNames()[5:],
    )
