"""Relations: which connective links two sentences, one of consequence, of contrast or of addition.

The choice is between a connective of contrast and one that goes on, so one fits; the answer is the word the text has.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from etl.rules.base import Document, Pair
from etl.rules.families import FAMILY_OF_RULE
from etl.rules.reading.connectives import linked_at, places_of
from etl.rules.reading.draw import draw, hash_of
from etl.rules.reading.requests import request
from etl.rules.reading.standing import is_prose, joined, stands_alone

VERSION: Final = "1"

_CONSEQUENCE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": ("Therefore", "As a result", "Consequently", "Accordingly", "Hence", "Thus", "For this reason"),
        "de": ("Daher", "Deshalb", "Folglich", "Deswegen", "Aus diesem Grund"),
        "fr": ("Par conséquent", "En conséquence", "C'est pourquoi"),
        "es": ("Por lo tanto", "Por tanto", "Por consiguiente", "En consecuencia", "Por eso"),
    }
)
_CONTRAST: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": ("However", "In contrast", "On the other hand", "Nevertheless", "On the contrary", "By contrast"),
        "de": ("Allerdings", "Dagegen", "Im Gegensatz dazu", "Jedoch", "Trotzdem"),
        "fr": ("Cependant", "Toutefois", "En revanche", "Néanmoins", "Pourtant"),
        "es": ("Sin embargo", "No obstante", "En cambio", "Por el contrario"),
    }
)
_ADDITION: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": ("In addition", "Additionally", "Moreover", "Furthermore"),
        "de": ("Außerdem", "Zudem", "Darüber hinaus", "Des Weiteren"),
        "fr": ("De plus", "En outre", "Par ailleurs"),
        "es": ("Además", "Asimismo"),
    }
)
# Chinese is left out: what its connectives link reaches over more than two sentences too often.
_CLASSES: Final = (_CONSEQUENCE, _ADDITION, _CONTRAST)
# The first of each class are the usual ones; the others are taken where the text has them.
_N_USUAL: Final = 2
# German puts no comma behind the connective.
_BEHIND: Final[Mapping[str, str]] = MappingProxyType({"en": ",", "de": "(?= )", "fr": ",", "es": ","})
_QUOTES: Final[Mapping[str, str]] = MappingProxyType({"en": "“{}”", "de": "„{}“", "fr": "« {} »", "es": "«{}»"})
_OR: Final[Mapping[str, str]] = MappingProxyType({"en": " or ", "de": " oder ", "fr": " ou ", "es": " o "})
_GAP: Final = "___"


def _pattern(lang: str) -> re.Pattern[str]:
    words = sorted((word for kind in _CLASSES for word in kind[lang]), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(words)}){_BEHIND[lang]}")


_PATTERNS: Final = MappingProxyType({lang: _pattern(lang) for lang in _CONSEQUENCE})


def find_relations(document: Document, lang: str, most: int) -> Iterator[Pair]:
    """Yield the question which connective fits the gap between two sentences, and the one the text has."""
    pattern = _PATTERNS.get(lang)
    if pattern is None:
        return
    yield from draw(document.text, places_of(document, pattern), lambda place: _pair(document, lang, place), most)


def _pair(document: Document, lang: str, place: int) -> Pair | None:
    text = document.text
    linked = linked_at(document, _PATTERNS[lang], place, lang)
    if linked is None:
        return None
    first = joined(text[linked.first.start : linked.first.end])
    rest = joined(text[linked.connective.end : linked.second.end]).strip()
    if not stands_alone(first, lang) or not is_prose(rest) or len(rest) < len(_GAP) * 10 or rest[-1:] not in ".。!！":
        return None
    comma = text[linked.connective.end - 1] in ",，"
    word = text[linked.connective.start : linked.connective.end - comma]
    gap = _GAP + (text[linked.connective.end - 1] if comma else "") + " "
    options = _options(word, lang, first)
    instruction = request("relation", lang, first, options=options)
    if instruction is None:
        return None
    evidence = (linked.first, linked.second)
    context = f"{first} {gap}{rest}"
    return Pair(instruction, word, evidence, FAMILY_OF_RULE["reading_relation"], context=context)


def _options(word: str, lang: str, seed: str) -> str:
    """Return `word` and one connective that would turn the relation round, in an order by hash.

    Consequence and addition often fit the same gap, and so do addition and contrast: a contrast is set against a
    consequence, either of the others against a contrast.
    """
    number = hash_of(seed)
    others = _CONSEQUENCE[lang] if word in _CONTRAST[lang] else _CONTRAST[lang]
    other = others[number // 2 % _N_USUAL]
    ordered = (word, other) if number // 4 % 2 else (other, word)
    return _OR[lang].join(_QUOTES[lang].format(option) for option in ordered)
