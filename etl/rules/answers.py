"""From blocks to the text of an answer: where it ends, what it looks like, which spans it is made from."""

import re
from collections.abc import Sequence
from typing import Final

from etl.rules.base import Span
from etl.rules.page_words import COMMENTS, FOOTER, PAGE_QUESTION, TAIL
from etl.text.blocks import CHROME, CODE, HEADING, ITEM, LINK, PARAGRAPH, TABLE, Block

_MAX_TAIL_CHARS: Final = 90
_SENTENCE_END: Final = re.compile(r"[.!?:;…。！？：；।؟)\]）】」\"”»]\s*$")
# "2.", "(b)": what numbers the next question where it stands in a cell of its own.
_BARE_NUMBER: Final = re.compile(r"[(\[]?(?:\d{1,3}|[A-Za-z])(?:[.-]\d{1,3}){0,4}[.):\]]{1,2}$")
_ASKING: Final = tuple("?？؟")
_CLOSERS: Final = " \t\n\"'”’)»"


def trim_tail(text: str, blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks without those at their end that belong to the page and not to the answer.

    These are chrome, footer lines, lone links, headings with nothing below them and short lines that end no
    sentence, such as the title of the next section where the parser saw no heading.
    """
    end = len(blocks)
    while end > 0 and _is_tail(text, blocks[end - 1], first=end == 1):
        end -= 1
    return blocks[:end]


def _is_tail(text: str, block: Block, first: bool) -> bool:
    if block.kind in (CHROME, HEADING) or (block.mark == LINK and not first):
        return True
    if block.kind != PARAGRAPH or block.end - block.start > _MAX_TAIL_CHARS:
        return False
    body = text[block.start : block.end]
    if ends_answers(text, block) or TAIL.match(body) or (not first and _BARE_NUMBER.match(body)):
        return True
    return not first and block.level == 0 and not _SENTENCE_END.search(body)


def cut_at_footer(text: str, blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks before the first that is chrome or that `ends_answers`."""
    for i, block in enumerate(blocks):
        if block.kind == CHROME or ends_answers(text, block):
            return blocks[:i]
    return blocks


def ends_answers(text: str, block: Block) -> bool:
    """Return whether a block is a short line of the page itself: its footer, its comments, what it asks a reader."""
    if block.kind not in (PARAGRAPH, HEADING) or block.end - block.start > _MAX_TAIL_CHARS:
        return False
    body = text[block.start : block.end]
    return FOOTER.match(body) is not None or COMMENTS.match(body) is not None or asks_reader(body)


def asks_reader(body: str) -> bool:
    """Return whether a text is a short question that a page asks its reader: "Was this helpful?"."""
    return (
        len(body) <= _MAX_TAIL_CHARS
        and body.rstrip(_CLOSERS).endswith(_ASKING)
        and PAGE_QUESTION.match(body) is not None
    )


def render(text: str, blocks: Sequence[Block]) -> str:
    """Return the text of the blocks: items of a list on lines of their own, other blocks a blank line apart.

    Items of ordered lists carry their numbers.
    """
    parts: list[str] = []
    before: Block | None = None
    for block in blocks:
        if before is not None:
            parts.append("\n" if before.kind == block.kind == ITEM else "\n\n")
        if block.kind == ITEM and block.number is not None:
            parts.append(f"{block.number}. ")
        body = text[block.start : block.end]
        parts.append(body.strip("\n") if block.kind in (CODE, TABLE) else body.strip())
        before = block
    return "".join(parts)


def span_of(blocks: Sequence[Block]) -> Span:
    """Return the one span that neighbouring blocks take: nothing but white space stands between them."""
    return Span(blocks[0].start, blocks[-1].end)
