"""Payment cards and bank accounts, known by their check digits."""

import re
from collections.abc import Iterator
from typing import Final

from etl.gates.base import Finding
from etl.gates.checksums import luhn, mod97

CARD: Final = "card"
IBAN: Final = "iban"
LOOK_CARD: Final = r"(?:^|[^\w.,/-])[2-6]\d{3}(?:\d{9}| \d{4,6} \d{4,5}|-\d{4,6}-\d{4,5})"
LOOK_IBAN: Final = r"[A-Z]{2}\d\d[ -]?[A-Z0-9]{4}[ -]?[A-Z0-9]{4}"

_CARD: Final = re.compile(
    r"(?<![\w.,/-])[2-6]\d{3}(?P<by>[ -]?)\d{4,6}(?P=by)\d{4,5}(?:(?P=by)\d{3,7})?(?![\w-]|[.,]\d)"
)
# Ranges of the networks and how many digits their cards have (ISO/IEC 7812 issuer numbers).
_NETWORKS: Final = (
    ("4", "4", (13, 16, 19)),  # Visa
    ("51", "55", (16,)),  # Mastercard
    ("2221", "2720", (16,)),  # Mastercard
    ("34", "34", (15,)),  # American Express
    ("37", "37", (15,)),
    ("36", "36", (14,)),  # Diners Club
    ("38", "39", (14,)),
    ("300", "305", (14,)),
    ("6011", "6011", (16, 19)),  # Discover
    ("644", "659", (16, 19)),
    ("3528", "3589", (16,)),  # JCB
    ("62", "62", (16, 17, 18, 19)),  # UnionPay
)
# A row of digits after one of these words is the number of something else, whatever its check digit says.
_OTHER_NUMBER: Final = re.compile(
    r"(?:order|invoice|tracking|ticket|serial|isbn|imei|timestamp|build|id)\s{0,3}(?:no\.?|number|nr\.?)?[\s:#=]{0,3}$",
    re.I,
)
_BEFORE: Final = 24

# Country and length (SWIFT IBAN registry).
_IBAN_LENGTHS: Final = {
    code: int(length)
    for length, codes in {
        "15": "NO", "16": "BE", "18": "DK FI FO GL NL SD", "19": "MK SI", "20": "AT BA EE KZ LT LU XK MN",
        "21": "CH HR LI LV", "22": "BG BH CR DE GB GE IE ME RS VA", "23": "AE GI IL IQ OM SO TL",
        "24": "AD CZ ES MD PK RO SA SE SK TN VG", "25": "LY PT ST", "26": "IS TR", "27": "BI DJ FR GR IT MC MR SM",
        "28": "AL AZ BY CY DO GT HU LB NI PL SV", "29": "BR EG PS QA UA", "30": "JO KW MU YE", "31": "MT SC",
        "32": "LC", "33": "RU",
    }.items()
    for code in codes.split()
}  # fmt: skip
_IBAN: Final = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d\d(?:[ -]?[A-Z0-9]){11,29}(?![a-z0-9])")


def find_cards(text: str) -> Iterator[Finding]:
    """Yield the numbers of payment cards: of a known network, of its length, with a right check digit."""
    for match in _CARD.finditer(text):
        digits = match[0].replace(" ", "").replace("-", "")
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if _is_issued(digits) and luhn(digits) and not (match["by"] == "" and _OTHER_NUMBER.search(before)):
            yield Finding(CARD, match.start(), match.end())


def _is_issued(digits: str) -> bool:
    return any(first <= digits[: len(first)] <= last and len(digits) in lengths for first, last, lengths in _NETWORKS)


def find_ibans(text: str) -> Iterator[Finding]:
    """Yield the international bank account numbers: of a country's length, with right check digits."""
    for match in _IBAN.finditer(text):
        length = _IBAN_LENGTHS.get(match[0][:2])
        if length is None:
            continue
        end = _end_of(match[0], length)
        if end is None:
            continue
        plain = match[0][:end].replace(" ", "").replace("-", "")
        if mod97(plain[4:] + plain[:4]):
            yield Finding(IBAN, match.start(), match.start() + end)


def _end_of(written: str, length: int) -> int | None:
    """Return where the given number of letters and digits ends, or None: a capital word may follow an account."""
    seen = 0
    for place, sign in enumerate(written, 1):
        seen += sign not in " -"
        if seen == length:
            return place if place == len(written) or written[place] in " -" else None
    return None
