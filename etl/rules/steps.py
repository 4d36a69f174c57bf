"""Sequences of steps in a document: items of ordered lists, "Step 3: ...", numbered headings, lines in a row."""

from collections.abc import Iterator, Sequence
from typing import Final

from etl.rules.announced_steps import announced_steps
from etl.rules.step_words import NO_TITLE
from etl.rules.steps_labelled import labelled_runs
from etl.rules.steps_run import Run, Step, finish_list, heading_number
from etl.rules.steps_unmarked import unmarked_steps
from etl.text.blocks import HEADING, ITEM, Block

# More blocks than this between two items of a list say that the second number counts something else.
_MAX_GAP: Final = 16
_MAX_GAP_OVER_A_HEADING: Final = 6


def find_runs(text: str, blocks: Sequence[Block]) -> list[Run]:
    """Return the sequences of two steps or more, by their first; a nested one follows the outer one."""
    runs = [*_item_runs(text, blocks), *labelled_runs(text, blocks)]
    runs += [_unnumbered(blocks, places) for places in announced_steps(text, blocks) if places]
    if not any(block.kind == ITEM for block in blocks):
        # Who marks a list somewhere means prose where there is none; text that lost its markers has none at all.
        taken = [(run.steps[0].place, run.steps[-1].stop) for run in runs if len(run.steps) > 1]
        runs += [_unnumbered(blocks, places, loose=True) for places in unmarked_steps(text, blocks, taken)]
    return sorted((run for run in runs if len(run.steps) > 1), key=lambda run: run.steps[0].place)


def _item_runs(text: str, blocks: Sequence[Block]) -> Iterator[Run]:
    open_runs: dict[int, tuple[Run, list[tuple[int, int]]]] = {}
    heading = last_numbered = -1

    def close(down_to: int) -> Iterator[Run]:
        # Levels are opened in rising order, so the innermost is the last.
        while open_runs and next(reversed(open_runs)) >= down_to:
            _, (run, marks) = open_runs.popitem()
            if len(marks) > 1:
                yield finish_list(blocks, run, marks)

    for i, block in enumerate(blocks):
        kind = block[0]
        if kind not in (ITEM, HEADING):
            continue
        if kind == HEADING:
            number, start = heading_number(text, block)
            last = open_runs.get(1)
            # In plain text an item set apart may pass for a heading; one that goes on from a heading is none.
            if last and number == len(last[1]) + 1 != last_numbered + 1 and i - last[1][-1][0] <= _MAX_GAP:
                last[1].append((i, start))
            elif not NO_TITLE.match(text, block.start, block.end):
                heading = i
            last_numbered = number or last_numbered
            continue
        yield from close(block.level + 1)
        if block.number is None:
            continue
        last = open_runs.get(block.level)
        if last and block.number == len(last[1]) + 1:
            # In plain text notes between two steps may pass for headings: the number goes on.
            gap = _MAX_GAP_OVER_A_HEADING if heading > last[1][-1][0] else _MAX_GAP
            if i - last[1][-1][0] <= gap:
                last[1].append((i, block.start))
                continue
        yield from close(block.level)
        if block.number == 1:
            open_runs[block.level] = (Run(False, (ITEM, block.level)), [(i, block.start)])
    yield from close(0)


def _unnumbered(blocks: Sequence[Block], places: list[int], *, loose: bool = False) -> Run:
    first = blocks[places[0]]
    run = Run(False, (first.kind, first.level), loose)
    if first.kind == ITEM:
        return finish_list(blocks, run, [(i, blocks[i].start) for i in places])
    stops = [*places[1:], places[-1] + 1]
    run.steps = [Step(i, blocks[i].start, stop) for i, stop in zip(places, stops, strict=True)]
    return run
