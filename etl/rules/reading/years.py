"""Years: all the years that a passage names, in its order."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from etl.rules.base import Document, Pair, Span
from etl.rules.families import FAMILY_OF_RULE
from etl.rules.reading.draw import draw
from etl.rules.reading.passages import is_passage, long_paragraphs
from etl.rules.reading.requests import request
from etl.rules.reading.standing import joined
from etl.rules.reading.year_words import CALLED, FOLLOWING, LIKELY, SURE

VERSION: Final = "1"

_MIN_YEARS: Final = 2
# Four digits that are not part of a longer number; whether they are a year is judged by what stands around them.
_FOUR: Final = re.compile(r"(?<!\d)\d{4}(?!\d)")
# Quick to find, unlike what begins with a look behind.
_LIKE_A_YEAR: Final = re.compile(r"(?:1[4-9]|20)\d\d")
# Below are hours, ports and sizes, above is what nobody reports yet.
_FIRST: Final = 1400
_LAST: Final = 2029
_ROUND: Final = 500
# Years that the digits alone do not give: decades, short ranges, eras, short years, centuries in zh.
_OTHER_YEARS: Final = re.compile(
    r"\d{4}['’]?s\b|['’]\d\ds?\b|\d{4}\s?[-–—/]\s?\d{1,2}\b|\b(?:BCE?|CE|AD|A\.D|B\.C|FY\s?\d\d|v\. Chr|n\. Chr"
    r"|av\. J|apr\. J|a\. C|d\. C)\b|\b(?:AD|in) \d{3}\b|\d0er"
    r"|世纪|年代|(?<!\d)\d\d年|[一二三四五六七八九〇零]{2,4}年|公元"
)
_BEFORE: Final = 24
_RANGE: Final = re.compile(r"\d{4}\s?[-–—]\s?\Z")
# "July 4, 1776", "4 July 1776" ends in a month anyway; "1914, 1916 and 1918" goes on.
_DAY: Final = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?,\s\Z")
_LISTED: Final = re.compile(r"\d{4},\s(?:and\s)?\Z")
_FREE: Final = re.compile(r"\s?[.,;:)!?–—-](?!\d(?!\d{3}))|\s\(|\s?\Z|['’]s\b|\s[A-ZÀ-Þ]")
_WORD_BEHIND: Final = re.compile(r"\s([^\W\d_]+)(?![\w%°])")
_CHINESE: Final = "年"


def _ending(words: Mapping[str, tuple[str, ...]], lang: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words[lang])) + r"),?\s\Z|(?!)", re.IGNORECASE)


_CALLED: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType({lang: _ending(CALLED, lang) for lang in CALLED})
_SURE: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType({lang: _ending(SURE, lang) for lang in SURE})
_LIKELY: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType({lang: _ending(LIKELY, lang) for lang in LIKELY})
_FOLLOWING: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {lang: frozenset(words) for lang, words in FOLLOWING.items()}
)


def find_years(document: Document, lang: str, most: int) -> Iterator[Pair]:
    """Yield the request for the years that a passage names, the passage as context, and the years in its order.

    A passage with a number of which it is doubtful whether it is a year makes no pair, nor does one with decades,
    short ranges ("1914–18") and the like: the list would not be complete.
    """
    if lang not in SURE and lang != "zh":
        return
    text = document.text
    found = {
        first.start(): span
        for span in long_paragraphs(document, lang, None)
        if (first := _LIKE_A_YEAR.search(text, span.start, span.end))
    }
    # The place is that of the first year: drawn by their beginnings, the passages would be those of the completions.
    yield from draw(text, found, lambda place: _pair(document, lang, found[place]), most)


def years_of(passage: str, lang: str) -> list[Span] | None:
    """Return where the years of a passage stand, each at its first place; None where they are one or doubtful.

    >>> years_of("From 1914 to 1918, 60 men of 1500 were here.", "en") is None
    True
    >>> years_of("It was built in 1890 and sold in May 1912.", "en")
    [Span(start=16, end=20), Span(start=37, end=41)]
    """
    years: dict[str, Span] = {}
    for four in _FOUR.finditer(passage):
        if not _is_year(passage, four.start(), lang):
            return None
        end = four.end() + (lang == "zh")
        years.setdefault(four.group(), Span(four.start(), end))
    return None if len(years) < _MIN_YEARS or _OTHER_YEARS.search(passage) else list(years.values())


def _is_year(passage: str, start: int, lang: str) -> bool:
    number, end = int(passage[start : start + 4]), start + 4
    if not _FIRST <= number <= _LAST:
        return False
    if lang == "zh":
        return passage[end : end + 1] == _CHINESE
    before = passage[max(0, start - _BEFORE) : start]
    if _CALLED[lang].search(before):
        return True
    behind = _WORD_BEHIND.match(passage, end)
    if not _FREE.match(passage, end) and not (behind and behind.group(1) in _FOLLOWING[lang]):
        return False
    if _SURE[lang].search(before) or before.endswith("(") or _DAY.search(before):
        return True
    listed = _LIKELY[lang].search(before) or _RANGE.search(before) or _LISTED.search(before)
    return bool(listed) and number % _ROUND != 0


def _pair(document: Document, lang: str, span: Span) -> Pair | None:
    text = document.text
    passage = text[span.start : span.end]
    years = years_of(passage, lang)
    if years is None or not is_passage(document, span, lang):
        return None
    instruction = request("years", lang, passage)
    if instruction is None:
        return None
    response = ("、" if lang == "zh" else ", ").join(passage[start:end] for start, end in years)
    evidence = (span, *(Span(span.start + start, span.start + end) for start, end in years))
    return Pair(instruction, response, evidence, FAMILY_OF_RULE["reading_years"], context=joined(passage))
