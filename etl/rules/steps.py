"""Sequences of steps in a document: items of ordered lists, lines such as "Step 3: ...", announced lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from etl.rules.announced_steps import announced_steps
from etl.rules.numbering import number_length
from etl.rules.step_words import STEP_INITIALS, STEP_LABEL
from etl.text.blocks import CHROME, CODE, HEADING, ITEM, Block

# More blocks than this between two items of a list say that the second number counts something else.
_MAX_GAP: Final = 16
_MAX_GAP_OVER_A_HEADING: Final = 6
_MAX_LABELLED_CHARS: Final = 250
_HAN_DIGITS: Final = "一二三四五六七八九十"


class Step(NamedTuple):
    """One step: the index of its block, where its text starts, one past the last block that explains it."""

    place: int
    start: int
    stop: int


@dataclass(slots=True)
class Run:
    """Steps 1, 2, 3 ... of one sequence, in order.

    Attributes:
        steps: The steps.
        labelled: Whether each step says so ("Step 3"); else they are items of a list or numbered headings.
        shape: Kind and level that all its blocks share.
    """

    labelled: bool
    shape: tuple[str, int]
    steps: list[Step] = field(default_factory=list)


def find_runs(text: str, blocks: list[Block]) -> list[Run]:
    """Return the sequences of two steps or more, by their first; a nested one follows the outer one."""
    runs = [*_item_runs(blocks), *_labelled_runs(text, blocks)]
    runs += [_unnumbered(blocks, places) for places in announced_steps(text, blocks) if places]
    return sorted((run for run in runs if len(run.steps) > 1), key=lambda run: run.steps[0].place)


def _item_runs(blocks: list[Block]) -> Iterator[Run]:
    open_runs: dict[int, tuple[Run, list[int]]] = {}
    heading = -1

    def close(down_to: int) -> Iterator[Run]:
        for level in [level for level in open_runs if level >= down_to]:
            yield _finish(blocks, *open_runs.pop(level))

    for i, block in enumerate(blocks):
        if block.kind == HEADING:
            heading = i
        if block.kind != ITEM:
            continue
        yield from close(block.level + 1)
        if block.number is None:
            continue
        last = open_runs.get(block.level)
        if last and block.number == len(last[1]) + 1:
            # In plain text captions and notes between two steps may pass for headings: the number goes on.
            gap = _MAX_GAP_OVER_A_HEADING if heading > last[1][-1] else _MAX_GAP
            if i - last[1][-1] <= gap:
                last[1].append(i)
                continue
        yield from close(block.level)
        if block.number == 1:
            open_runs[block.level] = (Run(False, (ITEM, block.level)), [i])
    yield from close(0)


def _finish(blocks: list[Block], run: Run, indices: list[int]) -> Run:
    level = run.shape[1]
    stop = indices[-1] + 1
    while stop < len(blocks) and blocks[stop].level >= level and blocks[stop].kind not in (HEADING, CHROME):
        if blocks[stop].kind == ITEM and blocks[stop].level == level:
            break
        stop += 1
    run.steps = [Step(i, blocks[i].start, after) for i, after in zip(indices, [*indices[1:], stop], strict=True)]
    return run


def _unnumbered(blocks: list[Block], places: list[int]) -> Run:
    first = blocks[places[0]]
    run = Run(False, (first.kind, first.level))
    if first.kind == ITEM:
        return _finish(blocks, run, places)
    stops = [*places[1:], places[-1] + 1]
    run.steps = [Step(i, blocks[i].start, stop) for i, stop in zip(places, stops, strict=True)]
    return run


def _labelled_runs(text: str, blocks: list[Block]) -> Iterator[Run]:
    open_run: Run | None = None
    marks: list[tuple[int, int]] = []
    for i, block in enumerate(blocks):
        if block.kind in (CODE, CHROME) or block.end - block.start > _MAX_LABELLED_CHARS:
            continue
        if text[block.start] not in STEP_INITIALS and block.kind != HEADING:
            continue
        number, start, labelled = _number_of(text, block)
        shape = (block.kind, block.level)
        if (
            open_run
            and marks
            and shape == open_run.shape
            and labelled == open_run.labelled
            and number == len(marks) + 1
        ):
            marks.append((i, start))
        elif number == 1:
            if open_run:
                yield _finish_labelled(blocks, open_run, marks)
            open_run, marks = Run(labelled, shape), [(i, start)]
        elif open_run and block.kind == HEADING and (open_run.shape[0] != HEADING or block.level < open_run.shape[1]):
            yield _finish_labelled(blocks, open_run, marks)
            open_run, marks = None, []
    if open_run:
        yield _finish_labelled(blocks, open_run, marks)


def _number_of(text: str, block: Block) -> tuple[int, int, bool]:
    """Return number, start of the text behind it, whether a word for step stands before; 0 for no step."""
    found = STEP_LABEL.match(text, block.start, block.end)
    if found and found.end() < block.end:
        digits = next(group for group in found.groups() if group)
        number = _HAN_DIGITS.index(digits) + 1 if digits in _HAN_DIGITS else int(digits)
        return number, found.end(), True
    if block.kind == HEADING:
        length = number_length(text[block.start : block.start + 8])
        digits = re.sub(r"\D", "", text[block.start : block.start + length])
        if digits and "." not in text[block.start : block.start + length].rstrip(". \u00a0"):
            return int(digits), block.start + length, False
    return 0, 0, False


def _finish_labelled(blocks: list[Block], run: Run, marks: list[tuple[int, int]]) -> Run:
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
