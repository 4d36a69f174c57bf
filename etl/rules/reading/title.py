"""Titles: the heading of a text, asked for by its first paragraphs."""

from collections.abc import Iterator
from typing import Final

from etl.rules.base import Document, Pair
from etl.rules.families import FAMILY_OF_RULE
from etl.rules.reading.language import guess
from etl.rules.reading.opening import opening_of
from etl.rules.reading.requests import request

VERSION: Final = "1"


def find_titles(document: Document, lang: str, _most: int) -> Iterator[Pair]:
    """Yield the request for a title of the text, and its title; a text has one."""
    opening = opening_of(document, lang)
    lang = lang if opening is None or document.lang else guess(opening.body) or lang
    instruction = opening and request("title", lang, opening.title)
    if opening and instruction:
        evidence = (opening.body_span, opening.title_span)
        yield Pair(instruction, opening.title, evidence, FAMILY_OF_RULE["reading_title"], context=opening.body)
