"""From a place in the text to the block it stands in."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Final

from etl.rules.base import Document
from etl.text.blocks import Block

# Of a longer document the tasks read the head: two pairs a task are soon found.
HEAD_CHARS: Final = 100_000

_START: Final = itemgetter(1)


def block_index(blocks: Sequence[Block], place: int) -> int:
    """Return the index of the block that holds `place`, or of the last one before it; -1 before the first."""
    return bisect_right(blocks, place, key=_START) - 1


def long_blocks(document: Document, kind: str, least: int, most: int) -> Iterator[int]:
    """Yield where the blocks of a kind outside lists begin whose length is from `least` to `most` code points."""
    for found, start, end, level, _, _ in document.blocks:
        if start > HEAD_CHARS:
            return
        if found == kind and level == 0 and least <= end - start <= most:
            yield start


def occurrences(text: str, needles: tuple[str, ...]) -> Iterator[int]:
    """Yield where one of the needles stands in the head of a text, needle by needle.

    A search for a plain string is many times faster than one for a pattern, and most texts have none of them.
    """
    for needle in needles:
        place = text.find(needle, 0, HEAD_CHARS)
        while place >= 0:
            yield place
            place = text.find(needle, place + 1, HEAD_CHARS)
