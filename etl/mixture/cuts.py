"""Where a draw ends: rows are taken in the order of a hash, and the cut is the last one taken.

So the share is met to within one row whatever the hash does. The order is cut in ever finer buckets of the hash
before single rows are looked at: no step needs more than a few thousand numbers, however many rows there are.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

# A drawn number has 63 bits; each step looks at 12 more of them.
DRAWN_BITS: Final = 63
BUCKET_BITS: Final = 12


class Cut(NamedTuple):
    """The last row that is drawn: its drawn number and its id; rows up to and including it are taken."""

    drawn: int
    row: str


class Bucket(NamedTuple):
    """The rows whose drawn numbers begin with the same bits; its number is these bits."""

    number: int
    rows: int
    units: int


class End(NamedTuple):
    """The bucket in which a draw ends, and how many of its units are still to be taken."""

    bucket: Bucket
    left: int


NOTHING: Final = Cut(-1, "")


def cut_bucket(buckets: Iterable[Bucket], target: int) -> End | None:
    """Return where a draw of `target` units ends.

    Args:
        buckets: All buckets that hold rows, in any order; rows of a lower one are drawn first.
        target: Units to take.

    Returns:
        None when the target is 0 or less; the last bucket with all its units when there is less than the target.

    >>> cut_bucket([Bucket(0, 1, 10), Bucket(3, 1, 10)], 12).left
    2
    """
    if target <= 0:
        return None
    ordered = sorted(buckets)
    before = 0
    for bucket in ordered:
        if before + bucket.units >= target:
            return End(bucket, target - before)
        before += bucket.units
    return End(ordered[-1], ordered[-1].units) if ordered else None


def cut_rows(rows: Sequence[tuple[int, str, int]], left: int) -> Cut:
    """Return where to cut within the rows of one bucket, so that the sum comes nearest to `left`.

    Args:
        rows: (drawn number, id, units) of the rows of the bucket, in any order.
        left: Units to take of them.

    >>> cut_rows([(7, "b", 5), (5, "a", 5)], 6)
    Cut(drawn=5, row='a')
    """
    ordered = sorted(rows)
    taken = 0
    # Before the first row, yet behind all rows of lower buckets: no id is empty.
    last = Cut(ordered[0][0], "") if ordered else NOTHING
    for drawn, row, units in ordered:
        # Taking a row that overshoots is right only while it lands nearer than stopping short.
        if taken + units - left > left - taken:
            break
        taken += units
        last = Cut(drawn, row)
        if taken >= left:
            break
    return last


def cut_within(end: End, shift: int) -> Cut:
    """Return where the draw ends by rule of three: hashes spread the units of a bucket evenly over its numbers.

    Args:
        end: The bucket, and what is to be taken of it.
        shift: How many bits of a drawn number follow those of the bucket.

    >>> cut_within(End(Bucket(2, 10, 100), 25), 4)
    Cut(drawn=36, row='')
    """
    width = 1 << shift
    return Cut(min((end.bucket.number << shift) + width * end.left // max(end.bucket.units, 1), 2**DRAWN_BITS - 1), "")
