"""Numbers that stand before a heading, a question or a step and are no part of it."""

import re
from typing import Final

NUMBERS: Final = frozenset("0123456789(（一二三四五六七八九十")
"""What a number can begin with in most scripts: nearly all blocks begin with something else."""

# "3.", "(3)", "3)", "2.4.1", "2.4.1.", "4a)", "Q3-2" is none: a lone number without any of these signs may
# be text.
_NUMBER: Final = re.compile(
    r"\(?\d{1,3}(?:[.\-]\d{1,3}){0,5}[a-z]?(?:[.):]|\)\.|(?<=\.\d)|(?<=\.\d\d)|(?<=-\d))[ \t\u00a0]+|"
    r"[（(]?[一二三四五六七八九十]{1,3}[、）)．.][ \t\u3000]*|"
    r"\(?\d{1,3}[、）．][ \t\u3000]*"
)


def number_length(text: str) -> int:
    """Return how many characters a number before `text` takes, with the space behind it; 0 without one.

    >>> number_length("2.4. Usage"), number_length("(12) How?"), number_length("12 monkeys")
    (5, 5, 0)
    """
    found = _NUMBER.match(text)
    return found.end() if found else 0
