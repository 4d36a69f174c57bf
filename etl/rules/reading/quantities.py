"""The numbers a passage states, with the units of counting that languages write differently resolved."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# Runs of digits longer than this are identifiers; converting them would take more than linear time.
_NUMBER: Final = re.compile(
    r"(?<![A-Za-z0-9.])(?<![A-Za-z0-9]-)(\d{1,15}(?:[,.\u00a0\u202f]\d{1,15}){0,6})\s?"
    r"((?i:million(?:en|es|s)?\b|millones\b|milliard(?:en|s)?\b|billion\b|thousand\b|tausend\b|mille?\b)"
    r"|[KMB](?![A-Za-z])|[千万亿億百]{1,2})?"
)
_UNITS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "k": 10**3, "thousand": 10**3, "tausend": 10**3, "mille": 10**3, "mil": 10**3,
        "m": 10**6, "million": 10**6, "millionen": 10**6, "millions": 10**6, "millones": 10**6, "milliones": 10**6,
        "b": 10**9, "billion": 10**9, "milliarden": 10**9, "milliards": 10**9, "milliard": 10**9,
        "百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8, "億": 10**8, "百万": 10**6, "千万": 10**7, "十亿": 10**9,
    }
)  # fmt: skip
_GROUPS: Final = re.compile(r"\d{1,3}(?:[,.\u00a0\u202f]\d{3})+\Z")
# Languages that write 1.500 for a thousand and a half and 1,5 for one and a half.
_COMMA_LANGUAGES: Final = frozenset({"de", "fr", "es", "it", "pt", "nl", "ru"})
# Small numbers are words in one language and digits in another.
_LEAST: Final = 10


def quantities(text: str, lang: str) -> frozenset[float]:
    """Return the numbers of a passage from ten up, units such as ``M`` and ``万`` multiplied out.

    >>> sorted(quantities("200M rows, 40+ kinds, 3 of them new", "en")), sorted(quantities("2億行、40以上", "ja"))
    ([40.0, 200000000.0], [40.0, 200000000.0])
    """
    found = (_value(digits, unit, lang) for digits, unit in _NUMBER.findall(text))
    return frozenset(value for value in found if value >= _LEAST)


def _value(digits: str, unit: str, lang: str) -> float:
    factor = _UNITS.get(unit.lower(), 1)
    groups = _GROUPS.match(digits) and not (
        digits.count(".") == 1 and "," not in digits and lang not in _COMMA_LANGUAGES
    )
    if groups:
        plain = re.sub(r"[,.\u00a0\u202f]", "", digits)
    else:
        plain = digits.replace(",", "." if lang in _COMMA_LANGUAGES else "").replace("\u00a0", "").replace("\u202f", "")
    whole, _, rest = plain.partition(".")
    return round(float(f"{whole}.{rest.replace('.', '') or 0}") * factor, 6)
