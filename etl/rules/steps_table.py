"""Steps that are rows of a table: the first column counts 1, 2, 3, the second says what to do."""

from collections.abc import Iterator, Sequence
from typing import Final

from etl.text.blocks import ITEM, PARAGRAPH, TABLE, Block

_CELLS: Final = " | "
_FIRST_ROW: Final = "1" + _CELLS
_LEVEL: Final = 1


def with_rows_as_items(text: str, blocks: list[Block]) -> list[Block]:
    """Return the blocks with each table of numbered rows as an ordered list; the same object where there is none.

    The second cell of a row becomes an item, each further one a paragraph of that item.
    """
    if not any(block.kind == TABLE and _FIRST_ROW in text[block.start : block.end] for block in blocks):
        return blocks
    found: list[Block] = []
    for block in blocks:
        rows = list(_numbered_rows(text, block)) if block.kind == TABLE else []
        if len(rows) > 1:
            for row in rows:
                found.extend(row)
        else:
            found.append(block)
    return found


def _numbered_rows(text: str, table: Block) -> Iterator[list[Block]]:
    """Yield the blocks of the rows 1, 2, 3 ...; nothing from the first row on that counts otherwise."""
    expected = 1
    at = table.start
    for line in text[table.start : table.end].split("\n"):
        # An empty last cell leaves its bar at the end of the line.
        cells = line.removesuffix(_CELLS.rstrip()).split(_CELLS)
        if cells[0].strip().rstrip(".") == str(expected) and len(cells) > 1 and cells[1].strip():
            yield list(_cells(cells, at, expected))
            expected += 1
        elif expected > 1 and line.strip():
            return
        at += len(line) + 1


def _cells(cells: Sequence[str], at: int, number: int) -> Iterator[Block]:
    for column, cell in enumerate(cells):
        start = at + len(cell) - len(cell.lstrip())
        end = at + len(cell.rstrip())
        if column == 1:
            yield Block(ITEM, start, end, _LEVEL, number)
        elif column and start < end:
            yield Block(PARAGRAPH, start, end, _LEVEL)
        at += len(cell) + len(_CELLS)
