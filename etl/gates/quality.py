"""Quality: a text measured by the rules of Gopher and C4, as numbers, and the bounds they must keep.

Rae et al. 2021, "Scaling Language Models", appendix A.1.1; Raffel et al. 2020, section 2.2.
"""

import re
from collections.abc import Collection
from itertools import filterfalse
from typing import Final, NamedTuple

import numpy as np

from etl.config.gates import QualityGate
from etl.gates.base import Refusal
from etl.gates.quality_look import Kept, surely_keeps

LOW_QUALITY: Final = "low_quality"

_BULLETS: Final = frozenset("-*•‣◦▪●·–")
_ELLIPSES: Final = ("...", "…")
_STOP_WORDS: Final = frozenset(("the", "be", "to", "of", "and", "that", "have", "with"))
# From the first letter of a word to its end: as many matches as words that hold one.
_LETTER_IN_WORD: Final = re.compile(r"[^\W\d_]\S*")
# Thai and Lao, Myanmar, Khmer, kana, Han and its compatibility forms.
_UNSPACED: Final = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF),
)  # fmt: skip
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


def measure(text: str, sample_chars: int = 4000, unneeded: Collection[str] = ()) -> Quality:
    """Return the measures of the first `sample_chars` characters of a text.

    Args:
        text: A canonical text.
        sample_chars: How much of it is measured.
        unneeded: Of `bullet_share`, `ellipsis_share` and `stop_words` those that no bound asks for; they stay 0.

    >>> measure("The cat sat with the dog ...").stop_words
    2
    """
    sample = text[:sample_chars]
    spelled = _spelled(sample)
    n_ellipses = sum(map(sample.count, _ELLIPSES))
    in_lines = {name for name in ("bullet_share", "ellipsis_share") if name not in unneeded}
    lines: list[str] = []
    if "bullet_share" in in_lines or ("ellipsis_share" in in_lines and n_ellipses):
        lines = list(filter(None, map(str.strip, sample.split("\n"))))
    n_lines = len(lines) if len(lines) >= _MIN_LINES else 0
    bullets = len([line for line in lines if line[0] in _BULLETS]) if n_lines and "bullet_share" in in_lines else 0
    ellipses = len([line for line in lines if line.endswith(_ELLIPSES)]) if n_lines and n_ellipses else 0
    return Quality(
        words=spelled.words,
        mean_word_chars=0.0 if spelled.unspaced else spelled.chars / max(1, spelled.words),
        symbol_share=(sample.count("#") + n_ellipses) / max(1, spelled.words),
        bullet_share=bullets / max(1, n_lines),
        ellipsis_share=ellipses / max(1, n_lines),
        letter_share=spelled.with_letters / max(1, spelled.spaced),
        stop_words=0 if "stop_words" in unneeded else len(_STOP_WORDS.intersection(sample.lower().split())),
    )


class _Spelled(NamedTuple):
    """Words of a sample: all of them, those between blanks, those with a letter, their characters, and the script."""

    words: int
    spaced: int
    with_letters: int
    chars: int
    unspaced: bool


def _spelled(sample: str) -> _Spelled:
    words = sample.split()
    chars = len("".join(words))
    unspaced, n_words = _unspaced_words(sample, chars)
    # Most words are letters only, which is quick to see; of the others all are searched at once.
    mixed = list(filterfalse(str.isalpha, words))
    with_letters = len(words) - len(mixed) + len(_LETTER_IN_WORD.findall("\n".join(mixed)))
    return _Spelled(max(len(words), n_words), len(words), with_letters, chars, unspaced)


def _unspaced_words(sample: str, chars: int) -> tuple[bool, int]:
    """Return whether most of a sample is in a script without spaces, and how many words that part counts for."""
    # Each such character has three bytes, two more than one of ASCII: with few bytes more there is nothing to count.
    if len(sample.encode("utf-8", "surrogatepass")) - len(sample) <= chars:
        return False, 0
    points = np.frombuffer(sample.encode("utf-32-le", "surrogatepass"), np.uint32)
    spread = sum(int(np.count_nonzero((points >= first) & (points <= last))) for first, last in _UNSPACED)
    return (True, spread // _UNSPACED_WORD) if 2 * spread > chars else (False, 0)


def judge_quality(text: str, lang: str | None, gate: QualityGate, profile: str) -> Refusal | None:
    """Return which bound a text breaks first, or None; what no bound asks for is not measured."""
    bounds = _BOUNDS[profile]
    stop_words = bounds.min_stop_words if gate.min_stop_words is None else gate.min_stop_words
    unneeded = {
        "stop_words": lang != "en" or stop_words == 0,
        "bullet_share": _given(gate.max_bullet_share, bounds.max_bullet_share) >= 1,
        "ellipsis_share": _given(gate.max_ellipsis_share, bounds.max_ellipsis_share) >= 1,
    }
    sample = text[: gate.sample_chars]
    if unneeded["stop_words"] and unneeded["bullet_share"]:
        low, high = gate.mean_word_chars or bounds.mean_word_chars
        kept = Kept(
            max(_MIN_SAMPLE_WORDS, bounds.min_words if gate.min_words is None else gate.min_words),
            (low, high),
            _given(gate.max_symbol_share, bounds.max_symbol_share),
            _given(gate.min_letter_share, bounds.min_letter_share),
        )
        # A share is that of five lines or more, so few ellipses are never too many.
        most = _MIN_LINES * _given(gate.max_ellipsis_share, bounds.max_ellipsis_share)
        n_ellipses = sum(map(sample.count, _ELLIPSES))
        if n_ellipses <= most and surely_keeps(sample, n_ellipses, kept):
            return None
    measured = measure(text, gate.sample_chars, [name for name, is_unneeded in unneeded.items() if is_unneeded])
    return refuse_quality(measured, lang, gate, profile)


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
