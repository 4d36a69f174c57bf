"""Mix: raw documents and pairs become training rows, at the ratio asked for, drawn by hash of their ids."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from etl.config.mixture import TRAIN, MixtureConfig
from etl.mixture.cuts import NOTHING, Bucket, Cut
from etl.mixture.plan import Draw, SplitPlan, plan_split
from etl.mixture.shares import INSTRUCTION, RAW, Taken
from etl.mixture.weights import Weighed, weigh
from etl.stages.draws import Stack, find_cuts, is_drawn, place, supply_of, weight_of
from etl.stages.expressions import draw, hash_id
from etl.stages.surface import lay_out

_OF_THE_DRAW: Final = ("key", "drawn", "weight", "units", "times", "repetition", "position")
CHAT_TOKEN: Final = "chat_token"  # noqa: S105 - a reason, no secret
# A share of a draw is compared in billionths: finer than any corpus can tell.
_SHARE_STEPS: Final = 1_000_000_000


class Plan(NamedTuple):
    """What is drawn, by split; where each partial draw ends, and what there is to draw, by stream and split."""

    splits: Mapping[str, SplitPlan]
    cuts: Mapping[Stack, Cut]
    supply: Mapping[Stack, Sequence[Bucket]]

    def draw_of(self, stream: str, split: str) -> Draw:
        """Return the draw of one stream in one split."""
        plan = self.splits[split]
        return plan.raw if stream == RAW else plan.pairs


def offer(
    documents: DataFrame, pairs: DataFrame, config: MixtureConfig, seed: int, sources: Collection[str] = ()
) -> DataFrame:
    """Return every row the mixture could take, once: raw documents that hold no chat token, and admitted pairs.

    Args:
        documents: Distinct documents.
        pairs: Admitted pairs.
        config: The mixture.
        seed: Salt of the draws.
        sources: Names of all sources; one whose name is not given counts only where a weight names it.

    Returns:
        Columns: those of the mixture table but `row_id` and `run_id`; `key`, the id the row is drawn by; `drawn`,
        its place in the order, null where a weight keeps it out; `weight`, that of its source; `units`, what the
        ratio counts; and `position`, where a pair begins in its document.
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
        F.lit(None).cast("int").alias("position"),
        F.col("source"),
        F.col("lang"),
        F.col("license"),
    )
    instruction = lay_out(pairs, config.surface, seed).select(
        F.col("pair_id").alias("key"),
        F.lit(INSTRUCTION).alias("stream"),
        F.col("text"),
        F.col("instruction_tokens").alias("n_tokens"),
        F.lit(0).alias("raw_tokens"),
        F.col("instruction_tokens"),
        F.col("layout"),
        F.col("doc_id"),
        F.array("pair_id").alias("pair_ids"),
        F.get(F.col("evidence"), F.lit(0))["start"].alias("position"),
        F.col("source"),
        F.col("lang"),
        F.col("license"),
    )
    units = {"tokens": F.col("n_tokens"), "rows": F.lit(1), "bytes": F.octet_length("text")}[config.unit]
    named = set(sources) | set(config.weights_of_pairs)
    return (
        _placed(raw, weigh(config.source_weights, named), seed, in_part=True)
        .unionByName(_placed(instruction, weigh(config.weights_of_pairs, named), seed, in_part=False))
        .withColumns({"split": _split(config.splits, seed), "units": units.cast("long")})
    )


def _placed(rows: DataFrame, weighed: Mapping[str, Weighed], seed: int, *, in_part: bool) -> DataFrame:
    """Return the rows with their place in the order of the draw, and the weight of their source."""
    source = F.col("source")
    drawn = place(draw(seed, "mix", F.col("key")), source, weighed, in_part=in_part)
    return rows.withColumns({"drawn": drawn, "weight": weight_of(source, weighed)})


def _split(shares: Mapping[str, float], seed: int) -> Column:
    """Return the split of a row: the same one for a document and its pairs; a pair without one has its own."""
    place = F.pmod(draw(seed, "split", F.coalesce("doc_id", "key")), F.lit(_SHARE_STEPS))
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
    supply = supply_of(offered)
    splits = {
        split: plan_split(units_of(supply, RAW, split), units_of(supply, INSTRUCTION, split), config, split)
        for split in sorted({TRAIN, *config.splits, *(split for _, split in supply)})
    }
    unfinished = Plan(splits, {}, supply)
    targets = {(stream, split): unfinished.draw_of(stream, split).target for stream, split in supply}
    return unfinished._replace(cuts=find_cuts(offered, supply, targets, exact=config.exact))


def units_of(supply: Mapping[Stack, Sequence[Bucket]], stream: str, split: str) -> int:
    """Return how many units of a stream a split can take, each row once."""
    return sum(bucket.units for bucket in supply.get((stream, split), ()))


def take(offered: DataFrame, planned: Plan) -> DataFrame:
    """Return what is offered with `times`, how often each row is taken; 0 for rows that are not drawn."""
    times = F.lit(0)
    for split in planned.splits:
        for stream in (RAW, INSTRUCTION):
            here = (F.col("stream") == stream) & (F.col("split") == split)
            copies = planned.draw_of(stream, split).copies
            taken = F.lit(copies)
            cut = planned.cuts.get((stream, split), NOTHING)
            if cut != NOTHING:
                taken = F.when(is_drawn(cut), F.lit(copies + 1)).otherwise(taken)
            times = F.when(here, F.when(F.col("drawn").isNull(), F.lit(0)).otherwise(taken)).otherwise(times)
    return offered.withColumn("times", times)


def tally(taken: DataFrame) -> list[Taken]:
    """Return what was offered and taken of each split, source and stream, by one small query."""
    counted = taken.groupBy("split", "source", "stream").agg(
        F.count("*").alias("offered_rows"),
        F.sum("units").alias("offered_units"),
        F.sum("times").alias("rows"),
        F.sum(F.col("units") * F.col("times")).alias("units"),
        F.max("units").alias("largest"),
        F.sum(F.col("units") * F.col("weight")).alias("weighted_units"),
    )
    return [Taken(**row.asDict()) for row in counted.collect()]


def mix(taken: DataFrame) -> DataFrame:
    """Return the rows of the mixture, with the columns of its table but `run_id`."""
    drawn = taken.filter(F.col("times") > 0)
    repeated = drawn.withColumn("repetition", F.explode(F.sequence(F.lit(1), F.col("times"))))
    row_id = hash_id(F.col("stream"), F.col("key"), F.col("repetition"))
    return repeated.withColumn("row_id", row_id).drop(*_OF_THE_DRAW)


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
