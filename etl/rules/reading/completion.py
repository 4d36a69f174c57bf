"""Completions: the beginning of a paragraph, and how it goes on."""

from collections.abc import Iterator
from typing import Final

from etl.rules.base import Document, Pair, Span
from etl.rules.families import FAMILY_OF_RULE
from etl.rules.reading.draw import draw, hash_of
from etl.rules.reading.places import block_index, long_blocks
from etl.rules.reading.requests import request
from etl.rules.reading.sentences import sentences
from etl.rules.reading.standing import is_prose, is_whole, joined, leans, stands_alone
from etl.text.blocks import PARAGRAPH

VERSION: Final = "1"

_MIN_PARAGRAPH: Final = 250
_MIN_WIDE_PARAGRAPH: Final = 100
_MAX_PARAGRAPH: Final = 1800
_MIN_SENTENCES: Final = 3
_MIN_PART: Final = 80
_MIN_WIDE_PART: Final = 30
_TRIED: Final = 2


def find_completions(document: Document, lang: str, most: int) -> Iterator[Pair]:
    """Yield the request to continue a text, its beginning as context, and the rest of the paragraph."""
    least = _MIN_WIDE_PARAGRAPH if lang == "zh" else _MIN_PARAGRAPH
    places = long_blocks(document, PARAGRAPH, least, _MAX_PARAGRAPH)
    yield from draw(document.text, places, lambda place: _pair(document, lang, place), most, _TRIED)


def _pair(document: Document, lang: str, place: int) -> Pair | None:
    text = document.text
    block = document.blocks[block_index(document.blocks, place)]
    if leans(text[block.start : block.end], lang) or not is_prose(joined(text[block.start : block.end])):
        return None
    spans = sentences(text, block.start, block.end, lang)
    if len(spans) < _MIN_SENTENCES or not all(is_whole(joined(text[a:b]), lang) for a, b in spans):
        return None
    if not stands_alone(joined(text[spans[0].start : spans[0].end]), lang):
        return None
    cut = spans[1 + hash_of(text[block.start : block.end]) % (len(spans) - 1)].start
    beginning = joined(text[block.start : cut]).strip()
    rest = joined(text[cut : block.end]).strip()
    least = _MIN_WIDE_PART if lang == "zh" else _MIN_PART
    instruction = request("completion", lang, beginning)
    if instruction is None or min(len(beginning), len(rest)) < least:
        return None
    evidence = (Span(block.start, cut), Span(cut, block.end))
    return Pair(instruction, rest, evidence, FAMILY_OF_RULE["reading_completion"], context=beginning)
