"""Whether a block, taken as a whole, is worded as a question."""

import re
from itertools import islice
from typing import Final

from etl.rules.question_particles import (
    ANYWHERE,
    ANYWHERE_UNKNOWN,
    CJK_ANYWHERE,
    FINAL_LETTERS,
    FINAL_PARTICLE,
    INVERSION,
    SUBJECTS,
)
from etl.rules.question_words import (
    ARMENIAN_MARK,
    CJK_ENDINGS,
    CJK_OPENERS,
    FIRST_PERSON,
    GREEK_MARK,
    LEAD_INS,
    OPENERS,
    POLAR_OPENERS,
    QUESTION_MARKS,
)

_CLOSERS: Final = "\"'”’»«›)]）】」』*_ \t\n\u200e\u200f\u202c\u00a0"
_OPENING: Final = "\"'“‘«‹([（【「『*_ \t\n¿¡\u200e\u200f\u202a\u202b"
_RUN: Final = QUESTION_MARKS + "!！"
# Before a question mark these say code, a pattern or an address: "x = ?", "\\d+?", "/search?".
_BEFORE_NO_MARK: Final = frozenset("=\\/<>|&^~{[(:,`@")
_MAX_UNMARKED_WORDS: Final = 18
_MAX_UNMARKED_CHARS: Final = 120
_MAX_CJK_CHARS: Final = 40
_MAX_ASKED_CHARS: Final = 300
_CLAUSE_END: Final = re.compile(r"[.!?:;,…–—-] |[؟،]\s?")
_KNOWN_SCRIPTS: Final = re.compile(r"[a-zA-Z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff\u0600-\u06ff\u0900-\u097f]")
_FULL_STOPS: Final = "。．."
_FINAL_LETTERS: Final = tuple(FINAL_LETTERS)
_PARTICLE_WINDOW: Final = 12
# Armenian sets its mark within the word that asks, which may open the question.
_ARMENIAN_WINDOW: Final = 100
_MIN_LETTERS: Final = 3
_MIN_LETTERS_CJK: Final = 2
_SENTENCE_ENDS: Final = ".:;,!…。：；，！、।"
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_GREEK: Final = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
_CODE: Final = ("=>", "::", ");")
_NO_WORDING: Final = frozenset("=<>{}|\\#$;")
_NO_WORDS: Final[frozenset[str]] = frozenset()
_OPENERS: Final = {
    language: (frozenset(o for o in openers if " " not in o), frozenset(o for o in openers if " " in o))
    for language, openers in OPENERS.items()
}


def has_question_mark(text: str) -> bool:
    """Return whether `text` ends in a question mark of any script, closing quotes and brackets aside.

    >>> has_question_mark('Is it free? (really?)'), has_question_mark("http://example.org/?")
    (True, False)
    """
    core = text.rstrip(_CLOSERS)
    stem = core.rstrip(_RUN)
    if len(stem) < len(core):
        before = stem.rstrip()[-1:]
        return before != "" and before not in _BEFORE_NO_MARK and any(c in QUESTION_MARKS for c in core[len(stem) :])
    if core.endswith(GREEK_MARK):
        return _GREEK.search(core) is not None
    if core.rstrip(_FULL_STOPS).endswith(_FINAL_LETTERS):
        return FINAL_PARTICLE.search(core, max(0, len(core) - _PARTICLE_WINDOW)) is not None
    return ARMENIAN_MARK in core[-_ARMENIAN_WINDOW:]


def is_question(text: str, lang: str | None = None) -> bool:
    """Return whether a heading-like or stand-alone block is worded as a question.

    A block is one when it ends in a question mark, or when it is short, ends in no other mark and opens as
    questions open. Only the block as a whole counts: a question inside running prose is none.

    Args:
        text: The block's text, without labels and list markers.
        lang: ISO 639 code of its language; None tries every language known.

    >>> is_question("Warum ist das so?"), is_question("How to install it"), is_question("It works. Why not.")
    (True, True, False)
    """
    stripped = text.strip(_OPENING)
    if stripped.startswith("#") or any(map(stripped.__contains__, _CODE)) or _is_address(stripped):
        return False
    letters = len(list(islice(filter(str.isalpha, stripped[:200]), _MIN_LETTERS)))
    if letters < _MIN_LETTERS and (letters < _MIN_LETTERS_CJK or _CJK.search(stripped) is None):
        return False
    return has_question_mark(stripped) or text.lstrip(_CLOSERS).startswith("¿") or opens_question(stripped, lang)


def opens_question(text: str, lang: str | None = None) -> bool:
    """Return whether `text`, which ends in no mark, opens (or, in CJK, ends) as a question does."""
    stripped = text.strip(_OPENING).rstrip(_CLOSERS)
    if not stripped.strip() or len(stripped) > _MAX_UNMARKED_CHARS or stripped[-1] in _SENTENCE_ENDS:
        return False
    if not _NO_WORDING.isdisjoint(stripped):
        return False
    if _CJK.search(stripped):
        return (
            stripped.startswith(CJK_OPENERS)
            or stripped.endswith(CJK_ENDINGS)
            or (len(stripped) <= _MAX_CJK_CHARS and CJK_ANYWHERE.search(stripped) is not None)
        )
    if stripped.split(None, 1)[0].isupper() and not stripped.isupper() and len(stripped.split(None, 1)[0]) > 1:
        # "WHERE a.id IN (1, 2)" is code.
        return False
    words = stripped.lower().split()
    if not 1 < len(words) <= _MAX_UNMARKED_WORDS:
        return False
    for language in _languages(lang):
        single, several = _OPENERS[language]
        if words[0] in single or " ".join(words[:2]) in several or " ".join(words[:3]) in several:
            return True
    return not _anywhere(lang).isdisjoint(words)


def asks_outright(text: str, lang: str | None = None) -> bool:
    """Return whether `text`, which ends in a question mark, opens as questions do, or tells and then asks.

    The first clause counts; where it speaks in the first person ("I get an error, why?") the last one does. In
    Chinese, Japanese and Korean, and in scripts the tables hold no words of, a question mark is enough.
    """
    core = text[-_MAX_ASKED_CHARS:].lstrip(_OPENING).rstrip(_CLOSERS + _RUN)
    if _CJK.search(core) or not _KNOWN_SCRIPTS.search(core):
        return True
    clauses = _CLAUSE_END.split(core)
    if len(clauses) > 1 and clauses[0].lower() in LEAD_INS:
        del clauses[0]
    if _opens_marked(clauses[0], lang) or "¿" in text:
        return True
    words = core.lower().split()
    if (len(words) > 1 and words[1] in SUBJECTS) or INVERSION.search(core) or not _anywhere(lang).isdisjoint(words):
        return True
    return (
        bool(clauses[0].strip())
        and clauses[0].lower().split(None, 1)[0] in FIRST_PERSON
        and _opens_marked(clauses[-1], lang)
    )


def _opens_marked(clause: str, lang: str | None) -> bool:
    words = clause.strip(_OPENING).lower().split(None, 4)[:4]
    if len(words) > 1 and words[0] in LEAD_INS:
        words = words[1:]
    if not words:
        return False
    return words[0] in POLAR_OPENERS or opens_question(" ".join([*words[:3], "x"]), lang)


def _is_address(text: str) -> bool:
    last = text[-_MAX_UNMARKED_CHARS:].split()[-1:]
    return bool(last) and last[0].isascii() and ("://" in last[0] or last[0].startswith("www.") or last == [text])


def _anywhere(lang: str | None) -> frozenset[str]:
    base = _base(lang)
    return ANYWHERE.get(base, _NO_WORDS) if base in _OPENERS else ANYWHERE_UNKNOWN


def _languages(lang: str | None) -> tuple[str, ...]:
    base = _base(lang)
    return (base,) if base in _OPENERS else tuple(_OPENERS)


def _base(lang: str | None) -> str:
    return (lang or "").lower().replace("_", "-").split("-")[0]
