"""Harm: texts dense in obscene words, by the lists that C4 used, and offensive ones, by a small classifier.

A single such word says nothing about a text: encyclopedias, help pages and court reports hold them. C4 dropped every
page with one and lost much that is harmless (Dodge et al. 2021); here it takes several words and a share of the whole.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from etl.config.gates import HarmClassifier, HarmGate
from etl.gates.base import Refusal
from etl.gates.harm_model import LANGUAGE, parts_of, probability, weights
from etl.gates.scan import NOTHING, Scan, which_hold

HARMFUL: Final = "harmful"

_SAMPLE_CHARS: Final = 20_000
_WORD: Final = re.compile(r"\w+(?:['&-]\w+)*")
_UNSPACED: Final = ("ja", "zh")


class _List(NamedTuple):
    """The list of a language: single words, everything else, and patterns of RE2 for a first look.

    `look` finds any entry in a text, `phrase_look` any phrase in one in lower case, and `word_look` each word there; it
    is empty where words are not told by the boundaries that RE2 knows.
    """

    words: frozenset[str]
    phrases: tuple[str, ...]
    look: str
    phrase_look: str
    word_look: str


def refuse_harm(text: str, lang: str | None, gate: HarmGate, scan: Scan | None = None) -> Refusal | None:
    """Return why a text is obscene or offensive, or None; only its first 20,000 characters are read.

    Args:
        text: A text.
        lang: Its language; None: any.
        gate: The configured bounds.
        scan: The same text, where one is at hand.
    """
    refusal = _by_lists(text, lang, gate, scan)
    if refusal is None and gate.classifier is not None and lang == LANGUAGE:
        return _by_classifier(text, gate.classifier)
    return refusal


def which_may_harm(texts: Sequence[str], lang: str | None, gate: HarmGate) -> set[int]:
    """Return the numbers of the texts of a language that `refuse_harm` may refuse, by one look at all of them."""
    found = set[int]()
    for language in _languages(lang, gate):
        found |= which_hold(texts, _list(language).look)
    if gate.classifier is not None and lang == LANGUAGE:
        found |= which_hold([text.lower() for text in texts], weights().strong)
    return found


def _languages(lang: str | None, gate: HarmGate) -> list[str]:
    return [language for language in gate.languages if lang in (None, language)]


def _by_classifier(text: str, gate: HarmClassifier) -> Refusal | None:
    sample = text[:_SAMPLE_CHARS].lower()
    if not Scan(sample).holds(weights().strong):
        return None
    parts = [probability(part) for part in parts_of(sample)]
    offensive = [each for each in parts if each >= gate.threshold]
    if len(offensive) < gate.min_share * len(parts) or not offensive:
        return None
    return Refusal(HARMFUL, f"{len(offensive)} of {len(parts)} parts are offensive, by {max(offensive):.2f} at most")


def _by_lists(text: str, lang: str | None, gate: HarmGate, scan: Scan | None) -> Refusal | None:
    languages = _languages(lang, gate)
    if not languages:
        return None
    start = text[:_SAMPLE_CHARS]
    if scan is None or len(start) < len(text):
        scan = Scan(start)
    for language in languages:
        listed = _list(language)
        if not scan.holds(listed.look):
            continue
        sample = start.lower()
        lowered = Scan(sample)
        found = lowered.holds(listed.phrase_look)
        hits = {phrase: n for phrase in listed.phrases if (n := sample.count(phrase))} if found else {}
        # Each listed word that is spoken is a match of the look, so with fewer matches there are too few of them.
        missing = gate.min_words - len(hits)
        if listed.word_look and missing > 0 and lowered.count(listed.word_look, missing) < missing:
            continue
        spoken = _WORD.findall(sample)
        hits.update({word: spoken.count(word) for word in listed.words.intersection(spoken)})
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
    phrases = tuple(sorted(set(entries).difference(single)))
    word_look = rf"\b{_any_of(single)}\b" if single and all(map(str.isascii, single)) else ""
    return _List(
        frozenset(single), phrases, _look(entries, language), _any_of(phrases) if phrases else NOTHING, word_look
    )


def _any_of(entries: Sequence[str]) -> str:
    return "(?:" + "|".join(re.escape(entry) for entry in sorted(set(entries))) + ")"


def _look(entries: Sequence[str], language: str) -> str:
    listed = _any_of(entries)
    if listed.isascii():
        return rf"(?i)\b{listed}\b"
    return f"(?i){listed}" if language in _UNSPACED else rf"(?i)(?:^|[^\pL\pN_]){listed}(?:$|[^\pL\pN_])"
