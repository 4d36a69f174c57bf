"""Drawn: which of the matches of a document with templates become pairs, balanced by the slots of their templates."""

from typing import Final

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from etl.config.knowledge import TemplatesConfig
from etl.stages.expressions import weighted_draw
from etl.templates.slots import weights_of

_SALT: Final = "slots"


def draw_matches(matches: DataFrame, config: TemplatesConfig, seed: int) -> tuple[DataFrame, int]:
    """Return of each document so many matches, and how many there were in all.

    The draw depends on the seed, the ids of the pairs and how many matches have how many slots, on nothing else.
    """
    bins = F.least(F.greatest("slots", F.lit(1)), F.lit(len(config.slot_shares)))
    counts = {row["bin"]: row["count"] for row in matches.groupBy(bins.alias("bin")).count().collect()}
    of_bins = weights_of(config.slot_shares, counts)
    if not of_bins:
        return matches, 0
    key = weighted_draw(seed, _SALT, F.col("pair_id"), of_bins, bins)
    by_key = Window.partitionBy("doc_id").orderBy(F.desc(key), "pair_id")
    ranked = matches.withColumn("rank", F.row_number().over(by_key))
    return ranked.filter(F.col("rank") <= config.per_document).drop("rank"), sum(counts.values())
