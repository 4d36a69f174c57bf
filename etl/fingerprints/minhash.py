"""MinHash with banding (Broder 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3).

Two texts agree in one hash with the probability of their Jaccard similarity, the share of common shingles in all
shingles. A band is several hashes taken together; texts with an equal band are candidates.
"""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from etl.fingerprints.characters import mix
from etl.fingerprints.ngrams import Ngrams

# Shingles hashed at once: with its copy this stays in the fast cache of a core.
_BLOCK: Final = 8192
_NONE: Final = np.uint32(0xFFFFFFFF)


def signatures(shingles: Ngrams, n_hashes: int) -> NDArray[np.uint32]:
    """Return a row of minima for each text; texts without shingles have the largest number everywhere.

    A permutation is ``(shingle ^ a) * b`` modulo 2**32, with b odd: one to one, and three instructions a shingle that
    the processor does eight or sixteen at a time.
    """
    result = np.full((n_hashes, len(shingles.bounds) - 1), _NONE, np.uint32)
    filled = np.flatnonzero(np.diff(shingles.bounds))
    starts = shingles.bounds[filled]
    low = shingles.hashes.astype(np.uint32)
    masks, factors = _permutations(n_hashes)
    turned = np.empty(_BLOCK, np.uint32)
    for begin in range(0, len(low), _BLOCK):
        part = low[begin : begin + _BLOCK]
        first = int(np.searchsorted(starts, begin, side="right")) - 1
        last = int(np.searchsorted(starts, begin + len(part), side="left"))
        texts = filled[first:last]
        places = np.maximum(starts[first:last] - begin, 0)
        out = turned[: len(part)]
        for number in range(n_hashes):
            np.bitwise_xor(part, masks[number], out=out)
            np.multiply(out, factors[number], out=out)
            row = result[number]
            row[texts] = np.minimum(row[texts], np.minimum.reduceat(out, places))
    return np.ascontiguousarray(result.T)


def bands(minima: NDArray[np.uint32], n_bands: int) -> NDArray[np.int64]:
    """Return a row of band hashes for each text; the hashes of different bands never meet by construction."""
    n_texts, n_hashes = minima.shape
    parts = minima.reshape(n_texts, n_bands, n_hashes // n_bands).astype(np.uint64)
    # Each band begins with its own number, so band 1 of one text is not compared with band 2 of another.
    hashes = np.broadcast_to(mix(np.arange(n_bands, dtype=np.uint64)), (n_texts, n_bands)).copy()
    for number in range(parts.shape[2]):
        hashes = mix(hashes ^ parts[:, :, number])
    return hashes.view(np.int64)


@cache
def _permutations(n_hashes: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    numbers = mix(np.arange(2 * n_hashes, dtype=np.uint64) + np.uint64(1 << 32))
    high = (numbers >> np.uint64(32)).astype(np.uint32)
    return high[:n_hashes], high[n_hashes:] | np.uint32(1)
