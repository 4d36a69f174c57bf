"""Articles: the first paragraphs of a text, asked for by its title."""

from collections.abc import Iterator
from typing import Final

from etl.rules.base import Document, Pair
from etl.rules.families import FAMILY_OF_RULE
from etl.rules.reading.language import guess
from etl.rules.reading.opening import opening_of
from etl.rules.reading.requests import request

VERSION: Final = "1"


def find_articles(document: Document, lang: str, _most: int) -> Iterator[Pair]:
    """Yield the request for a text with the title, and the paragraphs that open it; a text has one beginning."""
    opening = opening_of(document, lang)
    lang = lang if opening is None or document.lang else guess(opening.body) or lang
    instruction = opening and request("article", lang, opening.title, title=opening.title)
    if opening and instruction:
        evidence = (opening.title_span, opening.body_span)
        yield Pair(instruction, opening.body, evidence, FAMILY_OF_RULE["reading_article"])
