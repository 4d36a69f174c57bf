"""Paraphrases: a sentence, and the next one that says it in other words."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from etl.rules.base import Document, Pair, Span
from etl.rules.families import FAMILY_OF_RULE
from etl.rules.reading.connectives import linked_at, places_of
from etl.rules.reading.draw import draw
from etl.rules.reading.requests import request
from etl.rules.reading.standing import is_prose, joined, stands_alone

VERSION: Final = "1"

_CONNECTIVES: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "en": re.compile(r"(?:In other words|That is to say|Put differently|Put another way|Stated differently)[,:] "),
        "de": re.compile(r"(?:Mit anderen Worten|Anders (?:gesagt|ausgedrückt))[,:] "),
        "fr": re.compile(r"(?:Autrement dit|En d['’]autres (?:termes|mots))[ ]?[,:] "),
        "es": re.compile(r"(?:En otras palabras|Dicho de otro modo|Dicho de otra manera)[,:] "),
        "zh": re.compile("(?:换句话说|换言之|也就是说)[,，:：]"),
    }
)
_MIN_CHARS: Final = 30
_MIN_WIDE_CHARS: Final = 10


def find_paraphrases(document: Document, lang: str, most: int) -> Iterator[Pair]:
    """Yield the request to say a sentence in other words, and the other words of the text."""
    connective = _CONNECTIVES.get(lang)
    if connective is None:
        return
    yield from draw(document.text, places_of(document, connective), lambda place: _pair(document, lang, place), most)


def _pair(document: Document, lang: str, place: int) -> Pair | None:
    text = document.text
    linked = linked_at(document, _CONNECTIVES[lang], place, lang)
    if linked is None:
        return None
    first = joined(text[linked.first.start : linked.first.end])
    words = Span(linked.connective.end, linked.second.end)
    other = joined(text[words.start : words.end]).strip()
    least = _MIN_WIDE_CHARS if lang == "zh" else _MIN_CHARS
    if not stands_alone(first, lang) or len(other) < least or not is_prose(other) or other[-1] not in ".!。！":
        return None
    instruction = request("paraphrase", lang, first)
    if instruction is None:
        return None
    response = other[0].upper() + other[1:]
    return Pair(instruction, response, (linked.first, words), FAMILY_OF_RULE["reading_paraphrase"], context=first)
