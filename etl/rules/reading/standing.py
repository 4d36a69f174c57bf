"""Whether a sentence stands alone: whole, prose, and understood without its neighbours."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from etl.rules.reading.dangling_words import OPENERS
from etl.rules.reading.pointing_words import BOILERPLATE, POINTERS

_WIDE: Final = frozenset({"zh", "ja"})
_MIN_CHARS: Final = 40
_MAX_CHARS: Final = 400
# A Chinese or Japanese sentence says the same in less than half of the characters.
_MIN_WIDE_CHARS: Final = 14
_MAX_WIDE_CHARS: Final = 160
_MIN_LETTER_SHARE: Final = 0.72
_MIN_WORDS: Final = 6
_ENDINGS: Final = (".", "!", "。", "！", "।", "۔", ".”", '."', "。」", ".)", "。”")
# Marks of code, tables and markup that got into prose.
_NO_SIGNS_OF_CODE: Final = bytes(code for code in range(256) if chr(code) not in "{}<>|\\^~=`*_#@[]\t")
_CODE: Final = ("...", "::", "--", "//", "()", "…")
_PATH: Final = re.compile(r"\.\w+/\w|(?<!\w)[-/]\w")
_EMPTY_BRACKETS: Final = re.compile(r"\(\s+\)")
_CASED_SMALL: Final = re.compile(r"[a-zà-öø-ÿа-яα-ω]")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_NO_ASCII_LETTERS: Final = bytes(code for code in range(128) if not chr(code).isalpha())
_BRACKETS: Final = (("(", ")"), ("“", "”"), ("«", "»"), ("（", "）"), ("「", "」"))


def _starting(words: tuple[str, ...], lang: str) -> re.Pattern[str]:
    behind = "" if lang in _WIDE else r"(?![\w-])"
    return re.compile(
        "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")" + behind, re.IGNORECASE
    )


_OPENERS: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {lang: _starting(words, lang) for lang, words in OPENERS.items()}
)
_POINTERS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {lang: frozenset(words) for lang, words in POINTERS.items()}
)
_WORD: Final = re.compile(r"[^\W\d_]+")


def stands_alone(sentence: str, lang: str) -> bool:
    """Return whether a sentence can be read without its neighbours.

    It is whole prose of a usual length, opens with no pronoun, connective or other word that leans on what stood
    before, points nowhere else in the text and is no boilerplate. False for languages without a list of such words.

    >>> stands_alone("The kernel of an operating system manages memory and processes.", "en")
    True
    >>> stands_alone("It manages the memory and the processes of the whole machine.", "en")
    False
    """
    opener = _OPENERS.get(lang)
    if opener is None or opener.match(sentence) or not is_whole(sentence, lang):
        return False
    if lang in _WIDE:
        return not any(map(sentence.__contains__, _POINTERS[lang]))
    return _POINTERS[lang].isdisjoint(_WORD.findall(sentence.lower()))


def leans(text: str, lang: str) -> bool:
    """Return whether a text opens with a word that leans on what stood before; never in an unknown language.

    >>> leans("These are the reasons.", "en"), leans("Reasons abound.", "en")
    (True, False)
    """
    opener = _OPENERS.get(lang)
    return opener is not None and opener.match(text) is not None


def is_whole(sentence: str, lang: str) -> bool:
    """Return whether a sentence is complete prose of a usual length; it may lean on its neighbours.

    >>> is_whole("and then it was gone, with all that belonged to it.", "en")
    False
    """
    least, most = (_MIN_WIDE_CHARS, _MAX_WIDE_CHARS) if lang in _WIDE else (_MIN_CHARS, _MAX_CHARS)
    if not least <= len(sentence) <= most or not sentence.endswith(_ENDINGS):
        return False
    if _CASED_SMALL.match(sentence) or not sentence[0].isalnum():
        return False
    if lang not in _WIDE and sentence.count(" ") < _MIN_WORDS - 1:
        return False
    return is_prose(sentence)


def is_prose(stretch: str) -> bool:
    """Return whether a stretch of text is prose: letters for the most part, pairs closed, no code, no boilerplate."""
    # Cheap looks first, and those of plain ASCII without a pattern: most stretches are that.
    is_ascii = stretch.isascii()
    encoded = stretch.encode("utf-8", "surrogatepass")
    if encoded.translate(None, _NO_SIGNS_OF_CODE):
        return False
    n_letters = (
        len(encoded.translate(None, _NO_ASCII_LETTERS)) if is_ascii else sum(map(len, _LETTERS.findall(stretch)))
    )
    if n_letters < _MIN_LETTER_SHARE * len(stretch) or stretch.count('"') % 2:
        return False
    if is_ascii:
        if stretch.count("(") != stretch.count(")"):
            return False
    elif any(stretch.count(a) != stretch.count(b) for a, b in _BRACKETS):
        return False
    return not _holds_code(stretch) and not any(map(stretch.lower().__contains__, BOILERPLATE))


def _holds_code(stretch: str) -> bool:
    """Tell whether marks of code, tables and markup stand in a stretch, those of one sign aside."""
    # Plain searches, many times faster than one pattern for all; the patterns are for the few that need them.
    for code in _CODE:
        if code in stretch:
            return True
    if ("-" in stretch or "/" in stretch) and _PATH.search(stretch):
        return True
    if "(" in stretch and _EMPTY_BRACKETS.search(stretch):
        return True
    return stretch.removesuffix("\n").rstrip(" ").endswith(":")


def joined(text: str) -> str:
    r"""Return a stretch of a paragraph on one line; between CJK characters a line break is no space.

    >>> joined("first\nsecond"), joined("第一\n行")
    ('first second', '第一行')
    """
    return " ".join(_WIDE_BREAK.sub("", text).split()) if "\n" in text else text


_WIDE_BREAK: Final = re.compile(
    r"(?<=[\u3000-\u30ff\u3400-\u9fff\uff00-\uff60])\n(?=[\u3000-\u30ff\u3400-\u9fff\uff00-\uff60])"
)
