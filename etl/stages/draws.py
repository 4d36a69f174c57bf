"""Draws: rows of a frame are taken in the order of a hash, until a plan has its units. No row is sorted for it."""

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Final

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from etl.mixture.cuts import BUCKET_BITS, DRAWN_BITS, Bucket, Cut, End, cut_bucket, cut_rows, cut_within
from etl.mixture.weights import NEUTRAL, Weighed

# Stream and split: each pair of these is drawn on its own.
Stack = tuple[str, str]
# More rows than this in the bucket where a draw ends, and it is cut in buckets once more.
_FEW_ROWS: Final = 20_000
_FIRST_SHIFT: Final = DRAWN_BITS - BUCKET_BITS
_ENDS: Final = 2**DRAWN_BITS


def place(drawn: Column, source: Column, weighed: Mapping[str, Weighed], *, in_part: bool) -> Column:
    """Return the place of a row in the order of its draw; null where the weight of its source keeps it out.

    Args:
        drawn: Its number by hash, see `etl.stages.expressions.draw`.
        source: The name of its source.
        weighed: What the weights do; sources that are not named are neutral.
        in_part: Whether a source lighter than the heaviest can give that part of its rows only.
    """
    placed = drawn
    for name, each in weighed.items():
        own = drawn if each.pace == NEUTRAL.pace else F.floor(drawn * F.lit(each.pace)).cast("long")
        limit = round(each.part * _ENDS) if in_part or each.weight == 0 else _ENDS
        if limit < _ENDS:
            own = F.when(drawn < F.lit(limit), own)
        placed = F.when(source == name, own).otherwise(placed)
    return placed


def weight_of(source: Column, weighed: Mapping[str, Weighed]) -> Column:
    """Return the weight of the source of a row."""
    weight = F.lit(NEUTRAL.weight)
    for name, each in weighed.items():
        weight = F.when(source == name, F.lit(each.weight)).otherwise(weight)
    return weight


def supply_of(offered: DataFrame) -> dict[Stack, list[Bucket]]:
    """Return the buckets of every stream and split, by one small query."""
    return _buckets(offered, {}, _FIRST_SHIFT)


def find_cuts(
    offered: DataFrame, supply: Mapping[Stack, Sequence[Bucket]], targets: Mapping[Stack, int], *, exact: bool
) -> dict[Stack, Cut]:
    """Return where the draws of so many units end; stacks of which nothing is drawn in part have no cut.

    Args:
        offered: Columns `stream, split, drawn, key, units`; rows whose `drawn` is null cannot be drawn.
        supply: What `supply_of` found.
        targets: Units to draw.
        exact: Whether the cut is the row that comes nearest; otherwise it is where the hash says.
    """
    found = {stack: cut_bucket(supply.get(stack, ()), target) for stack, target in targets.items()}
    ends = {stack: end for stack, end in found.items() if end is not None}
    if not exact:
        return {stack: cut_within(end, _FIRST_SHIFT) for stack, end in ends.items()}
    shift = _FIRST_SHIFT
    cuts: dict[Stack, Cut] = {}
    while ends:
        few = {stack: end for stack, end in ends.items() if end.bucket.rows <= _FEW_ROWS or not shift}
        cuts.update(_cuts(offered, few, shift))
        ends = {stack: end for stack, end in ends.items() if stack not in few}
        if ends:
            finer = max(shift - BUCKET_BITS, 0)
            buckets = _buckets(offered, {stack: (end.bucket.number, shift) for stack, end in ends.items()}, finer)
            narrowed = {stack: cut_bucket(buckets[stack], end.left) for stack, end in ends.items()}
            ends = {stack: end for stack, end in narrowed.items() if end is not None}
            shift = finer
    return cuts


def is_drawn(cut: Cut) -> Column:
    """Return whether a row stands before a cut or is the row that is cut at; null where it has no place."""
    # With one mention of its place: each is a hash that is computed anew.
    last = F.when(F.col("key") <= cut.row, F.lit(cut.drawn)).otherwise(F.lit(cut.drawn - 1))
    return F.col("drawn") <= last


def _buckets(offered: DataFrame, within: Mapping[Stack, tuple[int, int]], shift: int) -> dict[Stack, list[Bucket]]:
    rows = offered.filter(F.col("drawn").isNotNull())
    if within:
        rows = rows.filter(_any([_is_in(stack, number, wide) for stack, (number, wide) in within.items()]))
    number = F.shiftright("drawn", shift).alias("number")
    sums = rows.groupBy("stream", "split", number).agg(F.count("*").alias("rows"), F.sum("units").alias("units"))
    found: dict[Stack, list[Bucket]] = {}
    for row in sums.collect():
        bucket = Bucket(row["number"], row["rows"], row["units"])
        found.setdefault((row["stream"], row["split"]), []).append(bucket)
    return found


def _cuts(offered: DataFrame, ends: Mapping[Stack, End], shift: int) -> dict[Stack, Cut]:
    if not ends:
        return {}
    last = offered.filter(_any([_is_in(stack, end.bucket.number, shift) for stack, end in ends.items()]))
    rows: dict[Stack, list[tuple[int, str, int]]] = {}
    for row in last.select("stream", "split", "drawn", "key", "units").collect():
        rows.setdefault((row["stream"], row["split"]), []).append((row["drawn"], row["key"], row["units"]))
    return {stack: cut_rows(rows.get(stack, []), end.left) for stack, end in ends.items()}


def _is_in(stack: Stack, number: int, shift: int) -> Column:
    stream, split = stack
    return (F.col("stream") == stream) & (F.col("split") == split) & (F.shiftright("drawn", shift) == number)


def _any(conditions: Sequence[Column]) -> Column:
    return reduce(lambda one, other: one | other, conditions)
