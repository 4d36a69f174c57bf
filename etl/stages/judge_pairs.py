"""Judge pairs: the gates of `etl.gates` that read the texts of candidates, in one Python pass."""

from collections.abc import Iterator
from typing import Final

import pyarrow as pa
from pyspark.sql import DataFrame

from etl.config.gates import GatesConfig
from etl.gates.judge import Judge, Looked, PairVerdict, Seen
from etl.stages.batches import Batches

_READ: Final = ("instruction", "response", "context", "lang", "family", "reason")


def judge_pairs(candidates: DataFrame, config: GatesConfig, profile: str) -> DataFrame:
    """Return the candidates with the reason and detail of the gates where they had no reason, and masked texts.

    Columns `instruction`, `response` and `context` of every candidate hold what the configured action leaves of
    personal data and secrets, as long as they were; of one with a reason nothing is left, whatever the action.
    """
    if not any((config.markers, config.harm, config.answer_language, config.secrets, config.pii)):
        return candidates
    judge = Judge(config, profile)

    # Whole rows cross over: batches are handed on as they are but for what changes, which costs less than to take the
    # texts out of their rows and join the verdicts to them.
    def judged(batches: Batches) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield _judge_batch(batch, judge)

    return candidates.mapInArrow(judged, candidates.schema)


def _judge_batch(batch: pa.RecordBatch, judge: Judge) -> pa.RecordBatch:
    *texts, languages, families, reasons = (batch.column(name).to_pylist() for name in _READ)
    looked = [Looked(*row) for row in zip(*texts, languages, strict=True)]
    rows = zip(looked, judge.look(looked), families, reasons, strict=True)
    verdicts = {number: said for number, row in enumerate(rows) if (said := _verdict(judge, *row)) is not None}
    if not verdicts:
        return batch
    columns = []
    for field, column in zip(batch.schema, batch.columns, strict=True):
        if field.name in PairVerdict._fields:
            values = column.to_pylist()
            for number, said in verdicts.items():
                values[number] = getattr(said, field.name)
            column = pa.array(values, field.type)  # noqa: PLW2901 - the column as it is from here on
        columns.append(column)
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


def _verdict(judge: Judge, pair: Looked, seen: Seen, family: str | None, reason: str | None) -> PairVerdict | None:
    """Return what the gates say of a pair, or None where there is nothing to say or to change."""
    instruction, response, context, lang = pair
    if instruction is None or response is None or reason is not None:
        hidden = None if context is None else judge.masked(context, seen)
        return PairVerdict(
            reason, None, judge.masked(instruction or "", seen), judge.masked(response or "", seen), hidden
        )
    if not (seen.may_hold or seen.may_harm or judge.config.answer_language):
        return None
    said = judge.pair(instruction, response, family, context, lang, seen=seen)
    return None if said == (None, None, instruction, response, context) else said
