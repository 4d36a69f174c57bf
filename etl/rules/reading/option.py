"""Options: what an option of a command means, by the manual page of the command."""

import re
from collections.abc import Iterator
from typing import Final

from etl.rules.answers import render
from etl.rules.base import Document, Pair, Span
from etl.rules.families import FAMILY_OF_RULE
from etl.rules.reading.draw import draw
from etl.rules.reading.places import HEAD_CHARS, block_index
from etl.rules.reading.requests import request
from etl.rules.reading.standing import joined
from etl.text.blocks import DEFINITION, PARAGRAPH, TERM, Block

VERSION: Final = "1"

# "ls(1)" at the top of the page, or the line below NAME: "ls - list directory contents".
_PAGE: Final = re.compile(r"([\w.+:@-]{1,40})\s?\(\d\w{0,3}\)")
_NAMED: Final = re.compile(r"([\w.+:@-]{1,40})(?:, [\w.+:@-]{1,40}){0,8} [-–—] \S")
_LOOKED_AT: Final = 4
_OPTION: Final = re.compile(
    r"--?[A-Za-z0-9?][\w-]*(?:(?:[ =]|\[=?)[^\s,]{1,40})?(?:(?:, | \| |\n)--?[A-Za-z0-9?][^\n,]{0,50}){0,3}\Z"
)
_MIN_CHARS: Final = 25
_MAX_CHARS: Final = 1200
_MAX_OPTION_CHARS: Final = 100
_SPECIAL: Final = re.compile(
    r"(?:same as|like|see|as) (?:above|below|for )|^(?:synonym|ditto|idem)\b|^see ", re.IGNORECASE
)
# Every command has these, and they say nothing of it.
_TRIVIAL: Final = re.compile(r"--(?:help|version|usage)\b")
_OPEN_END: Final = (":", "：", ",", ";")


def find_options(document: Document, lang: str, most: int) -> Iterator[Pair]:
    """Yield the question what an option of the command does, and its description in the manual page."""
    program = _program(document)
    if program is None:
        return
    text = document.text
    places = [
        start
        for kind, start, end, *_ in document.blocks
        if kind == TERM and text[start] == "-" and end - start <= _MAX_OPTION_CHARS and start < HEAD_CHARS
    ]
    yield from draw(text, places, lambda place: _pair(document, lang, program, place), most)


def _program(document: Document) -> str | None:
    """Return the command a manual page is of, or None for a text that is no manual page."""
    text = document.text
    top = document.blocks[:_LOOKED_AT]
    if not any(_PAGE.match(text, block.start, block.end) for block in top):
        return None
    for block in top:
        named = _NAMED.match(text, block.start, block.end)
        if named:
            return named.group(1)
    return None


def _pair(document: Document, lang: str, program: str, place: int) -> Pair | None:
    text, blocks = document.text, document.blocks
    index = block_index(blocks, place)
    term = blocks[index]
    option = joined(text[term.start : term.end])
    if (
        _TRIVIAL.search(option)
        or not _OPTION.match(text[term.start : term.end])
        or text.startswith(program, term.start)
    ):
        return None
    meaning = _meaning(blocks, index)
    if meaning is None:
        return None
    response = joined(render(text, [meaning]))
    if not _MIN_CHARS <= len(response) <= _MAX_CHARS or _SPECIAL.search(response[:60]) or response.endswith(_OPEN_END):
        return None
    instruction = request("option", lang, option, option=option, program=program)
    if instruction is None:
        return None
    evidence = (Span(term.start, term.end), Span(meaning.start, meaning.end))
    return Pair(instruction, response, evidence, FAMILY_OF_RULE["reading_option"])


def _meaning(blocks: list[Block], index: int) -> Block | None:
    """Return the description right behind a term, or None where other terms or nothing of its kind follows."""
    if index + 1 >= len(blocks) or (index and blocks[index - 1].kind == TERM):
        return None
    behind = blocks[index + 1]
    return behind if behind.kind in (DEFINITION, PARAGRAPH) and behind.level >= blocks[index].level else None
