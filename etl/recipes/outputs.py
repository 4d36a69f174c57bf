"""What any recipe looks at in an output before it reads it: whether there is one, whole, and no refusal."""

import re
from typing import Final

import numpy as np

from etl.fingerprints.words import words_of
from etl.recipes.base import EMPTY, REFUSED, TOO_LONG, TRUNCATED, ParseError

# How outputs begin that decline to answer; only looked for at the beginning of short ones.
_REFUSAL: Final = re.compile(
    r"(?:i(?:'|’| a)m (?:really |very )?(?:sorry|unable|afraid)"
    r"|i (?:cannot|can(?:'|’)t|can not|won(?:'|’)t|am not able)"
    r"|(?:sorry|unfortunately|apologies),|as an? (?:ai|artificial|large language)|as a language model"
    r"|lo siento|je suis désolée?|je ne peux pas|es tut mir leid|ich kann (?:leider|dir|ihnen)|leider kann ich"
    r"|mi dispiace|desculpe|sinto muito|het spijt me|извините|к сожалению|я не могу"
    r"|抱歉|很抱歉|对不起|我无法|作为(?:一个)?(?:ai|人工智能|语言模型)|申し訳|すみません)",
    re.IGNORECASE,
)
_MAX_REFUSAL_CHARS: Final = 600
# A model that repeats itself without end writes far more than any pair needs.
_MAX_OUTPUT_CHARS: Final = 60_000
_THINKING: Final = "</think>"
_FENCE: Final = "```"


def usable(output: str, *, truncated: bool) -> str:
    """Return an output without the white space, the thoughts and the one code fence it may come in.

    Raises:
        ParseError: It is empty, cut off, far too long, or declines to answer.
    """
    if len(output) > _MAX_OUTPUT_CHARS:
        raise ParseError(TOO_LONG, f"{len(output)} characters")
    text = output.rpartition(_THINKING)[2].strip()
    if text.startswith(_FENCE) and text.endswith(_FENCE) and text.count(_FENCE) == 2:
        text = text.partition("\n")[2].removesuffix(_FENCE).strip()
    if not text:
        raise ParseError(EMPTY, "the model wrote nothing")
    if declines(text):
        raise ParseError(REFUSED, text[:80])
    if truncated:
        raise ParseError(TRUNCATED, "the output was cut off at its length limit")
    return text


def declines(text: str) -> bool:
    """Return whether a text is a refusal to answer.

    >>> declines("I'm sorry, but I can't help with that."), declines("Sorry is a word of Germanic origin.")
    (True, False)
    """
    return len(text) <= _MAX_REFUSAL_CHARS and _REFUSAL.match(text.lstrip("\"'*_ \n")) is not None


def support(answer: str, passage: str) -> float:
    """Return the share of an answer's different words that the passage holds; of unspaced scripts the characters.

    >>> support("Paris, France", "It is the capital of France.")
    0.5
    """
    words = words_of([answer, passage])
    asked = np.unique(words.hashes[: words.bounds[1]])
    if not len(asked):
        return 0.0
    return float(np.isin(asked, words.hashes[words.bounds[1] :]).mean())


def n_words(text: str) -> int:
    """Return the number of words of a text; of unspaced scripts each character is one."""
    return len(words_of([text]).hashes)


def too_short(passage: str, words: int) -> bool:
    """Return whether a passage has fewer words than a recipe can ask about.

    >>> too_short("Home | About", 6), too_short("Home | About", 2)
    (True, False)
    """
    return n_words(passage) < words


def without_wrapping(text: str) -> str:
    """Return a text without Markdown emphasis and quotes around the whole of it.

    >>> without_wrapping('**"What is it?"**')
    'What is it?'
    """
    text = text.strip()
    for _ in range(4):
        for mark in ("**", "__", '"', "“”", "«»", "„“", "「」", "`", "*"):
            opening, closing = (mark[0], mark[1]) if mark in ("“”", "«»", "„“", "「」") else (mark, mark)
            inner = text[len(opening) : -len(closing)]
            if len(text) > 2 * len(mark) and text.startswith(opening) and text.endswith(closing) and mark not in inner:
                text = inner.strip()
    return text
