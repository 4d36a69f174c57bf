"""Export as MDS: every task writes its own shards, so the driver holds their names only."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import pyarrow as pa
from pyspark import TaskContext
from pyspark.sql import DataFrame
from pyspark.sql import types as T

from etl.exports.mds_format import INDEX, INTEGER, NESTED, NUMBER, TEXT, TRUTH, Encoding, Shard, ShardWriter, index_text
from etl.storage import write_bytes, write_text

_SPLIT: Final = "split"
_WRITTEN: Final = pa.schema(
    [("folder", pa.string()), ("name", pa.string()), ("bytes", pa.int64()), ("samples", pa.int64())]
)


def export_mds(rows: DataFrame, out: str) -> None:
    """Write rows as MDS: a folder for each split, or one where the rows have none, each with its ``index.json``.

    Args:
        rows: What to write; texts, numbers and truth values as such, anything else as JSON, dates as texts.
        out: A folder, or a URI of one, that workers can write.
    """
    columns = {field.name: _encoding(field.dataType) for field in rows.schema.fields}
    written = rows.mapInArrow(_worker(columns, out), "folder string, name string, bytes long, samples long")
    folders: dict[str, list[tuple[str, int, int]]] = {}
    for row in sorted(written.collect()):
        folders.setdefault(row["folder"], []).append((row["name"], row["bytes"], row["samples"]))
    for folder, shards in (folders or {"": []}).items():
        write_text(_join(out, folder, INDEX), index_text(columns, shards))


def _encoding(kind: T.DataType) -> Encoding:
    if isinstance(kind, T.StringType | T.DateType | T.TimestampType):
        return TEXT
    if isinstance(kind, T.IntegralType):
        return INTEGER
    if isinstance(kind, T.FractionalType):
        return NUMBER
    return TRUTH if isinstance(kind, T.BooleanType) else NESTED


def _worker(
    columns: Mapping[str, Encoding], out: str
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    # Encodings hold functions, which do not travel; their names do.
    names = {name: encoding.name for name, encoding in columns.items()}

    def write_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        known = {each.name: each for each in (TEXT, INTEGER, NUMBER, TRUTH, NESTED)}
        encodings = {name: known[encoding] for name, encoding in names.items()}
        context = TaskContext.get()
        partition = context.partitionId() if context is not None else 0
        writers: dict[str, ShardWriter] = {}
        numbers: dict[str, int] = {}

        def write(folder: str, shard: Shard) -> pa.RecordBatch:
            number = numbers.get(folder, 0)
            numbers[folder] = number + 1
            # Named by partition, so a task that is done again writes the same files.
            name = f"shard.{partition:05}.{number:05}.mds"
            write_bytes(_join(out, folder, name), shard.data)
            return pa.RecordBatch.from_pydict(
                {"folder": [folder], "name": [name], "bytes": [len(shard.data)], "samples": [shard.samples]}, _WRITTEN
            )

        for batch in batches:
            for row in batch.to_pylist():
                folder = row.get(_SPLIT) or ""
                writer = writers.setdefault(folder, ShardWriter(encodings))
                full = writer.add(row)
                if full is not None:
                    yield write(folder, full)
        for folder, writer in writers.items():
            last = writer.finish()
            if last is not None:
                yield write(folder, last)

    return write_batches


def _join(*parts: str) -> str:
    return "/".join(part.rstrip("/") for part in parts if part)
