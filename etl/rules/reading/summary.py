"""Summaries: what a text itself sets off as its abstract, summary or "TL;DR"."""

from collections.abc import Iterator
from typing import Final

from etl.rules.base import Document, Pair, Span
from etl.rules.families import FAMILY_OF_RULE
from etl.rules.reading.language import guess
from etl.rules.reading.places import HEAD_CHARS
from etl.rules.reading.requests import request
from etl.rules.reading.standing import is_prose, joined
from etl.rules.reading.summary_names import HEADING_NAME, LABEL, MAX_CHARS
from etl.rules.reading.titles import speaks_of, title_of
from etl.text.blocks import HEADING, ITEM, PARAGRAPH, Block

VERSION: Final = "1"

_MAX_LABEL_CHARS: Final = 20
_MIN_CHARS: Final = 120
_MIN_WIDE_CHARS: Final = 50
_MAX_CHARS: Final = 2000
# A text of this length can be read with its summary; a longer one is asked for by its title.
_MAX_TEXT_CHARS: Final = 6000
# So much of a text must be there to summarise, against the length of its summary.
_MIN_RATIO: Final = 2.0


def find_summaries(document: Document, lang: str, most: int) -> Iterator[Pair]:
    """Yield the request to summarise the text, or to say what it is about, and the summary it has itself."""
    made = 0
    blocks = document.blocks
    likely = [n for n, (kind, start, end, *_) in enumerate(blocks) if _may_name(document.text, kind, start, end)]
    for index in likely:
        block = blocks[index]
        if made == most or block.start > HEAD_CHARS:
            return
        span = _summary(document, index, lang)
        pair = span and _pair(document, span, block, lang)
        if pair:
            made += 1
            yield pair


def _may_name(text: str, kind: str, start: int, end: int) -> bool:
    """Return quickly whether a block may be such a heading, or open with such a label."""
    if kind == HEADING:
        return end - start < MAX_CHARS
    return kind in (PARAGRAPH, ITEM) and (":" in (lead := text[start : start + _MAX_LABEL_CHARS]) or "：" in lead)


def _summary(document: Document, index: int, lang: str) -> Span | None:
    """Return the span of the summary that begins at a block: behind a heading, or behind a label."""
    text, blocks = document.text, document.blocks
    kind, start, end, *_ = blocks[index]
    least = _MIN_WIDE_CHARS if lang in ("zh", "ja") else _MIN_CHARS
    if kind == HEADING and end - start < MAX_CHARS and HEADING_NAME.match(text[start:end].strip()):
        last = index
        for block in blocks[index + 1 : index + 6]:
            if block.kind != PARAGRAPH or block.level:
                break
            last += 1
        if last == index:
            return None
        span = Span(blocks[index + 1].start, blocks[last].end)
    elif kind in (PARAGRAPH, ITEM) and (label := LABEL.match(text, start, end)):
        span = Span(label.end(), end)
    else:
        return None
    return span if least <= span.end - span.start <= _MAX_CHARS else None


def _pair(document: Document, span: Span, block: Block, lang: str) -> Pair | None:
    text = document.text
    paragraphs = [joined(part) for part in text[span.start : span.end].split("\n\n")]
    summary = "\n\n".join(paragraphs)
    lang = lang if document.lang else guess(summary) or lang
    if not all(is_prose(part) for part in paragraphs) or summary[-1] not in ".!。！)”":
        return None
    title = title_of(document)
    if title is None or not speaks_of(summary, title.text):
        return None
    around = _around(document, span, block)
    family = FAMILY_OF_RULE["reading_summary"]
    if around is not None:
        instruction = request("summary", lang, summary)
        if instruction is None or around.end - around.start < _MIN_RATIO * (span.end - span.start):
            return None
        return Pair(instruction, summary, (around, span), family, context=text[around.start : around.end].strip())
    instruction = request("abstract", lang, summary, title=title.text)
    if instruction is None:
        return None
    return Pair(instruction, summary, (title.span, span), family)


def _around(document: Document, span: Span, block: Block) -> Span | None:
    """Return what is summarised, the text behind the summary or, where little follows, before it.

    None where that is longer than a reader should be given.
    """
    whole = len(document.text)
    behind, before = whole - span.end, block.start
    found = Span(span.end, whole) if behind >= before else Span(0, block.start)
    return found if found.end - found.start <= _MAX_TEXT_CHARS else None
