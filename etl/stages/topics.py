"""Topics: what instructions are about, as clusters of their vectors. A topic has a number, and no words of its own."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.matching.clusters import nearest
from etl.matching.pooling import Matrix
from etl.matching.whole import cosine, unpacked
from etl.stages.batches import Batches, Worker
from etl.stages.text_vectors import find_centres, text_key

# Of an instruction so much names a topic.
_NAME_CHARS: Final = 60
_PLACED: Final = "key string, topic string, similarity double"
_PLACED_ARROW: Final = pa.schema([("key", pa.string()), ("topic", pa.string()), ("similarity", pa.float64())])


def find_topics(pairs: DataFrame, vectors: DataFrame, count: int, seed: int) -> DataFrame:
    """Return `pair_id, topic, similarity` of each pair: a number of at most `count`, the cosine with its centre.

    Args:
        pairs: The pairs.
        vectors: What `vectors_of_texts` made of these, and maybe of more.
        count: How many topics are told apart.
        seed: Salt of the sample that topics are found on.
    """
    keyed = pairs.select("pair_id", text_key().alias("key"))
    mine = vectors.join(keyed, on="key", how="left_semi")
    centres = find_centres(mine, count, seed)
    placed = mine.select("key", "vector").mapInArrow(_placing(centres, len(str(count))), _PLACED)
    return keyed.join(placed, on="key", how="inner").select("pair_id", "topic", "similarity")


def tally_topics(topics: DataFrame, pairs: DataFrame) -> dict[str | None, int]:
    """Return how many pairs each topic has; its name here is its number and what its most typical pair asks."""
    asked = topics.join(pairs.select("pair_id", "instruction"), on="pair_id", how="inner")
    typical = F.max(F.struct("similarity", F.xxhash64("pair_id"), "instruction"))["instruction"]
    counted = asked.groupBy("topic").agg(F.count("*").alias("n"), typical.alias("typical")).collect()
    return {f"{row['topic']} {_shortened(row['typical'])}": row["n"] for row in counted}


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _NAME_CHARS else f"{line[:_NAME_CHARS]}…"


def _placing(centres: Matrix, digits: int) -> Worker:
    def place_batches(batches: Batches) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            rows = unpacked(batch.column("vector").to_pylist())
            owners = nearest(rows, centres, 1)[:, 0]
            columns = [
                batch.column("key").cast(pa.string()),
                pa.array([f"{number + 1:0{digits}}" for number in owners], pa.string()),
                pa.array(cosine(np.einsum("ij,ij->i", rows, centres[owners]))),
            ]
            yield pa.RecordBatch.from_arrays(columns, schema=_PLACED_ARROW)

    return place_batches
