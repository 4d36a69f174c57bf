"""Semantic duplicates: of pairs that mean the same, or whose instructions do, the longest stays; the others name it.

Those are compared that could be the same: of one language, with the same context and the same numbers. To a model
"in 3 steps" and "in 4 steps" mean almost the same, and so does a sentence in two languages. Where there are very many
of one kind they are compared within clusters, as in SemDeDup (Abbas et al. 2023), and with those just outside.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from etl.config.semantics import Compared, SemanticDuplicatesConfig
from etl.matching.whole import cosine, least_product, unpacked
from etl.stages.batches import Batches
from etl.stages.expressions import hash_id
from etl.stages.groups import keep_first
from etl.stages.semantic_blocks import END, Clusters, find_edges
from etl.stages.text_vectors import MAX_CENTRES, find_centres, text_key, texts_of

SEMANTIC_DUPLICATE: Final = "semantic_duplicate"

# So many are compared whole, and clusters are about as large: a second of one core.
_CLUSTER: Final = 4096
_FOUND: Final = "key string, kept_key string, n_group int, similarity double"
_FOUND_ARROW: Final = pa.schema(
    [("key", pa.string()), ("kept_key", pa.string()), ("n_group", pa.int32()), ("similarity", pa.float64())]
)


def find_semantic_duplicates(
    pairs: DataFrame, vectors: DataFrame, config: SemanticDuplicatesConfig, seed: int, cluster: int = _CLUSTER
) -> DataFrame:
    """Return `pair_id, reason, detail` of the pairs that go.

    A pair belongs to a group when it is alike to any member, so two of a group may differ more: `detail` tells how
    alike it is to the pair that stays. What is compared is the whole pair, or its instruction alone.

    Args:
        pairs: Admitted pairs.
        vectors: What `vectors_of_texts` made of these, and maybe of more.
        config: What is compared, and from when on it is alike.
        seed: Salt of the sample that clusters are made of.
        cluster: How many requests are compared whole.
    """
    same = Window.partitionBy("request").orderBy(F.desc("n_chars"), "source", "key")
    placed = _texts(pairs, config.compare).withColumns(
        {"first": F.first(F.struct(*END)).over(same), "place": F.row_number().over(same)}
    )
    repeated = placed.filter(F.col("place") > 1).select(
        *[F.col(name).alias(f"left_{name}") for name in END],
        *[F.col(f"first.{name}").alias(f"right_{name}") for name in END],
    )
    requests = placed.filter(F.col("place") == 1).drop("first", "place")
    sizes = requests.groupBy("kind").agg(F.count("*").alias("size")).filter(F.col("size") > 1)
    compared = requests.join(sizes, on="kind", how="inner").join(
        vectors.select(F.col("key").alias("vector_key"), "vector"), on="vector_key", how="inner"
    )
    edges = find_edges(compared, _clusters(sizes, vectors, seed, cluster), least_product(config.threshold))
    vectors = pairs.select("pair_id", text_key(config.compare).alias("key")).join(vectors, on="key", how="inner")
    found = _with_similarity(keep_first(repeated.unionByName(edges)), vectors)
    told = F.format_string("means the same as pair %s, similarity %.3f, one of %d", "kept_key", "similarity", "n_group")
    return found.select(F.col("key").alias("pair_id"), F.lit(SEMANTIC_DUPLICATE).alias("reason"), told.alias("detail"))


def _texts(pairs: DataFrame, compared: Compared) -> DataFrame:
    """Return what is compared of each pair, and what says which stays."""
    texts = texts_of(compared)
    numbers = F.array_join(F.array_sort(F.regexp_extract_all(F.concat_ws(" ", *texts), F.lit(r"(\p{Nd}+)"))), " ")
    lengths = [F.length(F.coalesce(F.col(text), F.lit(""))) for text in ("context", "instruction", "response")]
    return pairs.select(
        hash_id(F.col("lang"), F.col("context"), numbers).alias("kind"),
        hash_id(F.col("lang"), F.col("context"), *texts).alias("request"),
        text_key(compared).alias("vector_key"),
        F.col("pair_id").alias("key"),
        "source",
        sum(lengths, F.lit(0)).cast("int").alias("n_chars"),
    )


def _clusters(sizes: DataFrame, vectors: DataFrame, seed: int, size: int) -> Clusters:
    """Return the clusters that large kinds are cut in; none where no kind is large."""
    large = sizes.filter(F.col("size") > size).agg(F.sum("size")).first()
    n = int((large and large[0]) or 0)
    if not n:
        return Clusters(np.zeros((0, 0), np.float32), size)
    return Clusters(find_centres(vectors, min(MAX_CENTRES, -(-n // size)), seed), size)


def _with_similarity(found: DataFrame, owned: DataFrame) -> DataFrame:
    for end, key in (("left", "key"), ("right", "kept_key")):
        of_end = owned.select(F.col("pair_id").alias(key), F.col("vector").alias(end))
        found = found.join(of_end, on=key, how="inner")
    return found.select("key", "kept_key", "n_group", "left", "right").mapInArrow(_compare, _FOUND)


def _compare(batches: Batches) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        left, right = (unpacked(batch.column(end).to_pylist()) for end in ("left", "right"))
        similarities = cosine(np.einsum("ij,ij->i", left, right))
        columns = [batch.column(name).cast(_FOUND_ARROW.field(name).type) for name in ("key", "kept_key", "n_group")]
        yield pa.RecordBatch.from_arrays([*columns, pa.array(similarities)], schema=_FOUND_ARROW)
