"""Which matches of templates with documents are drawn how readily: those of a slot count that is rare more often.

FineInstructions (arXiv 2601.22146), section 3.2: what is drawn keeps the distribution of slots that requests have. The
weights are those of `etl.matching.balance`; here the wanted distribution is stated, not counted.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from etl.matching.balance import weights

# The share of a slot count that nobody wants: where a document matches nothing else, it is drawn all the same.
_FLOOR: Final = 0.001


def weights_of(shares: Sequence[float], matched: Mapping[int, int]) -> dict[int, float]:
    """Return the weight of each bin of the matches in a draw without replacement.

    Args:
        shares: The wanted share of templates with one slot, with two, and so on; the last stands for more, too.
        matched: How many matches are in each bin: 1 for one slot or none, `len(shares)` for so many and more.

    >>> weights_of([0.5, 0.5], {1: 90, 2: 10})
    {1: 0.5555555555555556, 2: 5.0}
    """
    wanted = {number: max(share, _FLOOR) for number, share in enumerate(shares, 1)}
    return weights({number: wanted[number] for number in matched}, matched)
