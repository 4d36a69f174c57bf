"""How likely an English text is found offensive: a linear model of its words, in a small fraction of a millisecond.

The model is that of the package profanity-check (Zhou 2019): frequencies of words, weighted by their rarity and made a
vector of length one, times one weight a word, through a sigmoid. It knows words, not meaning: it tells insults, slurs
and obscenity, and neither dangerous advice nor politely worded hate. As every such model it gives names of groups a
little weight, so a sentence that lists them comes near to the lower thresholds (Dixon et al. 2018).
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

LANGUAGE: Final = "en"

_WORD: Final = re.compile(r"\w\w+")
# A text of which no word weighs that much is not read any further.
_STRONG: Final = 2.0
# Texts the model was made for are comments; of a longer one each part is judged by itself.
_PART: Final = 1_000


class Weights(NamedTuple):
    """The model.

    Attributes:
        words: Rarity and weight of each word.
        strong: A pattern of RE2 that finds a word of great weight, in lower case.
        intercept: What the weights are added to.
        slope: Of the sigmoid.
        offset: Of the sigmoid.
    """

    words: dict[str, tuple[float, float]]
    strong: str
    intercept: float
    slope: float
    offset: float


def probability(text: str) -> float:
    """Return how likely it is that a reader finds a text offensive: 0 to 1.

    >>> round(probability("The bridge is closed."), 2), round(probability("You stupid idiot, shut up!"), 2)
    (0.05, 1.0)
    """
    model = weights()
    counts = Counter(_WORD.findall(text.lower()))
    known = [(n, *model.words[word]) for word, n in counts.items() if word in model.words]
    length = math.sqrt(sum((n * rarity) ** 2 for n, rarity, _ in known)) or 1.0
    score = model.intercept + sum(n * rarity * weight for n, rarity, weight in known) / length
    return 1 / (1 + math.exp(model.slope * score + model.offset))


def parts_of(text: str) -> Iterator[str]:
    """Yield a text in parts of about a thousand characters, cut where a word ends."""
    start = 0
    while start < len(text):
        end = start + _PART
        if end < len(text):
            end = max(text.rfind(" ", start + _PART // 2, end), text.rfind("\n", start + _PART // 2, end)) + 1 or end
        yield text[start:end]
        start = end


@cache
def weights() -> Weights:
    """Return the shipped model."""
    lines = files("etl.gates").joinpath("words", "harm_model_en.tsv").read_text(encoding="utf-8").splitlines()
    intercept, slope, offset = map(float, lines[0].split("\t"))
    rows = [line.split("\t") for line in lines[1:]]
    words = {word: (float(rarity), float(weight)) for word, rarity, weight in rows}
    strong = "|".join(re.escape(word) for word, (_, weight) in words.items() if weight >= _STRONG and word.isascii())
    return Weights(words, rf"\b(?:{strong})\b", intercept, slope, offset)
