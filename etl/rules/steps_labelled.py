"""Steps that say so or that are headings: "Step 3: ...", "第三步", headings 1, 2, 3."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from etl.rules.step_words import STEP_INITIALS, STEP_LABEL
from etl.rules.steps_run import Run, Step, heading_number
from etl.text.blocks import CHROME, CODE, HEADING, ITEM, Block

_MAX_LABELLED_CHARS: Final = 250
_HAN_DIGITS: Final = "一二三四五六七八九十"


def labelled_runs(text: str, blocks: Sequence[Block]) -> Iterator[Run]:
    """Yield the sequences whose blocks carry a word for step and a number, and those of numbered headings."""
    run: Run | None = None
    marks: list[tuple[int, int]] = []
    # An item of that number may be a step that the parser took for no heading, unless a list of its own began.
    has_own_list = False
    # Unpacked, as every block of every document comes by here.
    for i, (kind, begin, end, level, ordinal, _) in enumerate(blocks):
        if run and kind == ITEM and ordinal is not None and run.shape[0] == HEADING and not run.labelled:
            has_own_list = has_own_list or ordinal == 1
            if ordinal == len(marks) + 1 and len(marks) > 1 and not has_own_list:
                marks.append((i, begin))
            continue
        if kind in (CODE, CHROME) or end - begin > _MAX_LABELLED_CHARS:
            continue
        if kind != HEADING and text[begin] not in STEP_INITIALS:
            continue
        number, start, labelled = _number_of(text, blocks[i])
        if not number and not run:
            continue
        shape = (kind, level)
        if run and marks and shape == run.shape and labelled == run.labelled and number == len(marks) + 1:
            marks.append((i, start))
            has_own_list = False
        elif number == 1:
            if run:
                yield _finish(blocks, run, marks)
            run, marks, has_own_list = Run(labelled, shape), [(i, start)], False
        elif run and kind == HEADING and (run.shape[0] != HEADING or level < run.shape[1]):
            yield _finish(blocks, run, marks)
            run, marks = None, []
    if run:
        yield _finish(blocks, run, marks)


def _number_of(text: str, block: Block) -> tuple[int, int, bool]:
    """Return number, start of the text behind it, whether a word for step stands before; 0 for no step."""
    first = text[block.start]
    may_be_labelled = first in STEP_INITIALS or not first.isascii()
    found = STEP_LABEL.match(text, block.start, block.end) if may_be_labelled else None
    if found and found.end() < block.end:
        digits = next(group for group in found.groups() if group)
        number = _HAN_DIGITS.index(digits) + 1 if digits in _HAN_DIGITS else int(digits)
        return number, found.end(), True
    if block.kind == HEADING:
        return *heading_number(text, block), False
    return 0, 0, False


def _finish(blocks: Sequence[Block], run: Run, marks: list[tuple[int, int]]) -> Run:
    kind, level = run.shape
    indices = [i for i, _ in marks]
    longest = max((after - i for i, after in pairwise(indices)), default=1)
    stop = indices[-1] + 1
    # Only the next heading says where the last of several paragraphs ends: it gets no more than the longest
    # before.
    while stop < len(blocks) and (kind == HEADING or stop - indices[-1] < longest):
        block = blocks[stop]
        if block.kind == CHROME or (block.kind == HEADING and (kind != HEADING or block.level <= level)):
            break
        stop += 1
    run.steps = [Step(i, start, after) for (i, start), after in zip(marks, [*indices[1:], stop], strict=True)]
    return run
