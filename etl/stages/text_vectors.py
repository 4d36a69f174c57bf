"""Vectors of instructions, or of whole pairs: each different text is embedded once, whatever asks for its vector."""

from collections.abc import Iterator
from typing import Final

import pyarrow as pa
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from etl.config.semantics import Compared
from etl.matching.clusters import centres_of
from etl.matching.pooling import Matrix
from etl.matching.whole import packed, unpacked, whole
from etl.stages.batches import Batches, Worker
from etl.stages.expressions import HASHES, draw, hash_id
from udfs.devices import use_own_device
from udfs.models.base import ModelSpec
from udfs.models.loading import load_embedder

# Texts of a task. A model's last digits depend on what it reads at once, so this must not depend on the cores.
_TEXTS: Final = 512
# So many vectors a centre are looked at, and no fewer than that, chosen by hash; and so many centres are found at most.
_SAMPLED, _SAMPLED_LEAST = 64, 16_384
MAX_CENTRES: Final = 2048
_SCHEMA: Final = "key string, vector binary"
_ARROW: Final = pa.schema([("key", pa.string()), ("vector", pa.binary())])


def texts_of(compared: Compared) -> list[Column]:
    """Return the texts of a pair that its vector is of."""
    return [F.col(name) for name in (("instruction", "response") if compared == "pair" else ("instruction",))]


def text_key(compared: Compared = "instruction") -> Column:
    """Return by what the vector of a pair is found."""
    return hash_id(*texts_of(compared))


def vectors_of_texts(pairs: DataFrame, embedder: ModelSpec, compared: Compared = "instruction") -> DataFrame:
    """Return `key, vector` of each different text: its hash, and its vector in whole numbers, as bytes."""
    text = F.concat_ws("\n\n", *texts_of(compared))
    texts = pairs.select(text_key(compared).alias("key"), text.alias("text")).dropDuplicates(["key"])
    n_tasks = max(1, -(-pairs.count() // _TEXTS))
    # Texts of a length stand together, which spares the model padding.
    ordered = texts.repartition(n_tasks, "key").sortWithinPartitions(F.length("text"), "key")
    return ordered.mapInArrow(_embedding(embedder), _SCHEMA)


def find_centres(vectors: DataFrame, count: int, seed: int) -> Matrix:
    """Return the centres of at most `count` clusters of the vectors.

    They are found on a sample by hash: the same one, in the same order, wherever the rows lie.
    """
    place = draw(seed, "centres", F.col("key"))
    share = min(1.0, max(count * _SAMPLED, _SAMPLED_LEAST) / max(1, vectors.count()))
    sample = vectors.filter(place < int(share * HASHES)) if share < 1 else vectors
    rows = sorted(tuple(row) for row in sample.select(place, "key", "vector").collect())
    return centres_of(unpacked(bytes(vector) for _, _, vector in rows), count)


def _embedding(spec: ModelSpec) -> Worker:
    def embed_batches(batches: Batches) -> Iterator[pa.RecordBatch]:
        use_own_device()
        held = list(batches)
        if not held:
            return
        texts = pa.Table.from_batches(held).combine_chunks()
        rows = load_embedder(spec).embed(texts.column("text").to_pylist())
        columns = [texts.column("key").combine_chunks().cast(pa.string()), pa.array(packed(whole(rows)), pa.binary())]
        yield pa.RecordBatch.from_arrays(columns, schema=_ARROW)

    return embed_batches
