"""Blocks that look alike on a page are judged together: headings of one level, terms, bold lines ..."""

import re
from collections.abc import Iterable
from typing import Final

from etl.rules.labels import label_at
from etl.rules.numbering import number_length
from etl.text.blocks import HEADING, ITEM, PARAGRAPH, STRONG, SUMMARY, TERM, Block

Shape = tuple[str, int]

NUMBERED: Final = "numbered"
PLAIN: Final[Shape] = (PARAGRAPH, 0)
_NUMBER_WINDOW: Final = 24
# Digests of questions (RFC 1153, and Usenet's FAQs since) set each as the subject of a message of its own.
_DIGEST: Final = re.compile(r"Subject:[ \t]{1,4}(?=\S)")


def shape_of(text: str, block: Block) -> Shape | None:
    """Return the shape of a block that could ask: its look and its level, items of ordered lists apart."""
    if block.mark == SUMMARY:
        return (SUMMARY, 0)
    if block.kind == PARAGRAPH:
        if block.level:
            return None
        if block.mark == STRONG:
            return (STRONG, 0)
        return (NUMBERED, 0) if bare_start(text, block) > block.start else PLAIN
    if block.kind in (HEADING, TERM):
        return (block.kind, block.level)
    if block.kind == ITEM:
        return (ITEM, block.level if block.number is None else -block.level)
    return None


def bare_start(text: str, block: Block) -> int:
    """Return where the text of a block starts behind a number such as ``2.4.`` or a label such as ``Q3:``."""
    start = block.start
    digest = _DIGEST.match(text, start, block.end)
    if digest is not None:
        start = digest.end()
    elif (label := label_at(text, start, block.end)) is not None and label.asks and label.end < block.end:
        start = label.end
    return start + _number(text, block._replace(start=start))


def group(found: Iterable[tuple[int, Shape]]) -> dict[Shape, list[int]]:
    """Return the indices by shape."""
    groups: dict[Shape, list[int]] = {}
    for index, shape in found:
        groups.setdefault(shape, []).append(index)
    return groups


def _number(text: str, block: Block) -> int:
    length = number_length(text[block.start : min(block.end, block.start + _NUMBER_WINDOW)])
    return length if block.start + length < block.end else 0
