"""Twins: what a training is compared with that had no pairs. Both hold the raw rows of the mixture."""

from collections.abc import Sequence

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.config.mixture import MixtureConfig
from etl.mixture.plan import NO_DRAW
from etl.mixture.shares import INSTRUCTION, RAW, Taken
from etl.mixture.twins import raw_in_place_of_pairs
from etl.stages.draws import find_cuts
from etl.stages.mix import Plan, mix, take, units_of


def without_pairs(taken: DataFrame) -> DataFrame:
    """Return the raw rows of the mixture, the very same, with the columns of its table but `run_id`."""
    return mix(taken.filter(F.col("stream") == RAW))


def raw_only(offered: DataFrame, planned: Plan, tallied: Sequence[Taken], config: MixtureConfig) -> DataFrame:
    """Return the raw rows of the mixture, and as many units more of raw text as its pairs have.

    The rows that come in addition are the next ones in the order of the draw; where none is left, rows of the
    beginning come once more, with another `row_id`. Split by split the twin is as large as the mixture, to within
    one row.

    Args:
        offered: What `etl.stages.mix.offer` offers.
        planned: The plan of the mixture.
        tallied: What the mixture took.
        config: The mixture.
    """
    splits = {}
    for split, plan in planned.splits.items():
        took = {
            stream: sum(row.units for row in tallied if (row.split, row.stream) == (split, stream))
            for stream in (RAW, INSTRUCTION)
        }
        more = raw_in_place_of_pairs(units_of(planned.supply, RAW, split), took[RAW], took[INSTRUCTION])
        splits[split] = plan._replace(raw=more, pairs=NO_DRAW)
    targets = {(RAW, split): plan.raw.target for split, plan in splits.items()}
    cuts = find_cuts(offered, planned.supply, targets, exact=config.exact)
    return mix(take(offered, Plan(splits, cuts, planned.supply)))
