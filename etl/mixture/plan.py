"""The ratio contract, as pure arithmetic: how much of each stream a split takes.

A unit is whatever the ratio counts: tokens, rows or bytes. Pairs are added to the raw text, so a share ``r`` of
the mixture needs ``r * raw / (1 - r)`` units of pairs; within a fixed total ``T`` it is ``r * T`` units of pairs
and ``(1 - r) * T`` of raw text. Where a draw ends among the rows is a matter of `etl.mixture.cuts`.
"""

from typing import Final, NamedTuple

from etl.config.mixture import TRAIN, MixtureConfig

NO_FALLBACK: Final = "none"
NO_PAIRS: Final = "no_pairs"
NO_RAW: Final = "no_raw"
LOWER_RATIO: Final = "lower_ratio"
LOWER_TOTAL: Final = "lower_total"
DROP_RAW: Final = "drop_raw"
REPEAT: Final = "repeat"


class Draw(NamedTuple):
    """How much to take of one stream of one split.

    Attributes:
        copies: How often every row is taken.
        target: Units to take once more, in the order of the draw.
    """

    copies: int
    target: int

    def units(self, supply: int) -> int:
        """Return how many units it takes of a supply, to within one row."""
        return self.copies * supply + self.target


NO_DRAW: Final = Draw(0, 0)
ONCE: Final = Draw(1, 0)


class SplitPlan(NamedTuple):
    """What one split takes of its two streams.

    Attributes:
        raw: The draw from raw documents.
        pairs: The draw from pairs.
        planned: The share asked for.
        fallback: What gave way: ``none``; ``lower_ratio``, ``drop_raw`` or ``repeat`` where pairs ran short;
            ``lower_total`` where there is less than the total; several of these joined by ``+``; ``no_pairs`` where
            a split has no pair at all and is raw only, ``no_raw`` where it has no raw text and so stays empty.
    """

    raw: Draw
    pairs: Draw
    planned: float
    fallback: str


def plan_split(raw: int, pairs: int, config: MixtureConfig, split: str = TRAIN) -> SplitPlan:
    """Plan one split from its supply of raw and pair units.

    >>> plan_split(950, 200, MixtureConfig(ratio=0.05)).pairs
    Draw(copies=0, target=50)
    >>> plan_split(950, 200, MixtureConfig(ratio=0.05, total=100, splits={})).raw
    Draw(copies=0, target=95)
    """
    ratio, total = config.ratio_of(split), config.total_of(split)
    if ratio == 0:
        return SplitPlan(_once(raw, total), NO_DRAW, ratio, _joined(lower_total=_lacks(raw, total)))
    if ratio == 1:
        return _pairs_only(pairs, total, config)
    if pairs == 0:
        return SplitPlan(_once(raw, total), NO_DRAW, ratio, NO_PAIRS if raw else NO_FALLBACK)
    if raw == 0:
        return SplitPlan(ONCE, NO_DRAW, ratio, NO_RAW)
    room = raw if total is None else total - round(ratio * total)
    base = min(raw, room)
    wanted = round(ratio * total) if total is not None and base == room else round(ratio * base / (1 - ratio))
    if wanted <= pairs:
        return SplitPlan(_once(raw, base), Draw(0, wanted), ratio, _joined(lower_total=base < room))
    if config.when_short == DROP_RAW:
        kept = min(base, round(pairs * (1 - ratio) / ratio))
        return SplitPlan(Draw(0, kept), ONCE, ratio, _joined(DROP_RAW, lower_total=total is not None))
    most = config.max_repetition if config.when_short == REPEAT else 1
    reachable = min(wanted, pairs * most)
    ways = [REPEAT] if config.when_short == REPEAT else []
    if reachable == wanted:
        left = base
    else:
        ways.append(LOWER_RATIO)
        # Within a total, raw text takes the room that pairs leave.
        left = raw if total is None else min(raw, total - reachable)
    lower_total = total is not None and left + reachable < total
    return SplitPlan(_once(raw, left), _copies(reachable, pairs), ratio, _joined(*ways, lower_total=lower_total))


def _pairs_only(pairs: int, total: int | None, config: MixtureConfig) -> SplitPlan:
    if pairs == 0:
        return SplitPlan(NO_DRAW, ONCE, 1.0, NO_PAIRS)
    if total is None or total <= pairs:
        return SplitPlan(NO_DRAW, _once(pairs, total), 1.0, NO_FALLBACK)
    most = config.max_repetition if config.when_short == REPEAT else 1
    reachable = min(total, pairs * most)
    ways = [REPEAT] if config.when_short == REPEAT else []
    return SplitPlan(NO_DRAW, _copies(reachable, pairs), 1.0, _joined(*ways, lower_total=reachable < total))


def _once(supply: int, wanted: int | None) -> Draw:
    return ONCE if wanted is None or wanted >= supply else Draw(0, wanted)


def _copies(units: int, supply: int) -> Draw:
    return Draw(*divmod(units, supply))


def _lacks(supply: int, total: int | None) -> bool:
    return total is not None and supply < total


def _joined(*ways: str, lower_total: bool) -> str:
    return "+".join([*ways, *([LOWER_TOTAL] if lower_total else [])]) or NO_FALLBACK
