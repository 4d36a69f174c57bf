"""Patterns: dates, amounts and numbers, which are known by their shape.

The expressions are read by Python and by Java: only what both understand alike is used, classes are written out, and
every repetition is bounded.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from etl.config.entities import PATTERNS as NAMES

VERSION: Final = "1"

# What stands before and behind is no part of a longer word, number, version or path.
_BEFORE: Final = r"(?<![0-9A-Za-z_.,$€£¥/+#-])(?<![0-9]:)"
_AFTER: Final = r"(?![0-9A-Za-z_/]|[.,:-][0-9])"
_MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_DAY: Final = r"(?:0?[1-9]|[12][0-9]|3[01])"
_YEAR: Final = r"(?:1[0-9]{3}|20[0-9]{2})"
_NUMBER: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,9}(?:\.[0-9]{1,20})?|[0-9]{1,20}(?:\.[0-9]{1,20})?)"

# The first that fits is what a stretch of text is, so a year within a date is no number.
PATTERNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "date": (
            _BEFORE
            + rf"(?:{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
            + rf"|{_DAY}(?:st|nd|rd|th)? {_MONTH},? {_YEAR}"
            + rf"|{_MONTH} {_DAY}(?:st|nd|rd|th)?,? {_YEAR}|{_MONTH} {_YEAR}"
            + rf"|{_YEAR}年(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?)?)"
            + _AFTER
        ),
        "money": (
            _BEFORE + r"(?:US)?[$€£¥] ?" + _NUMBER + r"(?: (?:thousand|million|billion|trillion))?" + _AFTER
        ),
        "percent": _BEFORE + _NUMBER + r"(?: ?%|％| percent)(?![0-9A-Za-z_])",
        "number": _BEFORE + _NUMBER + _AFTER,
    }
)  # fmt: skip


# Whatever has one of the shapes holds a digit.
_DIGIT: Final = re.compile("[0-9]")


class Pattern(NamedTuple):
    """A thing of a known shape: its first code point, one past its last, and the name of its pattern."""

    start: int
    end: int
    name: str


def find(text: str, wanted: Iterable[str]) -> list[Pattern]:
    """Return the things of the wanted patterns in order, none of which overlap.

    >>> [(text[a:b], name) for text in ["It rose 3% on 5 May 2021."] for a, b, name in find(text, NAMES)]
    [('3%', 'percent'), ('5 May 2021', 'date')]
    """
    if not _DIGIT.search(text):
        return []
    return without_overlaps(Pattern(*found.span(), name) for name in wanted for found in _compiled(name).finditer(text))


def without_overlaps(found: Iterable[Pattern]) -> list[Pattern]:
    """Return the things in order; of those that overlap the first pattern of `PATTERNS` stays, then the first."""
    kept: list[Pattern] = []
    taken: set[int] = set()
    for each in sorted(found, key=lambda each: (NAMES.index(each.name), each.start, -each.end)):
        place = range(each.start, each.end)
        if taken.isdisjoint(place):
            taken.update(place)
            kept.append(each)
    return sorted(kept)


@lru_cache(maxsize=len(NAMES))
def _compiled(name: str) -> re.Pattern[str]:
    return re.compile(PATTERNS[name])
