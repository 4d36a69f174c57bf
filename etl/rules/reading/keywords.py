"""Keywords: a sentence, asked for by the words that carry it."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from etl.rules.base import Document, Pair, Span
from etl.rules.families import FAMILY_OF_RULE
from etl.rules.reading.draw import draw, hash_of
from etl.rules.reading.places import block_index, long_blocks
from etl.rules.reading.requests import request
from etl.rules.reading.sentences import sentences
from etl.rules.reading.standing import joined, stands_alone
from etl.text.blocks import PARAGRAPH

VERSION: Final = "1"

_N_KEYWORDS: Final = 3
# Long words carry the matter of a sentence in the languages that write words apart (paper: ten letters, of a domain).
_MIN_LETTERS: Final[Mapping[str, int]] = MappingProxyType({"en": 8, "de": 10, "fr": 9, "es": 9})
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Adverbs are long and say little.
_ADVERB: Final = re.compile(
    r"(?:ly|ment|mente|erweise|wards?)\Z|(?:something|everything|therefore|although|otherwise)\Z", re.I
)
_MIN_PARAGRAPH: Final = 60
_MAX_PARAGRAPH: Final = 2500
_TRIED: Final = 2


def find_keywords(document: Document, lang: str, most: int) -> Iterator[Pair]:
    """Yield the request for a sentence with three words, and the sentence of the text that has them."""
    if lang not in _MIN_LETTERS:
        return
    places = long_blocks(document, PARAGRAPH, _MIN_PARAGRAPH, _MAX_PARAGRAPH)
    yield from draw(document.text, places, lambda place: _pair(document, lang, place), most, _TRIED)


def _pair(document: Document, lang: str, place: int) -> Pair | None:
    text = document.text
    block = document.blocks[block_index(document.blocks, place)]
    spans = sentences(text, block.start, block.end, lang)
    for span in sorted(spans, key=lambda span: hash_of(text[span.start : span.end])):
        sentence = joined(text[span.start : span.end])
        if not stands_alone(sentence, lang):
            continue
        words = _keywords(sentence, lang)
        if words is None:
            continue
        instruction = request("keywords", lang, sentence, words=", ".join(words))
        if instruction is None:
            continue
        first = text.find(words[0], span.start)
        named = Span(first, first + len(words[0]))
        return Pair(instruction, sentence, (named, span), FAMILY_OF_RULE["reading_keywords"])
    return None


def _keywords(sentence: str, lang: str) -> list[str] | None:
    """Return the three longest words of a sentence in their order, or None where it has too few."""
    least = _MIN_LETTERS[lang]
    words = list(
        dict.fromkeys(
            w for w in _WORD.findall(sentence) if len(w) >= least and not w.isupper() and not _ADVERB.search(w)
        )
    )
    if len(words) < _N_KEYWORDS:
        return None
    kept = set(sorted(words, key=lambda word: (-len(word), word))[:_N_KEYWORDS])
    return [word for word in words if word in kept]
