"""Blocks that look alike on a page are judged together: headings of one level, terms, bold lines ..."""

import re
from collections.abc import Iterable
from typing import Final

from etl.rules.labels import label_at
from etl.rules.numbering import NUMBERS, number_length
from etl.text.blocks import HEADING, ITEM, PARAGRAPH, STRONG, SUMMARY, TERM, Block

Shape = tuple[str, int]

NUMBERED: Final = "numbered"
PLAIN: Final[Shape] = (PARAGRAPH, 0)
_NUMBER_WINDOW: Final = 24
_BRACKETS: Final = "[【(（"
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
    start, end = block.start, block.end
    first = text[start]
    if first == "S" and (digest := _DIGEST.match(text, start, end)) is not None:
        start = digest.end()
    elif first.isalpha() or first in _BRACKETS:
        label = label_at(text, start, end)
        if label is not None and label.asks and label.end < end:
            start = label.end
    length = number_length(text[start : min(end, start + _NUMBER_WINDOW)]) if text[start] in NUMBERS else 0
    return start + length if start + length < end else start


def group(found: Iterable[tuple[int, Shape]]) -> dict[Shape, list[int]]:
    """Return the indices by shape."""
    groups: dict[Shape, list[int]] = {}
    for index, shape in found:
        groups.setdefault(shape, []).append(index)
    return groups
