"""Mentions: all the options of commands, or all the absolute paths, that a passage names, in its order."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from etl.rules.base import Document, Pair, Span
from etl.rules.families import FAMILY_OF_RULE
from etl.rules.reading.draw import draw
from etl.rules.reading.passages import is_passage, long_paragraphs
from etl.rules.reading.requests import request
from etl.rules.reading.standing import joined

VERSION: Final = "1"

_MIN_MENTIONS: Final = 2
# More than this in a passage is an index of them.
_MAX_MENTIONS: Final = 12


class _Kind(NamedTuple):
    """What is asked for.

    Attributes:
        mark: The character that begins it.
        name: How it looks.
        doubtful: How other things look that would have to be named too.
    """

    mark: str
    name: re.Pattern[str]
    doubtful: re.Pattern[str]


# Written as "option", a mention no longer tells prose from code.
_STAND_IN: Final = "option"
# A compound: in German, a quoted word or a path is joined to the next word by a hyphen.
_COMPOUND: Final = re.compile(r"[»«”“\"'’)\]]-[A-ZÄÖÜ][a-zäöüß]{2}|/\w+-[A-ZÄÖÜ][a-zäöüß]{2}")
_KINDS: Final[Mapping[str, _Kind]] = MappingProxyType(
    {
        "options": _Kind(
            "-",
            # "-v", "-rf", "--no-verify"; no hyphen that joins or breaks words, no value behind "=" or a number.
            re.compile(r"(?<![\w\-–—/.'’%+À-ӿ])--?[A-Za-z](?:[\w-]*\w)?(?![\w\-/'’+*\[<{%=À-ӿ]|\.\w)", re.ASCII),
            re.compile(r"(?<!\w)[+][A-Za-z]|--|(?<!\w)-\w|\w-\s"),
        ),
        "paths": _Kind(
            "/",
            # "/etc/hosts", "/var/log/"; nothing relative, no pattern, no address.
            re.compile(
                r"(?<![\w/.:~$%*>})\]\\À-ӿ-])/(?:\w[\w.+@-]*/)*\w(?:[\w.+@-]*\w/?)?(?![\w*<{$\[%:~/+@À-ӿ-]|\.\w)",
                re.ASCII,
            ),
            re.compile(r"[/\\~]"),
        ),
    }
)  # fmt: skip


def find_mentions(document: Document, lang: str, most: int) -> Iterator[Pair]:
    """Yield the request for the options or paths that a passage names, the passage as context, and their list.

    A passage that names other things of the kind in a form that the pattern does not know (a path below ``~``, an
    option with ``+``) makes no pair: the list would not be complete.
    """
    text = document.text
    found = {
        place: (span, kind)
        for span in long_paragraphs(document, lang, None)
        for kind in _KINDS
        if (place := _first(text, span, _KINDS[kind].mark)) >= 0
    }
    # A passage is drawn by its first mention: drawn by their beginnings, passages would be those of the completions.
    yield from draw(text, found, lambda place: _pair(document, lang, *found[place]), most)


def _first(text: str, span: Span, mark: str) -> int:
    """Return the first place where a mark stands that no word is joined by, or -1."""
    place = text.find(mark, span.start, span.end)
    # Only Latin letters are joined: Chinese has no space before a path.
    while place >= 0 and (before := text[place - 1 : place]).isalnum() and before.isascii():
        place = text.find(mark, place + 1, span.end)
    return place


def _pair(document: Document, lang: str, span: Span, kind: str) -> Pair | None:
    passage = document.text[span.start : span.end]
    places = mentions_of(passage, kind)
    if places is None:
        return None
    instruction = request(kind, lang, passage)
    if instruction is None or not is_passage(document, span, lang, _without(passage)):
        return None
    evidence = (span, *(Span(span.start + start, span.start + end) for start, end in places))
    response = ("、" if lang == "zh" else ", ").join(passage[start:end] for start, end in places)
    return Pair(instruction, response, evidence, FAMILY_OF_RULE["reading_mentions"], context=joined(passage))


def mentions_of(passage: str, kind: str) -> list[Span] | None:
    """Return where the options or paths of a passage stand, each at its first place.

    None where these are too few for a list or too many, or where others may be meant.

    >>> mentions_of("Both /etc/hosts and /etc/passwd are read.", "paths")
    [Span(start=5, end=15), Span(start=20, end=31)]
    >>> mentions_of("Both /etc/hosts and ~/hosts are read.", "paths") is None
    True
    """
    _, pattern, doubtful = _KINDS[kind]
    places: dict[str, Span] = {}
    for mention in pattern.finditer(passage):
        places.setdefault(mention.group(), Span(*mention.span()))
    if not _MIN_MENTIONS <= len(places) <= _MAX_MENTIONS or _COMPOUND.search(passage):
        return None
    if doubtful.search(pattern.sub(_STAND_IN, passage)):
        return None
    return list(places.values())


def _without(passage: str) -> str:
    for kind in _KINDS.values():
        passage = kind.name.sub(_STAND_IN, passage)
    return passage
