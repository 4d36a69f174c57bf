"""Budget: pairs of a document may have as many tokens as it has, and what is left goes to the next document.

FineInstructions, section 4.2. Documents come in a fixed order; credit that a document's pairs did not use is carried.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

WhenOver = Literal["skip", "end"]


class Budgeted(NamedTuple):
    """A document's tokens, and its pairs with theirs, in the order they are to be taken."""

    tokens: int
    pairs: Sequence[tuple[str, int]]


def over_budget(documents: Iterable[Budgeted], when_over: WhenOver) -> tuple[list[str], int]:
    """Return the ids of the pairs there is no credit for, and the credit that is left at the end.

    Args:
        documents: In their order.
        when_over: A pair that does not fit is skipped for the next one, or ends its document.

    >>> over_budget([Budgeted(10, [("a", 8), ("b", 4), ("c", 2)]), Budgeted(5, [("d", 5)])], "skip")
    (['b'], 0)
    """
    refused: list[str] = []
    credit = 0
    for document in documents:
        credit += document.tokens
        ended = False
        for pair_id, tokens in document.pairs:
            if ended or tokens > credit:
                refused.append(pair_id)
                ended = when_over == "end"
            else:
                credit -= tokens
    return refused, credit
