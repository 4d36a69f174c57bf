"""Contexts: passages that can be shown before a request, and nothing else of the document with them."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from etl.rules.base import Document, Span
from etl.rules.reading.passages import is_passage
from etl.rules.reading.standing import joined

# Words that keep a sentence from standing alone, and not a passage: it may speak to its reader, or open with a
# condition. What stands behind them must not lean on what stood before: "如果这样" does.
_OPENING: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType({"zh": re.compile("(?:如果|[你您]们?)+的?")})


def is_context(document: Document, span: Span, language: str) -> bool:
    """Return whether a paragraph is whole prose that can be read without what stood before."""
    opening = _OPENING.get(language)
    if opening is None:
        return is_passage(document, span, language)
    body = joined(document.text[span.start : span.end])
    return is_passage(document, span, language, body[_end(opening, body) :])


def _end(opening: re.Pattern[str], body: str) -> int:
    found = opening.match(body)
    return found.end() if found else 0
