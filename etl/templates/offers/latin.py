"""Latin words of passages in a script of its own: a Chinese text names products and standards as they are written."""

import re
from collections.abc import Iterator
from typing import Final

from etl.rules.base import Document, Span
from etl.rules.reading.language import guess
from etl.rules.reading.passages import long_paragraphs
from etl.rules.reading.standing import joined
from etl.templates.offers.base import MAX_OFFERS, Offer, pieces
from etl.templates.offers.contexts import is_context

# `words` are all of a passage, each once and in order; `first` and `last` are two of them.
LATIN_PARTS: Final = ("words", "first", "last")
_LANGUAGES: Final = frozenset({"zh"})
_MIN_CHARS: Final = 60
_LEAST: Final = 2
_MOST: Final = 8
# Words with a blank between them are one name: "Free Software Foundation".
_WORDS: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?: [A-Za-z][A-Za-z0-9]*|['’./&-][A-Za-z0-9]+)*[+#]{0,2}")
# Words that a number or another letter belongs to, what was masked, addresses, and code with its signs.
_NO_WORDS: Final = re.compile(
    r"[\u00aa-\u024f]|[0-9][A-Za-z]|[A-Za-z+#] ?[0-9]|xxx|www\.|\.(?:com|org|net|html?|txt|deb|gz|conf)\b"
    r"|[a-z][A-Z]|[=(]"
)


def offer_latin(document: Document, language: str) -> Iterator[Offer]:
    """Yield the passages of a document that hold two words or more in Latin letters, with these words."""
    if language not in _LANGUAGES:
        return
    text, found = document.text, 0
    for context in long_paragraphs(document, language, _MIN_CHARS)[: 2 * MAX_OFFERS]:
        body = text[context.start : context.end]
        first: dict[str, Span] = {}
        for word in _WORDS.finditer(body):
            first.setdefault(word[0], Span(context.start + word.start(), context.start + word.end()))
        # A single letter is no word; a word that is written in two ways would be counted twice.
        if not _LEAST <= len(first) <= _MOST or any(len(word) == 1 for word in first):
            continue
        if len({word.casefold() for word in first}) < len(first):
            continue
        if _NO_WORDS.search(body) or guess(joined(body)) != language or not is_context(document, context, language):
            continue
        found += 1
        words = list(first.values())
        parts = {"words": words, "first": words[:1], "last": words[-1:]}
        yield Offer(context, {part: pieces(text, spans) for part, spans in parts.items()})
        if found == MAX_OFFERS:
            return
