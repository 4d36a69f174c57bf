"""Packs of a mixture: every shard is packed by itself, each split of it apart."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Final

import pyarrow as pa
from pyspark.sql import DataFrame

from etl.errors import ConfigError
from etl.exports.packing import Pack, Piece, pack

_NEEDED: Final = ("split", "row_id", "text", "n_tokens")
_PACKED: Final = pa.schema(
    [
        ("text", pa.string()),
        ("n_tokens", pa.int64()),
        ("row_ids", pa.list_(pa.string())),
        ("starts", pa.list_(pa.int32())),
        ("tokens", pa.list_(pa.int32())),
        ("split", pa.string()),
    ]
)
_KINDS: Final = (
    "text string, n_tokens bigint, row_ids array<string>, starts array<int>, tokens array<int>, split string"
)
# A batch that leaves a worker is large enough to be worth the way, and small enough for its memory.
_BATCH_CHARS: Final = 2_000_000


def in_packs(sharded: DataFrame, context_tokens: int) -> DataFrame:
    """Return packs of the rows, see `etl.exports.packing.pack`: `text, n_tokens, row_ids, starts, tokens, split`.

    Args:
        sharded: Rows of a mixture in shards; within each in the order of their ids.
        context_tokens: Tokens of a pack at most, as the mixture counts them.

    Raises:
        ConfigError: The rows are those of another table.
    """
    missing = [name for name in _NEEDED if name not in sharded.columns]
    if missing:
        raise ConfigError(f"--pack: there is no column {missing[0]}; packed are rows of the table mixture or a twin")
    rows = sharded.select(*_NEEDED).sortWithinPartitions("split", "row_id")
    return rows.mapInArrow(_worker(context_tokens), _KINDS)


def _worker(context_tokens: int) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def pack_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        waiting: list[tuple[Pack, str]] = []
        chars = 0
        for split, rows in groupby(_rows(batches), key=lambda row: row[0]):
            for packed in pack((piece for _, piece in rows), context_tokens):
                waiting.append((packed, split))
                chars += len(packed.text)
                if chars > _BATCH_CHARS:
                    yield _batch(waiting)
                    waiting, chars = [], 0
        if waiting:
            yield _batch(waiting)

    return pack_batches


def _rows(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[str, Piece]]:
    for batch in batches:
        for split, *piece in zip(*(batch.column(name).to_pylist() for name in _NEEDED), strict=True):
            yield split, Piece(*piece)


def _batch(packs: list[tuple[Pack, str]]) -> pa.RecordBatch:
    columns = zip(*((*packed, split) for packed, split in packs), strict=True)
    return pa.RecordBatch.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, _PACKED, strict=True)], schema=_PACKED
    )
