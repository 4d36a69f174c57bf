"""Batches: what a worker gets and gives, and how rows that are made one by one leave it.

They leave it together, but never more than a few megabytes of text at once.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

import pyarrow as pa

Batches = Iterable[pa.RecordBatch]
# What `mapInArrow` runs in a worker.
Worker = Callable[[Batches], Iterator[pa.RecordBatch]]

# Keeps Arrow, Python and the JVM at a few megabytes each.
_MAX_CHARS: Final = 2_000_000

Row = TypeVar("Row")


def in_batches(rows: Iterable[Row], chars_of: Callable[[Row], int], max_rows: int) -> Iterator[list[Row]]:
    """Yield the rows in lists of at most `max_rows`; a list ends with the row that brings it to its limit of text."""
    held: list[Row] = []
    chars = 0
    for row in rows:
        held.append(row)
        chars += chars_of(row)
        if chars >= _MAX_CHARS or len(held) >= max_rows:
            yield held
            held, chars = [], 0
    if held:
        yield held
