"""Harm: texts dense in obscene words, by the lists that C4 used.

A single such word says nothing about a text: encyclopedias, help pages and court reports hold them. C4 dropped every
page with one and lost much that is harmless (Dodge et al. 2021); here it takes several words and a share of the whole.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from etl.config.gates import HarmGate
from etl.gates.base import Refusal
from etl.gates.scan import Scan

HARMFUL: Final = "harmful"

_SAMPLE_CHARS: Final = 20_000
_WORD: Final = re.compile(r"\w+(?:['&-]\w+)*")
_UNSPACED: Final = ("ja", "zh")


class _List(NamedTuple):
    """The list of a language: single words, everything else, and the pattern of the first look."""

    words: frozenset[str]
    phrases: tuple[str, ...]
    look: str


def refuse_harm(text: str, scan: Scan, lang: str | None, gate: HarmGate) -> Refusal | None:
    """Return why a text is obscene, or None; counted are the first 20,000 characters."""
    for language in gate.languages:
        if lang not in (None, language):
            continue
        listed = _list(language)
        if not scan.holds(listed.look):
            continue
        sample = text[:_SAMPLE_CHARS].lower()
        spoken = _WORD.findall(sample)
        hits = {word: spoken.count(word) for word in listed.words.intersection(spoken)}
        hits.update({phrase: n for phrase in listed.phrases if (n := sample.count(phrase))})
        words = max(len(spoken), len(sample) // 2) if language in _UNSPACED else len(spoken)
        if len(hits) >= gate.min_words and _share(hits, words) >= gate.min_share:
            said = f"{len(hits)} different words of the list for {language}, {_share(hits, words):.3f} of all words"
            return Refusal(HARMFUL, said)
    return None


def _share(hits: Mapping[str, int], words: int) -> float:
    return sum(hits.values()) / max(1, words)


@cache
def _list(language: str) -> _List:
    entries = files("etl.gates").joinpath("words", f"{language}.txt").read_text(encoding="utf-8").lower().splitlines()
    single = [] if language in _UNSPACED else [entry for entry in entries if _WORD.fullmatch(entry)]
    return _List(frozenset(single), tuple(sorted(set(entries).difference(single))), _look(entries, language))


def _look(entries: Sequence[str], language: str) -> str:
    listed = "(?:" + "|".join(re.escape(entry) for entry in sorted(set(entries))) + ")"
    if listed.isascii():
        return rf"(?i)\b{listed}\b"
    return f"(?i){listed}" if language in _UNSPACED else rf"(?i)(?:^|[^\pL\pN_]){listed}(?:$|[^\pL\pN_])"
