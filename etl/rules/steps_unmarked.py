"""Steps that no marker shows: lines in a row that instruct, below a line that reads as a title.

Text without markup has them where list markers were lost, guides have them as paragraphs with code between them.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from etl.rules.imperatives import is_instruction, may_instruct
from etl.rules.step_words import CAPTION, NO_TITLE
from etl.text.blocks import CHROME, HEADING, PARAGRAPH, TERM, Block
from etl.text.plain_marks import section_depth

_MAX_STEP_CHARS: Final = 600
_MAX_TITLE_CHARS: Final = 90
_MIN_STEPS: Final = 3
_MIN_STEPS_WITHOUT_A_TITLE: Final = 4
# An explanation, a result or a note may stand between two lines that instruct; three lines say the steps are over.
_MAX_LINES_BETWEEN: Final = 2
_MIN_SHARE: Final = 0.65
_MIN_SHARE_WITHOUT_A_TITLE: Final = 0.75
_CODE_ENDS: Final = ";{}=|"
_ENDS: Final = ".!?;,。！？；，…"


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
        titled = _names(text, blocks, i)
        if len(found) < (_MIN_STEPS if titled else _MIN_STEPS_WITHOUT_A_TITLE):
            continue
        if len(found) >= (_MIN_SHARE if titled else _MIN_SHARE_WITHOUT_A_TITLE) * lines:
            yield found


def _instructs(text: str, block: Block) -> bool:
    # Lines of code open with verbs too: "import", "print".
    if text[block.start].islower() or text[block.end - 1] in _CODE_ENDS:
        return False
    return block.end - block.start <= _MAX_STEP_CHARS and is_instruction(text[block.start : block.end], strictly=True)


def _names(text: str, blocks: Sequence[Block], first: int) -> bool:
    """Return whether the line before block `first` reads as a title, captions and notes passed over."""
    before = blocks[first - 1]
    if before.kind == HEADING:
        return True
    return (
        before.kind == PARAGRAPH and before.end - before.start <= _MAX_TITLE_CHARS and text[before.end - 1] not in _ENDS
    )


def _lines(text: str, blocks: Sequence[Block], start: int, stop: int) -> tuple[list[int], int, int]:
    """Return the lines that instruct from `start` on, how many lines they span, and where the sequence ends."""
    found = [start]
    lines = 1
    between = 0
    at_last = 1
    i = start + 1
    while i < stop:
        block = blocks[i]
        if block.kind in (CHROME, TERM) or _is_title(text, block):
            break
        if block.kind == PARAGRAPH and not block.level and not CAPTION.match(text, block.start, block.end):
            lines += 1
            if _instructs(text, block):
                found.append(i)
                between = 0
                at_last = lines
            else:
                between += 1
                if between > _MAX_LINES_BETWEEN:
                    break
        i += 1
    return found, at_last, i


def _is_title(text: str, block: Block) -> bool:
    if block.kind == HEADING:
        return not NO_TITLE.match(text, block.start, block.end)
    return block.end - block.start <= _MAX_TITLE_CHARS and section_depth(text[block.start : block.end]) > 1
