"""Tables of HTML: one block of rows for data, the blocks of the cells where it only lays out the page."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from etl.text.blocks import ITEM, PARAGRAPH, TABLE
from etl.text.drafts import Draft

CELL_GAP: Final = " | "
# A longer cell is prose that was set in a table.
_MAX_CELL = 500


@dataclass(slots=True)
class Table:
    """An open table; `rows` holds, for each cell, how many drafts there were when it began."""

    rows: list[list[int]] = field(default_factory=list)
    cell_is_open: bool = False
    has_header: bool = False
    is_layout: bool = False

    def close(self, drafts: list[Draft]) -> None:
        """Replace the drafts of the cells, the last of `drafts`, by one of kind ``table``, if they are data."""
        rows = [row for row in self.rows if row]
        if not rows or self.is_layout:
            return
        start = rows[0][0]
        cells = drafts[start:]
        starts = [at for row in rows for at in row]
        bounds = list(pairwise([*starts, len(drafts)]))
        if not cells or not self._is_data(cells, bounds) or _is_box(rows, bounds):
            return
        texts = [" ".join(draft.text.replace("\n", " ") for draft in drafts[begin:end]) for begin, end in bounds]
        lines = []
        at = 0
        for row in rows:
            lines.append(CELL_GAP.join(texts[at : at + len(row)]).strip())
            at += len(row)
        first = cells[0]
        text = "\n".join(line for line in lines if line.strip(" |"))
        drafts[start:] = [Draft(TABLE, text, first.level, None, "", first.list_id, first.region)]

    def _is_data(self, cells: list[Draft], bounds: list[tuple[int, int]]) -> bool:
        if max(map(len, self.rows)) < 2 or any(draft.region != cells[0].region for draft in cells):
            return False
        if self.has_header:
            return all(draft.kind in (PARAGRAPH, ITEM) for draft in cells)
        if any(end - begin > 1 for begin, end in bounds):
            return False
        return all(draft.kind == PARAGRAPH and len(draft.text) <= _MAX_CELL for draft in cells)


def _is_box(rows: list[list[int]], bounds: list[tuple[int, int]]) -> bool:
    """Tell whether no row has text in two cells, as in the frame of a note: one column beside an image."""
    at = 0
    for row in rows:
        if sum(begin < end for begin, end in bounds[at : at + len(row)]) > 1:
            return False
        at += len(row)
    return True
