"""Weights of sources: which part of a source a mixture may take, and where its rows stand in the order of a draw.

A row is drawn when its hash, divided by the weight of its source, is small. So one cut in one order serves all
sources: each gives in proportion to its weight times what it has, and a source that runs out is made up for by the
others in proportion. Scaling all weights changes nothing.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Weighed(NamedTuple):
    """What a weight does to a source.

    Attributes:
        weight: The weight.
        part: The part of its rows that can be taken, from 0 to 1, when no row may count for more than it is.
        pace: What its drawn numbers are multiplied by, above 0 and at most 1; heavier sources come earlier.
    """

    weight: float
    part: float
    pace: float


NEUTRAL = Weighed(1.0, 1.0, 1.0)


def weigh(weights: Mapping[str, float], sources: Iterable[str]) -> dict[str, Weighed]:
    """Return what the weights do to each source; empty where all weigh the same, so nothing is to be done.

    Args:
        weights: Weights by name of the source; a source that is not named weighs 1.
        sources: The names of all sources.

    >>> weigh({"wiki": 2.0}, ["web", "wiki"])["web"]
    Weighed(weight=1.0, part=0.5, pace=1.0)
    """
    each = {name: weights.get(name, 1.0) for name in sources}
    # Where only sources of weight 0 are known, the others weigh 1.
    positive = [weight for weight in each.values() if weight > 0] or [NEUTRAL.weight]
    if len({*each.values(), *positive}) <= 1:
        return {}
    heaviest, lightest = max(positive), min(positive)
    return {
        name: Weighed(weight, weight / heaviest, lightest / weight if weight else 1.0) for name, weight in each.items()
    }
