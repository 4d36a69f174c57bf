"""Verdicts: what a later look at admitted pairs says against some of them."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F


def admitted(selected: DataFrame) -> DataFrame:
    """Return the pairs that have no reason against them."""
    return selected.filter(F.col("reason").isNull())


def apply_verdicts(selected: DataFrame, verdicts: DataFrame) -> DataFrame:
    """Return selected pairs with the reasons and details of `verdicts`; a reason that stands already stays.

    Args:
        selected: Pairs with `reason` and `detail`, null for those admitted so far.
        verdicts: `pair_id, reason, detail`, at most one row a pair.
    """
    against = verdicts.select("pair_id", F.struct("reason", "detail").alias("verdict"))
    joined = selected.join(against, on="pair_id", how="left")
    is_new = F.col("reason").isNull() & F.col("verdict").isNotNull()
    return joined.withColumns(
        {
            "reason": F.when(is_new, F.col("verdict.reason")).otherwise(F.col("reason")),
            "detail": F.when(is_new, F.col("verdict.detail")).otherwise(F.col("detail")),
        }
    ).select(*selected.columns)
