"""What a mixture would be at a ratio: rows and units of each split, before a row is drawn."""

from typing import NamedTuple

from etl.config.mixture import MixtureConfig
from etl.mixture.plan import Draw, plan_split


class Supply(NamedTuple):
    """What a split could take of one stream, each row once."""

    rows: int
    units: int


class Forecast(NamedTuple):
    """What one split would be.

    Attributes:
        ratio: The share of instruction units asked for.
        achieved: The share it would have, to within one row.
        raw: Rows and units of raw text; rows are estimated, units are right to within one row.
        pairs: Those of pairs, repetitions counted.
        repetition: How often a pair would occur at most.
        fallback: What would give way, as in the report of a mixture.
    """

    split: str
    ratio: float
    achieved: float
    raw: Supply
    pairs: Supply
    repetition: int
    fallback: str


def forecast(split: str, raw: Supply, pairs: Supply, config: MixtureConfig) -> Forecast:
    """Return what a split would be with such a supply.

    >>> forecast("train", Supply(19, 950), Supply(20, 200), MixtureConfig(ratio=0.05)).pairs
    Supply(rows=5, units=50)
    """
    plan = plan_split(raw.units, pairs.units, config, split)
    of_raw, of_pairs = _drawn(plan.raw, raw), _drawn(plan.pairs, pairs)
    total = of_raw.units + of_pairs.units
    return Forecast(
        split=split,
        ratio=plan.planned,
        achieved=of_pairs.units / total if total else 0.0,
        raw=of_raw,
        pairs=of_pairs,
        repetition=plan.pairs.copies + (plan.pairs.target > 0) if pairs.rows else 0,
        fallback=plan.fallback,
    )


def _drawn(draw: Draw, supply: Supply) -> Supply:
    part = draw.target / supply.units if supply.units else 0.0
    return Supply(draw.copies * supply.rows + round(part * supply.rows), draw.units(supply.units))
