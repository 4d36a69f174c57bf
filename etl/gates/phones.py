"""Telephone numbers: international ones, those in the North American shape, and those a word announces."""

import re
from collections.abc import Iterator
from typing import Final

import phonenumbers

from etl.gates.base import Finding

KIND: Final = "phone"

_WORDS: Final = (
    r"telephone|telefono|telefoon|telefone|t[eé]l[eé]phone|tel[eé]fono|telefon|t[eé]l|phone|mobile|handynummer|handy|"
    r"cell|fax|whatsapp|portable|m[oó]vil|celular|hotline|тел|телефон|电话|電話|手机|手機|携帯|전화"
)
# Only what is written as a number of this kind: plus sign, brackets, groups of the American shape, or the word.
LOOK: Final = (
    r"\+\(?[1-9]\d|\([2-9]\d\d\) ?[2-9]\d\d[-. ]\d{4}|[2-9]\d\d[-.][2-9]\d\d[-.]\d{4}"
    rf"|(?i:{_WORDS})[^\d\n+(]{{0,12}}[+(]?\d[\d ().\-/]{{5}}"
)

_INTERNATIONAL: Final = re.compile(r"(?<![\w+.])\+\(?[1-9]\d{0,3}(?:[ ().\-/\u00a0]{0,2}\d){6,13}(?!\w|[.,]\d)")
_AMERICAN: Final = re.compile(
    r"(?<![\w.+-])(?:(?:\+|00)?1[-. ])?(?:\([2-9]\d\d\) ?|(?P<parted>[2-9]\d\d[-.]))[2-9]\d\d(?P<by>[-. ])\d{4}"
    r"(?:x\d{1,6})?(?![\w-]|\.\d)"
)
_ANNOUNCED: Final = re.compile(
    rf"(?<![a-z])(?:{_WORDS})[^\d\n+(]{{0,12}}(?P<number>[+(]?\d(?:[ ().\-/]{{0,2}}\d){{6,14}})(?!\w|[.,]\d)", re.I
)
_NOT_DIGIT: Final = re.compile(r"\D")


def find_phones(text: str) -> Iterator[Finding]:
    """Yield the telephone numbers, each place once."""
    taken = 0
    found = sorted((*_international(text), *_american(text), *_announced(text)))
    for start, end in found:
        if start >= taken:
            yield Finding(KIND, start, end)
            taken = end


def _international(text: str) -> Iterator[tuple[int, int]]:
    for match in _INTERNATIONAL.finditer(text):
        if _is_number(match[0]):
            yield match.span()


def _american(text: str) -> Iterator[tuple[int, int]]:
    for match in _AMERICAN.finditer(text):
        if match["parted"] is None or match["parted"][-1] == match["by"]:
            yield match.span()


def _announced(text: str) -> Iterator[tuple[int, int]]:
    for match in _ANNOUNCED.finditer(text):
        digits = _NOT_DIGIT.sub("", match["number"])
        if len(set(digits)) > 2:
            yield match.span("number")


def _is_number(written: str) -> bool:
    """Whether a number with a plus sign is one that its country gives out, or in groups one that could be."""
    try:
        number = phonenumbers.parse(written)
    except phonenumbers.NumberParseException:
        return False
    grouped = any(sign in written for sign in "( ") and number.country_code == 1
    return phonenumbers.is_valid_number(number) or (grouped and phonenumbers.is_possible_number(number))
