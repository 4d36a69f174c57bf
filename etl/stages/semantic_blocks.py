"""Semantic blocks: which requests a worker compares with which, and what it finds among them."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame

from etl.matching.alike import groups_of
from etl.matching.clusters import nearest
from etl.matching.pooling import Matrix
from etl.matching.whole import unpacked
from etl.stages.batches import Batches, Worker

# Two that are alike may be on both sides of a border: each request is compared in so many clusters. With 2 of them
# 0.987 of the pairs were found: tests/benchmarks/semantic_duplicates.py.
_PROBES: Final = 3
_END: Final = (("key", pa.string()), ("source", pa.string()), ("n_chars", pa.int32()))
END: Final = [name for name, _ in _END]
_PLACED: Final = pa.schema([("block", pa.string()), ("owned", pa.bool_()), *_END, ("vector", pa.binary())])
_PLACED_SQL: Final = "block string, owned boolean, key string, source string, n_chars int, vector binary"
_EDGES: Final = pa.schema([(f"{end}_{name}", kind) for end in ("left", "right") for name, kind in _END])
_EDGES_SQL: Final = ", ".join(f"{end}_key string, {end}_source string, {end}_n_chars int" for end in ("left", "right"))


class Clusters(NamedTuple):
    """Centres of clusters, and up to which size a kind of requests is compared whole, without them."""

    centres: Matrix
    size: int


def find_edges(requests: DataFrame, clusters: Clusters, least: float) -> DataFrame:
    """Return edges between requests that are alike: each with the first of its group, by key, within a block.

    Args:
        requests: `kind, size, key, source, n_chars, vector`: only those of one kind are compared, and `size` says how
            many these are.
        clusters: What large kinds are cut in.
        least: Product of two vectors from which on they are alike.
    """
    placed = requests.select("kind", "size", *END, "vector").mapInArrow(_placing(clusters), _PLACED_SQL)
    together = placed.repartition("block").sortWithinPartitions("block", "key")
    return together.mapInArrow(_linking(least), _EDGES_SQL)


def _placing(clusters: Clusters) -> Worker:
    """Return what gives a request a row for each block it is compared in: at home in one, a guest in others."""

    def place_batches(batches: Batches) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            is_large = np.asarray(batch.column("size")) > clusters.size
            small, large = np.flatnonzero(~is_large), np.flatnonzero(is_large)
            rows, numbers, owned = [small], [np.full(len(small), -1)], [np.ones(len(small), bool)]
            if len(large):
                vectors = unpacked(batch.column("vector").take(pa.array(large)).to_pylist())
                for place, near in enumerate(nearest(vectors, clusters.centres, _PROBES).T):
                    rows.append(large)
                    numbers.append(near)
                    owned.append(np.full(len(large), place == 0))
            taken = batch.take(pa.array(np.concatenate(rows)))
            kinds = taken.column("kind").to_pylist()
            blocks = [f"{kind} {number}" for kind, number in zip(kinds, np.concatenate(numbers), strict=True)]
            columns = [pa.array(blocks, pa.string()), pa.array(np.concatenate(owned))]
            columns += [taken.column(field.name).cast(field.type) for field in list(_PLACED)[len(columns) :]]
            yield pa.RecordBatch.from_arrays(columns, schema=_PLACED)

    return place_batches


def _linking(least: float) -> Worker:
    def link_batches(batches: Batches) -> Iterator[pa.RecordBatch]:
        for rows in _blocks(batches):
            first_of = groups_of(unpacked(rows.column("vector").to_pylist()), np.asarray(rows.column("owned")), least)
            linked = np.flatnonzero(first_of != np.arange(len(first_of)))
            ends = (rows.take(pa.array(linked)), rows.take(pa.array(first_of[linked])))
            columns = [end.column(name).combine_chunks() for end in ends for name in END]
            if len(linked):
                yield pa.RecordBatch.from_arrays(columns, schema=_EDGES)

    return link_batches


def _blocks(batches: Batches) -> Iterator[pa.Table]:
    """Yield the rows of each block, which stand together, if they are two or more."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        if not batch.num_rows:
            continue
        names = np.array(batch.column("block").to_pylist(), dtype=object)
        starts = [0, *(np.flatnonzero(names[1:] != names[:-1]) + 1).tolist(), len(names)]
        for start, end in pairwise(starts):
            part = batch.slice(start, end - start)
            if held and part.column("block")[0] != held[0].column("block")[0]:
                yield from _whole_block(held)
                held = []
            held.append(part)
    yield from _whole_block(held)


def _whole_block(held: list[pa.RecordBatch]) -> Iterator[pa.Table]:
    if sum(part.num_rows for part in held) > 1:
        yield pa.Table.from_batches(held)
