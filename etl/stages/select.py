"""Select: which candidates become pairs. Every other one keeps its reason."""

from typing import Final, NamedTuple

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from etl.config.gates import CopiesGate
from etl.config.models import SelectConfig
from etl.stages.expressions import count_words, has_chat_token, hash_id
from etl.stages.judge_pairs import judge_pairs

EXACT_DUPLICATE: Final = "exact_duplicate"
RESPONSE_REUSED: Final = "response_reused"


class Gate(NamedTuple):
    """One reason to turn a candidate down."""

    reason: str
    applies: Column
    profiles: tuple[str, ...] = ("pretrain", "strict")


def gates(copies: CopiesGate | None = None) -> list[Gate]:
    """Return the structural gates in the order they are tried; the first that applies gives the reason."""
    instruction, response = F.col("instruction"), F.col("response")
    # What was imported, or stands in a knowledge base, brings no document along in which it could be grounded; what a
    # model wrote is in its own words, and its recipe has seen to it that the passage supports them.
    mined = ~F.col("method").isin("imported", "generation") & (F.col("response_source") == "span")
    strict = ("strict",)
    return [
        Gate("empty_instruction", F.length(F.trim(instruction)) == 0),
        Gate("empty_response", F.length(F.trim(response)) == 0),
        Gate("chat_token", has_chat_token(instruction) | has_chat_token(response) | has_chat_token(F.col("context"))),
        Gate("no_letters", ~instruction.rlike(r"[\p{L}\p{N}]") | ~response.rlike(r"[\p{L}\p{N}]")),
        Gate("response_repeats_instruction", F.lower(F.trim(instruction)) == F.lower(F.trim(response))),
        Gate("no_evidence", mined & (F.size("evidence") == 0)),
        Gate("ungrounded", mined & (F.col("grounding") < 0.5)),
        Gate("instruction_too_long", F.length(instruction) > 4000),
        Gate("response_too_short", count_words(response) < 3, strict),
        Gate("weakly_grounded", mined & (F.col("grounding") < 0.8), strict),
        Gate("instruction_too_long", F.length(instruction) > 500, strict),
        *(_copies(copies) if copies else ()),
    ]


def _may_not_copy() -> Column:
    # A reading task asks for what stands in its text, and a template may ask to put in order what it names: request
    # and answer share words by design.
    return ~F.col("method").isin("reading_comprehension", "template")


def _copies(config: CopiesGate) -> tuple[Gate, Gate]:
    """Return the gates for a request that makes up most of its answer, and an answer that stands in its request."""
    instruction, response = F.lower(F.trim("instruction")), F.lower(F.trim("response"))
    asked, answered = F.length(instruction), F.length(response)
    copied = (
        _may_not_copy()
        & (asked >= config.min_chars)
        & response.contains(instruction)
        & (asked > config.max_share * answered)
    )
    return (
        Gate("response_copies_instruction", copied),
        Gate(
            "instruction_holds_response",
            _may_not_copy() & (answered >= config.min_chars) & instruction.contains(response),
        ),
    )


def select(candidates: DataFrame, config: SelectConfig) -> DataFrame:
    """Return all candidates with `reason` and `detail`, both null for those admitted.

    Of candidates with the same context, instruction and response, white space and case aside, the one with the
    smallest id stays; of those with the same long response as many as `select.gates.copies` allows. Personal data and
    secrets in both texts are masked as configured: each text is as long as it was, so evidence holds.
    """
    reason = F.lit(None).cast("string")
    for gate in reversed(gates(config.gates.copies)):
        if config.profile in gate.profiles:
            reason = F.when(gate.applies, F.lit(gate.reason)).otherwise(reason)
    known = {"reason": F.coalesce(F.col("refused"), reason), "detail": F.lit(None).cast("string")}
    judged = candidates.withColumns(known).drop("refused")
    distinct = _keep_distinct(judge_pairs(judged, config.gates, config.profile))
    return _limit_uses(distinct, config.gates.copies) if config.gates.copies else distinct


def _keep_distinct(judged: DataFrame) -> DataFrame:
    # Candidates that fail a gate must not stand in the way of an equal one that passes: they have keys of their own.
    key = F.when(F.col("reason").isNull(), hash_id(*map(_plain, ("context", "instruction", "response")))).otherwise(
        F.col("pair_id")
    )
    first = Window.partitionBy(key).orderBy("pair_id")
    placed = judged.withColumns({"place": F.row_number().over(first), "first_id": F.first("pair_id").over(first)})
    repeated = F.col("place") > 1
    return placed.withColumns(
        {
            "reason": F.when(repeated, F.lit(EXACT_DUPLICATE)).otherwise(F.col("reason")),
            "detail": F.when(repeated, F.concat(F.lit("same as pair "), "first_id")).otherwise(F.col("detail")),
        }
    ).drop("place", "first_id")


def _limit_uses(distinct: DataFrame, config: CopiesGate) -> DataFrame:
    """Turn down what stands as a long response in more pairs than allowed; those with the smallest ids stay."""
    counted = F.col("reason").isNull() & _may_not_copy() & (F.length("response") >= config.min_chars)
    key = F.when(counted, hash_id(_plain("response"))).otherwise(F.col("pair_id"))
    placed = distinct.withColumn("place", F.row_number().over(Window.partitionBy(key).orderBy("pair_id")))
    beyond = F.col("place") > config.max_uses
    said = f"the same response stands in {config.max_uses} other pairs"
    return placed.withColumns(
        {
            "reason": F.when(beyond, F.lit(RESPONSE_REUSED)).otherwise(F.col("reason")),
            "detail": F.when(beyond, F.lit(said)).otherwise(F.col("detail")),
        }
    ).drop("place")


def _plain(column: str) -> Column:
    return F.lower(F.regexp_replace(F.trim(column), r"\s+", " "))
