"""Near-duplicates: of texts that are almost the same the longest stays; the others are rejects that name it.

Texts that share a band of their signatures (`etl.stages.signatures`) are candidates, and those alone are read again
and compared shingle by shingle. What is alike forms connected groups.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pyarrow as pa
from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from etl.config.duplicates import NearDuplicatesOfConfig, PairNearDuplicatesConfig
from etl.fingerprints.sketches import similarity, sketch_of
from etl.stages.batches import Batches, Worker
from etl.stages.groups import keep_first
from etl.stages.signatures import shingles_of, sign

NEAR_DUPLICATE: Final = "near_duplicate"

_SKETCHES: Final = pa.schema(
    [("key", pa.string()), ("source", pa.string()), ("n_chars", pa.int32()), ("sketch", pa.binary())]
)
_ENDS: Final = [
    (f"{end}_{column}", kind)
    for end in ("left", "right")
    for column, kind in (("key", pa.string()), ("source", pa.string()), ("n_chars", pa.int32()))
]
_EDGES: Final = pa.schema(_ENDS)
_SHINGLE: Final = np.dtype(np.uint32)


def propose_near_duplicates(signed: DataFrame) -> DataFrame:
    """Return `left_key, right_key` of texts that share a band, each two of them once, the smaller key left.

    `signed` has the columns `key` and `bands`.

    Within a band each text is compared with the first and with the one before it, not with all: a million equal
    boilerplate pages are two million comparisons, not half a billion, and still hang together.
    """
    placed = signed.select("key", F.explode("bands").alias("band"))
    here = Window.partitionBy("band").orderBy("key")
    beside = placed.select("key", F.first("key").over(here).alias("first"), F.lag("key").over(here).alias("before"))
    paired = beside.select(F.explode(F.array("first", "before")).alias("left_key"), F.col("key").alias("right_key"))
    return paired.filter(F.col("left_key") < F.col("right_key")).select("left_key", "right_key").distinct()


def find_near_duplicates(texts: DataFrame, proposed: DataFrame, config: NearDuplicatesOfConfig) -> DataFrame:
    """Return `key, kept_key, n_group` of the texts that go: id, id of the one that stays, how many they all are.

    Of a group the longest stays; of equally long ones the first by source, then by id. A text belongs to a group when
    it is alike to any member of it, so the first and the last of a chain of versions may differ more.
    """
    named = proposed.select(F.explode(F.array("left_key", "right_key")).alias("key")).distinct()
    sketched = (
        texts.join(named, on="key", how="left_semi")
        .select("key", "source", "text")
        .mapInArrow(_sketch(config), "key string, source string, n_chars int, sketch binary")
    )
    ends = [
        sketched.select(*[F.col(column).alias(f"{end}_{column}") for column in sketched.columns])
        for end in ("left", "right")
    ]
    compared = proposed.join(ends[0], on="left_key", how="inner").join(ends[1], on="right_key", how="inner")
    columns = [*_EDGES.names, "left_sketch", "right_sketch"]
    kinds = ", ".join(f"{name} {'int' if name.endswith('n_chars') else 'string'}" for name in _EDGES.names)
    return keep_first(compared.select(*columns).mapInArrow(_compare(config), kinds))


def find_near_duplicate_documents(documents: DataFrame, config: NearDuplicatesOfConfig) -> DataFrame:
    """Return the near-duplicates among documents with `bands`, with the columns of `find_duplicates`."""
    signed = documents.select(F.col("doc_id").alias("key"), "bands")
    texts = documents.select(F.col("doc_id").alias("key"), "source", "text")
    found = find_near_duplicates(texts, propose_near_duplicates(signed), config)
    return documents.join(found.withColumnRenamed("key", "doc_id"), on="doc_id", how="inner").select(
        "row_no",
        "n_found",
        F.col("kept_key").alias("first_id"),
        F.lit(NEAR_DUPLICATE).alias("reason"),
        _detail("document").alias("detail"),
    )


def find_near_duplicate_pairs(pairs: DataFrame, config: PairNearDuplicatesConfig) -> DataFrame:
    """Return `pair_id, reason, detail` of the pairs that go."""
    # Two requests of the same words about different texts are different requests.
    asked: Column = F.concat_ws("\n", "context", "instruction")
    text = F.concat_ws("\n", asked, "response") if config.compare == "pair" else asked
    texts = pairs.select(F.col("pair_id").alias("key"), "source", text.alias("text"))
    found = find_near_duplicates(texts, propose_near_duplicates(sign(texts, config)), config)
    return found.select(
        F.col("key").alias("pair_id"), F.lit(NEAR_DUPLICATE).alias("reason"), _detail("pair").alias("detail")
    )


def _detail(what: str) -> Column:
    return F.concat(F.lit(f"almost the same as {what} "), "kept_key", F.lit(", one of "), "n_group")


def _sketch(config: NearDuplicatesOfConfig) -> Worker:
    def sketch_batches(batches: Batches) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            texts = batch.column("text").to_pylist()
            shingles = shingles_of(texts, config)
            columns = [
                batch.column("key").cast(pa.string()),
                batch.column("source").cast(pa.string()),
                pa.array([len(text) for text in texts], pa.int32()),
                pa.array([sketch_of(shingles, number).tobytes() for number in range(len(texts))], pa.binary()),
            ]
            yield pa.RecordBatch.from_arrays(columns, schema=_SKETCHES)

    return sketch_batches


def _compare(config: NearDuplicatesOfConfig) -> Worker:
    def compare_batches(batches: Batches) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            left, right = (
                [np.frombuffer(sketch.as_buffer(), _SHINGLE) for sketch in batch.column(f"{end}_sketch")]
                for end in ("left", "right")
            )
            alike = [similarity(one, other) >= config.jaccard_threshold for one, other in zip(left, right, strict=True)]
            kept = batch.select(_EDGES.names).filter(pa.array(alike, pa.bool_()))
            yield pa.RecordBatch.from_arrays(
                [kept.column(field.name).cast(field.type) for field in _EDGES], schema=_EDGES
            )

    return compare_batches
