"""N-grams of words as numbers: the shingles of near-duplicates and the index of benchmarks are both made of them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from etl.fingerprints.characters import mix
from etl.fingerprints.words import Words

# Another odd factor than that of characters: a word and a pair of letters must not be taken for each other.
_FACTOR = 0xD6E8FEB86659FD93


class Ngrams(NamedTuple):
    """Hashes of the n-grams of several texts, in order; `bounds[i]:bounds[i + 1]` are those of text i."""

    hashes: NDArray[np.uint64]
    bounds: NDArray[np.int64]


def ngrams_of(words: Words, size: int, *, whole_if_short: bool) -> Ngrams:
    """Return every run of `size` words of each text.

    A text with fewer words has none, or with `whole_if_short` one that is all its words; a text without words has
    none in any case.
    """
    lengths = np.diff(words.bounds)
    counts = np.maximum(lengths - (size - 1), 0)
    if whole_if_short:
        counts = np.where((counts == 0) & (lengths > 0), 1, counts)
    bounds = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    # The place of each n-gram among the words: its own place, moved by what the texts before it lack.
    starts = np.arange(bounds[-1]) + np.repeat(words.bounds[:-1] - bounds[:-1], counts)
    ends = np.repeat(words.bounds[1:], counts)
    sums = np.zeros(len(starts), np.uint64)
    factor = 1
    # Texts that are too short read beyond their end, where they must add nothing.
    is_short = bool(whole_if_short and (lengths < size).any())
    padded = np.concatenate([words.hashes, np.zeros(size, np.uint64)])
    for offset in range(size):
        factor = factor * _FACTOR % (1 << 64)
        word = padded[starts + offset]
        if is_short and offset:
            word = np.where(starts + offset < ends, word, np.uint64(0))
        sums += word * np.uint64(factor)
    return Ngrams(mix(sums), bounds)
