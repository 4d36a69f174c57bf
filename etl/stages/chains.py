"""Chains: texts that are examples for one another, round by round (Instruction Pre-Training, section 2.1).

`etl.recipes.chain` says the same for texts in memory; here places are those of a hash over all partitions, and what a
slot has as its history is a row of a table.
"""

from typing import Final

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from etl.stages.expressions import draw
from etl.stages.generate import STAGE

PART_OF_CHAIN: Final = "part_of_chain"
_BUCKETS: Final = 4096
_HISTORY: Final = "slot long, examples array<string>, example_ids array<string>"
# The synthesizer's markup; neither a text nor a pair with marks of its own comes this far.
_MARKS: Final = r" ?</?(?:CON|QUE|END)> ?"
_ANSWER_MARK: Final = " <ANS> "


def placed(items: DataFrame, rounds: int, seed: int) -> DataFrame:
    """Return `round`, from 0, and `slot` of each `item_id`; their order is that of a hash of seed and id."""
    key = draw(seed, "chain", F.col("item_id"))
    keyed = items.select("item_id").withColumns({"key": key, "bucket": F.pmod(key, F.lit(_BUCKETS)).cast("int")})
    counts = {row["bucket"]: row["count"] for row in keyed.groupBy("bucket").count().collect()}
    total = sum(counts.values())
    slots = max(1, -(-total // rounds))
    before, rows = 0, []
    for bucket in sorted(counts):
        rows.append((bucket, before))
        before += counts[bucket]
    offsets = F.broadcast(items.sparkSession.createDataFrame(rows, "bucket int, before long"))
    within = F.row_number().over(Window.partitionBy("bucket").orderBy("key", "item_id")) - 1
    ranked = keyed.withColumn("within", within).join(offsets, on="bucket", how="inner")
    rank = F.col("before") + F.col("within")
    return ranked.select(
        "item_id",
        F.floor(rank / F.lit(slots)).cast("int").alias("round"),
        F.pmod(rank, F.lit(slots)).cast("long").alias("slot"),
    )


def no_history(items: DataFrame) -> DataFrame:
    """Return the history of the first round, in which no slot has any."""
    return items.sparkSession.createDataFrame([], _HISTORY)


def with_history(items: DataFrame, history: DataFrame) -> DataFrame:
    """Return the items with the `examples` of their slot, each as JSON, and `example_ids`."""
    return items.join(history, on="slot", how="left")


def history_after(asked: DataFrame, prompts: DataFrame, read: DataFrame) -> DataFrame:
    """Return what the next round's texts have as their history.

    A text without a pair leaves none; one that was asked with its history goes on with it; any other begins anew.

    Args:
        asked: The items of this round, with their history.
        prompts: What was asked; `fillers` are the ids of the examples that stood in a prompt.
        read: What the answers hold.
    """
    said = prompts.select("item_id", F.col("text").alias("passage"), "fillers")
    known = asked.select("slot", "item_id", "doc_id", "examples", "example_ids").join(said, on="item_id", how="inner")
    whole = known.join(_pairs_of(read), on="doc_id", how="inner")
    example = F.to_json(F.struct(F.col("passage").alias("text"), F.col("pairs")))
    goes_on = F.size("fillers") > 0
    return whole.select(
        "slot",
        F.when(goes_on, F.concat("examples", F.array(example))).otherwise(F.array(example)).alias("examples"),
        F.when(goes_on, F.concat("example_ids", F.array("item_id"))).otherwise(F.array("item_id")).alias("example_ids"),
    )


def linked(read: DataFrame, prompts: DataFrame, places: DataFrame) -> DataFrame:
    """Return what was read with each chain of two texts or more as one pair: the last one of its last text.

    Its context is all that stands before it in the chain: the texts and their pairs, then its own text and pairs. The
    other pairs of the chain get a reason.
    """
    counted = read.filter(F.col("reason").isNull()).groupBy("doc_id").agg(F.max("place").alias("last"))
    texts = prompts.select("doc_id", "item_id", "prompt", "fillers").join(places, on="item_id", how="inner")
    inherits = F.coalesce((F.size("fillers") > 0) & F.col("last").isNotNull(), F.lit(False))
    by_round = Window.partitionBy("slot").orderBy("round")
    followed = F.coalesce(F.lead("inherits").over(by_round), F.lit(False))
    chained = texts.join(counted, on="doc_id", how="left").withColumn("inherits", inherits)
    known = chained.withColumn("followed", followed).select("doc_id", "prompt", "last", "inherits", "followed")
    rows = read.join(known, on="doc_id", how="left").join(
        _pairs_of(read).select("doc_id", F.col("pairs").alias("_own")), on="doc_id", how="left"
    )
    is_pair = F.col("reason").isNull()
    ends = F.col("inherits") & ~F.col("followed")
    shown = is_pair & ends & (F.col("place") == F.col("last"))
    refused = is_pair & (F.col("followed") | ends) & ~shown
    earlier = F.transform(
        F.filter("_own", lambda each: each["place"] < F.col("place")),
        lambda each: F.concat(each["question"], F.lit("\n"), each["answer"]),
    )
    return rows.withColumns(
        {
            "context": F.when(shown, F.concat_ws("\n\n", _plain(F.col("prompt")), earlier)).otherwise(F.col("context")),
            "stage": F.when(refused, F.lit(STAGE)).otherwise(F.col("stage")),
            "reason": F.when(refused, F.lit(PART_OF_CHAIN)).otherwise(F.col("reason")),
            "payload": F.when(refused, F.concat_ws("\n", "instruction", "response")).otherwise(F.col("payload")),
        }
    ).drop("prompt", "last", "inherits", "followed", "_own")


def _pairs_of(read: DataFrame) -> DataFrame:
    pair = F.struct("place", F.col("instruction").alias("question"), F.col("response").alias("answer"))
    pairs = read.filter(F.col("reason").isNull())
    return pairs.groupBy("doc_id").agg(F.sort_array(F.collect_list(pair)).alias("pairs"))


def _plain(prompt: Column) -> Column:
    """Return a prompt without the synthesizer's markup, as text to be read."""
    return F.btrim(F.regexp_replace(F.replace(prompt, F.lit(_ANSWER_MARK), F.lit("\n")), _MARKS, ""), F.lit(" \n"))
