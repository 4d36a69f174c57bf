"""Sentences of a stretch of canonical text, as spans, in any script."""

import re
from functools import lru_cache
from typing import Final

from sentencex import get_sentence_boundaries

from etl.rules.base import Span

_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
# A sentence is looked for in a window of this size around a place, so a block of megabytes costs no more than a page.
WINDOW: Final = 600


@lru_cache(maxsize=8)
def sentences(text: str, start: int, end: int, lang: str) -> tuple[Span, ...]:
    """Return the sentences of ``text[start:end]`` in order, without the white space around them.

    Terminators of any script end a sentence, also ASCII ones without a space behind a CJK character; dots of
    abbreviations, initials and numbers do not. Time is linear in ``end - start``. Several tasks ask for the same few
    paragraphs, so the last ones are kept.

    Args:
        text: Canonical text.
        start: First code point to look at.
        end: One past the last.
        lang: Code of the language, whose abbreviations are known; one that is unknown is read as English.
    """
    # Half a surrogate pair is no character and has no encoding; it stands for nothing a sentence needs.
    stretch = text[start:end]
    if not stretch.isascii():
        stretch = _SURROGATE.sub("?", stretch)
    spans = []
    for found in get_sentence_boundaries(lang or "en", stretch):
        first = found["start_index"]
        body = stretch[first : found["end_index"]]
        behind = body.lstrip()
        if behind:
            at = start + first + len(body) - len(behind)
            spans.append(Span(at, at + len(behind.rstrip())))
    return tuple(spans)


def sentences_near(text: str, start: int, end: int, place: int, lang: str) -> list[Span]:
    """Return the sentences around `place` in a block, as many as lie whole in a window of twice `WINDOW`."""
    first, last = max(start, place - WINDOW), min(end, place + WINDOW)
    found = list(sentences(text, first, last, lang))
    if found and first > start:
        del found[0]
    if found and last < end:
        del found[-1]
    return found
