"""Lists that a document gives: what leads to them, and their entries."""

import re
from collections.abc import Iterator
from typing import Final

from etl.rules.base import Document, Span
from etl.rules.reading.language import guess
from etl.rules.reading.places import HEAD_CHARS
from etl.rules.reading.standing import leans
from etl.rules.reading.titles import bare_title
from etl.templates.offers.base import MAX_OFFERS, Offer, pieces
from etl.text.blocks import HEADING, ITEM, PARAGRAPH, Block

# `lead` is what stands before the list, `title` the same where it is a heading; `some` are the first entries, `item`
# and `next` two that follow one another, `last` is the last.
LIST_PARTS: Final = ("lead", "title", "items", "some", "item", "next", "last")
_LEAST: Final = 3
_MOST: Final = 9
_MAX_ITEM: Final = 140
_MIN_ITEM: Final = 2
_MIN_LEAD: Final = 12
_MIN_WIDE_LEAD: Final = 8
_MAX_LEAD: Final = 160
_COLONS: Final = ":："
# Marks of code and tables, and of an entry that is a sentence to be gone on with.
_NO_ITEM: Final = re.compile(r"[{}<>|\\^~=`*_\[\]\n]|\$\(|://|[,;:，；：]\Z")
# Lists of links, and of what is done elsewhere.
_NO_LEAD: Final = re.compile(
    r"\b(?:resources?|related|links?|references?|see also|further|downloads?|more information|read(?:ing)?|contents?"
    r"|copyright|licen[cs]es?|authors?|articles?|posts?|example output|questions?|exercises?|quiz)\b"
    r"|参考|链接|相关|下载|更多|目录|资源|資源|索引|文档\Z|文件\Z|\A這|\A下[边邊]|\A目前|[这這][么麼]|[.!?] |[。！？]",
    re.IGNORECASE,
)
_OPEN_END: Final = re.compile(r"\band (?:many )?more\b|\betc\b|等等|\A(?:and|or) ", re.IGNORECASE)
# Ways through a book, which stand as a list below its pages.
_WAYS: Final = re.compile(r"(?:上一|下一|前一|起始|回到|prev|next|up\Z|home\Z|back\b|table of)", re.IGNORECASE)
# A Chinese line may say something else before it leads to a list; what leads is its last sentence.
_WIDE_ENDS: Final = "。！？"
_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_ACCENTED: Final = re.compile(r"[\u00c0-\u024f]")
_LETTER: Final = re.compile(r"[^\W\d_]")


def offer_lists(document: Document, language: str) -> Iterator[Offer]:
    """Yield the lists without numbers of a document, each with what leads to it."""
    blocks, found, at = document.blocks, 0, 1
    while at < len(blocks) and found < MAX_OFFERS and blocks[at].start <= HEAD_CHARS:
        end = at
        while end < len(blocks) and blocks[end].kind == ITEM:
            end += 1
        if end > at:
            behind = blocks[end] if end < len(blocks) else None
            offer = _offer(document, language, blocks[at - 1], blocks[at:end], behind)
            if offer is not None:
                found += 1
                yield offer
        at = end + 1


def _offer(document: Document, language: str, lead: Block, items: list[Block], behind: Block | None) -> Offer | None:
    text = document.text
    if not _LEAST <= len(items) <= _MOST or _goes_on(behind):
        return None
    if any(item.level != 1 or item.number is not None for item in items):
        return None
    spans = [Span(item.start, item.end) for item in items]
    said = [text[start:end] for start, end in spans]
    if not all(_MIN_ITEM <= len(item) <= _MAX_ITEM and _is_entry(item) for item in said):
        return None
    if len({item.casefold() for item in said}) < len(said):
        return None
    leading = _lead(text, lead, language)
    if leading is None or not _is_in(text[lead.start : items[-1].end], language):
        return None
    at = len(spans) // 2 - 1
    parts = {
        "lead": pieces(text, [leading]),
        "items": pieces(text, spans),
        "some": pieces(text, spans[: max(2, len(spans) - 2)]),
        "item": pieces(text, [spans[at]]),
        "next": pieces(text, [spans[at + 1]]),
        "last": pieces(text, [spans[-1]]),
    }
    if lead.kind == HEADING:
        parts["title"] = parts["lead"]
    return Offer(Span(leading.start, items[-1].end), parts)


def _is_in(said: str, language: str) -> bool:
    """Say whether a list is in a language, as far as its few words tell; accents tell that it is not in English."""
    found = guess(said)
    return found == language or (not found and not (language == "en" and _ACCENTED.search(said)))


def _goes_on(behind: Block | None) -> bool:
    """Say whether the block behind the last entry belongs to it."""
    return behind is not None and behind.kind != HEADING and behind.level > 0


def _is_entry(item: str) -> bool:
    return (
        not _NO_ITEM.search(item)
        and not _OPEN_END.search(item)
        and not _WAYS.match(item)
        and len(_LETTER.findall(item)) * 2 >= len(item)
    )


def _lead(text: str, block: Block, language: str) -> Span | None:
    """Return what leads to a list, without its colon: a heading, or a sentence that ends a line in a colon."""
    said = text[block.start : block.end]
    if block.kind == HEADING:
        is_title = said[0].isalnum() and not _NO_LEAD.search(said) and bare_title(said) == said
        return Span(block.start, block.end) if is_title else None
    if block.kind != PARAGRAPH or block.level > 0 or said[-1:] not in _COLONS:
        return None
    start = block.start + max(map(said.rfind, _WIDE_ENDS)) + 1
    said = text[start : block.end]
    least = _MIN_WIDE_LEAD if _WIDE.search(said) else _MIN_LEAD
    if not least <= len(said) <= _MAX_LEAD or _NO_ITEM.search(said[:-1]) or said.count('"') % 2:
        return None
    if not said[0].isalnum() or _NO_LEAD.search(said) or (_WIDE.search(said) and leans(said, language)):
        return None
    return Span(start, block.end - 1)
