"""Mix: raw documents and pairs become training rows, at the ratio asked for, drawn by hash of their ids."""

from collections.abc import Mapping
from functools import reduce
from typing import Final, NamedTuple

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from etl.config.models import MixtureConfig
from etl.mixture.plan import NOTHING, Cut, Draw, SplitPlan, cut_bucket, cut_rows, plan_split
from etl.mixture.shares import INSTRUCTION, RAW, Taken
from etl.stages.expressions import bucket, draw, hash_id

TRAIN: Final = "train"
PLAIN_LAYOUT: Final = "plain"
CHAT_TOKEN: Final = "chat_token"  # noqa: S105 - a reason, no secret
# A share of a draw is compared in billionths: finer than any corpus can tell.
_SHARE_STEPS: Final = 1_000_000_000


class Plan(NamedTuple):
    """What is drawn, by split; and where each partial draw ends, by stream and split."""

    splits: Mapping[str, SplitPlan]
    cuts: Mapping[tuple[str, str], Cut]

    def draw_of(self, stream: str, split: str) -> Draw:
        """Return the draw of one stream in one split."""
        plan = self.splits[split]
        return plan.raw if stream == RAW else plan.pairs


def offer(documents: DataFrame, pairs: DataFrame, config: MixtureConfig, seed: int) -> DataFrame:
    """Return every row the mixture could take, once: raw documents that hold no chat token, and admitted pairs.

    Columns: those of the mixture table but `row_id` and `run_id`; `key`, the id the row is drawn by; `drawn`, its
    place in the order; and `units`, what the ratio counts.
    """
    raw = documents.filter(~F.col("has_chat_token")).select(
        F.col("doc_id").alias("key"),
        F.lit(RAW).alias("stream"),
        F.col("text"),
        F.col("n_tokens"),
        F.col("n_tokens").alias("raw_tokens"),
        F.lit(0).alias("instruction_tokens"),
        F.lit(None).cast("string").alias("layout"),
        F.col("doc_id"),
        F.lit(None).cast("array<string>").alias("pair_ids"),
        F.col("source"),
        F.col("lang"),
        F.col("license"),
    )
    # One request, one answer, a line break between: no label, no marker, nothing a base model would have to unlearn.
    instruction = pairs.select(
        F.col("pair_id").alias("key"),
        F.lit(INSTRUCTION).alias("stream"),
        F.concat_ws("\n", "context", "instruction", "response").alias("text"),
        F.col("n_tokens"),
        F.lit(0).alias("raw_tokens"),
        F.col("n_tokens").alias("instruction_tokens"),
        F.lit(PLAIN_LAYOUT).alias("layout"),
        F.col("doc_id"),
        F.array("pair_id").alias("pair_ids"),
        F.col("source"),
        F.col("lang"),
        F.col("license"),
    )
    units = {"tokens": F.col("n_tokens"), "rows": F.lit(1), "bytes": F.octet_length("text")}[config.unit]
    return raw.unionByName(instruction).withColumns(
        {
            "split": _split(config.splits, seed),
            "drawn": draw(seed, "mix", F.col("key")),
            "units": units.cast("long"),
        }
    )


def _split(shares: Mapping[str, float], seed: int) -> Column:
    """Return the split of a row: the same one for a document and its pairs."""
    place = F.pmod(draw(seed, "split", F.col("doc_id")), F.lit(_SHARE_STEPS))
    split = F.lit(TRAIN)
    upper = 0
    bounds = []
    for name, share in sorted(shares.items()):
        upper += round(share * _SHARE_STEPS)
        bounds.append((name, upper))
    for name, bound in reversed(bounds):
        split = F.when(place < bound, F.lit(name)).otherwise(split)
    return split


def plan(offered: DataFrame, config: MixtureConfig) -> Plan:
    """Plan the mixture: two small queries, of sums a bucket and of the rows in the buckets where draws end."""
    sums = (
        offered.groupBy("stream", "split", bucket(F.col("drawn")).alias("bucket"))
        .agg(F.sum("units").alias("units"))
        .collect()
    )
    supply: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for row in sums:
        supply.setdefault((row["stream"], row["split"]), []).append((row["bucket"], row["units"]))
    splits = {
        split: plan_split(_total(supply.get((RAW, split))), _total(supply.get((INSTRUCTION, split))), config)
        for split in sorted({TRAIN, *config.splits, *(split for _, split in supply)})
    }
    unfinished = Plan(splits, {})
    ends = {
        (stream, split): cut_bucket(found, unfinished.draw_of(stream, split).target)
        for (stream, split), found in supply.items()
    }
    return Plan(splits, _cuts(offered, {place: end for place, end in ends.items() if end is not None}))


def _total(sums: list[tuple[int, int]] | None) -> int:
    return sum(units for _, units in sums or [])


def _cuts(offered: DataFrame, ends: Mapping[tuple[str, str], tuple[int, int]]) -> dict[tuple[str, str], Cut]:
    if not ends:
        return {}
    conditions = [
        (F.col("stream") == stream) & (F.col("split") == split) & (bucket(F.col("drawn")) == at)
        for (stream, split), (at, _) in ends.items()
    ]
    last = offered.filter(reduce(lambda one, other: one | other, conditions))
    rows: dict[tuple[str, str], list[tuple[int, str, int]]] = {}
    for row in last.select("stream", "split", "drawn", "key", "units").collect():
        rows.setdefault((row["stream"], row["split"]), []).append((row["drawn"], row["key"], row["units"]))
    return {place: cut_rows(rows.get(place, []), left) for place, (_, left) in ends.items()}


def take(offered: DataFrame, planned: Plan) -> DataFrame:
    """Return what is offered with `times`, how often each row is taken; 0 for rows that are not drawn."""
    times = F.lit(0)
    for split in planned.splits:
        for stream in (RAW, INSTRUCTION):
            here = (F.col("stream") == stream) & (F.col("split") == split)
            copies = planned.draw_of(stream, split).copies
            cut = planned.cuts.get((stream, split), NOTHING)
            before = (F.col("drawn") < cut.drawn) | ((F.col("drawn") == cut.drawn) & (F.col("key") <= cut.row))
            times = F.when(here, F.lit(copies) + before.cast("int")).otherwise(times)
    return offered.withColumn("times", times)


def tally(taken: DataFrame) -> list[Taken]:
    """Return what was offered and taken of each split, source and stream, by one small query."""
    counted = taken.groupBy("split", "source", "stream").agg(
        F.count("*").alias("offered_rows"),
        F.sum("units").alias("offered_units"),
        F.sum("times").alias("rows"),
        F.sum(F.col("units") * F.col("times")).alias("units"),
        F.max("units").alias("largest"),
    )
    return [Taken(**row.asDict()) for row in counted.collect()]


def mix(taken: DataFrame) -> DataFrame:
    """Return the rows of the mixture, with the columns of its table but `run_id`."""
    drawn = taken.filter(F.col("times") > 0)
    repeated = drawn.withColumn("repetition", F.explode(F.sequence(F.lit(1), F.col("times"))))
    row_id = hash_id(F.col("stream"), F.col("key"), F.col("repetition"))
    return repeated.withColumn("row_id", row_id).drop("key", "drawn", "units", "times", "repetition")


def reject_chat_tokens(documents: DataFrame) -> DataFrame:
    """Return the documents that the mixture cannot take, as rejects; their text stands in the documents."""
    return documents.filter("has_chat_token").select(
        F.lit("mix").alias("stage"),
        F.lit(CHAT_TOKEN).alias("reason"),
        F.lit("the text holds a chat marker or a control token of a tokenizer").alias("detail"),
        "source",
        "source_id",
        "doc_id",
    )
