"""National numbers of persons, by country: a shape, a check, and for bare digits a word that announces them."""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from etl.gates.base import Finding
from etl.gates.checksums import luhn, mod11_10, verhoeff, weighted
from etl.gates.scan import Scan

KIND: Final = "national_id"


# For RE2, which knows no letters but those of ASCII in a class: every sign that may, and some that may not.
_MAY_PRECEDE: Final = r"[^0-9A-Za-z_.,/\-]"
_MAY_FOLLOW: Final = r"[^0-9A-Za-z_\-]"


class _Number(NamedTuple):
    """How the numbers of a country look, what is true of them, and which word must come before, if any.

    `look` is for the first look: the same shape, between signs that may stand around it.
    """

    look: str
    shape: re.Pattern[str]
    holds: Callable[[str], bool]
    word: re.Pattern[str] | None = None


def _number(shape: str, holds: Callable[[str], bool], word: str = "", look: str = "") -> _Number:
    whole = re.compile(rf"(?<![\w.,/-]){shape}(?![\w-]|[.,]\d)")
    look = f"(?:{look or shape})(?:$|{_MAY_FOLLOW})"
    if not word:
        return _Number(f"(?:^|{_MAY_PRECEDE}){look}", whole, holds)
    announced = re.compile(rf"(?:{word})[^\n\d]{{0,24}}$", re.I)
    return _Number(rf"(?i:{word})[^\n\d]{{0,24}}{look}", whole, holds, announced)


def _spanish(number: str) -> bool:
    body, letter = number[:-1].translate({88: "0", 89: "1", 90: "2"}), number[-1]
    # 20240131T is a time stamp, not a person.
    stamp = letter == "T" and number[:2] in ("19", "20")
    return not stamp and "TRWAGMYFPDXBNJZSQVHLCKE"[int(body) % 23] == letter


def _chinese(number: str) -> bool:
    # GB 11643-1999, ISO 7064 MOD 11-2; the date of birth is digits 7 to 14.
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[weighted(number[:17], weights) % 11] == number[17].upper()


def _italian(code: str) -> bool:
    odd = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
    values = [int(sign, 36) - 10 if sign.isalpha() else int(sign) for sign in code[:15]]
    total = sum(odd[value] if place % 2 == 0 else value for place, value in enumerate(values))
    return chr(65 + total % 26) == code[15]


def _french(number: str) -> bool:
    # Corsica's departments 2A and 2B count as 19 and 18.
    return 97 - int(number[:13].replace("2A", "19").replace("2B", "18")) % 97 == int(number[13:])


def _brazilian(number: str) -> bool:
    first = weighted(number[:9], tuple(range(10, 1, -1))) * 10 % 11 % 10
    second = weighted(number[:10], tuple(range(11, 1, -1))) * 10 % 11 % 10
    return len(set(number)) > 1 and (first, second) == (int(number[9]), int(number[10]))


def _dutch(number: str) -> bool:
    return int(number) > 0 and weighted(number, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0


def _polish(number: str) -> bool:
    return (10 - weighted(number[:10], (1, 3, 7, 9) * 3) % 10) % 10 == int(number[10])


def _korean(number: str) -> bool:
    return (11 - weighted(number[:12], (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)) % 11) % 10 == int(number[12])


def _always(_: str) -> bool:
    return True


_SSN: Final = r"(?!000|666|9\d\d)\d{3}%s(?!00)\d\d%s(?!0000)\d{4}"
_NINO: Final = r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]"
_NUMBERS: Final = (
    # United States: 123-45-6789; written without hyphens only after its name.
    _number(_SSN % ("-", "-"), _always, look=r"\d{3}-\d\d-\d{4}"),
    _number(_SSN % (" ?", " ?"), _always, r"\bssn\b|social security", r"\d{3} ?\d\d ?\d{4}"),
    # United Kingdom: national insurance number.
    _number(_NINO, _always, look=r"[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]"),
    # Spain: DNI and NIE.
    _number(r"(?:\d{8}|[XYZ]-?\d{7})-?[A-HJ-NP-TV-Z]", _spanish),
    _number(r"[1-6]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]", _chinese),
    _number(r"[A-Z]{6}\d\d[A-EHLMPR-T]\d\d[A-Z]\d{3}[A-Z]", _italian),
    _number(r"[12] ?\d\d ?(?:0[1-9]|1[0-2]) ?(?:\d\d|2[AB]) ?\d{3} ?\d{3} ?\d\d", _french),
    _number(r"\d{3}\.\d{3}\.\d{3}-\d\d", _brazilian),
    _number(r"\d{6}-[1-8]\d{6}", _korean),
    _number(r"[2-9]\d{3} \d{4} \d{4}", verhoeff),
    # Bare digits, one in ten or eleven of which has a right check digit: only where they are announced.
    _number(r"\d{11}", _brazilian, "cpf"),
    _number(r"[2-9]\d{11}", verhoeff, "aadhaar|uidai"),
    _number(r"\d{2} ?\d{3} ?\d{3} ?\d{3}", mod11_10, r"steuer\W?id|steueridentifikation|\bidnr|tax id"),
    _number(r"\d{11}", _polish, "pesel"),
    _number(r"\d{9}", _dutch, r"\bbsn\b|burgerservicenummer"),
    _number(r"\d{3}[ -]\d{3}[ -]\d{3}", luhn, r"\bsin\b|social insurance"),
)
LOOK: Final = "|".join(f"(?:{number.look})" for number in _NUMBERS)
_BEFORE: Final = 48
_PARTS: Final = re.compile(r"[ .\-]")


def find_national_ids(text: str) -> Iterator[Finding]:
    """Yield the national numbers; one that more than one country could have given out may come twice."""
    scan = Scan(text).behind(LOOK)
    if scan is None:
        return
    for number in _NUMBERS:
        if not scan.holds(number.look):
            continue
        for match in number.shape.finditer(text):
            before = text[max(0, match.start() - _BEFORE) : match.start()]
            announced = number.word is None or number.word.search(before)
            if announced and number.holds(_PARTS.sub("", match[0])):
                yield Finding(KIND, match.start(), match.end())
