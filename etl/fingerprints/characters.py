"""What each character is to a comparison: part of a word, a word of its own, between words, or nothing.

Texts are compared without case, accents, width and punctuation, as decontamination is done by Cosmopedia (NFD, marks
stripped, lower case, words), and with one word a character in scripts that are written without spaces.
"""

import unicodedata
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

BETWEEN: Final = 0
IN_WORD: Final = 1
WORD: Final = 2
IGNORED: Final = 3

# The last plane with letters; what lies above counts as the last character, which is no letter.
_SIZE: Final = 0x33480
# Han fills most of this range and is neither folded nor joined: no need to ask for each character.
_HAN: Final = ((0x3400, 0xA000), (0x20000, _SIZE - 1))
# Written without spaces between words, so that a run of letters would be a sentence: Thai and Lao, Tibetan, Myanmar,
# Khmer, kana and bopomofo with their extensions, Han of the compatibility block. Hangul has spaces.
_UNSPACED: Final = (
    (0x0E00, 0x0F00), (0x0F00, 0x1000), (0x1000, 0x10A0), (0x1780, 0x1800), (0x3040, 0x3130), (0x31A0, 0x3400),
    (0xF900, 0xFB00), (0x1AFF0, 0x1B170),
)  # fmt: skip
_LETTERS: Final = ("L", "N")
_VISIBLE_MARKS: Final = ("Mc", "Me")


class Characters(NamedTuple):
    """One entry a code point: its kind, and a number that equal characters share and all others lack."""

    kind: NDArray[np.uint8]
    value: NDArray[np.uint64]


@cache
def characters() -> Characters:
    """Return the table of all characters, built once a process in about 0.1 s."""
    kind = np.zeros(_SIZE, np.uint8)
    folded = np.arange(_SIZE, dtype=np.uint64)
    for start, end in _HAN:
        kind[start:end] = WORD
    known = np.zeros(_SIZE, bool)
    for start, end in (*_HAN, (0xAC00, 0xD7A4), (0xD800, 0xF900)):
        known[start:end] = True
    kind[0xAC00:0xD7A4] = IN_WORD
    for code in np.flatnonzero(~known).tolist():
        char = chr(code)
        category = unicodedata.category(char)
        if category[0] in _LETTERS or category in _VISIBLE_MARKS:
            kind[code] = WORD if any(start <= code < end for start, end in _UNSPACED) else IN_WORD
            folded[code] = _fold(char)
        elif category in ("Mn", "Cf"):
            kind[code] = IGNORED
    # Half-width kana and compatibility Han are words as what they fold to.
    kind[(kind == IN_WORD) & (folded >= 0x3040) & (folded < 0xA000)] = WORD
    kind[_SIZE - 1] = BETWEEN
    return Characters(kind, mix(folded))


def _fold(char: str) -> int:
    """Return the code point a character is compared as: its base letter in lower case where it has just one."""
    bare = [part for part in unicodedata.normalize("NFKD", char.lower()) if unicodedata.category(part)[0] != "M"]
    if len(bare) == 1:
        return ord(bare[0].lower()[0])
    return ord(char.lower()[0])


def code_points(text: str) -> NDArray[np.uint32]:
    """Return the code points of a text, none beyond the table of characters."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.minimum(points, np.uint32(_SIZE - 1))


def mix(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return numbers that look random and differ where the given ones do (the finaliser of splitmix64)."""
    mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return mixed
