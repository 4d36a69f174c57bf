"""Twins of a mixture: the same raw rows without pairs, and with more raw text in the place of the pairs.

A gain that a training shows with pairs may come from more text or from the pairs; the second twin tells which.
"""

from etl.mixture.plan import NO_DRAW, Draw


def raw_in_place_of_pairs(supply: int, raw: int, pairs: int) -> Draw:
    """Return the draw of raw text that makes a twin as large as the mixture.

    It begins with the rows that the mixture took, as both follow one order; where raw text runs out, it begins anew.

    Args:
        supply: Units of raw text that can be drawn, each row once.
        raw: Units of raw text in the mixture.
        pairs: Units of pairs in it.

    >>> raw_in_place_of_pairs(1000, 950, 50), raw_in_place_of_pairs(950, 950, 50)
    (Draw(copies=1, target=0), Draw(copies=1, target=50))
    """
    return Draw(*divmod(raw + pairs, supply)) if supply else NO_DRAW
