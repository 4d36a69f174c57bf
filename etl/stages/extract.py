"""Extract: the rules read the blocks of each document and yield candidate pairs, each with its evidence.

`found_in` is called by the parse, while the blocks of a document are in memory: to write them down and read them
again would cost as much as the rules do. `extract` makes rows of what was found.
"""

import hashlib
from collections.abc import Sequence
from typing import Any, Final

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

from etl.rules.base import Document, Pair, Rule
from etl.rules.families import METHOD_OF_RULE
from etl.rules.grounding import grounding
from etl.rules.ledger import find_pairs
from etl.stages.expressions import count_words

_SPANS: Final = T.ArrayType(
    T.StructType([T.StructField("start", T.IntegerType()), T.StructField("end", T.IntegerType())])
)
_COLUMNS: Final[dict[str, tuple[pa.DataType, T.DataType]]] = {
    "pair_id": (pa.string(), T.StringType()),
    "method": (pa.string(), T.StringType()),
    "rule": (pa.string(), T.StringType()),
    "rule_version": (pa.string(), T.StringType()),
    "family": (pa.string(), T.StringType()),
    "instruction": (pa.string(), T.StringType()),
    "response": (pa.string(), T.StringType()),
    "context": (pa.string(), T.StringType()),
    "evidence": (pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())])), _SPANS),
    "grounding": (pa.float64(), T.DoubleType()),
    "votes": (pa.int32(), T.IntegerType()),
    "accepted": (pa.bool_(), T.BooleanType()),
    "refused": (pa.string(), T.StringType()),
}
# The candidates of one document, as one column of its row.
FOUND_ARROW: Final = pa.list_(pa.struct([(name, arrow) for name, (arrow, _) in _COLUMNS.items()]))
FOUND: Final = T.ArrayType(T.StructType([T.StructField(name, spark) for name, (_, spark) in _COLUMNS.items()]))
# Twice as long an answer is one degree more complex; answers of up to this many words are of degree 1.
_SIMPLE_WORDS: Final = 16


def found_in(doc_id: str, document: Document, rules: Sequence[Rule]) -> list[dict[str, Any]]:
    """Return the candidate pairs of one document, rule by rule, with the fields of `FOUND`.

    A pair whose evidence an earlier rule has sold comes too; `refused` says so.
    """
    return [
        {
            "pair_id": pair_id(doc_id, rule, ordinal, pair),
            "method": METHOD_OF_RULE[rule.name],
            "rule": rule.name,
            "rule_version": rule.version,
            "family": pair.family,
            "instruction": pair.instruction,
            "response": pair.response,
            "context": pair.context or None,
            "evidence": [{"start": span.start, "end": span.end} for span in pair.evidence],
            "grounding": grounding(pair.response, document.text, pair.evidence),
            "votes": pair.votes,
            "accepted": pair.accepted,
            "refused": reason,
        }
        for rule, ordinal, pair, reason in find_pairs(document, rules)
    ]


def pair_id(doc_id: str, rule: Rule, ordinal: int, pair: Pair) -> str:
    """Return the id of a pair: 32 hex digits that depend on its document, rule and content only."""
    parts = (doc_id, rule.name, rule.version, str(ordinal), pair.instruction, pair.response)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def extract(documents: DataFrame) -> DataFrame:
    """Return the candidate pairs that were found in the documents.

    Columns: those of the pairs table but `run_id`; and `refused`, why a rule's find is no pair, or null.
    """
    found = documents.select("doc_id", "source", "source_id", "lang", "license", F.explode("found").alias("pair"))
    candidates = found.select("doc_id", "source", "source_id", "lang", "license", "pair.*")
    return measured(
        candidates.withColumns(
            {
                "response_source": F.lit("span"),
                "template_id": F.lit(None).cast("string"),
                "fillers": F.lit(None).cast("array<string>"),
                "model_id": F.lit(None).cast("string"),
            }
        )
    )


def measured(candidates: DataFrame) -> DataFrame:
    """Return candidates with `n_tokens`, of request and answer, and `complexity`, a degree from 1 up."""
    words = count_words(F.col("response"))
    return candidates.withColumns(
        {
            "n_tokens": count_words(F.col("instruction")) + words,
            "complexity": (F.lit(1) + F.floor(F.log2(F.greatest(words / _SIMPLE_WORDS, F.lit(1.0))))).cast("int"),
        }
    )
