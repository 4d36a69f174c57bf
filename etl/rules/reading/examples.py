"""Examples: all the things that a passage names of a category, "languages such as Python, Ruby and Perl"."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from etl.rules.base import Document, Pair, Span
from etl.rules.families import FAMILY_OF_RULE
from etl.rules.reading.draw import draw
from etl.rules.reading.example_words import NO_CATEGORIES, NO_ITEMS, NO_MODIFIERS, OTHER_SIGNS
from etl.rules.reading.passages import is_passage, long_paragraphs
from etl.rules.reading.requests import request
from etl.rules.reading.standing import joined

VERSION: Final = "1"

# What introduces examples, and the word that asks for them where it agrees with their gender.
_SIGNS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {" such as ": "", ", including ": ""},
        "fr": {" tels que ": "Quels", " telles que ": "Quelles"},
        "es": {" tales como ": ""},
    }
)
_LAST_WORD: Final = re.compile(r"[^\W\d_]+")


def find_examples(document: Document, lang: str, most: int) -> Iterator[Pair]:
    """Yield the request for the examples of a category, the passage as context, and the examples in its order.

    A passage makes a pair where its one "such as" or "including" has a noun in the plural before it and a list behind
    it that closes with "and" or "or" and a mark, and where nothing else in it names examples.
    """
    signs = [sign for sign in _SIGNS.get(lang, ()) if sign in document.text]
    if not signs:
        return
    text = document.text
    found = {
        place: (span, sign)
        for span in long_paragraphs(document, lang)
        for sign in signs
        if (place := text.find(sign, span.start, span.end)) >= 0
    }
    # A passage is drawn by its examples: drawn by their beginnings, passages would be those of the completions.
    yield from draw(text, found, lambda place: _pair(document, lang, place, *found[place]), most)


def _pair(document: Document, lang: str, place: int, span: Span, sign: str) -> Pair | None:
    text = document.text
    before, behind = text[span.start : place], text[place + len(sign) : span.end]
    category = _category(before, behind, lang)
    items = _items(behind, lang)
    if category is None or items is None or not is_passage(document, span, lang):
        return None
    lowered = f"{before} {behind}".lower()
    if any(map(lowered.__contains__, OTHER_SIGNS[lang])):
        return None
    passage = joined(text[span.start : span.end])
    instruction = request("examples", lang, passage, category=category, which=_SIGNS[lang][sign])
    if instruction is None:
        return None
    offset = place + len(sign)
    evidence = (span, *(Span(offset + start, offset + end) for start, end in items))
    response = ", ".join(joined(behind[start:end]) for start, end in items)
    return Pair(instruction, response, evidence, FAMILY_OF_RULE["reading_examples"], context=passage)


def _category(before: str, behind: str, lang: str) -> str | None:
    """Return the noun right before the sign; None where it is none, or where the passage takes it up again."""
    head = joined(before[-_CATEGORY_CHARS:])
    noun = _CATEGORY.search(head)
    if (
        noun is None
        or not noun.group(1).islower()
        or noun.group(1) in NO_CATEGORIES[lang]
        or _OPEN_CATEGORY.search(head)
    ):
        return None
    category = noun.group(1)
    if category in before[: -len(noun.group())].lower() or category in behind.lower():
        return None
    modifier = _MODIFIER.search(head, 0, noun.start()) if lang == "en" else None
    return f"{modifier.group(1)} {category}" if modifier and modifier.group(1) not in NO_MODIFIERS else category


def _items(behind: str, lang: str) -> list[Span] | None:
    """Return where the items of a list at the head of `behind` stand; None where it holds more than names."""
    listing = _LISTINGS[lang].match(behind)
    if listing is None:
        return None
    items = [Span(*item.span()) for item in _LISTED.finditer(listing.group(1))]
    items += [Span(*listing.span(2)), Span(*listing.span(3))]
    bodies = [behind[start:end] for start, end in items]
    words = (word for body in bodies for word in _WORD.findall(body.lower()))
    if not NO_ITEMS[lang].isdisjoint(words) or len({body.lower() for body in bodies}) < len(bodies):
        return None
    return None if any(map(_PARTIAL.search, bodies)) or _shares_an_end(bodies) else items


def _shares_an_end(bodies: list[str]) -> bool:
    """Return whether the first of two things may lack words that stand at the second only: "file and user names"."""
    return len(bodies) == 2 and bodies[0].islower() and len(bodies[0].split()) == 1 < len(bodies[1].split())
