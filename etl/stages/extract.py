"""Extract: the rules read the blocks of each document and yield candidate pairs, each with its evidence.

`found_in` is called by the parse, while the blocks of a document are in memory: to write them down and read them
again would cost as much as the rules do. `extract` makes rows of what was found.
"""

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
from etl.stages.candidates import SPANS, SPANS_ARROW, as_candidates, content_id

_COLUMNS: Final[dict[str, tuple[pa.DataType, T.DataType]]] = {
    "pair_id": (pa.string(), T.StringType()),
    "method": (pa.string(), T.StringType()),
    "rule": (pa.string(), T.StringType()),
    "rule_version": (pa.string(), T.StringType()),
    "family": (pa.string(), T.StringType()),
    "instruction": (pa.string(), T.StringType()),
    "response": (pa.string(), T.StringType()),
    "context": (pa.string(), T.StringType()),
    "evidence": (SPANS_ARROW, SPANS),
    "grounding": (pa.float64(), T.DoubleType()),
    "votes": (pa.int32(), T.IntegerType()),
    "accepted": (pa.bool_(), T.BooleanType()),
    "refused": (pa.string(), T.StringType()),
}
# The candidates of one document, as one column of its row.
FOUND_ARROW: Final = pa.list_(pa.struct([(name, arrow) for name, (arrow, _) in _COLUMNS.items()]))
FOUND: Final = T.ArrayType(T.StructType([T.StructField(name, spark) for name, (_, spark) in _COLUMNS.items()]))


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
    return content_id(doc_id, rule.name, rule.version, str(ordinal), pair.instruction, pair.response)


def extract(documents: DataFrame) -> DataFrame:
    """Return the candidate pairs that were found in the documents, with the columns of `as_candidates`."""
    found = documents.select("doc_id", "source", "source_id", "lang", "license", F.explode("found").alias("pair"))
    candidates = found.select("doc_id", "source", "source_id", "lang", "license", "pair.*")
    return as_candidates(candidates.withColumn("response_source", F.lit("span")))
