"""The language of an answer: whether it is that of the request."""

import re
from typing import Final

from etl.config.gates import AnswerLanguageGate
from etl.gates.base import Refusal
from etl.gates.language import are_same, identify

ANSWER_LANGUAGE: Final = "answer_language"
# A translation answers in another language.
_TRANSLATION: Final = "translation"

# Scripts that are never mixed within one language; kana and Han are, in Japanese.
_SCRIPTS: Final = {
    "Latin": re.compile(r"[A-Za-z\u00c0-\u024f]"),
    "Han or kana": re.compile(r"[\u3040-\u30ff\u3400-\u9fff]"),
    "Hangul": re.compile(r"[\uac00-\ud7af]"),
    "Cyrillic": re.compile(r"[\u0400-\u04ff]"),
    "Greek": re.compile(r"[\u0370-\u03ff]"),
    "Arabic": re.compile(r"[\u0600-\u06ff]"),
    "Hebrew": re.compile(r"[\u0590-\u05ff]"),
    "Devanagari": re.compile(r"[\u0900-\u097f]"),
    "Thai": re.compile(r"[\u0e00-\u0e7f]"),
}
# A letter of any of them but the first: two texts in Latin script need no count.
_BEYOND_LATIN: Final = re.compile(
    "[" + "".join(letters.pattern[1:-1] for name, letters in _SCRIPTS.items() if name != "Latin") + "]"
)
_SAMPLE_CHARS: Final = 2000
# A command, a path or a name answers a question in any script; only what reads as prose is in a language.
_MIN_PROSE: Final = 0.9
_PROSE: Final = re.compile(r"[^\W\d_]|[ ,']")
# Languages of one script are compared only where both texts are long enough to be told.
_MIN_CHARS: Final = 120


def refuse_answer_language(
    instruction: str, response: str, family: str | None, gate: AnswerLanguageGate, profile: str
) -> Refusal | None:
    """Return how the languages of request and answer differ, or None: scripts, and in strict also languages."""
    if family == _TRANSLATION:
        return None
    request, answer = instruction[:_SAMPLE_CHARS], response[:_SAMPLE_CHARS]
    if not (request.isascii() and answer.isascii()) and (_BEYOND_LATIN.search(request) or _BEYOND_LATIN.search(answer)):
        asked, answered = _script(request, gate.min_letters), _script(answer, gate.min_letters)
        if asked and answered and asked != answered and not _SCRIPTS[asked].search(answer) and _is_prose(answer):
            return Refusal(ANSWER_LANGUAGE, f"asked in {asked} script, answered in {answered}")
    if profile == "strict" and min(len(request), len(answer)) >= _MIN_CHARS:
        one, other = identify(request), identify(answer)
        if one and other and min(one.score, other.score) >= gate.min_score and not are_same(one.code, other.code):
            return Refusal(ANSWER_LANGUAGE, f"asked in {one.code}, answered in {other.code}")
    return None


def _script(text: str, min_letters: int) -> str | None:
    """Return the script most letters of a text are of, or None where it has too few of it."""
    counts = {name: len(letters.findall(text)) for name, letters in _SCRIPTS.items()}
    most = max(counts, key=lambda name: counts[name])
    return most if counts[most] >= min_letters else None


def _is_prose(text: str) -> bool:
    return len(_PROSE.findall(text)) >= _MIN_PROSE * len(text)
