"""Contradictions: admitted pairs that say of a thing what the knowledge base knows otherwise."""

from collections.abc import Iterator
from typing import Final

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.config.gates import ContradictionGate
from etl.config.knowledge import KNOWLEDGE_BASE
from etl.gates.base import Refusal
from etl.knowledge.claims import Claims, build_claims
from etl.knowledge.models import KnowledgeBase
from etl.stages.batches import Batches, Worker

_READ: Final = ("pair_id", "instruction", "response", "fillers")
_VERDICTS: Final = pa.schema([("pair_id", pa.string()), ("reason", pa.string()), ("detail", pa.string())])
_SPARK: Final = "pair_id string, reason string, detail string"


def find_contradictions(pairs: DataFrame, knowledge: KnowledgeBase, gate: ContradictionGate) -> DataFrame:
    """Return `pair_id, reason, detail` of the pairs that contradict the knowledge base, or tell one side of a conflict.

    The reason is `contradicts_knowledge` where a pair gives a thing another value of a functional fact, and
    `knowledge_conflict` where the knowledge base itself gives two; the detail says both values.

    Args:
        pairs: Pairs with all their columns.
        knowledge: What is known.
        gate: Which pairs are compared.
    """
    if gate.pairs == KNOWLEDGE_BASE:
        pairs = pairs.filter(F.col("response_source") == KNOWLEDGE_BASE)
    claims = build_claims(knowledge)
    # Few pairs speak of a fact at all: the others never cross over to Python.
    asked = F.lit(False)
    if claims.look:
        asked = F.lower(F.concat_ws("\n", "instruction", "response")).rlike(claims.look)
    if claims.in_conflict:
        asked = asked | F.col("fillers").isNotNull()
    return pairs.filter(asked).select(*_READ).mapInArrow(_compare(claims), _SPARK)


def _compare(claims: Claims) -> Worker:
    def compare_batches(batches: Batches) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            rows = batch.to_pylist()
            judged = [(row["pair_id"], _refusal(claims, row)) for row in rows]
            refused = [(key, *refusal) for key, refusal in judged if refusal is not None]
            yield pa.RecordBatch.from_pylist(
                [dict(zip(_VERDICTS.names, each, strict=True)) for each in refused], _VERDICTS
            )

    return compare_batches


def _refusal(claims: Claims, row: dict[str, object]) -> Refusal | None:
    instruction, response = str(row["instruction"] or ""), str(row["response"] or "")
    fillers = row["fillers"]
    made_of = [str(each) for each in fillers] if isinstance(fillers, list) else []
    return claims.refuse_filled(made_of, f"{instruction}\n{response}") or claims.refuse(instruction, response)
