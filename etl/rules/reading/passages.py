"""Passages: paragraphs that tasks set as a context and ask things about."""

from typing import Final

from etl.rules.base import Document, Span
from etl.rules.once import once
from etl.rules.reading.language import guess
from etl.rules.reading.places import HEAD_CHARS
from etl.rules.reading.standing import is_prose, joined, leans
from etl.text.blocks import PARAGRAPH

# Some 60 to 150 words: enough that what is asked for has to be looked for.
_MIN_CHARS: Final = 350
_MAX_CHARS: Final = 1100
_MIN_WIDE_CHARS: Final = 120
_MAX_WIDE_CHARS: Final = 450
_WIDE: Final = frozenset({"zh", "ja"})
_ENDINGS: Final = (".", "!", "?", "。", "！", "？", ".”", '."', ".)", "。”")


@once
def long_paragraphs(document: Document, lang: str, least: int | None) -> list[Span]:
    """Return the paragraphs outside lists that are as long as a passage, in the head of the document.

    Args:
        document: Where to look.
        lang: Its language.
        least: The least number of code points; None for that of some 60 words.
    """
    short, most = (_MIN_WIDE_CHARS, _MAX_WIDE_CHARS) if lang in _WIDE else (_MIN_CHARS, _MAX_CHARS)
    least = short if least is None else least
    return [
        Span(start, end)
        for kind, start, end, level, _, mark in document.blocks
        if kind == PARAGRAPH and least <= end - start <= most and level == 0 and not mark and start <= HEAD_CHARS
    ]


def is_passage(document: Document, span: Span, lang: str, plain: str | None = None) -> bool:
    """Return whether a paragraph is whole prose that opens without leaning on what stood before.

    Args:
        document: The document that holds it.
        span: The paragraph.
        lang: Its language.
        plain: Its text with plain words for marks of code that it may hold; without it, its text.
    """
    body = joined(document.text[span.start : span.end] if plain is None else plain)
    if not body.endswith(_ENDINGS) or not (body[:1].isalnum() and not body[:1].islower()) or leans(body, lang):
        return False
    # A page may be in another language than its source says, and what is asked for is asked in that of the page.
    return is_prose(body) and guess(body) in ("", lang)
