"""Whether a step is worded as an instruction."""

from typing import Final

from etl.rules.imperative_words import (
    FIRST_WORD_ENDINGS,
    LAST_WORD_ENDINGS,
    OPENING_ADVERBS,
    OPENING_CLAUSES,
    OPENING_VERBS,
    TELLING_ENDINGS,
    TIMES,
    UNSPACED_OPENERS,
    YOU_CAN,
)

_LOOK: Final = 300
_FIRST_LOOK: Final = 32
# An adverb, the verb, and the word behind it.
_WORDS: Final = 3
_STRIP: Final = "\"'“”‘’«»„()[]*_`.,:;!、，。：；！"
_ASKING_VERBS: Final = frozenset(("do", "have", "don't", "can"))
_PERSONS: Final = frozenset(("you", "we", "they", "i", "it", "he", "she", "these", "those"))
_COMMAS: Final = ",，、"
_MIN_ENDING_WORD: Final = 4
_SENTENCE_ENDS: Final = ".!:。！：\n"


def may_instruct(text: str, start: int) -> bool:
    """Return whether the first word at `start` can open an instruction: a cheap look that most text fails.

    >>> may_instruct("Click OK.", 0), may_instruct("The menu opens.", 0)
    (True, False)
    """
    first = text[start : start + _FIRST_LOOK]
    if not first.isascii():
        return True
    words = first.lower().split(None, 2)
    if not words:
        return False
    word = words[0].strip(_STRIP)
    if word in OPENING_VERBS or word in OPENING_ADVERBS or word in OPENING_CLAUSES:
        return True
    return word.endswith(FIRST_WORD_ENDINGS) or (len(words) > 1 and words[1] == "sie")


def is_instruction(text: str, *, strictly: bool = False) -> bool:
    """Return whether a step opens as instructions do, in any of the languages of the table.

    Args:
        text: The step.
        strictly: Leave out forms that tell what happens as often as what to do, such as the polite Japanese verb.

    >>> [is_instruction(step) for step in ("Click OK.", "In the menu, choose File.", "The menu opens.")]
    [True, True, False]
    """
    start = text[:_LOOK].lstrip(_STRIP + " ")
    if not start.isascii() and start.startswith(UNSPACED_OPENERS):
        return True
    words = [word.strip(_STRIP) for word in start.lower().split(None, _WORDS)[:_WORDS]]
    if not words:
        return False
    at = 1 if words[0] in OPENING_ADVERBS and len(words) > 1 else 0
    if _opens(words, at) or (at and words[0] in OPENING_ADVERBS):
        return True
    if words[0] in OPENING_CLAUSES:
        behind = _behind_comma(start.lower())
        if behind and _opens_behind([word.strip(_STRIP) for word in behind.split(None, 3)[:3]]):
            return True
    last = _first_sentence(start)
    return last.endswith(LAST_WORD_ENDINGS) or (not strictly and last.endswith(TELLING_ENDINGS))


def allows(text: str) -> bool:
    """Return whether a step among others says when one can or must do something.

    >>> allows("When the dough is smooth, you can bake it."), allows("In summer, you can bake it.")
    (True, False)
    """
    opening = text[:_FIRST_LOOK].lower().split(None, 1)[:1]
    if not opening or opening[0].split("'")[0] not in TIMES:
        return False
    return _behind_comma(text[:_LOOK].lower()).startswith(YOU_CAN)


def _opens(words: list[str], at: int) -> bool:
    word = words[at]
    if word in OPENING_VERBS:
        # "Do you ...?", "Have we ...?" ask.
        return word not in _ASKING_VERBS or len(words) == at + 1 or words[at + 1] not in _PERSONS
    if len(word) > _MIN_ENDING_WORD and word.endswith(FIRST_WORD_ENDINGS):
        return True
    return len(words) > at + 1 and words[at + 1] == "sie" and word.endswith("en")


def _opens_behind(words: list[str]) -> bool:
    at = 1 if words[0] in OPENING_ADVERBS and len(words) > 1 else 0
    return _opens(words, at)


def _behind_comma(text: str) -> str:
    places = [place for place in map(text.find, _COMMAS) if place >= 0]
    return text[min(places) + 1 :].strip() if places else ""


def _first_sentence(text: str) -> str:
    places = [place for place in map(text.find, _SENTENCE_ENDS) if place > 0]
    return (text[: min(places)] if places else text).rstrip(_STRIP + " ")
