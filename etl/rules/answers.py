"""From blocks to the text of an answer: where it ends, what it looks like, which spans it is made from."""

import re
from collections.abc import Sequence
from typing import Final

from etl.rules.base import Span
from etl.text.blocks import CHROME, CODE, HEADING, ITEM, LINK, PARAGRAPH, TABLE, Block

_MAX_TAIL_CHARS: Final = 90
_SENTENCE_END: Final = re.compile(r"[.!?:;…。！？：；।؟)\]）】」\"”»]\s*$")
# Lines that end an answer wherever they stand, and lines that belong to none only at its end.
_FOOTER: Final = re.compile(
    r"(?:©|\(c\)|copyright\b|all rights reserved|back to top|share (?:this|on)\b|was this .{0,30}helpful"
    r"|leave a (?:comment|reply)|related (?:articles|posts|questions|topics)"
    r"|(?:«\s*)?prev(?:ious)?(?:\s*[:|«]|$)|next(?:\s*[:|»]|$))",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(r"(?:last (?:updated|modified)|see also$|read more$|tags?:)", re.IGNORECASE)


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
    if _FOOTER.match(body) or _TAIL.match(body):
        return True
    return not first and block.level == 0 and not _SENTENCE_END.search(body)


def cut_at_footer(text: str, blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks before the first that is chrome or a short line that opens like a page footer."""
    for i, block in enumerate(blocks):
        short = block.kind == PARAGRAPH and block.end - block.start <= _MAX_TAIL_CHARS
        if block.kind == CHROME or (short and _FOOTER.match(text, block.start, block.end)):
            return blocks[:i]
    return blocks


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
