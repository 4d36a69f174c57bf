"""Problems told in the first person on pages of questions: "When I run it, I get an error." English only."""

import re
from collections.abc import Sequence
from typing import Final

from etl.text.blocks import PARAGRAPH, STRONG, Block

# "Windows: I have installed it, but ...", "When I try to start it, ...".
_TOLD: Final = re.compile(
    r"(?:[^:.?!\n]{1,40}: )?(?:(?:when(?:ever)?|after|if) )?(?:I|I['’](?:m|ve|d)|my)\b(?![/.-])"
    r"(?! (?:think|believe|recommend|suggest|hope|prefer|would (?:recommend|suggest)|guess|assume|wrote|personally))",
    re.IGNORECASE,
)
# "When linking, it complains about ..."
_WHILE: Final = re.compile(r"(?:[^:.?!\n]{1,40}: )?(?:when(?:ever)?|while|during)\b", re.IGNORECASE)
_YOU: Final = re.compile(r"\byour?\b", re.IGNORECASE)
_SINGULAR: Final = re.compile(r"\b(?:I|my|me|I['’](?:m|ve|d))\b")
_TROUBLE: Final = re.compile(
    r"\b(?:but|no|not|cannot|never|nothing|errors?|problems?|fail(?:s|ed|ure)?|messages?|crash(?:es)?|bugs?|wrong|trouble|need|want"
    r"|would like|questions?|complain(?:s|ing)?|strange|hang(?:s)?|lost|los(?:e|ing)"
    r"|warnings?|stop(?:s|ped)?|stuck|missing)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_FIRST_PERSON: Final = re.compile(r"(?:I|I['’](?:m|ve|d)|My|We)\b")
_READER: Final = re.compile(r"\b(?:you|your|try|make sure)\b", re.IGNORECASE)
_MAX_CHARS: Final = 300
_READER_WINDOW: Final = 500
_MIN_TOLD: Final = 4
_MIN_SHARE: Final = 0.6
_FULL_ENDS: Final = ".!?)"
_OPEN_ENDS: Final = ":,;-"
# More text between two problems is a story.
_MAX_BLOCKS_A_PROBLEM: Final = 12


def tells_problem(text: str, blocks: Sequence[Block], place: int, *, to_reader: bool, strictly: bool = False) -> bool:
    """Return whether a plain line tells a problem, or asks and then tells more, and a text follows that is none.

    Args:
        text: The text of the page.
        blocks: Its blocks.
        place: The index of the line.
        to_reader: Whether what follows must speak to the reader; less is enough on a page of such problems.
        strictly: Whether the first person must tell it.
    """
    block = blocks[place]
    if not _may_tell(text, block, strictly=strictly) or place + 1 >= len(blocks):
        return False
    before, after = blocks[place - 1], blocks[place + 1]
    # A line that ends amid a sentence goes on in this one.
    is_open = place > 0 and before.kind == PARAGRAPH and text[before.end - 1] in _OPEN_ENDS
    if is_open or after.kind != PARAGRAPH or _may_tell(text, after, strictly=strictly):
        return False
    return not to_reader or _READER.search(text, after.start, min(after.end, after.start + _READER_WINDOW)) is not None


def problems_of(text: str, blocks: Sequence[Block]) -> list[int]:
    """Return the indices of the problems that a page answers one by one; empty where it does not.

    It does where it tells four or more of them, close to each other, each above a text that speaks to the reader,
    and tells little else in the first person.
    """
    told = [i for i in range(len(blocks)) if tells_problem(text, blocks, i, to_reader=True)]
    n_first_person = sum(
        block.kind == PARAGRAPH and _FIRST_PERSON.match(text, block.start, block.end) is not None for block in blocks
    )
    is_dense = len(told) >= _MIN_TOLD and told[-1] - told[0] <= _MAX_BLOCKS_A_PROBLEM * len(told)
    return told if is_dense and len(told) >= _MIN_SHARE * n_first_person else []


def _may_tell(text: str, block: Block, *, strictly: bool) -> bool:
    kind, start, end, level, _, mark = block
    if kind != PARAGRAPH or level or mark == STRONG or end - start > _MAX_CHARS or not text[start].isupper():
        return False
    if text[end - 1] not in _FULL_ENDS:
        return False
    is_told = _TOLD.match(text, start, end) is not None or (
        not strictly and _WHILE.match(text, start, end) is not None and _YOU.search(text, start, end) is None
    )
    if is_told and _TROUBLE.search(text, start, end) is not None:
        return True
    asked = text.find("? ", start, end)
    return asked > 0 and _SINGULAR.search(text, start, asked) is not None
