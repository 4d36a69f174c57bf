"""Examples: all the things that a passage names of a category, "languages such as Python, Ruby and Perl"."""

import re
from collections.abc import Iterator
from typing import Final

from etl.rules.base import Document, Pair, Span
from etl.rules.families import FAMILY_OF_RULE
from etl.rules.reading.draw import draw
from etl.rules.reading.example_words import NO_CATEGORIES, NO_ITEMS, NO_MODIFIERS, OTHER_SIGNS
from etl.rules.reading.passages import is_passage, long_paragraphs
from etl.rules.reading.requests import request
from etl.rules.reading.standing import joined

VERSION: Final = "1"

# Other languages set an adjective between the noun and what introduces the examples.
_LANGUAGE: Final = "en"
_SIGN: Final = " such as "
# Some 25 words: a list of examples is short, and what it is a list of stands next to it.
_MIN_CHARS: Final = 150
_CATEGORY_CHARS: Final = 60
_CATEGORY: Final = re.compile(r"(?<![\w'’-])([^\W\d_]{3,25}s|people)\Z")
# Of which of two nouns they are examples is open: "firms and federal agencies such as".
_OPEN_CATEGORY: Final = re.compile(r"\b(?:and|or)\s(?:[\w'’-]+\s){0,2}[\w'’-]+\Z")
# What stands between a preposition and a noun tells its kind: "for search engines", not "for using engines".
_MODIFIER: Final = re.compile(r"\b(?:for|of|in|on|from|with|by|into|across|as)\s([a-z-]{3,20})(?<!ing)\s\Z")
# At most three words, so that no part of a sentence passes for an item.
_ITEM: Final = r"\w[\w'’+#&/-]*(?:\.\w+)*(?:\s\w[\w'’+#&/-]*){0,2}"
# Behind a comma these show that the list is over; any other word may be its next item.
_OVER: Final = "which|who|whose|that|to|so|in|with|where|when|whenever|while|but|for|because|since|although"
_LISTING: Final = re.compile(
    rf"((?:{_ITEM},\s){{0,12}})({_ITEM}),?\s(?:and|or)\s({_ITEM})(?=[.;)](?:\s|\Z)|,\s(?:{_OVER})\s)"
)
_LISTED: Final = re.compile(_ITEM)
# Pieces of sentences: "profoundly altered European habits", "getting a passport".
_PARTIAL: Final = re.compile(r"\w{3,}ly\b|\w+ing\s\w")
_WORD: Final = re.compile(r"[^\W\d_]+")


def find_examples(document: Document, lang: str, most: int) -> Iterator[Pair]:
    """Yield the request for the examples of a category, the passage as context, and the examples in its order.

    A passage makes a pair where its one "such as" has a noun in the plural right before it and a list behind it that
    closes with "and" or "or" and a mark, and where nothing else in it names examples. Behind a comma, "such as" may
    belong to another noun than the last ("keys for a server, such as").
    """
    text = document.text
    if lang != _LANGUAGE or _SIGN not in text:
        return
    found = {
        place: span
        for span in long_paragraphs(document, lang, _MIN_CHARS)
        if (place := text.find(_SIGN, span.start, span.end)) >= 0
    }
    # A passage is drawn by its examples: drawn by their beginnings, passages would be those of the completions.
    yield from draw(text, found, lambda place: _pair(document, place, found[place]), most)


def _pair(document: Document, place: int, span: Span) -> Pair | None:
    text, offset = document.text, place + len(_SIGN)
    before, behind = text[span.start : place], text[offset : span.end]
    category, items = _category(before, behind), _items(behind)
    if category is None or items is None or not is_passage(document, span, _LANGUAGE):
        return None
    lowered = f"{before} {behind}".lower()
    if any(map(lowered.__contains__, OTHER_SIGNS)):
        return None
    passage = joined(text[span.start : span.end])
    instruction = request("examples", _LANGUAGE, passage, category=category)
    if instruction is None:
        return None
    evidence = (span, *(Span(offset + start, offset + end) for start, end in items))
    response = ", ".join(joined(behind[start:end]) for start, end in items)
    return Pair(instruction, response, evidence, FAMILY_OF_RULE["reading_examples"], context=passage)


def _category(before: str, behind: str) -> str | None:
    """Return the noun right before the sign; None where it is none, or where the passage takes it up again."""
    head = joined(before[-_CATEGORY_CHARS:])
    noun = _CATEGORY.search(head)
    if noun is None or _OPEN_CATEGORY.search(head):
        return None
    category = noun.group(1)
    if not category.islower() or category in NO_CATEGORIES:
        return None
    if category in before[: -len(noun.group())].lower() or category in behind.lower():
        return None
    modifier = _MODIFIER.search(head, 0, noun.start())
    return f"{modifier.group(1)} {category}" if modifier and modifier.group(1) not in NO_MODIFIERS else category


def _items(behind: str) -> list[Span] | None:
    """Return where the items of a list at the head of `behind` stand; None where it holds more than names."""
    listing = _LISTING.match(behind)
    if listing is None:
        return None
    items = [Span(*item.span()) for item in _LISTED.finditer(listing.group(1))]
    items += [Span(*listing.span(2)), Span(*listing.span(3))]
    bodies = [behind[start:end] for start, end in items]
    words = (word for body in bodies for word in _WORD.findall(body.lower()))
    if not NO_ITEMS.isdisjoint(words) or len({body.lower() for body in bodies}) < len(bodies):
        return None
    return None if any(map(_PARTIAL.search, bodies)) or _shares_an_end(bodies) else items


def _shares_an_end(bodies: list[str]) -> bool:
    """Return whether the first of two things may lack words that stand at the second only: "file and user names"."""
    return len(bodies) == 2 and bodies[0].islower() and len(bodies[0].split()) == 1 < len(bodies[1].split())
