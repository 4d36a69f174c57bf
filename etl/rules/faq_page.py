"""Which blocks of a page are its questions. One question mark proves nothing: the page as a whole must show it.

Blocks of one shape (headings of one level, summaries, terms, bold lines, numbered lines, plain lines ...) are
judged together: a shape asks when enough of its blocks end in a question mark.
"""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from etl.rules.base import Document
from etl.rules.numbering import number_length
from etl.rules.page_words import FAQ_NAME
from etl.rules.question_words import ARMENIAN_MARK, GREEK_MARK, QUESTION_MARKS
from etl.rules.questions import has_question_mark, is_question, opens_question
from etl.text.blocks import HEADING, ITEM, LINK, PARAGRAPH, STRONG, SUMMARY, TERM, Block

Shape = tuple[str, int]

NUMBERED: Final = "numbered"
_ASKABLE: Final = frozenset((HEADING, PARAGRAPH, ITEM, TERM))
_MIN_CHARS: Final = 4
# A question mark stands this near to the end of its block, closing quotes and brackets after it.
_MARK_WINDOW: Final = 5
_MARK: Final = re.compile(f"[{QUESTION_MARKS}{GREEK_MARK}]")
_MAX_NAME_CHARS: Final = 80
_SPEECH: Final = tuple("\"“”„«»‘'—–-「『")

_MIN_HEADINGS: Final = 2
_MIN_SHARE_OF_HEADINGS: Final = 0.3
_MANY_HEADINGS: Final = 4
_MIN_MARKED: Final = 2
_MIN_PLAIN: Final = 3
_MAX_BLOCKS_A_QUESTION: Final = 8
_MIN_OPENERS: Final = 0.6
_MAX_PLAIN_CHARS: Final = 160


class Asked(NamedTuple):
    """A question of the page: the index of its block, its shape, and where its text starts in the document."""

    index: int
    shape: Shape
    start: int


def find_questions(document: Document, max_chars: int) -> list[Asked]:
    """Return the questions of a page in order; empty unless the page gives evidence that it asks to answer."""
    text, blocks, _, lang = document
    if not _may_ask(document):
        return []
    marked = _marked(text, blocks, max_chars, lang)
    if not marked:
        return []
    named = _named_from(document)
    by_shape: dict[Shape, list[int]] = {}
    for index, shape in marked:
        by_shape.setdefault(shape, []).append(index)
    totals: dict[Shape, list[int]] = {shape: [] for shape in by_shape}
    for i, block in enumerate(blocks):
        shape = shape_of(text, block)
        if shape in totals:
            totals[shape].append(i)
    asking = {
        shape
        for shape, indices in by_shape.items()
        if _asks(document, shape, indices, totals[shape], named)
    }
    if any(kind in (HEADING, SUMMARY, TERM) for kind, _ in asking):
        # On a page whose headings ask, a plain line that asks is rhetoric inside an answer.
        asking = {shape for shape in asking if shape[0] != PARAGRAPH}
    found = [(i, shape) for i, shape in marked if shape in asking]
    seen = {i for i, _ in found}
    for shape in asking:
        if shape[0] in (PARAGRAPH, ITEM):
            continue
        for i in totals[shape]:
            if i not in seen and _is_unmarked_question(text, blocks[i], max_chars, lang):
                found.append((i, shape))
    return [Asked(i, shape, _start(text, blocks[i])) for i, shape in sorted(found)]


def shape_of(text: str, block: Block) -> Shape | None:
    """Return what blocks `block` is judged together with; None for what cannot be a question."""
    if block.mark == SUMMARY:
        return (SUMMARY, 0)
    if block.kind == PARAGRAPH:
        if block.level:
            return None
        if block.mark == STRONG:
            return (STRONG, 0)
        return (NUMBERED, 0) if number_length(text[block.start : block.start + 12]) else (PARAGRAPH, 0)
    if block.kind in (HEADING, TERM, ITEM):
        return (block.kind, block.level if block.number is None else -block.level)
    return None


def _may_ask(document: Document) -> bool:
    text = document.text
    return (
        "?" in text
        or any(mark in text for mark in QUESTION_MARKS[1:])
        or (GREEK_MARK in text and document.lang in ("el", None))
        or ARMENIAN_MARK in text
    )


def _start(text: str, block: Block) -> int:
    return block.start + number_length(text[block.start : block.start + 24])


def _marked(text: str, blocks: list[Block], max_chars: int, lang: str | None) -> list[tuple[int, Shape]]:
    found = []
    search = _MARK.search
    for i, (kind, start, end, _, _, mark) in enumerate(blocks):
        if kind not in _ASKABLE or not _MIN_CHARS <= end - start <= max_chars or mark == LINK:
            continue
        if search(text, max(start, end - _MARK_WINDOW), end) is None and ARMENIAN_MARK not in text[start:end]:
            continue
        shape = shape_of(text, blocks[i])
        body = text[start:end]
        if shape is not None and has_question_mark(body) and is_question(body, lang) and not body.startswith(_SPEECH):
            found.append((i, shape))
    return found


def _named_from(document: Document) -> int | None:
    """Return the index of the first block from which the page calls itself one of questions, if any."""
    if document.title and FAQ_NAME.search(document.title):
        return 0
    text = document.text
    for i, (kind, start, end, _, _, mark) in enumerate(document.blocks):
        short = end - start <= _MAX_NAME_CHARS and mark != LINK and kind in (HEADING, PARAGRAPH)
        if short and FAQ_NAME.search(text, start, end):
            return i
    return None


def _asks(document: Document, shape: Shape, marked: list[int], total: list[int], named: int | None) -> bool:
    kind = shape[0]
    n = len(marked)
    if kind == SUMMARY:
        return True
    if named is not None and marked[-1] > named:
        return n >= 1 if kind in (HEADING, STRONG, TERM) else n >= _MIN_MARKED
    if kind == HEADING:
        return n >= _MIN_HEADINGS and (n >= _MIN_SHARE_OF_HEADINGS * len(total) or n >= _MANY_HEADINGS)
    if kind in (TERM, STRONG, NUMBERED, ITEM):
        return n >= _MIN_MARKED
    return _plain_lines_ask(document, marked)


def _plain_lines_ask(document: Document, marked: list[int]) -> bool:
    """Judge paragraphs that end in a question mark: enough, near each other, short and worded as questions."""
    text, blocks, _, lang = document
    if len(marked) < _MIN_PLAIN or marked[-1] - marked[0] > _MAX_BLOCKS_A_QUESTION * len(marked):
        return False
    bodies = [text[blocks[i].start : blocks[i].end] for i in marked]
    opening = sum(opens_question(body.rstrip(QUESTION_MARKS + " "), lang) for body in bodies)
    return opening >= _MIN_OPENERS * len(bodies) and _median(map(len, bodies)) <= _MAX_PLAIN_CHARS


def _median(values: Iterable[int]) -> int:
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def _is_unmarked_question(text: str, block: Block, max_chars: int, lang: str | None) -> bool:
    if block.end - block.start > max_chars or block.mark == LINK:
        return False
    body = text[_start(text, block) : block.end]
    return is_question(body, lang)
