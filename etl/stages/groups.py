"""Groups of rows that are connected by edges, and the one of each that stays."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from pyspark.sql import DataFrame, Row, Window
from pyspark.sql import functions as F

from etl.fingerprints.groups import connected

# Edges the driver may hold: about 1 GB as Python objects. Beyond, rounds of joins find the groups.
MAX_EDGES: Final = 1_000_000
# A round about halves the longest path, so this many reach along a chain of a million versions.
_ROUNDS: Final = 20
_FOUND: Final = "key string, kept_key string, n_group int"


class _Member(NamedTuple):
    """One row of a group, in the order that says who stays."""

    shortness: int
    source: str
    key: str


def keep_first(edges: DataFrame, max_edges: int = MAX_EDGES) -> DataFrame:
    """Return `key, kept_key, n_group` of all members of connected groups but the one that stays.

    It is the longest; of equally long ones the first by source, then by key.

    Args:
        edges: Two ends each: `left_key, left_source, left_n_chars` and the same with `right_`.
        max_edges: How many edges are collected; where there are more, groups are found by joins.
    """
    collected = edges.limit(max_edges + 1).collect()
    if len(collected) > max_edges:
        return _keep_first_by_joins(edges)
    rows = _rows_that_go(collected)
    return edges.sparkSession.createDataFrame(rows, _FOUND)


def _rows_that_go(edges: Iterable[Row]) -> list[tuple[str, str, int]]:
    members: dict[str, _Member] = {}
    pairs = []
    for left_key, left_source, left_chars, right_key, right_source, right_chars in edges:
        members[left_key] = _Member(-left_chars, left_source, left_key)
        members[right_key] = _Member(-right_chars, right_source, right_key)
        pairs.append((left_key, right_key))
    found = []
    for group in connected(pairs).values():
        kept = min(members[key] for key in group).key
        found += [(key, kept, len(group)) for key in group if key != kept]
    return found


def _keep_first_by_joins(edges: DataFrame) -> DataFrame:
    """Do the same in Spark: alternating large and small stars (Kiveris et al. 2014), until nothing changes.

    In every round each edge points to a smaller member than before. Should the rounds not suffice, a group falls into
    parts, each with one that stays.
    """
    left, right = (
        F.struct((-F.col(f"{end}_n_chars")).alias("shortness"), f"{end}_source", F.col(f"{end}_key").alias("key"))
        for end in ("left", "right")
    )
    fields = "struct<shortness:int,source:string,key:string>"
    pairs = edges.select(left.cast(fields).alias("one"), right.cast(fields).alias("other"))
    before = None
    for _ in range(_ROUNDS):
        # The plan of a round would hold those of all rounds before it, twice each.
        pairs = _small_star(_large_star(pairs)).localCheckpoint()
        state = pairs.agg(F.count("*"), F.bit_xor(F.xxhash64("one", "other"))).first()
        if state == before:
            break
        before = state
    sizes = pairs.groupBy("other").agg((F.count("*") + 1).cast("int").alias("n_group"))
    return pairs.join(sizes, on="other", how="inner").select(
        F.col("one.key").alias("key"), F.col("other.key").alias("kept_key"), "n_group"
    )


def _large_star(pairs: DataFrame) -> DataFrame:
    """Point the larger neighbours of each member to the smallest of all its neighbours and itself."""
    both = pairs.unionByName(pairs.select(F.col("other").alias("one"), F.col("one").alias("other")))
    smallest = F.least("one", F.min("other").over(Window.partitionBy("one")))
    starred = both.select("one", "other", smallest.alias("smallest")).filter(F.col("other") > F.col("one"))
    return starred.select(F.col("other").alias("one"), F.col("smallest").alias("other")).distinct()


def _small_star(pairs: DataFrame) -> DataFrame:
    """Point each member and its smaller neighbours to the smallest of them."""
    downward = pairs.select(F.greatest("one", "other").alias("one"), F.least("one", "other").alias("other"))
    smallest = F.min("other").over(Window.partitionBy("one"))
    starred = downward.select("one", "other", smallest.alias("smallest"))
    ends = starred.select(F.explode(F.array("one", "other")).alias("one"), F.col("smallest").alias("other"))
    return ends.filter(F.col("one") != F.col("other")).distinct()
