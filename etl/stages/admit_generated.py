"""Admit what models made: what a judge says of it, and what the documents' tokens pay for."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import pandas as pd
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.gates.harm import HARMFUL
from etl.matching.budget import Budgeted, WhenOver, over_budget
from etl.recipes.judge import LOW_SCORE, UNJUDGED
from etl.stages.expressions import draw
from etl.stages.generate import STAGE

OVER_BUDGET: Final = "over_budget"
# Credit is carried from document to document within a bucket of the hash, so the cluster's partitions change nothing.
_BUCKETS: Final = 64
# "Instruction:" and "Answer:", as words and signs.
_FORMAT_TOKENS: Final = 4
_REFUSED: Final = "pair_id string, remainder long"


def items_of_generated(generated: DataFrame, documents: DataFrame) -> DataFrame:
    """Return an item for each pair that a model made, with the passage that it was made of."""
    pairs = generated.filter(F.col("reason").isNull()).dropDuplicates(["pair_id"])
    texts = documents.select("doc_id", F.col("text").alias("document"))
    first = F.array_min(F.transform("evidence", lambda span: span["start"]))
    last = F.array_max(F.transform("evidence", lambda span: span["end"]))
    placed = pairs.join(texts, on="doc_id", how="left").withColumns({"from": first, "to": last})
    return placed.select(
        F.col("pair_id").alias("item_id"), "doc_id", "source", "source_id", "lang", "license",
        F.coalesce(F.expr("substring(document, `from` + 1, `to` - `from`)"), F.lit("")).alias("text"),
        F.concat_ws("\n\n", "context", "instruction").alias("instruction"), "response", "evidence",
    )  # fmt: skip


def judged(generated: DataFrame, prompts: DataFrame, verdicts: DataFrame) -> DataFrame:
    """Return what models made with the reason against each pair that a judge found wanting, or did not judge.

    Args:
        generated: The pairs and rejects of the recipes.
        prompts: What the judge was asked.
        verdicts: What `read_answers` makes of its answers.
    """
    said = verdicts.filter(F.col("place") == 0).select(
        "prompt_id", F.lit(1).alias("heard"), F.col("reason").alias("verdict"), F.col("detail").alias("why")
    )
    of_pairs = (
        prompts.select(F.col("item_id").alias("pair_id"), "prompt_id")
        .join(said.dropDuplicates(["prompt_id"]), on="prompt_id", how="left")
        .select("pair_id", "heard", "verdict", "why")
    )
    # A verdict against the pair, not one that is missing.
    wanting = F.col("verdict").isin(LOW_SCORE, HARMFUL)
    refused = F.when(wanting, F.col("verdict")).when(
        F.col("heard").isNull() | F.col("verdict").isNotNull(), F.lit(UNJUDGED)
    )
    detail = F.when(wanting, F.col("why")).otherwise(F.concat_ws(": ", "verdict", "why"))
    return _refuse(generated.join(of_pairs, on="pair_id", how="left"), refused, detail).drop("heard", "verdict", "why")


def beyond_budget(generated: DataFrame, documents: DataFrame, rule: str, when_over: WhenOver, seed: int) -> DataFrame:
    """Return the ids of the pairs of a rule that the tokens of their documents do not pay for.

    Columns: `pair_id`, or null in one row a bucket, which has in `remainder` the credit that is left.
    """
    pairs = generated.filter(F.col("reason").isNull() & (F.col("rule") == rule)).select(
        "doc_id", "pair_id", (F.col("n_tokens") + F.lit(_FORMAT_TOKENS)).alias("tokens")
    )
    given = documents.select("doc_id", F.col("n_tokens").alias("credit"))
    keyed = pairs.join(given, on="doc_id", how="inner").withColumns(
        {
            "bucket": F.pmod(draw(seed, "budget bucket", F.col("doc_id")), F.lit(_BUCKETS)),
            "order": draw(seed, "budget", F.col("pair_id")),
        }
    )
    return keyed.groupBy("bucket").applyInPandas(_spend(when_over), _REFUSED)


def within_budget(generated: DataFrame, beyond: DataFrame) -> DataFrame:
    """Return what models made with the reason against each pair that is beyond its budget."""
    refused = beyond.filter(F.col("pair_id").isNotNull()).select("pair_id", F.lit(1).alias("beyond"))
    reason = F.when(F.col("beyond").isNotNull(), F.lit(OVER_BUDGET))
    joined = generated.join(refused, on="pair_id", how="left")
    return _refuse(joined, reason, F.lit(None).cast("string")).drop("beyond")


def _refuse(generated: DataFrame, reason: Any, detail: Any) -> DataFrame:
    """Return the rows with a reason where there was none and one is given."""
    refused = F.col("reason").isNull() & F.col("pair_id").isNotNull() & F.col("_refused").isNotNull()
    payload = F.concat_ws("\n", "instruction", "response")
    return (
        generated.withColumns({"_refused": reason, "_detail": detail})
        .withColumns(
            {
                "stage": F.when(refused, F.lit(STAGE)).otherwise(F.col("stage")),
                "payload": F.when(refused, payload).otherwise(F.col("payload")),
                "detail": F.when(refused, F.col("_detail")).otherwise(F.col("detail")),
                "reason": F.when(refused, F.col("_refused")).otherwise(F.col("reason")),
            }
        )
        .drop("_refused", "_detail")
    )


def _spend(when_over: WhenOver) -> Callable[[pd.DataFrame], pd.DataFrame]:
    def spend(rows: pd.DataFrame) -> pd.DataFrame:
        ordered = rows.sort_values(["doc_id", "order", "pair_id"])
        refused, left = over_budget(_documents(ordered), when_over)
        return pd.DataFrame({"pair_id": [*refused, None], "remainder": [*([0] * len(refused)), left]})

    return spend


def _documents(rows: pd.DataFrame) -> Iterator[Budgeted]:
    for _, pairs in rows.groupby("doc_id", sort=True):
        listed = zip(pairs["pair_id"].tolist(), pairs["tokens"].tolist(), strict=True)
        yield Budgeted(int(pairs["credit"].iloc[0]), list(listed))
