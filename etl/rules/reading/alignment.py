"""Whether a passage and its translation say the same, as far as figures, literals, lengths and negation tell.

Nothing here understands a language; each check finds a fault that machine translation makes often.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from etl.rules.reading.quantities import quantities

LITERAL_MISMATCH: Final = "literal_mismatch"
NUMBER_MISMATCH: Final = "number_mismatch"
POLARITY_MISMATCH: Final = "polarity_mismatch"
LENGTH_MISMATCH: Final = "length_mismatch"

_LITERAL: Final = re.compile(r"(?:https?://|www\.)[A-Za-z0-9./_~%?=&#:@+-]+|[\w.+-]{1,64}@[A-Za-z0-9.-]{1,64}")
# A name that mixes letters with digits is written the same in every language: "Llama3-8B", "utf-8".
_CODE: Final = re.compile(r"(?<![A-Za-z0-9./-])[A-Za-z][A-Za-z-]*\d[A-Za-z0-9.-]*(?![A-Za-z0-9/])")
_TAIL: Final = ".,:;!?。、，"
# How much a character says, against a letter of an alphabet: translated pairs of English lie near 0.8 of 1 then.
_WEIGHTS: Final = (
    (re.compile(r"[\u3400-\u9fff]"), 2.6),
    (re.compile(r"[\u30a0-\u30ff]"), 1.3),
    (re.compile(r"[\u3040-\u309f]"), 1.1),
    (re.compile(r"[\uac00-\ud7af]"), 2.0),
)
_GLOSS: Final = re.compile(r"[(（][A-Za-z][A-Za-z .-]*[)）]")
_NO_LETTER: Final = re.compile(r"[\W_]")
_MIN_RATIO: Final = 0.55
_MAX_RATIO: Final = 1.7
_MAX_JUDGED_CHARS: Final = 400

_BETTER: Final = re.compile(
    r"\b(?:outperform\w*|better|superior|exceed\w*|surpass\w*|improv\w+|besser|übertr\w+|mieux"
    r"|meilleur\w*|dépass\w+|mejor\w*"
    r"|super[ao]\w*)\b|优于|超过|超越|更好|提升|提高|上回る|優れ|向上|改善",
    re.IGNORECASE,
)
_WORSE: Final = re.compile(
    r"\b(?:worse\w*|inferior|underperform\w*|deteriorat\w+|lag\w* behind|schlechter|unterlegen|pire"
    r"|inférieur\w*|peor\w*)\b"
    r"|劣于|不如|逊于|更差|下降|降低|劣る|劣り|下回る|悪化|低下",
    re.IGNORECASE,
)
_NEGATIONS: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "en": re.compile(
            r"\b(?:not(?! only)|no|never|cannot|without|neither|nor|none|nobody|nothing)\b|n['’]t\b", re.IGNORECASE
        ),
        "de": re.compile(r"\b(?:nicht(?! nur)|kein\w*|nie|niemals|ohne|weder|nichts)\b", re.IGNORECASE),
        "fr": re.compile(r"\b(?:ne|sans|aucun\w*|jamais|rien)\b|\bn['’]", re.IGNORECASE),
        "es": re.compile(r"\b(?:no(?! s[oó]lo)|nunca|sin|ningun\w*|nada|tampoco)\b", re.IGNORECASE),
        "zh": re.compile("不(?![断仅同少但管过])|没有|未(?!来)|无法|并非|无需|毫无|从未"),
        "ja": re.compile(
            "(?<!かもしれ)(?<!だけで)(?<!なければなら)(?:ない|ません|なかった)(?!ければ|といけ|か)|ずに|なく(?!て)(?<!だけでなく)"
        ),
    }
)


def flaw(source: str, target: str, source_lang: str, target_lang: str) -> str | None:
    """Return why `target` cannot be a translation of `source`, or None where no check objects.

    Addresses and names with digits must be the same, numbers the same after their units are resolved (18M is
    1800万), the lengths alike in what they say, and one sentence must not deny or rank what the other does not.

    >>> flaw("It has 18M users.", "它有1800万用户。", "en", "zh")
    >>> flaw("It has 18M users.", "它有180万用户。", "en", "zh")
    'number_mismatch'
    """
    if _literals(source) != _literals(target):
        return LITERAL_MISMATCH
    if quantities(source, source_lang) != quantities(target, target_lang):
        return NUMBER_MISMATCH
    if _differs_in_polarity(source, target, source_lang, target_lang):
        return POLARITY_MISMATCH
    return None if _MIN_RATIO <= _ratio(source, target) <= _MAX_RATIO else LENGTH_MISMATCH


def shared_literals(source: str, target: str) -> int:
    """Return how many addresses and names with digits both passages have."""
    return len(_literals(source) & _literals(target))


def _literals(text: str) -> frozenset[str]:
    addresses = {found.rstrip(_TAIL) for found in _LITERAL.findall(text)}
    codes = {found.rstrip(_TAIL + "-").lower() for found in _CODE.findall(_LITERAL.sub(" ", text))}
    return frozenset(addresses | codes)


def _differs_in_polarity(source: str, target: str, source_lang: str, target_lang: str) -> bool:
    for praise, blame in ((source, target), (target, source)):
        if _BETTER.search(praise) and not _WORSE.search(praise) and _WORSE.search(blame) and not _BETTER.search(blame):
            return True
    negations = _NEGATIONS.get(source_lang), _NEGATIONS.get(target_lang)
    # A long passage denies something somewhere in one wording and not in another; a sentence rarely does.
    if negations[0] is None or negations[1] is None or max(len(source), len(target)) > _MAX_JUDGED_CHARS:
        return False
    return bool(negations[0].search(source)) != bool(negations[1].search(target))


def _ratio(source: str, target: str) -> float:
    return _content(target) / max(1.0, _content(source))


def _content(text: str) -> float:
    """Return how much a passage says, in letters of an alphabet; addresses and glosses in brackets aside."""
    bare = _NO_LETTER.sub("", _GLOSS.sub("", _LITERAL.sub("", text)))
    weighed = 0.0
    rest = len(bare)
    for script, weight in _WEIGHTS:
        n = len(script.findall(bare))
        weighed += weight * n
        rest -= n
    return weighed + rest
