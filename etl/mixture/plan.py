"""The ratio contract, as pure arithmetic: how much of each stream a mixture takes, and where the draw is cut.

A unit is whatever the ratio counts: tokens, rows or bytes. Pairs are added to the raw text, so a share ``r`` of
the mixture needs ``r * raw / (1 - r)`` units of pairs. Rows are drawn in the order of a hash of their id; a cut
is the last row drawn, so the share is met to within one row whatever the hash does.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from etl.config.models import MixtureConfig

NO_FALLBACK: Final = "none"
NO_PAIRS: Final = "no_pairs"


class Draw(NamedTuple):
    """How much to take of one stream of one split.

    Attributes:
        copies: How often every row is taken.
        target: Units to take once more, in the order of the draw.
    """

    copies: int
    target: int


class SplitPlan(NamedTuple):
    """What one split takes of its two streams.

    Attributes:
        raw: The draw from raw documents.
        pairs: The draw from pairs.
        planned: The share asked for.
        fallback: What gave way: ``none``, ``lower_ratio``, ``drop_raw``, ``repeat``, ``repeat+lower_ratio``, or
            ``no_pairs`` where a split has no pair at all and is raw only.
    """

    raw: Draw
    pairs: Draw
    planned: float
    fallback: str


class Cut(NamedTuple):
    """The last row that is drawn: its drawn number and its id; rows up to and including it are taken."""

    drawn: int
    row: str


NOTHING: Final = Cut(-1, "")


def plan_split(raw: int, pairs: int, config: MixtureConfig) -> SplitPlan:
    """Plan one split from its supply of raw and pair units.

    >>> plan_split(950, 200, MixtureConfig(ratio=0.05)).pairs
    Draw(copies=0, target=50)
    """
    ratio = config.ratio
    if ratio == 0:
        return SplitPlan(Draw(1, 0), Draw(0, 0), ratio, NO_FALLBACK)
    if ratio == 1:
        return SplitPlan(Draw(0, 0), Draw(1, 0), ratio, NO_FALLBACK if pairs else NO_PAIRS)
    if pairs == 0:
        return SplitPlan(Draw(1, 0), Draw(0, 0), ratio, NO_PAIRS if raw else NO_FALLBACK)
    wanted = round(ratio * raw / (1 - ratio))
    if wanted <= pairs:
        return SplitPlan(Draw(1, 0), Draw(0, wanted), ratio, NO_FALLBACK)
    if config.when_short == "lower_ratio":
        return SplitPlan(Draw(1, 0), Draw(1, 0), ratio, "lower_ratio")
    if config.when_short == "drop_raw":
        return SplitPlan(Draw(0, round(pairs * (1 - ratio) / ratio)), Draw(1, 0), ratio, "drop_raw")
    reachable = min(wanted, pairs * config.max_repetition)
    fallback = "repeat" if reachable == wanted else "repeat+lower_ratio"
    return SplitPlan(Draw(1, 0), Draw(reachable // pairs, reachable % pairs), ratio, fallback)


def cut_bucket(sums: Iterable[tuple[int, int]], target: int) -> tuple[int, int] | None:
    """Return the bucket in which a draw of `target` units ends, and what is left to take in it.

    Args:
        sums: (bucket, units) of the buckets, in any order; rows of a lower bucket are drawn first.
        target: Units to take.

    Returns:
        None when the target is 0 or less; the last bucket with all its units when there is less than the target.

    >>> cut_bucket([(0, 10), (3, 10)], 12)
    (3, 2)
    """
    if target <= 0:
        return None
    ordered = sorted(sums)
    before = 0
    for bucket, units in ordered:
        if before + units >= target:
            return bucket, target - before
        before += units
    return (ordered[-1][0], ordered[-1][1]) if ordered else None


def cut_rows(rows: Sequence[tuple[int, str, int]], left: int) -> Cut:
    """Return where to cut within the rows of one bucket, so that the sum comes nearest to `left`.

    Args:
        rows: (drawn number, id, units) of the rows of the bucket, in any order.
        left: Units to take of them.

    >>> cut_rows([(7, "b", 5), (5, "a", 5)], 6)
    Cut(drawn=5, row='a')
    """
    ordered = sorted(rows)
    taken = 0
    # Before the first row, yet behind all rows of lower buckets: no id is empty.
    last = Cut(ordered[0][0], "") if ordered else NOTHING
    for drawn, row, units in ordered:
        # Taking a row that overshoots is right only while it lands nearer than stopping short.
        if taken + units - left > left - taken:
            break
        taken += units
        last = Cut(drawn, row)
        if taken >= left:
            break
    return last
