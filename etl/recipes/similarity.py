"""Which of many instructions are too much alike: MinHash proposes, ROUGE-L decides.

Self-Instruct (Wang et al. 2023) compares each new instruction with every known one; here only with those that share
a band of hashes.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from etl.fingerprints.minhash import bands, signatures
from etl.fingerprints.ngrams import ngrams_of
from etl.fingerprints.words import words_of

# 32 bands of 2 hashes of single words propose two texts with half of their words in common almost surely.
_HASHES: Final = 64
_BANDS: Final = 32
# Longer instructions are compared by their beginnings, which is what makes two of them alike.
_MAX_WORDS: Final = 200


def too_similar(new: Sequence[str], known: Sequence[str], limit: float) -> list[tuple[int, float] | None]:
    """Return for each new text which text it is too much like, or None where it is like none.

    A new text that stays is known to those behind it, so the order of `new` matters: let it be that of a hash.

    Args:
        new: Texts to judge.
        known: Texts that are there already.
        limit: ROUGE-L F from above which two texts are too much alike.

    Returns:
        For each new text the number of the other (in `known` followed by `new`) and the measure, or None.
    """
    texts = [*known, *new]
    words = words_of(texts)
    rows = [words.hashes[start:end][:_MAX_WORDS].tolist() for start, end in pairwise(words.bounds.tolist())]
    minima = signatures(ngrams_of(words, 1, whole_if_short=True), _HASHES)
    bands_of = bands(minima, _BANDS)
    buckets: dict[int, list[int]] = {}
    verdicts: list[tuple[int, float] | None] = []
    for place in range(len(texts)):
        keys = np.unique(bands_of[place]).tolist()
        found = None
        if place >= len(known):
            near = sorted({other for key in keys for other in buckets.get(key, ())})
            found = _most_alike(rows, place, near, limit)
            verdicts.append(found)
        if found is None:
            for key in keys:
                buckets.setdefault(key, []).append(place)
    return verdicts


def _most_alike(rows: list[list[int]], place: int, near: list[int], limit: float) -> tuple[int, float] | None:
    best: tuple[int, float] | None = None
    for other in near:
        measure = rouge_l(rows[place], rows[other])
        if measure > limit and (best is None or measure > best[1]):
            best = (other, measure)
    return best


def rouge_l(one: Sequence[int | str], other: Sequence[int | str]) -> float:
    """Return the F measure of the longest common subsequence (Lin 2004), from 0 to 1.

    >>> rouge_l("the cat sat".split(), "the cat ran".split())
    0.6666666666666666
    """
    if not one or not other:
        return 0.0
    return 2 * _common(one, other) / (len(one) + len(other))


def _common(one: Sequence[int | str], other: Sequence[int | str]) -> int:
    """Return the length of the longest common subsequence, a row of the table in one integer (Hyyrö 2004)."""
    masks: dict[int | str, int] = {}
    for place, word in enumerate(one):
        masks[word] = masks.get(word, 0) | (1 << place)
    full = (1 << len(one)) - 1
    row = full
    for word in other:
        matched = row & masks.get(word, 0)
        row = ((row + matched) | (row - matched)) & full
    return len(one) - row.bit_count()
