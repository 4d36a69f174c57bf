"""Sections of a document: a heading, the paragraph right below it that takes up its words, and other headings."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from etl.rules.base import Document, Span
from etl.rules.reading.draw import hash_of
from etl.rules.reading.language import guess
from etl.rules.reading.passages import long_paragraphs
from etl.rules.reading.places import HEAD_CHARS
from etl.rules.reading.standing import joined
from etl.rules.reading.titles import bare_title, speaks_of
from etl.templates.offers.base import MAX_OFFERS, Offer, pieces
from etl.templates.offers.contexts import is_context
from etl.text.blocks import HEADING

# `choices` are the heading and others of its level that the paragraph says nothing of, in the order of the text: one of
# another level may be that of a section around it.
SECTION_PARTS: Final = ("heading", "paragraph", "choices")
_MIN_CHARS: Final = 200
_MIN_WIDE_CHARS: Final = 80
# Marks of code, ways through a book, and the label of a box: "TIP", "BACK TO BASICS".
_NO_HEADING: Final = re.compile(
    r"\A[^\w“\"'(（「《]|[\[\]<>|=#\\*]|\.\.\.|\b(?:Prev|Next|Up)\b"
    r"|\A(?:NOTE|TIP|CAUTION|WARNING|BEWARE|TOOL|CULTURE|SECURITY|COMMUNITY|VOCABULARY|ALTERNATIVE|DOCUMENTATION|QUESTION"
    r"|PERSPECTIVE|[A-Z]{2,} (?:[A-Z]{2,} )?[A-Z]{2,}) (?=[A-Z]?[a-z])|\A[\u4e00-\u9fff]{2,4} [\u4e00-\u9fff]"
)
# What numbers a heading: "6.2.1. ", "D.3. ", "第 6 章 ".
_NUMBER: Final = re.compile(
    r"\A(?:(?:[A-Z]\.)?(?:\d{1,3}\.){1,6}\d{0,3}\s|第 ?[\d一二三四五六七八九十]{1,3} ?[章节節]\s)\s{0,4}"
)
# A sentence or a long question above a paragraph is what it answers, not a title that it has.
_SENTENCE: Final = re.compile(r"[。！](?!\w)|[。！？?].|\A.{24,}[？?]\Z")
_WIDE_SIGN: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_WIDE: Final = frozenset({"zh", "ja"})
_OTHERS: Final = 3
_TRIED: Final = 12
_MAX_HEADINGS: Final = 500


def offer_sections(document: Document, language: str) -> Iterator[Offer]:
    """Yield the headings of a document that say what stands below them."""
    text = document.text
    headings = list(_headings(document))
    starts = {span.start for span in long_paragraphs(document, language, _least(language))}
    blocks, found = document.blocks, 0
    for index, level, span in headings:
        if found == MAX_OFFERS or index + 1 >= len(blocks) or blocks[index + 1].start not in starts:
            continue
        paragraph = Span(blocks[index + 1].start, blocks[index + 1].end)
        body, heading = joined(text[paragraph.start : paragraph.end]), text[span.start : span.end]
        if not speaks_of(body, heading) or guess(body) != language or not is_context(document, paragraph, language):
            continue
        found += 1
        parts = {"heading": pieces(text, [span]), "paragraph": pieces(text, [paragraph])}
        others = _others(text, body, heading, [each for _, other, each in headings if other == level])
        if len(others) == _OTHERS:
            parts["choices"] = pieces(text, sorted((span, *others)))
        yield Offer(paragraph, parts)


def offer_passages(document: Document, language: str) -> Iterator[Offer]:
    """Yield paragraphs of a document that can be read on their own."""
    spans = long_paragraphs(document, language, _least(language))[: 2 * MAX_OFFERS]
    whole = (span for span in spans if is_context(document, span, language))
    for span, _ in zip(whole, range(MAX_OFFERS), strict=False):
        yield Offer(span, {})


def _least(language: str) -> int:
    return _MIN_WIDE_CHARS if language in _WIDE else _MIN_CHARS


def _headings(document: Document) -> Iterator[tuple[int, int, Span]]:
    """Yield the headings that are titles of their own, without their numbers and each wording once."""
    text = document.text
    seen: set[str] = set()
    for index, block in enumerate(document.blocks):
        if block.start > HEAD_CHARS or len(seen) >= _MAX_HEADINGS:
            return
        if block.kind == HEADING:
            number = _NUMBER.match(text[block.start : block.end])
            start = block.start + (number.end() if number else 0)
            said = text[start : block.end]
            is_sentence = _WIDE_SIGN.search(said) and _SENTENCE.search(said)
            if bare_title(said) != said or _NO_HEADING.search(said) or is_sentence:
                continue
            if said.casefold() not in seen:
                seen.add(said.casefold())
                yield index, block.level, Span(start, block.end)


def _others(text: str, body: str, heading: str, spans: Sequence[Span]) -> list[Span]:
    """Return headings that a paragraph does not take up, drawn by hash."""
    said = {span: text[span.start : span.end] for span in spans if text[span.start : span.end] != heading}
    drawn = sorted(said, key=lambda span: (hash_of(heading + said[span]), span))[:_TRIED]
    return [span for span in drawn if not speaks_of(body, said[span])][:_OTHERS]
