"""Whether a page asks in blocks of a shape. One question mark proves nothing: the whole page must show it."""

from collections.abc import Sequence
from typing import Final

from etl.rules.base import Document
from etl.rules.once import once
from etl.rules.page_names import ASCII_STEMS, FAQ_NAME, FAQ_PHRASE, NAME_STEMS, QUESTIONS_TITLE
from etl.rules.questions import asks_outright
from etl.rules.shapes import NUMBERED, Shape
from etl.text.blocks import HEADING, ITEM, LINK, PARAGRAPH, STRONG, SUMMARY, TERM, Block

_MIN_HEADINGS: Final = 2
_MIN_SHARE_OF_HEADINGS: Final = 0.3
_MANY_HEADINGS: Final = 4
_MIN_MARKED: Final = 2
_MIN_PLAIN: Final = 3
_MAX_BLOCKS_A_QUESTION: Final = 20
_MIN_OUTRIGHT: Final = 0.8
# Questions that follow each other closely, each above a text, need not all open as questions do.
_MIN_OUTRIGHT_ANSWERED: Final = 0.65
_MAX_CLOSE: Final = 4
# So many of the blocks below plain questions end as sentences do, or are as long.
_MIN_PROSE: Final = 0.5
_MIN_PROSE_CHARS: Final = 100
_MIN_ANSWER: Final = 0.5
_MIN_SHARE_ANSWERED: Final = 0.9
_MAX_MEDIAN_CHARS: Final = 160
_MAX_NAME_CHARS: Final = 80
# A page says in its first few paragraphs what it is.
_MAX_INTRODUCTION: Final = 5
_MAX_INTRODUCTION_CHARS: Final = 400


@once
def named_from(document: Document) -> int | None:
    """Return the index of the block that calls the page one of questions; None where none does."""
    text, blocks, title = document.text, document.blocks, document.title
    if title and (FAQ_NAME.search(title) or QUESTIONS_TITLE.fullmatch(title)):
        return 0
    for i, (kind, start, end, _, _, mark) in enumerate(blocks):
        if mark == LINK or kind not in (HEADING, PARAGRAPH):
            continue
        is_short = end - start <= _MAX_NAME_CHARS
        if not is_short and i >= _MAX_INTRODUCTION:
            continue
        body = text[start : min(end, start + _MAX_INTRODUCTION_CHARS)].lower()
        # Written out: nearly all blocks end here, and any() costs twice as much.
        for stem in ASCII_STEMS if body.isascii() else NAME_STEMS:
            if stem in body:
                break
        else:
            continue
        if is_short and (
            FAQ_NAME.search(text, start, end)
            or (kind == HEADING and i < _MAX_INTRODUCTION and QUESTIONS_TITLE.fullmatch(text, start, end) is not None)
        ):
            return i
        if i < _MAX_INTRODUCTION and FAQ_PHRASE.search(text, start, min(end, start + _MAX_INTRODUCTION_CHARS)):
            return i
    return None


def asks(document: Document, shape: Shape, marked: Sequence[int], total: int, named: int | None) -> bool:
    """Return whether blocks of `shape` ask on this page.

    Args:
        document: The page.
        shape: The shape.
        marked: Indices of the blocks of the shape that end in a question mark; not empty.
        total: How many blocks of the shape there are.
        named: What `named_from` returned.
    """
    kind = shape[0]
    n = len(marked)
    if kind == SUMMARY:
        return True
    if named is not None and marked[-1] > named:
        return n >= (1 if kind in (HEADING, STRONG, TERM) else _MIN_MARKED)
    if kind == HEADING:
        return n >= _MIN_HEADINGS and (n >= _MIN_SHARE_OF_HEADINGS * total or n >= _MANY_HEADINGS)
    if kind in (TERM, STRONG, NUMBERED, ITEM):
        return n >= _MIN_MARKED
    return _plain_lines_ask(document, marked)


def _plain_lines_ask(document: Document, marked: Sequence[int]) -> bool:
    """Judge paragraphs that end in a question mark: are they enough, near each other, short, real questions?"""
    text, blocks, lang = document.text, document.blocks, document.lang
    if len(marked) < _MIN_PLAIN or marked[-1] - marked[0] > _MAX_BLOCKS_A_QUESTION * len(marked):
        return False
    bodies = [text[blocks[i].start : blocks[i].end] for i in marked]
    if sorted(map(len, bodies))[len(bodies) // 2] > _MAX_MEDIAN_CHARS:
        return False
    if sum(_is_prose(text, blocks, i + 1) for i in marked) < _MIN_PROSE * len(marked):
        return False
    least = _MIN_OUTRIGHT_ANSWERED if _are_answered(blocks, marked) else _MIN_OUTRIGHT
    return sum(asks_outright(body, lang) for body in bodies) >= least * len(bodies)


def _is_prose(text: str, blocks: Sequence[Block], place: int) -> bool:
    """Return whether the block at `place` ends as sentences do, or is a list, code or a table: no line of a menu."""
    if place >= len(blocks):
        return False
    block = blocks[place]
    is_short_line = block.kind in (PARAGRAPH, HEADING) and block.end - block.start < _MIN_PROSE_CHARS
    return not (is_short_line and text[block.end - 1].isalnum())


def _are_answered(blocks: Sequence[Block], marked: Sequence[int]) -> bool:
    """Return whether the questions follow each other closely and each has one short text or more below it."""
    asked = set(marked)
    if marked[-1] - marked[0] > _MAX_CLOSE * len(marked):
        return False
    n = sum(
        i + 1 < len(blocks)
        and i + 1 not in asked
        and blocks[i + 1].end - blocks[i + 1].start >= (blocks[i].end - blocks[i].start) * _MIN_ANSWER
        for i in marked
    )
    return n >= _MIN_SHARE_ANSWERED * len(marked)
