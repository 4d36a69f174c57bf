"""Spherical k-means (Dhillon and Modha 2001): centres of clusters of vectors, the same in every run.

The vectors are whole numbers (`etl.matching.whole`), so sums are exact; seeds are drawn as k-means++ draws them
(Arthur and Vassilvitskii 2007), by hashes in the place of random numbers; the number of rounds is fixed.
"""

import hashlib
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from etl.matching.pooling import Matrix
from etl.matching.whole import whole

Numbers = npt.NDArray[np.int64]
# Further rounds move few vectors.
_ROUNDS: Final = 12
# Seeds are drawn from so many vectors a centre, and no fewer than that: each seed is compared with all of them.
_DRAWN_FROM, _DRAWN_FROM_LEAST = 8, 8192
# Products of a block are 32 MB.
_BLOCK_ITEMS: Final = 1 << 23


def centres_of(vectors: Matrix, count: int) -> Matrix:
    """Return at most `count` centres, whole vectors themselves.

    Args:
        vectors: Whole vectors; equal ones in equal order give equal centres.
        count: How many centres; there are fewer where there are fewer different vectors.
    """
    centres = _seeds(vectors[: max(count * _DRAWN_FROM, _DRAWN_FROM_LEAST)], count)
    for _ in range(_ROUNDS if len(centres) > 1 else 0):
        centres = _moved(vectors, nearest(vectors, centres, 1)[:, 0], centres)
    return centres


def nearest(vectors: Matrix, centres: Matrix, most: int) -> Numbers:
    """Return for each vector the numbers of the centres nearest to it, the nearest first, of equal ones the first.

    Args:
        vectors: Whole vectors.
        centres: Whole vectors, one at least.
        most: So many centres a vector, or as many as there are.
    """
    most = min(most, len(centres))
    found = np.zeros((len(vectors), most), np.int64)
    step = max(1, _BLOCK_ITEMS // len(centres))
    for start in range(0, len(vectors), step):
        products = vectors[start : start + step] @ centres.T
        rows = np.arange(len(products))
        for place in range(most):
            chosen = products.argmax(axis=1)
            found[start : start + step, place] = chosen
            products[rows, chosen] = -np.inf
    return found


def _seeds(vectors: Matrix, count: int) -> Matrix:
    """Return vectors far from one another: each is drawn with a chance that grows with its distance from those before.

    Distances are whole numbers too, so no rounding decides who is drawn.
    """
    if not len(vectors):
        return vectors
    chosen = [0]
    distances = _distances(vectors, vectors[0])
    for number in range(1, count):
        total = int(distances.sum())
        if not total:
            break
        place = int.from_bytes(hashlib.sha256(f"seed {number}".encode()).digest()[:8]) % total
        chosen.append(int(np.searchsorted(np.cumsum(distances), place, side="right")))
        distances = np.minimum(distances, _distances(vectors, vectors[chosen[-1]]))
    return vectors[chosen]


def _distances(vectors: Matrix, seed: Matrix) -> Numbers:
    """Return squared distances; two vectors that are as near as rounding allows have none."""
    products = (vectors @ seed).astype(np.int64)
    norms: Any = np.einsum("ij,ij->i", vectors, vectors).astype(np.int64)
    distances: Numbers = np.maximum(norms + int(seed @ seed) - 2 * products, 0)
    return distances


def _moved(vectors: Matrix, owners: Numbers, centres: Matrix) -> Matrix:
    """Return each centre at the mean direction of the vectors nearest to it; one that has none stays."""
    order = np.argsort(owners, kind="stable")
    present, starts = np.unique(owners[order], return_index=True)
    sums = np.add.reduceat(vectors[order].astype(np.int64), starts, axis=0)
    moved = centres.copy()
    moved[present] = whole(sums.astype(np.float64))
    return moved
