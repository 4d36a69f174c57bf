"""What a mixture came to: planned and achieved share of every split, source and stream."""

import math
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from etl.mixture.plan import SplitPlan

ALL_SOURCES: Final = "*"
RAW: Final = "raw"
INSTRUCTION: Final = "instruction"


class Taken(NamedTuple):
    """What was offered and taken of one stream of one source in one split.

    Attributes:
        weighted_units: The units offered, times the weight of the source.
    """

    split: str
    source: str
    stream: str
    offered_rows: int
    offered_units: int
    rows: int
    units: int
    largest: int
    weighted_units: float


class Share(NamedTuple):
    """A row of the mixture report; shares are of the units of the whole split."""

    split: str
    source: str
    stream: str
    planned: float
    achieved: float
    unit: str
    tolerance: float
    fallback: str
    rows: int
    units: int


def shares_of(taken: Sequence[Taken], splits: Mapping[str, SplitPlan], unit: str) -> list[Share]:
    """Return a row for every split and stream, of source ``*``, and one for each source in it.

    A source is planned to give of a stream what it has of what is offered, by its weight. The tolerance is the
    share of the largest row of the split: rows are not divided.
    """
    shares = []
    for split, plan in sorted(splits.items()):
        here = [row for row in taken if row.split == split]
        total = sum(row.units for row in here)
        tolerance = max((row.largest for row in here), default=0) / total if total else 0.0
        for stream, planned in ((RAW, 1 - plan.planned), (INSTRUCTION, plan.planned)):
            rows = sorted(row for row in here if row.stream == stream)
            offered = math.fsum(row.weighted_units for row in rows)
            whole = (ALL_SOURCES, planned, sum(row.rows for row in rows), sum(row.units for row in rows))
            parts = [
                (row.source, planned * (row.weighted_units / offered) if offered else 0.0, row.rows, row.units)
                for row in rows
            ]
            shares += [
                Share(
                    split=split,
                    source=source,
                    stream=stream,
                    planned=expected,
                    achieved=units / total if total else 0.0,
                    unit=unit,
                    tolerance=min(tolerance, 1.0),
                    fallback=plan.fallback,
                    rows=n_rows,
                    units=units,
                )
                for source, expected, n_rows, units in (whole, *parts)
            ]
    return shares
