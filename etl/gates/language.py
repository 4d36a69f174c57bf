"""The language of a text, and whether it is one that is wanted."""

from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from py3langid.langid import MODEL_FILE, LanguageIdentifier
from resiliparse.parse.lang import detect_fast

from etl.config.gates import LanguageGate
from etl.gates.base import Refusal

OTHER_LANGUAGE: Final = "other_language"

# Resiliparse is some fifty times as fast and less exact: up to this distance from its model of a language it is right
# where it says what the source says, and that is most documents.
_NEAR: Final = 700
# Languages that sources and identifiers name differently, and neighbours no short text tells apart.
_SAME: Final = {"nb": "no", "nn": "no", "in": "id", "iw": "he", "sh": "hr", "bs": "hr", "sr": "hr", "cmn": "zh"}


class Language(NamedTuple):
    """A language by its code, and how certain it is: 0 to 1."""

    code: str
    score: float


def base_language(code: str | None) -> str | None:
    """Return a language code without region and script; None where there is none.

    >>> base_language("zh-Hans-CN"), base_language("pt_BR"), base_language("")
    ('zh', 'pt', None)
    """
    return (code or "").strip().lower().replace("_", "-").partition("-")[0] or None


def identify(text: str, declared: str | None = None, sample_chars: int = 1000) -> Language | None:
    """Return the language of the start of a text, or None where it holds too few letters to tell.

    A language the source declares is only confirmed, which is cheap; where the text speaks against it, or none is
    declared, py3langid decides (Lui and Baldwin 2012, "langid.py").

    >>> identify("Der schnelle braune Fuchs springt über den faulen Hund.").code
    'de'
    """
    sample = text[:sample_chars]
    if sum(map(str.isalpha, sample)) < _MIN_LETTERS:
        return None
    if declared is not None:
        code, distance = detect_fast(sample)
        if distance <= _NEAR and are_same(code, declared):
            return Language(base_language(declared) or code, 1.0)
    code, score = _identifier().classify(sample)
    return Language(str(code), float(score))


_MIN_LETTERS: Final = 20


def are_same(one: str, other: str) -> bool:
    """Return whether two codes mean one language, or two that are too near to be told apart.

    >>> are_same("nb", "no"), are_same("pt-BR", "pt"), are_same("es", "pt")
    (True, True, False)
    """
    bases = [base_language(code) or "" for code in (one, other)]
    return _SAME.get(bases[0], bases[0]) == _SAME.get(bases[1], bases[1])


def refuse_language(language: Language | None, allowed: Sequence[str], gate: LanguageGate) -> Refusal | None:
    """Return why a text in this language is not wanted, or None; what is not certain is not refused."""
    if language is None or not allowed or language.score < gate.min_score:
        return None
    if any(are_same(language.code, wanted) for wanted in allowed):
        return None
    return Refusal(OTHER_LANGUAGE, f"{language.code} with certainty {language.score:.2f}; wanted: {', '.join(allowed)}")


@cache
def _identifier() -> LanguageIdentifier:
    # Half a second and 60 MB; a process that never needs it does not pay.
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
