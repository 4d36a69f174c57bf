"""Sketches: the distinct shingles of one text, kept to find the true similarity of two candidates.

A text with many shingles keeps the smallest hashes only; of two such sketches the similarity is the share of common
ones among the smallest of both (bottom-k sketch, Cohen and Kaplan 2007).
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from etl.fingerprints.ngrams import Ngrams

# Texts of up to about 100,000 characters are compared exactly; beyond, the standard error is below 0.004.
SKETCH_SIZE: Final = 16_384


def sketch_of(shingles: Ngrams, number: int) -> NDArray[np.uint32]:
    """Return the distinct shingles of one text in rising order, the smallest of them where there are many."""
    here = shingles.hashes[shingles.bounds[number] : shingles.bounds[number + 1]]
    return np.unique(here.astype(np.uint32))[:SKETCH_SIZE]


def similarity(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> float:
    """Return the Jaccard similarity of two texts, 0 to 1, from their sketches; 0 where both are empty.

    >>> similarity(np.array([1, 2, 3], np.uint32), np.array([2, 3, 4], np.uint32))
    0.5
    """
    merged = np.sort(np.concatenate([one, other]), kind="stable")
    if not len(merged):
        return 0.0
    distinct = np.concatenate([np.ones(1, bool), merged[1:] != merged[:-1]])
    if max(len(one), len(other)) == SKETCH_SIZE:
        # What lies beyond the smallest of both together is known of one text only.
        smallest = np.flatnonzero(distinct)[SKETCH_SIZE:]
        if len(smallest):
            merged, distinct = merged[: smallest[0]], distinct[: smallest[0]]
    union = int(distinct.sum())
    return (len(merged) - union) / union
