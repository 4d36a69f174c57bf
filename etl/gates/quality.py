"""Quality: a text measured by the rules of Gopher and C4, as numbers, and the bounds they must keep.

Rae et al. 2021, "Scaling Language Models", appendix A.1.1; Raffel et al. 2020, section 2.2.
"""

import re
from itertools import filterfalse
from typing import Final, NamedTuple

from etl.config.gates import QualityGate
from etl.gates.base import Refusal

LOW_QUALITY: Final = "low_quality"

_BULLETS: Final = ("-", "*", "•", "‣", "◦", "▪", "●", "·", "–")
_ELLIPSES: Final = ("...", "…")
_STOP_WORDS: Final = frozenset(("the", "be", "to", "of", "and", "that", "have", "with"))
_LETTER: Final = re.compile(r"[^\W\d_]")
_UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
# Characters a word has on average; an unspaced text is counted as if it had them.
_UNSPACED_WORD: Final = 2
# Fewer lines are a short list or an abstract, not a page of teasers.
_MIN_LINES: Final = 5
# Shorter texts have too few words for shares to mean anything.
_MIN_SAMPLE_WORDS: Final = 20


class Quality(NamedTuple):
    """What was measured on the start of a text; shares are 0 to 1.

    `mean_word_chars` is 0 for unspaced scripts, and the shares of lines are for fewer than five of them.
    """

    words: int
    mean_word_chars: float
    symbol_share: float
    bullet_share: float
    ellipsis_share: float
    letter_share: float
    stop_words: int


class _Bounds(NamedTuple):
    """What a profile asks for."""

    min_words: int
    mean_word_chars: tuple[float, float]
    max_symbol_share: float
    max_bullet_share: float
    max_ellipsis_share: float
    min_letter_share: float
    min_stop_words: int


# Gopher's own are those of strict. They were made for web prose: manuals are full of lists, code and short pages.
_BOUNDS: Final = {
    "pretrain": _Bounds(4, (2.0, 30.0), 0.5, 1.0, 0.8, 0.15, 0),
    "strict": _Bounds(50, (3.0, 10.0), 0.1, 0.9, 0.3, 0.8, 2),
}


def measure(text: str, sample_chars: int = 4000) -> Quality:
    """Return the measures of the first `sample_chars` characters of a text.

    >>> measure("The cat sat with the dog ...").stop_words
    2
    """
    sample = text[:sample_chars]
    words = sample.lower().split()
    lines = [line for raw in sample.split("\n") if (line := raw.strip())]
    spread = len(_UNSPACED.findall(sample)) if not sample.isascii() else 0
    chars = sum(map(len, words))
    unspaced = 2 * spread > chars
    n_words = max(len(words), spread // _UNSPACED_WORD) if unspaced else len(words)
    # Most words are letters only, which is quick to see.
    letterless = sum(_LETTER.search(word) is None for word in filterfalse(str.isalpha, words))
    n_lines = len(lines) if len(lines) >= _MIN_LINES else 0
    bullets = sum(line.startswith(_BULLETS) for line in lines) if n_lines else 0
    ellipses = sum(line.endswith(_ELLIPSES) for line in lines) if n_lines else 0
    return Quality(
        words=n_words,
        mean_word_chars=0.0 if unspaced else chars / max(1, n_words),
        symbol_share=(sample.count("#") + sample.count("...") + sample.count("…")) / max(1, n_words),
        bullet_share=bullets / max(1, n_lines),
        ellipsis_share=ellipses / max(1, n_lines),
        letter_share=(len(words) - letterless) / max(1, len(words)),
        stop_words=len(_STOP_WORDS.intersection(words)),
    )


def refuse_quality(quality: Quality, lang: str | None, gate: QualityGate, profile: str) -> Refusal | None:
    """Return which bound a text of these measures breaks first, or None."""
    bounds = _BOUNDS[profile]
    least = bounds.min_words if gate.min_words is None else gate.min_words
    if quality.words < least:
        return Refusal(LOW_QUALITY, f"{quality.words} words, fewer than {least}")
    if quality.words < _MIN_SAMPLE_WORDS:
        return None
    low, high = gate.mean_word_chars or bounds.mean_word_chars
    if quality.mean_word_chars and not low <= quality.mean_word_chars <= high:
        return Refusal(LOW_QUALITY, f"{quality.mean_word_chars:.1f} characters a word, not {low:g} to {high:g}")
    for name, most in (
        ("symbol_share", _given(gate.max_symbol_share, bounds.max_symbol_share)),
        ("bullet_share", _given(gate.max_bullet_share, bounds.max_bullet_share)),
        ("ellipsis_share", _given(gate.max_ellipsis_share, bounds.max_ellipsis_share)),
    ):
        if (value := getattr(quality, name)) > most:
            return Refusal(LOW_QUALITY, f"{name} {value:.2f}, more than {most:g}")
    fewest = _given(gate.min_letter_share, bounds.min_letter_share)
    if quality.letter_share < fewest:
        return Refusal(LOW_QUALITY, f"letter_share {quality.letter_share:.2f}, less than {fewest:g}")
    wanted = bounds.min_stop_words if gate.min_stop_words is None else gate.min_stop_words
    if lang == "en" and quality.stop_words < wanted:
        return Refusal(LOW_QUALITY, f"{quality.stop_words} stop words, fewer than {wanted}")
    return None


def _given(configured: float | None, default: float) -> float:
    return default if configured is None else configured
