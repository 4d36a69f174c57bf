"""Steps without numbers: the bullets or plain lines right behind a line such as "Follow these steps:"."""

from collections.abc import Iterator, Sequence
from typing import Final

from etl.rules.imperatives import is_instruction
from etl.rules.step_words import ANNOUNCES_STEPS
from etl.text.blocks import HEADING, ITEM, PARAGRAPH, Block

_MAX_INTRO_CHARS: Final = 300
_MAX_STEP_CHARS: Final = 600
# A line that explains or shows the result may stand between two lines that instruct; two say the steps are over.
_MAX_LINES_BETWEEN: Final = 1
# Bounds the work on lists inside lists inside lists.
_MAX_BLOCKS: Final = 1000
_COLONS: Final = ":："


def announces(text: str, block: Block) -> bool:
    """Return whether a paragraph or item ends in a colon or full stop and says that steps follow."""
    if block.kind not in (PARAGRAPH, ITEM) or block.end - block.start > _MAX_INTRO_CHARS:
        return False
    if text[block.end - 1] not in _COLONS + ".。":
        return False
    return ANNOUNCES_STEPS.search(text, block.start, block.end) is not None


def announced_steps(text: str, blocks: Sequence[Block]) -> Iterator[list[int]]:
    """Yield the indices of the blocks that are the steps behind each announcement that ends in a colon."""
    for i, (_, _, end, _, _, _) in enumerate(blocks[:-1]):
        # The cheap looks first: hardly any block passes all of them.
        if text[end - 1] not in _COLONS:
            continue
        first = blocks[i + 1]
        if first.number is not None or first.kind not in (PARAGRAPH, ITEM):
            continue
        if not is_instruction(text[first.start : first.end]) or not announces(text, blocks[i]):
            continue
        if first.kind == PARAGRAPH:
            yield _lines(text, blocks, i + 1)
        elif blocks[i].kind != ITEM or blocks[i].level < first.level:
            yield _bullets(blocks, i + 1)


def _bullets(blocks: Sequence[Block], start: int) -> list[int]:
    level = blocks[start].level
    found = []
    for i in range(start, min(len(blocks), start + _MAX_BLOCKS)):
        block = blocks[i]
        if block.kind == ITEM and block.level == level:
            found.append(i)
        elif block.level < level or block.number is not None or block.kind == HEADING:
            break
    return found


def _lines(text: str, blocks: Sequence[Block], start: int) -> list[int]:
    found: list[int] = []
    for i in range(start, len(blocks)):
        block = blocks[i]
        if block.kind != PARAGRAPH or block.end - block.start > _MAX_STEP_CHARS:
            break
        if is_instruction(text[block.start : block.end]) and not announces(text, block):
            found.append(i)
        elif i - (found[-1] if found else start - 1) > _MAX_LINES_BETWEEN:
            break
    return found
