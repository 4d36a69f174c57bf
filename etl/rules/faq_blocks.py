"""Blocks that hold a question and its answer at once, taken apart: a line and what follows it, a row of a table."""

import re
from collections.abc import Iterator
from typing import Final

from etl.rules.base import Document
from etl.rules.labels import label_at
from etl.rules.questions import has_question_mark
from etl.text.blocks import DEFINITION, ITEM, LINK, PARAGRAPH, TABLE, TERM, Block
from etl.text.html_table import CELL_GAP

# What a question and its answer in one block look like in the text; nearly all documents have none of it.
_GLUED: Final = re.compile(r"[?？؟;][\"'”’»)\]*_]{0,3}[ \t]{0,3}(?:\n(?=[^\n])|\| )")
_FOREIGN_MARK: Final = re.compile("[？؟;]")
# A mark in so many characters, or fewer, is rare.
_RARE: Final = 50
_MIN_ROWS: Final = 2
_MIN_SHARE_OF_ROWS: Final = 0.5
# The cells a question may stand in: the first, or the second behind a number.
_MAX_ASKING_CELLS: Final = 2


def taken_apart(document: Document, max_chars: int) -> Document:
    """Return the document with the answers of glued blocks as blocks of their own, in the same text.

    A paragraph or an item whose first line asks becomes that line and the rest; a table with a question in most
    of its rows becomes terms and definitions.

    Args:
        document: The document.
        max_chars: Longer is no question.
    """
    text = document.text
    if "?" not in text and (text.isascii() or _FOREIGN_MARK.search(text) is None):
        return document
    if not _holds_glued(text):
        return document
    return document._replace(blocks=[part for block in document.blocks for part in _parts(text, block, max_chars)])


def _holds_glued(text: str) -> bool:
    # In ASCII one mark can be in it, and where that is rare, to go from one to the next is quicker than a pattern.
    if not text.isascii() or text.count("?") * _RARE > len(text):
        return _GLUED.search(text) is not None
    mark = text.find("?")
    while mark >= 0:
        if _GLUED.match(text, mark):
            return True
        mark = text.find("?", mark + 1)
    return False


def _parts(text: str, block: Block, max_chars: int) -> Iterator[Block]:
    if block.kind == TABLE:
        yield from _rows(text, block, max_chars)
        return
    if block.kind in (PARAGRAPH, ITEM) and block.mark != LINK:
        stop = text.find("\n", block.start, min(block.end, block.start + max_chars + 1))
        if stop > 0 and has_question_mark(text[block.start : stop]) and label_at(text, stop + 1, block.end) is None:
            yield block._replace(end=stop)
            yield Block(PARAGRAPH, stop + 1, block.end, block.level)
            return
    yield block


def _rows(text: str, table: Block, max_chars: int) -> Iterator[Block]:
    cells = []
    n_rows = 0
    start = table.start
    for row in text[table.start : table.end].split("\n"):
        n_rows += 1
        cells.append((start, start + len(row), _asking_cell(text, start, start + len(row), max_chars)))
        start += len(row) + 1
    n_asking = sum(cell is not None for _, _, cell in cells)
    if n_asking < _MIN_ROWS or n_asking < _MIN_SHARE_OF_ROWS * n_rows:
        yield table
        return
    for start, end, cell in cells:
        if cell is None:
            if start < end:
                yield table._replace(start=start, end=end)
            continue
        yield Block(TERM, cell[0], cell[1], table.level + 1)
        yield Block(DEFINITION, cell[1] + len(CELL_GAP), end, table.level + 1)


def _asking_cell(text: str, start: int, end: int, max_chars: int) -> tuple[int, int] | None:
    """Return where the question of a row starts and ends, if there is one and a cell with text behind it."""
    for _ in range(_MAX_ASKING_CELLS):
        stop = text.find(CELL_GAP, start, min(end, start + max_chars + len(CELL_GAP)))
        if stop < 0 or not text[stop + len(CELL_GAP) : end].strip():
            return None
        if has_question_mark(text[start:stop]):
            return start, stop
        start = stop + len(CELL_GAP)
    return None
