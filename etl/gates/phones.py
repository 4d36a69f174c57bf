"""Telephone numbers: international ones, those in the North American shape, and those a word announces."""

import re
from collections.abc import Iterator
from typing import Final

import phonenumbers

from etl.gates.base import Finding
from etl.gates.scan import Scan

KIND: Final = "phone"

_WORDS: Final = (
    r"telephone|telefono|telefoon|telefone|t[eé]l[eé]phone|tel[eé]fono|telefon|t[eé]l|phone|mobile|handynummer|handy|"
    r"cell|fax|whatsapp|portable|m[oó]vil|celular|hotline|тел|телефон|电话|電話|手机|手機|携帯|전화"
)
# Behind the word: the rest of Telefonnummer or phones, then a little that is no letter.
_GAP: Final = r"(?:nummern?|s|[ -]?(?:no|nr|number|num[eé]ro)\b)?[^A-Za-z\d\n+(]{0,8}"
# Only what is written as a number of this kind: plus sign, brackets, groups of the American shape, or the word.
_LOOK_INTERNATIONAL: Final = r"\+\(?[1-9]\d{0,3}(?:[ ().\-/\x{a0}]{0,2}\d){6}"
_LOOK_AMERICAN: Final = r"\([2-9]\d\d\) ?[2-9]\d\d[-. ]\d{4}|[2-9]\d\d[-.][2-9]\d\d[-.]\d{4}"
_LOOK_ANNOUNCED: Final = rf"(?i:{_WORDS}){_GAP}[+(]?\d(?:[ ().\-/]{{0,2}}\d){{6}}"
LOOK: Final = f"{_LOOK_INTERNATIONAL}|{_LOOK_AMERICAN}|{_LOOK_ANNOUNCED}"

_INTERNATIONAL: Final = re.compile(r"\+\(?[1-9]\d{0,3}(?:[ ().\-/\u00a0]{0,2}\d){6,13}(?!\w|[.,]\d)")
_AMERICAN: Final = re.compile(
    r"(?<![\w.+-])(?:(?:\+|00)?1[-. ])?(?:\([2-9]\d\d\) ?|(?P<parted>[2-9]\d\d[-.]))[2-9]\d\d(?P<by>[-. ])\d{4}"
    r"(?:x\d{1,6})?(?![\w-]|\.\d)"
)
_ANNOUNCED: Final = re.compile(
    rf"(?<![a-z])(?:{_WORDS}){_GAP}(?P<number>[+(]?\d(?:[ ().\-/]{{0,2}}\d){{6,14}})(?!\w|[.,]\d)", re.I
)
_NOT_DIGIT: Final = re.compile(r"\D")


def find_phones(text: str) -> Iterator[Finding]:
    """Yield the telephone numbers, each place once."""
    taken = 0
    scan = Scan(text)
    found: list[tuple[int, int]] = []
    for look, find in (
        (_LOOK_INTERNATIONAL, _international),
        (_LOOK_AMERICAN, _american),
        (_LOOK_ANNOUNCED, _announced),
    ):
        if scan.holds(look):
            found.extend(find(text))
    for start, end in sorted(found):
        if start >= taken:
            yield Finding(KIND, start, end)
            taken = end


def _international(text: str) -> Iterator[tuple[int, int]]:
    for match in _INTERNATIONAL.finditer(text):
        before = text[match.start() - 1 : match.start()] if match.start() else ""
        if not (before.isalnum() or before in ("_", "+", ".")) and _is_number(match[0]):
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
