"""Which of a block of vectors hang together: alike to one another, directly or through others.

As in SemDeDup (Abbas et al. 2023) vectors are compared within clusters only. Of what is alike no pairs are made, which
would be as many as the square of a cluster: each vector is told the first one of its group.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from etl.matching.pooling import Matrix

# A block of more vectors is cut in runs, each compared with itself and with the first one: what is much alike, as
# requests of one wording are, hangs together through the first run, and time stays linear in the number of vectors.
MAX_BLOCK: Final = 16_384
# Products of a strip are 32 MB at most.
_STRIP: Final = 256

Labels = npt.NDArray[np.int64]


def groups_of(vectors: Matrix, owned: npt.NDArray[np.bool_], least: float, max_block: int = MAX_BLOCK) -> Labels:
    """Return for each vector the number of the first one of its group; one that is alone has its own.

    Args:
        vectors: Whole vectors (`etl.matching.whole`), in an order that says who is first.
        owned: Whether a vector is compared with all others. Two that are not are at home in another block, which
            compares them.
        least: Product of two vectors from which on they are alike.
        max_block: Length of a run.
    """
    first_of = np.arange(len(vectors))
    for start in range(0, len(vectors), max_block):
        run = np.arange(start, min(start + max_block, len(vectors)))
        others = run if start == 0 else np.concatenate([np.arange(max_block), run])
        compared = vectors[others]
        mine = run[owned[run]]
        for begin in range(0, len(mine), _STRIP):
            strip = mine[begin : begin + _STRIP]
            _join(first_of, strip, others, vectors[strip] @ compared.T >= least, itself=True)
        if start:
            # What the first run owns and this one only visits.
            hubs, guests = np.flatnonzero(owned[:max_block]), run[~owned[run]]
            for begin in range(0, len(hubs) if len(guests) else 0, _STRIP):
                strip = hubs[begin : begin + _STRIP]
                _join(first_of, strip, guests, vectors[strip] @ vectors[guests].T >= least, itself=False)
    return _flat(first_of)


def _join(first_of: Labels, rows: Labels, others: Labels, alike: npt.NDArray[np.bool_], *, itself: bool) -> None:
    """Enter who is alike into `first_of`, in which each vector points to one that is not behind it.

    `itself` says whether each row is among the others, where it is alike to itself.
    """
    for number in np.flatnonzero(alike.sum(axis=1) > itself):
        roots = _roots(first_of, np.append(others[alike[number]], rows[number]))
        smallest = roots.min()
        if (roots != smallest).any():
            first_of[roots] = smallest
    first_of[:] = _flat(first_of)


def _roots(first_of: Labels, nodes: Labels) -> Labels:
    roots = first_of[nodes]
    while ((above := first_of[roots]) != roots).any():
        roots = above
    return roots


def _flat(first_of: Labels) -> Labels:
    while ((above := first_of[first_of]) != first_of).any():
        first_of = above
    return first_of
