"""Where a text that markup states stands on the page, whatever white space, case and signs lie between.

Letters and digits are compared, nothing else. The letters of the page are put in one string once, so that looking
for a text is one search in it; what all searches together may cost is bounded.
"""

import re
from bisect import bisect_right
from collections import Counter
from itertools import accumulate
from typing import Final, NamedTuple

from etl.text.markup.statements import Extent

_WORD: Final = re.compile(r"[^\W_]+")
# Texts with fewer letters also stand in places that have nothing to do with them.
MIN_UNIQUE_LETTERS: Final = 24
_ITEM_NUMBER: Final = re.compile(r"\d{1,2}[.)](?=\s)")
# A text that is written a little differently: its first and last letters are looked for, ...
_ANCHOR_LETTERS: Final = 24
_MIN_LOOSE_LETTERS: Final = 80
# ... and what lies between must be about as long and hold about the same words.
_MAX_LONGER: Final = 1.25
_MIN_SHORTER: Final = 0.8
_MIN_SAME_WORDS: Final = 0.85
_MAX_TRIES: Final = 16
# Scripts set without spaces have no word boundaries to mind.
_FIRST_UNSPACED: Final = 0x2E80
# All searches of a page together pass over this many times its letters, and these on top.
_MAX_PASSES: Final = 50
_FREE_LETTERS: Final = 1_000_000

Stretch = tuple[int, int]


class Wanted(NamedTuple):
    """A text to look for.

    Attributes:
        letters: Its letters and digits in lower case.
        n_before: How many signs stand before the first of them.
        n_behind: How many signs stand behind the last.
        words: Its words without the numbers of list items, which the page may write or leave to the browser.
    """

    letters: str
    n_before: int = 0
    n_behind: int = 0
    words: tuple[str, ...] = ()


def wanted(text: str) -> Wanted:
    """Return what is looked for where `text` is wanted; its letters are empty if it has none."""
    lower = _lower(text)
    words = _WORD.findall(lower)
    if not words:
        return Wanted("")
    letters = "".join(words)
    if _ITEM_NUMBER.search(lower):
        words = [word[0] for word in _WORD.finditer(lower) if _ITEM_NUMBER.match(lower, word.start()) is None]
    return Wanted(letters, _n_signs(lower), _n_signs(lower.rstrip()[::-1]), tuple(words))


class Page:
    """The letters of a canonical text and where each of them stands."""

    def __init__(self, text: str) -> None:
        self._text = text
        lower = _lower(text)
        words = _WORD.findall(lower)
        self.letters = "".join(words)
        self._places = [word.start() for word in _WORD.finditer(lower)]
        self._starts = list(accumulate(map(len, words), initial=0))[:-1]
        self._budget = _MAX_PASSES * len(self.letters) + _FREE_LETTERS

    def find(self, sought: Wanted, start: int = 0, stop: int | None = None) -> Stretch | None:
        """Return the first stretch of `letters` from `start` that is `sought`, whole words only; None without one."""
        end = len(self.letters) if stop is None else min(stop, len(self.letters))
        if not sought.letters:
            return None
        for _ in range(_MAX_TRIES):
            if self._budget <= 0:
                return None
            found = self.letters.find(sought.letters, start, end)
            self._budget -= (end if found < 0 else found) - start + len(sought.letters)
            if found < 0:
                return None
            stretch = (found, found + len(sought.letters))
            if self._is_whole(stretch):
                return stretch
            start = found + 1
        return None

    def find_last(self, sought: Wanted, start: int, stop: int) -> Stretch | None:
        """Return the last stretch of ``letters[start:stop]`` that is `sought`, whole words only; None without one."""
        start = max(start, 0)
        for _ in range(_MAX_TRIES):
            if self._budget <= 0 or not sought.letters:
                return None
            found = self.letters.rfind(sought.letters, start, stop)
            self._budget -= stop - max(found, start) + len(sought.letters)
            if found < 0:
                return None
            stretch = (found, found + len(sought.letters))
            if self._is_whole(stretch):
                return stretch
            stop = stretch[1] - 1
        return None

    def find_alike(self, sought: Wanted, start: int = 0) -> Stretch | None:
        """Return a stretch that is `sought` but for a few words or numbers, such as those of list items."""
        letters = "".join(sought.words)
        if len(letters) < MIN_UNIQUE_LETTERS:
            return None
        if letters != sought.letters:
            unnumbered = self.find(Wanted(letters), start)
            if unnumbered is not None:
                return unnumbered
        if len(letters) < _MIN_LOOSE_LETTERS:
            return None
        head = self._find_anchor(letters[:_ANCHOR_LETTERS], start, len(self.letters))
        if head is None:
            return None
        longest = head[0] + int(len(letters) * _MAX_LONGER)
        tail = self._find_anchor(letters[-_ANCHOR_LETTERS:], head[0], longest, last=True)
        if tail is None or tail[1] - head[0] < _MIN_SHORTER * len(letters):
            return None
        there = Counter(self._words(head[0], tail[1]))
        self._budget -= tail[1] - head[0]
        same = (there & Counter(sought.words)).total()
        return (head[0], tail[1]) if same >= _MIN_SAME_WORDS * max(there.total(), len(sought.words)) else None

    def extent(self, stretch: Stretch, sought: Wanted) -> Extent:
        """Return the place of a stretch, with as many signs around it as the text sought has."""
        start, end = self._place(stretch[0]), self._place(stretch[1] - 1) + 1
        text = self._text
        for _ in range(sought.n_before):
            if not start or text[start - 1].isspace() or text[start - 1].isalnum():
                break
            start -= 1
        for _ in range(sought.n_behind):
            if end >= len(text) or text[end].isspace() or text[end].isalnum():
                break
            end += 1
        return Extent(start, end)

    def _find_anchor(self, letters: str, start: int, stop: int, *, last: bool = False) -> Stretch | None:
        stop = min(stop, len(self.letters))
        if self._budget <= 0 or not letters:
            return None
        search = self.letters.rfind if last else self.letters.find
        found = search(letters, start, stop)
        self._budget -= stop - start
        return None if found < 0 else (found, found + len(letters))

    def _words(self, start: int, end: int) -> list[str]:
        return _WORD.findall(_lower(self._text[self._place(start) : self._place(end - 1) + 1]))

    def _place(self, letter: int) -> int:
        word = bisect_right(self._starts, letter) - 1
        return self._places[word] + letter - self._starts[word]

    def _is_whole(self, stretch: Stretch) -> bool:
        start, end = self._place(stretch[0]), self._place(stretch[1] - 1) + 1
        return not _joins(self._text[start - 1 : start], self._text[start]) and not _joins(
            self._text[end - 1], self._text[end : end + 1]
        )


def _lower(text: str) -> str:
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    # A few letters have two in lower case, which would move all places behind them.
    return "".join(char if len(char.lower()) > 1 else char.lower() for char in text)


def _n_signs(text: str) -> int:
    """Return how many characters stand before the first letter or digit of `text`, which has one."""
    first = _WORD.search(text)
    return first.start() if first else 0


def _joins(before: str, behind: str) -> bool:
    if not (before.isalnum() and behind.isalnum()):
        return False
    return ord(before) < _FIRST_UNSPACED and ord(behind) < _FIRST_UNSPACED
