"""Vectors in whole numbers, so that how alike two are does not depend on the order in which it is added up.

Floating-point sums differ with the shape of the matrices, and that differs with the number of partitions. A vector of
length 1 is rounded to multiples of 1 / 4000 here. By Cauchy and Schwarz every partial sum of a product of two such is
below 2 ** 24, up to which a 32-bit float holds whole numbers exactly: products of matrices are as fast as ever, and
exact in any order. The price is an error of the cosine of about 0.0001.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

from etl.matching.pooling import Matrix, unit

# (4000 + sqrt(d) / 2) ** 2 is below 2 ** 24 for vectors of up to 36,000 numbers.
UNITS: Final = 4000
_STORED: Final = np.dtype("<i2")
_THOUSANDTHS: Final = 1000


def whole(vectors: Matrix | npt.NDArray[np.float64]) -> Matrix:
    """Return vectors at a length of `UNITS`, in whole numbers; what is no number becomes 0."""
    numbers = np.nan_to_num(vectors.astype(np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    rounded: Matrix = np.rint(unit(numbers) * np.float32(UNITS))
    return rounded


def packed(vectors: Matrix) -> list[bytes]:
    """Return whole vectors as bytes, two for each number."""
    return [row.tobytes() for row in vectors.astype(_STORED)]


def unpacked(rows: Iterable[bytes]) -> Matrix:
    """Return what `packed` made as a matrix; without rows it has no columns.

    >>> unpacked(packed(whole(np.array([[3.0, 4.0]], dtype=np.float32)))).tolist()
    [[2400.0, 3200.0]]
    """
    taken = list(rows)
    flat = np.frombuffer(b"".join(taken), _STORED).astype(np.float32)
    return flat.reshape(len(taken), -1 if taken else 0)


def least_product(threshold: float) -> float:
    """Return the smallest product of two whole vectors whose cosine, in thousandths, is the threshold.

    So the thousandth that is shown is the one that was compared, and a text is like itself at a threshold of 1.
    """
    return (round(threshold * _THOUSANDTHS) - 0.5) / _THOUSANDTHS * UNITS**2


def cosine(products: Matrix) -> npt.NDArray[np.float64]:
    """Return the cosines that products of whole vectors stand for, in thousandths, 1 at most."""
    # Half of a thousandth goes up, as in `least_product`.
    thousandths = np.floor(products.astype(np.float64) / (UNITS**2 / _THOUSANDTHS) + 0.5)
    return np.minimum(thousandths / _THOUSANDTHS, 1.0)
