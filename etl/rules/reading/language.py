"""The language of a document or of one block, where nothing states it."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from etl.rules.base import Document

# Words so frequent that a page of the language holds several, and hardly any of another language here.
_FUNCTION_WORDS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "en": frozenset(
            (
                "the",
                "of",
                "and",
                "to",
                "is",
                "that",
                "for",
                "with",
                "are",
                "this",
                "be",
                "it",
                "as",
                "on",
                "you",
                "in",
                "by",
                "has",
                "not",
                "at",
                "an",
                "or",
                "was",
                "we",
                "our",
                "can",
                "have",
                "does",
                "which",
            )
        ),
        "de": frozenset(
            (
                "der",
                "die",
                "das",
                "und",
                "ist",
                "nicht",
                "ein",
                "eine",
                "mit",
                "auf",
                "für",
                "von",
                "den",
                "zu",
                "werden",
            )
        ),
        "fr": frozenset(
            ("le", "la", "les", "des", "est", "et", "une", "pour", "dans", "que", "vous", "sur", "avec", "du", "pas")
        ),
        "es": frozenset(
            ("el", "la", "los", "las", "es", "y", "una", "para", "que", "con", "por", "del", "se", "en", "su")
        ),
        "it": frozenset(
            ("il", "di", "che", "è", "per", "una", "gli", "del", "con", "non", "della", "sono", "le", "si")
        ),
        "pt": frozenset(("o", "os", "as", "é", "um", "uma", "para", "que", "com", "não", "do", "da", "em", "por")),
        "nl": frozenset(
            ("de", "het", "een", "en", "van", "is", "dat", "niet", "met", "voor", "op", "zijn", "te", "wordt")
        ),
    }
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f]")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_KANA: Final = re.compile(r"[\u3040-\u30ff]")
_HANGUL: Final = re.compile(r"[\uac00-\ud7af]")
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_ARABIC: Final = re.compile(r"[\u0600-\u06ff]")
_HEAD: Final = 4000
_BLOCKS: Final = 60
_LONG: Final = 150
_MIN_SHARE: Final = 0.08
_MIN_LETTERS: Final = 4


def language_of(document: Document) -> str:
    """Return the language of a document without its region: the stated one, else a guess, else an empty string."""
    if document.lang:
        return _base(document.lang)
    return guess(document.text[:_HEAD])


def languages_of(document: Document) -> tuple[str, ...]:
    """Return the languages of a document, its own first; others only where none is stated and a block is in one.

    A page may hold a passage and its translation, so the language is asked of each of its long blocks.
    """
    main = language_of(document)
    if document.lang:
        return (main,)
    text = document.text
    long = [block for block in document.blocks[:_BLOCKS] if block.end - block.start >= _LONG]
    found = (guess(text[block.start : min(block.end, block.start + _HEAD)]) for block in long)
    return tuple(dict.fromkeys((main, *filter(None, found))))


@lru_cache(maxsize=64)
def _base(lang: str) -> str:
    return lang.replace("_", "-").split("-")[0].lower()


@lru_cache(maxsize=64)
def guess(text: str) -> str:
    """Return the language that the script and the most frequent words of `text` tell, or an empty string.

    Latin terms inside Japanese or Chinese do not count against it: those scripts say more in a letter.

    >>> guess("The end of the line is near."), guess("提示的结尾。"), guess("終わりです。"), guess("xyzzy")
    ('en', 'zh', 'ja', '')
    """
    latin, han, kana = (len(script.findall(text)) for script in (_LATIN, _HAN, _KANA))
    if han + kana >= _MIN_LETTERS and 3 * (han + kana) > latin:
        return "ja" if 10 * kana > han else "zh"
    for code, script in (("ko", _HANGUL), ("ru", _CYRILLIC), ("ar", _ARABIC)):
        if 2 * len(script.findall(text)) > latin + _MIN_LETTERS:
            return code
    words = [word.lower() for word in _WORD.findall(text)]
    counts = {code: sum(word in known for word in words) for code, known in _FUNCTION_WORDS.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] > _MIN_SHARE * len(words) else ""
