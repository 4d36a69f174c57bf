"""Decontaminate: a pair that holds an item of a benchmark is a reject that names the item."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import pyarrow as pa
from pyspark.sql import DataFrame

from etl.benchmarks.index import BenchmarkIndex

BENCHMARK_OVERLAP: Final = "benchmark_overlap"

# Each is searched by itself: what stands in none of them is not trained on.
_FIELDS: Final = ("instruction", "context", "response")
_VERDICTS: Final = pa.schema([("pair_id", pa.string()), ("reason", pa.string()), ("detail", pa.string())])

Batches = Iterable[pa.RecordBatch]


def find_overlaps(pairs: DataFrame, index: BenchmarkIndex) -> DataFrame:
    """Return `pair_id, reason, detail` of the pairs that hold a benchmark item in instruction, context or response.

    The detail names benchmark, row and column of the item, so hits of an item are counted from the rejects.
    """
    return pairs.select("pair_id", *_FIELDS).mapInArrow(_search(index), "pair_id string, reason string, detail string")


def _search(index: BenchmarkIndex) -> Callable[[Batches], Iterator[pa.RecordBatch]]:
    def search_batches(batches: Batches) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            details: list[str | None] = [None] * batch.num_rows
            for field in _FIELDS:
                texts = [text or "" for text in batch.column(field).to_pylist()]
                for number, overlap in enumerate(index.find(texts, is_instruction=field == "instruction")):
                    if overlap is not None and details[number] is None:
                        item = overlap.item
                        details[number] = (
                            f"{item.benchmark}, row {item.row}, {item.column}: "
                            f"{overlap.share:.0%} of its words stand in the {field}"
                        )
            keys = batch.column("pair_id").to_pylist()
            hits = [(key, detail) for key, detail in zip(keys, details, strict=True) if detail is not None]
            if hits:
                ids, told = zip(*hits, strict=True)
                columns = [
                    pa.array(ids, pa.string()),
                    pa.array([BENCHMARK_OVERLAP] * len(ids), pa.string()),
                    pa.array(told, pa.string()),
                ]
                yield pa.RecordBatch.from_arrays(columns, schema=_VERDICTS)

    return search_batches
