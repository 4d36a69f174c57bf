"""Rows of a draw, and what the job takes of them, in plain Python."""

from collections import defaultdict

from hypothesis import strategies as st

from etl.mixture.cuts import NOTHING, Bucket, Cut, cut_bucket, cut_rows

Row = tuple[int, str, int]

# Sixteen drawn numbers in buckets of two: rows that share a number, and neighbours across a border, are common.
_DRAWN, _BUCKET_SHIFT = 15, 1
ROWS = st.lists(st.tuples(st.integers(0, _DRAWN), st.integers(1, 50)), max_size=25).map(
    lambda drawn: [(number, f"row{n}", units) for n, (number, units) in enumerate(drawn)]
)


def find_cut(rows: list[Row], target: int) -> Cut:
    """Cut as the job does: by sums of buckets first, then within one of them."""
    sizes = defaultdict(list)
    for drawn, _, units in rows:
        sizes[drawn >> _BUCKET_SHIFT].append(units)
    end = cut_bucket([Bucket(number, len(units), sum(units)) for number, units in sizes.items()], target)
    if end is None:
        return NOTHING
    return cut_rows([row for row in rows if row[0] >> _BUCKET_SHIFT == end.bucket.number], end.left)


def taken(rows: list[Row], target: int) -> list[Row]:
    cut = find_cut(rows, target)
    return [row for row in rows if row[:2] <= (cut.drawn, cut.row)]
