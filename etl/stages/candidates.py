"""Candidates: what pairs have in common before they are judged, whoever made them: rules, templates, models, sets."""

import hashlib
from typing import Final

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

from etl.stages.expressions import count_words

SPANS_ARROW: Final = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))
SPANS: Final = T.ArrayType(
    T.StructType([T.StructField("start", T.IntegerType()), T.StructField("end", T.IntegerType())])
)
# What not every way to make a pair has something to say of; it is null where nothing is said.
_OPTIONAL: Final = {
    "doc_id": "string",
    "template_id": "string",
    "fillers": "array<string>",
    "model_id": "string",
    "votes": "int",
    "accepted": "boolean",
    "refused": "string",
}
# Twice as long an answer is one degree more complex; answers of up to this many words are of degree 1.
_SIMPLE_WORDS: Final = 16


def content_id(*parts: str) -> str:
    """Return an id of 32 hex digits that depends on the given texts only."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def as_candidates(made: DataFrame) -> DataFrame:
    """Return pairs with what is missing of the columns of a candidate: those of the pairs table but `run_id`.

    Also `refused`, why a find is no pair, or null. Columns that are nobody's but the maker's are null where absent;
    `n_tokens` counts request and answer, `complexity` is a degree from 1 up.
    """
    absent = {name: F.lit(None).cast(kind) for name, kind in _OPTIONAL.items() if name not in made.columns}
    words = count_words(F.col("response"))
    return made.withColumns(
        {
            **absent,
            "n_tokens": count_words(F.col("instruction")) + words,
            "complexity": (F.lit(1) + F.floor(F.log2(F.greatest(words / _SIMPLE_WORDS, F.lit(1.0))))).cast("int"),
        }
    )
