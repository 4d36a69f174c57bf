"""The words of many texts as numbers, by a few passes over all their characters at once."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from etl.fingerprints.characters import IGNORED, IN_WORD, WORD, Characters, characters, code_points

# Characters taken together: enough to forget the cost of a call, few enough for 40 MB of intermediate arrays. A longer
# text is cut here, wherever that falls; both of two equal texts are cut alike.
BLOCK_CHARS: Final = 500_000
# An odd factor has an inverse modulo 2**64, so the sum of a word can be moved to where every word begins.
_FACTOR: Final = 0x9E3779B97F4A7C55
_INVERSE: Final = pow(_FACTOR, -1, 1 << 64)


class Words(NamedTuple):
    """Hashes of the words of several texts, one after the other; `bounds[i]:bounds[i + 1]` are those of text i."""

    hashes: NDArray[np.uint64]
    bounds: NDArray[np.int64]


def words_of(texts: Sequence[str]) -> Words:
    """Return the words of each text: runs of letters and digits, or single characters of unspaced scripts.

    Case, accents, full width and invisible characters make no difference.
    """
    table = characters()
    hashes: list[NDArray[np.uint64]] = []
    counts = np.zeros(len(texts), np.int64)
    for numbers, pieces in _blocks(texts):
        found, ends = _hash_block(pieces, table)
        hashes.append(found)
        np.add.at(counts, numbers, np.diff(ends, prepend=0))
    bounds = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    return Words(np.concatenate(hashes) if hashes else np.zeros(0, np.uint64), bounds)


def _blocks(texts: Sequence[str]) -> Iterator[tuple[list[int], list[str]]]:
    """Yield pieces of texts that fill a block, with the number of the text each belongs to."""
    numbers: list[int] = []
    pieces: list[str] = []
    size = 0
    for number, text in enumerate(texts):
        for start in range(0, len(text), BLOCK_CHARS):
            piece = text[start : start + BLOCK_CHARS]
            if size + len(piece) > BLOCK_CHARS:
                yield numbers, pieces
                numbers, pieces, size = [], [], 0
            numbers.append(number)
            pieces.append(piece)
            size += len(piece)
    if pieces:
        yield numbers, pieces


def _hash_block(pieces: Sequence[str], table: Characters) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the hashes of all words, and behind which of them each piece ends."""
    points = code_points("\n".join(pieces))
    # A piece ends behind the line feed that parts it from the next one.
    piece_ends = np.cumsum([len(piece) + 1 for piece in pieces])
    kinds = table.kind[points]
    ignored = kinds == IGNORED
    if ignored.any():
        kept = np.flatnonzero(~ignored)
        points, kinds = points[kept], kinds[kept]
        piece_ends = np.searchsorted(kept, piece_ends)
    in_word = kinds == IN_WORD
    # +1 where a run of letters begins, -1 behind its end.
    steps = np.diff(in_word.view(np.int8), prepend=0, append=0)
    single = kinds == WORD
    starts = np.flatnonzero((steps[:-1] == 1) | single)
    ends = np.flatnonzero((steps[1:] == -1) | single) + 1
    powers, inverses = _powers()
    # Summed over all characters, so that the sum of a word is a difference of two; the sums wrap, which is wanted.
    sums = np.zeros(len(points) + 1, np.uint64)
    np.cumsum(table.value[points] * powers[: len(points)], out=sums[1:])
    hashes = (sums[ends] - sums[starts]) * inverses[starts]
    return hashes, np.searchsorted(starts, piece_ends)


@cache
def _powers() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    # Room for the line feeds between the pieces, of which none is empty.
    return _progression(_FACTOR), _progression(_INVERSE)


def _progression(factor: int) -> NDArray[np.uint64]:
    powers = np.full(2 * BLOCK_CHARS, factor, np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)


def spans(bounds: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield where the words of each text begin and end."""
    return pairwise(bounds.tolist())
