"""Vectors of the parts of a document by Gaussian pooling (FineInstructions, section 3.2).

The source pools the token vectors of its own encoder. Here a document is cut into windows and each is embedded by
itself, so any encoder will do, and a document may be longer than what the encoder reads at once.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
# So many windows of a document are embedded at most; a longer one is sampled evenly.
MAX_WINDOWS: Final = 256
_BLANKS: Final = (" ", "\n")


def windows(text: str, chars: int) -> list[str]:
    """Return a text in stretches of about `chars` characters, cut at blanks where there are any.

    >>> windows("one two three four", 8)
    ['one two', 'three', 'four']
    """
    found = []
    start = 0
    while start < len(text):
        end = start + chars
        if end < len(text):
            end = next((at for blank in _BLANKS if (at := text.rfind(blank, start + 1, end)) > 0), end)
        found.append(text[start:end].strip())
        start = end
    found = [each for each in found if each]
    if len(found) <= MAX_WINDOWS:
        return found
    return [found[place * len(found) // MAX_WINDOWS] for place in range(MAX_WINDOWS)]


def pooled(vectors: Matrix, chunks: int, sigma: float, alpha: float) -> Matrix:
    """Return the mean of a document's vectors and, behind it, one vector for each of its chunks; all of length 1.

    Windows i = 1..n lie at (i - 1/2) / n, the centres of the chunks at (k - 1/2) / chunks.

    Args:
        vectors: A row for each window, in order; one at least.
        chunks: How many parts the document is seen as (K).
        sigma: Width of a part, as a share of the document.
        alpha: 1 takes the parts as they are, 0 the mean in their place.
    """
    n = len(vectors)
    mean = vectors.mean(axis=0, dtype=np.float64)
    positions = (np.arange(n) + 0.5) / n
    centres = (np.arange(chunks) + 0.5) / chunks
    exponents = -((positions[None, :] - centres[:, None]) ** 2) / (2 * sigma**2)
    # The largest becomes 0, so that a narrow Gaussian between two windows is not all zeros.
    weights = np.exp(exponents - exponents.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    local = alpha * (weights @ vectors.astype(np.float64)) + (1 - alpha) * mean
    return unit(np.vstack([mean, local]))


def unit(vectors: npt.NDArray[np.float64] | Matrix) -> Matrix:
    """Return the rows at length 1; a row of zeros stays."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(norms > 0, norms, 1.0)).astype(np.float32)


def passage_at(text: str, chunk: int, chunks: int, max_chars: int) -> tuple[int, int]:
    """Return where the passage around a chunk begins and ends; chunk 0 is the document, so its beginning.

    >>> passage_at("one two three four five", 3, 3, 12), passage_at("one two", 1, 5, 100)
    ((14, 23), (0, 7))
    """
    if len(text) <= max_chars:
        return 0, len(text)
    centre = (chunk - 0.5) / chunks if chunk else 0.0
    start = max(0, min(round(centre * len(text) - max_chars / 2), len(text) - max_chars))
    end = start + max_chars
    if start:
        # The first blank in the first half: a passage begins with a whole word where there are words.
        half = start + max_chars // 2
        blanks = [at for blank in _BLANKS if (at := text.find(blank, start, half)) >= 0]
        start = min(blanks) + 1 if blanks else start
    if end < len(text):
        end = max([text.rfind(blank, start + max_chars // 2, end) for blank in _BLANKS])
        end = end if end > 0 else start + max_chars
    return start, min(end, len(text))
