"""The blocks a stretch of a document covers, cut where the stretch begins and ends within one."""

from bisect import bisect_right
from collections.abc import Sequence

from etl.rules.base import Span
from etl.text.blocks import Block


class Excerpts:
    """Cuts stretches out of the blocks of one document."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._starts = [block.start for block in blocks]

    def cut(self, span: Span) -> list[Block]:
        """Return the blocks of ``[span.start, span.end)``; an item that is cut at its start has lost its number."""
        start, end = span
        first = max(bisect_right(self._starts, start) - 1, 0)
        found: list[Block] = []
        for i in range(first, len(self._blocks)):
            block = self._blocks[i]
            if block.start >= end:
                break
            if block.end <= start:
                continue
            if block.start < start:
                block = block._replace(start=start, number=None)
            found.append(block._replace(end=min(block.end, end)))
        return found

    def place(self, at: int) -> int:
        """Return the index of the block that holds the code point `at`, or of the one before it."""
        return max(bisect_right(self._starts, at) - 1, 0)
