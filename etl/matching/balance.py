"""Balance: matched templates are drawn so that requests keep the complexity that people's requests have.

FineInstructions, section 3.2: templates are binned by their slots, and a bin that is rarer among matches than among
requests is drawn more often. The draw itself is weighted and without replacement (Efraimidis and Spirakis 2006): of
the keys u ** (1 / weight) the largest win.
"""

from collections.abc import Mapping
from typing import Final

# Requests with more slots are too few to be told apart.
MAX_BIN: Final = 8


def slot_bin(slots: int) -> int:
    """Return the bin of a template with so many slots."""
    return min(slots, MAX_BIN)


def weights(natural: Mapping[int, float], matched: Mapping[int, int]) -> dict[int, float]:
    """Return the weight of each bin of the matches: its share among requests by its share among matches.

    Args:
        natural: How many requests are in each bin, or their shares; every match is one of them, so none of its bins
            is empty.
        matched: How many matches are in each bin.

    >>> weights({1: 50, 2: 50}, {1: 90, 2: 10})
    {1: 0.5555555555555556, 2: 5.0}
    """
    of_requests, of_matches = sum(natural.values()), sum(matched.values())
    return {
        each: (natural[each] / of_requests) / (n / of_matches)
        for each, n in sorted(matched.items())
        if n and natural.get(each)
    }
