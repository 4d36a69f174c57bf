"""An index of benchmark items by their runs of words, and what of them a text holds.

The procedure is that of Cosmopedia: a shared run of words makes an item a candidate, and it counts where the blocks
the two have in common are more than half of it. Blocks are found by their runs of four words, in linear time; a
matcher of sequences would be quadratic.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from etl.benchmarks.items import Item
from etl.fingerprints.ngrams import ngrams_of
from etl.fingerprints.words import Words, words_of

# Shorter texts ("True", "Paris", "Which is correct?") occur everywhere: they count as a whole instruction only.
LEAST_WORDS: Final = 5
# Letters in UTF-8: five Latin words, or eight Han characters, each of which is a word.
LEAST_BYTES: Final = 24
_BLOCK_WORDS: Final = 4
_NO_WHOLE: Final = np.uint64(0)
# Boilerplate of a benchmark stands in each of its items; the first few of them stand for all.
_MAX_SHARED: Final = 10


class Overlap(NamedTuple):
    """What a text holds: an item, and which share of its words."""

    item: Item
    share: float


class BenchmarkIndex:
    """Items by the hashes of their runs of `ngram_size` words; shorter items by all their words."""

    def __init__(self, items: Sequence[Item], ngram_size: int, min_overlap: float) -> None:
        self._min_overlap = min_overlap
        self._items = list(items)
        self._words = words_of([item.text for item in items])
        lengths = np.diff(self._words.bounds)
        letters = np.array([len(item.text.encode("utf-8", "surrogatepass")) for item in items], np.int64)
        is_short = (lengths < LEAST_WORDS) | (letters < LEAST_BYTES)
        whole = _whole_hashes(self._words)
        self._whole = _by_hash(whole, np.arange(len(items)), is_short & (whole != _NO_WHOLE))
        sizes = np.minimum(lengths, ngram_size)
        self._grams = {
            int(size): _by_hash(*_grams_of(self._words, int(size)), (sizes == size) & ~is_short)
            for size in np.unique(sizes[~is_short])
        }

    def find(self, texts: Sequence[str], *, is_instruction: bool = False) -> list[Overlap | None]:
        """Return for each text the first item it holds, or None.

        With `is_instruction`, a text that is a very short item as a whole holds it.
        """
        words = words_of(texts)
        candidates: dict[int, set[int]] = {}
        for size, postings in self._grams.items():
            grams, numbers = _grams_of(words, size)
            for place, item in postings.look_up(grams):
                candidates.setdefault(int(numbers[place]), set()).add(item)
        found: list[Overlap | None] = [None] * len(texts)
        for text, numbers_of_items in candidates.items():
            found[text] = self._verified(words.hashes[words.bounds[text] : words.bounds[text + 1]], numbers_of_items)
        if is_instruction:
            for text, item in self._whole.look_up(_whole_hashes(words)):
                found[text] = found[text] or Overlap(self._items[item], 1.0)
        return found

    def _verified(self, text: NDArray[np.uint64], candidates: set[int]) -> Overlap | None:
        blocks = np.unique(_blocks(text))
        for number in sorted(candidates):
            item = self._words.hashes[self._words.bounds[number] : self._words.bounds[number + 1]]
            is_common = np.isin(_blocks(item), blocks)
            # A word is held where any run of words it stands in is.
            covered = np.convolve(is_common, np.ones(_BLOCK_WORDS, np.int64)) > 0
            share = float(covered.mean())
            if share > self._min_overlap:
                return Overlap(self._items[number], share)
        return None


class _Postings:
    """Which items have a hash; hashes are sorted and may repeat."""

    def __init__(self, hashes: NDArray[np.uint64], items: NDArray[np.int64]) -> None:
        self._hashes = hashes
        self._items = items

    @cached_property
    def _filter(self) -> NDArray[np.bool_]:
        # Of sixteen hashes that are not there, one gets through to the search in the sorted ones.
        n_bits = max(10, int(self._hashes.size * 16).bit_length())
        passed = np.zeros(1 << n_bits, bool)
        passed[self._hashes & np.uint64(len(passed) - 1)] = True
        return passed

    def __getstate__(self) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        return self._hashes, self._items

    def __setstate__(self, state: tuple[NDArray[np.uint64], NDArray[np.int64]]) -> None:
        self._hashes, self._items = state

    def look_up(self, hashes: NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
        """Yield the place of each given hash that is known, with each item that has it."""
        places = np.flatnonzero(self._filter[hashes & np.uint64(len(self._filter) - 1)])
        first = np.searchsorted(self._hashes, hashes[places], side="left")
        behind = np.searchsorted(self._hashes, hashes[places], side="right")
        for place, start, end in zip(places.tolist(), first.tolist(), behind.tolist(), strict=True):
            for item in self._items[start : min(end, start + _MAX_SHARED)].tolist():
                yield place, item


def _by_hash(hashes: NDArray[np.uint64], items: NDArray[np.int64], is_wanted: NDArray[np.bool_]) -> _Postings:
    kept = is_wanted[items]
    hashes, items = hashes[kept], items[kept]
    order = np.lexsort((items, hashes))
    return _Postings(hashes[order], items[order])


def _grams_of(words: Words, size: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return all runs of `size` words, and the number of the text each is from."""
    grams = ngrams_of(words, size, whole_if_short=False)
    return grams.hashes, np.repeat(np.arange(len(grams.bounds) - 1), np.diff(grams.bounds))


def _whole_hashes(words: Words) -> NDArray[np.uint64]:
    """Return one hash a text, that of all its words; `_NO_WHOLE` where there are none or too many."""
    hashes = np.full(len(words.bounds) - 1, _NO_WHOLE, np.uint64)
    grams = ngrams_of(words, LEAST_BYTES, whole_if_short=True)
    counts = np.diff(grams.bounds)
    hashes[counts == 1] = grams.hashes[grams.bounds[:-1][counts == 1]]
    return hashes


def _blocks(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    bounds = np.array([0, len(words)], np.int64)
    return ngrams_of(Words(words, bounds), _BLOCK_WORDS, whole_if_short=False).hashes
