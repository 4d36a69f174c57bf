"""Rows of several frames as one frame."""

from collections.abc import Sequence
from functools import reduce

from pyspark.sql import DataFrame


def union(frames: Sequence[DataFrame]) -> DataFrame:
    """Return the rows of frames with the same columns, in whatever order these stand; there is at least one frame."""
    return reduce(DataFrame.unionByName, frames)
