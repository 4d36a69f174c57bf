"""Steps that no marker shows: lines in a row that instruct, below a line that reads as a title.

Text without markup has them where list markers were lost, guides have them as paragraphs with code between them.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from etl.rules.announced_steps import announces
from etl.rules.imperatives import allows, is_instruction, may_instruct
from etl.rules.numbering import number_length
from etl.rules.step_words import ASKS_FOR_A_WAY, CAPTION, NAMES_AN_ACTIVITY, NO_TITLE
from etl.text.blocks import CHROME, HEADING, PARAGRAPH, TERM, Block
from etl.text.plain_marks import section_depth

_MIN_STEPS: Final = 3
_MAX_STEP_CHARS: Final = 600
_MAX_TITLE_CHARS: Final = 90
# Captions and notes between a title and the first step.
_MAX_CAPTIONS: Final = 4
_NUMBER_WINDOW: Final = 24
# An explanation, a result or a note may stand between two lines that instruct; three lines say the steps are over.
_MAX_LINES_BETWEEN: Final = 2
_CODE_ENDS: Final = ";{}=|"
_ENDS: Final = ".!?;,。！？；，…"


class _Demand(NamedTuple):
    """How many lines have to instruct, how many of all from the first to the last of them.

    `may_end` says whether the first of them suffice: what follows the steps may instruct too, now and then.
    """

    least: int
    share: float
    may_end: bool


# Two lines, right behind each other.
_BELOW_A_REQUEST: Final = _Demand(2, 0.65, True)
_BELOW_A_TASK: Final = _Demand(3, 0.65, True)
_BELOW_ITS_INTRODUCTION: Final = _Demand(3, 0.75, True)
_BELOW_A_TITLE: Final = _Demand(3, 0.65, False)
_ANYWHERE: Final = _Demand(4, 0.75, False)
_SHARE_OF_A_BEGINNING: Final = 0.85


def unmarked_steps(text: str, blocks: Sequence[Block], taken: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Yield the indices of the lines that are steps, sequence by sequence.

    Args:
        text: The text.
        blocks: Its blocks.
        taken: First and one past the last block of each sequence that is known; no line of these is a step.
    """
    known = iter(sorted(taken))
    start, end = next(known, (len(blocks), len(blocks)))
    free_from = 1
    for i in range(1, len(blocks)):
        while end <= i:
            start, end = next(known, (len(blocks), len(blocks) + 1))
        block = blocks[i]
        if i < free_from or start <= i or block.kind != PARAGRAPH or block.level:
            continue
        if not may_instruct(text, block.start) or not _instructs(text, block):
            continue
        found, lines, free_from = _lines(text, blocks, i, start)
        demand = _demand(text, blocks, i)
        n = _dense(lines, demand)
        if n >= max(demand.least, _MIN_STEPS) or n == demand.least == lines[n - 1]:
            yield found[:n]


def _dense(lines: Sequence[int], demand: _Demand) -> int:
    """Return how many of the lines that instruct are dense enough: all of them, the first ones, or none.

    Args:
        lines: Of each line that instructs, how many lines there are from the first one to it.
        demand: How many of all lines have to instruct.
    """
    n = len(lines)
    if n >= demand.share * lines[-1]:
        return n
    if not demand.may_end:
        return 0
    return next(n for n in range(n, 0, -1) if n >= _SHARE_OF_A_BEGINNING * lines[n - 1])


def _instructs(text: str, block: Block) -> bool:
    # Lines of code open with verbs too: "import", "print".
    if text[block.start].islower() or text[block.end - 1] in _CODE_ENDS:
        return False
    return block.end - block.start <= _MAX_STEP_CHARS and is_instruction(text[block.start : block.end], strictly=True)


def _demand(text: str, blocks: Sequence[Block], first: int) -> _Demand:
    """Return what makes steps of the lines from block `first` on: the less, the more the lines above say so."""
    at = first - 1
    while at > max(0, first - 1 - _MAX_CAPTIONS) and NO_TITLE.match(text, blocks[at].start, blocks[at].end):
        at -= 1
    before = blocks[at]
    if _names(text, before):
        start = before.start + number_length(text[before.start : before.start + _NUMBER_WINDOW])
        if ASKS_FOR_A_WAY.match(text, start, before.end):
            return _BELOW_A_REQUEST
        return _BELOW_A_TASK if _names_a_task(text, before) else _BELOW_A_TITLE
    if before.kind != PARAGRAPH:
        return _ANYWHERE
    if announces(text, before):
        return _BELOW_A_TITLE
    return _BELOW_ITS_INTRODUCTION if at and _names_a_task(text, blocks[at - 1]) else _ANYWHERE


def _names_a_task(text: str, block: Block) -> bool:
    """Return whether a block reads as a title that names something to do; short lines that instruct do not."""
    if not _names(text, block):
        return False
    start = block.start + number_length(text[block.start : block.start + _NUMBER_WINDOW])
    if ASKS_FOR_A_WAY.match(text, start, block.end) or NAMES_AN_ACTIVITY.match(text, start, block.end):
        return True
    # "Fix the lamp (Mia)" is a line of news rather than what the lines below it are for.
    is_news = ")" in text[block.end - 3 : block.end]
    return block.kind == HEADING and not is_news and is_instruction(text[start : block.end])


def _names(text: str, block: Block) -> bool:
    """Return whether a block reads as a title."""
    if block.kind == HEADING:
        return True
    return block.kind == PARAGRAPH and block.end - block.start <= _MAX_TITLE_CHARS and text[block.end - 1] not in _ENDS


def _lines(text: str, blocks: Sequence[Block], start: int, stop: int) -> tuple[list[int], list[int], int]:
    """Return the lines that instruct from `start` on, how many lines there are up to each, and where they end."""
    found, lines = [start], [1]
    n = 1
    i = start + 1
    while i < stop:
        block = blocks[i]
        if block.kind in (CHROME, TERM) or _is_title(text, block):
            break
        if block.kind == PARAGRAPH and not block.level and not CAPTION.match(text, block.start, block.end):
            n += 1
            if _instructs(text, block) or allows(text[block.start : block.end]):
                found.append(i)
                lines.append(n)
            elif n - lines[-1] > _MAX_LINES_BETWEEN:
                break
        i += 1
    return found, lines, i


def _is_title(text: str, block: Block) -> bool:
    if block.kind == HEADING:
        return not NO_TITLE.match(text, block.start, block.end)
    if block.end - block.start > _MAX_TITLE_CHARS:
        return False
    if section_depth(text[block.start : block.end]) > 1:
        return True
    # "To wipe the lamp", with no full stop, names what the next lines are for.
    return text[block.end - 1] not in _ENDS and ASKS_FOR_A_WAY.match(text, block.start, block.end) is not None
