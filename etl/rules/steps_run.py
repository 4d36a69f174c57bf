"""What a step and a sequence of steps are, and where the last step of a list ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from etl.rules.numbering import NUMBERS, number_length
from etl.text.blocks import CHROME, HEADING, ITEM, Block

_NUMBER_WINDOW: Final = 8
# Bounds the work on lists inside lists inside lists.
_MAX_BLOCKS: Final = 1000
_NO_DIGITS: Final = re.compile(r"\D")


class Step(NamedTuple):
    """One step: the index of its block, where its text starts, one past the last block that explains it."""

    place: int
    start: int
    stop: int


@dataclass(slots=True)
class Run:
    """Steps 1, 2, 3 ... of one sequence, in order.

    Attributes:
        labelled: Whether each step says so ("Step 3"); else they are items of a list, numbered headings or lines.
        shape: Kind and level that all its blocks share.
        loose: Whether nothing but the wording of its lines makes it a sequence.
        steps: The steps.
    """

    labelled: bool
    shape: tuple[str, int]
    loose: bool = False
    steps: list[Step] = field(default_factory=list)


def heading_number(text: str, block: Block) -> tuple[int, int]:
    """Return the number such as ``3.`` that a heading opens with, 0 if none, and where its text starts behind it."""
    first = text[block.start]
    if first.isalpha() and first not in NUMBERS:
        # Most headings, without a pattern tried.
        return 0, block.start
    length = number_length(text[block.start : block.start + _NUMBER_WINDOW])
    if not length or block.start + length >= block.end:
        return 0, block.start
    number = text[block.start : block.start + length]
    digits = _NO_DIGITS.sub("", number)
    # "2.4." is the number of a section.
    if not digits or "." in number.rstrip(". \u00a0"):
        return 0, block.start
    return int(digits), block.start + length


def finish_list(blocks: Sequence[Block], run: Run, marks: list[tuple[int, int]]) -> Run:
    """Fill in the steps of a list: `marks` holds block and start of the text of each.

    The last step ends where the list does: at a heading, at an item beside it, at text outside of it.
    """
    level = run.shape[1]
    last = marks[-1][0]
    least = 0 if blocks[last].kind == HEADING else level
    stop = last + 1
    end = min(len(blocks), stop + _MAX_BLOCKS)
    while stop < end and blocks[stop].level >= least and blocks[stop].kind not in (HEADING, CHROME):
        if blocks[stop].kind == ITEM and blocks[stop].level == level:
            break
        stop += 1
    run.steps = [
        Step(i, start, after) for (i, start), after in zip(marks, [*(i for i, _ in marks[1:]), stop], strict=True)
    ]
    return run
