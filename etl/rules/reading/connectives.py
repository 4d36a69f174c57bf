"""Two neighbouring sentences and the connective that opens the second one."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from etl.rules.base import Document, Span
from etl.rules.reading.places import HEAD_CHARS, block_index
from etl.rules.reading.sentences import sentences_near
from etl.rules.reading.summary_names import LABEL
from etl.text.blocks import ITEM, PARAGRAPH


class Linked(NamedTuple):
    """A sentence, the next one, and how far the connective of that reaches."""

    first: Span
    second: Span
    connective: Span


def places_of(document: Document, connective: re.Pattern[str]) -> Iterator[int]:
    """Yield the places of a connective in the head of a text."""
    return (found.start() for found in connective.finditer(document.text, 0, HEAD_CHARS))


def linked_at(document: Document, connective: re.Pattern[str], place: int, lang: str) -> Linked | None:
    """Return the two sentences that a connective links which opens a sentence at `place`, or None.

    Both stand in one block, the second right behind the first.
    """
    text, blocks = document.text, document.blocks
    block = blocks[block_index(blocks, place)]
    found = connective.match(text, place)
    if block.kind not in (PARAGRAPH, ITEM) or place >= block.end or found is None:
        return None
    near = sentences_near(text, block.start, block.end, place, lang)
    at = next((n for n, span in enumerate(near) if span.start == place), 0)
    if at == 0:
        return None
    first = near[at - 1]
    label = LABEL.match(text, first.start, first.end) if first.start == block.start else None
    return Linked(Span(label.end(), first.end) if label else first, near[at], Span(place, found.end()))
