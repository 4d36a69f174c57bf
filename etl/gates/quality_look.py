"""A first look at how a text is spelled: whether it keeps the bounds of quality for sure, its words not even split.

Bytes are compared by the vector instructions of NumPy. White space and letters beyond ASCII are not told apart there,
so each byte beyond ASCII is taken for whatever would be worst: a text with few of them still passes, one in Chinese is
measured word by word.
"""

from typing import Final, NamedTuple

import numpy as np

_LAST_SPACE: Final = 32
_ASCII: Final = 128
# Below the first space, and between the line breaks and the separators that are spaces too, stand control signs.
_CONTROLS: Final = tuple(map(chr, (*range(9), *range(14, 28))))
_CASE: Final = 0x20
_LETTERS: Final = 26


class Kept(NamedTuple):
    """Bounds: fewest words, mean length of a word, most symbols a word, least share of words with letters."""

    min_words: int
    mean_word_chars: tuple[float, float]
    max_symbol_share: float
    min_letter_share: float


def surely_keeps(sample: str, n_ellipses: int, bounds: Kept) -> bool:
    """Return True where a sample with so many ellipses keeps the bounds whatever its bytes beyond ASCII are.

    False says nothing.

    >>> bounds = Kept(4, (2.0, 30.0), 0.5, 0.15)
    >>> surely_keeps("The cat sat on the mat.", 0, bounds), surely_keeps("4 8 15 16 23 42", 0, bounds)
    (True, False)
    """
    signs = np.frombuffer(b" " + sample.encode("utf-8", "surrogatepass"), np.uint8)
    is_space = signs <= _LAST_SPACE
    begins = is_space[:-1] > is_space[1:]
    words, chars = int(np.count_nonzero(begins)), len(signs) - int(np.count_nonzero(is_space))
    unknown = 0 if sample.isascii() else int(np.count_nonzero(signs >= _ASCII))
    # Each unknown byte may begin a word, or be one that is none; and it may be part of no character that counts.
    fewest, most = words - unknown, words + unknown
    if fewest < bounds.min_words or 2 * unknown > chars - unknown:
        return False
    low, high = bounds.mean_word_chars
    if (chars - unknown) / most < low or chars / fewest > high:
        return False
    if (sample.count("#") + n_ellipses) / fewest > bounds.max_symbol_share:
        return False
    lettered = np.count_nonzero(begins & (((signs[1:] | _CASE) - ord("a")) < _LETTERS))
    return bool(lettered / most >= bounds.min_letter_share) and not any(sign in sample for sign in _CONTROLS)
