"""Where the first sentence of a step ends, and how short a text may be."""

import re
from typing import Final

_END: Final = re.compile(r"[.!?][\"'”’)\]]{0,2}(?=\s)|[。！？][」』”）]?")
_COLON: Final = re.compile(r"[:：](?=\s)|：")
_SHORTENED: Final = (
    "e.g i.e a.k.a p.m a.m etc vs cf approx no nr fig sec dr mr mrs ms st z.b bzw d.h ca usw p.ex ex vgl s.o u.a"
    " incl resp v"
)
_ABBREVIATIONS: Final = frozenset(_SHORTENED.split())
_MAX_COLON_LEAD: Final = 80
_LAST_WORD: Final = 20


def lead_end(text: str) -> int:
    """Return where the first sentence of `text` ends; its whole length where there is one sentence only.

    >>> text = "Open it, e.g. by clicking. Then wait."
    >>> text[: lead_end(text)]
    'Open it, e.g. by clicking.'
    """
    for found in _END.finditer(text):
        if found.group()[0] in "!?" and text[found.end() : found.end() + 2].strip()[:1].islower():
            # The mark belongs to what is quoted: click “Try it!” and wait.
            continue
        if found.group()[0] != "." or not _is_abbreviated(text, found.start()):
            return found.end() if text[found.end() :].strip() else len(text)
    return len(text)


def colon_end(text: str) -> int:
    """Return where a short lead with a colon ends, the colon included; the whole length where there is none."""
    found = _COLON.search(text, 0, _MAX_COLON_LEAD)
    return found.end() if found and text[found.end() :].strip() else len(text)


def least_chars(text: str, chars: int) -> int:
    """Return how long `text` has to be at least: scripts without spaces say as much in half the characters."""
    return chars if text.isascii() else chars // 2


def _is_abbreviated(text: str, dot: int) -> bool:
    words = text[max(0, dot - _LAST_WORD) : dot].split()
    if not words:
        return True
    word = words[-1].lstrip("([\"'“‘").lower()
    # "U.S.", "a.k.a.", "A."
    return word in _ABBREVIATIONS or word.isdigit() or all(len(part) == 1 for part in word.split("."))
