"""Judge pairs: the gates of `etl.gates` that read the texts of candidates, in one Python pass over those texts only."""

from collections.abc import Sequence
from typing import Final

import pandas as pd
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T
from pyspark.sql.pandas.functions import pandas_udf

from etl.config.gates import GatesConfig
from etl.gates.judge import Judge, Looked, PairVerdict, Seen

_VERDICT: Final = T.StructType([T.StructField(name, T.StringType()) for name in PairVerdict._fields])


def judge_pairs(candidates: DataFrame, config: GatesConfig, profile: str) -> DataFrame:
    """Return the candidates with the reason and detail of the gates where they had no reason, and masked texts.

    Columns `instruction`, `response` and `context` of every candidate hold what the configured action leaves of
    personal data and secrets, as long as they were; of one with a reason nothing is left, whatever the action.
    """
    if not any((config.markers, config.harm, config.answer_language, config.secrets, config.pii)):
        return candidates
    judge = Judge(config, profile)

    def verdicts(  # noqa: PLR0917 - one argument a column
        instructions: pd.Series,
        responses: pd.Series,
        contexts: pd.Series,
        families: pd.Series,
        langs: pd.Series,
        reasons: pd.Series,
    ) -> pd.DataFrame:
        looked = [Looked(*row) for row in zip(instructions, responses, contexts, langs, strict=True)]
        rows = zip(looked, judge.look(looked), families, reasons, strict=True)
        return pd.DataFrame([_verdict(judge, *row) for row in rows], columns=[*PairVerdict._fields])

    # Only these columns cross over to Python; a struct crosses back, and its fields are read from one evaluation.
    judge_texts = pandas_udf(verdicts, _VERDICT)  # type: ignore[call-overload]
    verdict = judge_texts("instruction", "response", "context", "family", "lang", "reason")
    judged = candidates.withColumn("verdict", verdict)
    # What is not changed does not cross back.
    kept = {name: F.coalesce(f"verdict.{name}", name) for name in ("instruction", "response", "context")}
    said = {name: F.col(f"verdict.{name}") for name in ("reason", "detail")}
    return judged.withColumns({**said, **kept}).drop("verdict")


def _verdict(judge: Judge, pair: Looked, seen: Seen, family: str | None, reason: str | None) -> Sequence[str | None]:
    """Return a verdict, its texts null where they are as they were."""
    instruction, response, context, lang = pair
    if instruction is None or response is None or reason is not None:
        hidden = None if context is None else judge.masked(context, seen)
        return reason, None, judge.masked(instruction or "", seen), judge.masked(response or "", seen), hidden
    said = judge.pair(instruction, response, family, context, lang, seen=seen)
    texts = zip(said[2:], (instruction, response, context), strict=True)
    return said.reason, said.detail, *(after if after is not before else None for after, before in texts)
