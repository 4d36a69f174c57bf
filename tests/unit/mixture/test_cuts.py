"""Where a draw ends among its rows."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl.mixture.cuts import NOTHING, Bucket, Cut, End, cut_bucket, cut_rows, cut_within
from tests.unit.mixture.rows import ROWS, Row, find_cut, taken

TENS = [Bucket(number, 1, 10) for number in (3, 0, 7)]


@pytest.mark.parametrize(
    ("buckets", "target", "expected"),
    [
        (TENS, 12, End(Bucket(3, 1, 10), 2)),
        (TENS, 10, End(Bucket(0, 1, 10), 10)),
        (TENS, 11, End(Bucket(3, 1, 10), 1)),
        (TENS, 31, End(Bucket(7, 1, 10), 10)),
        (TENS, 0, None),
        (TENS, -1, None),
        ([], 5, None),
    ],
)
def test_a_draw_ends_in_the_bucket_where_the_sum_reaches_its_target(
    buckets: list[Bucket], target: int, expected: End | None
) -> None:
    assert cut_bucket(buckets, target) == expected


@given(st.integers(0, 4095), st.integers(0, 10**12), st.integers(0, 10**12))
def test_a_rule_of_three_ends_within_the_bucket(number: int, units: int, left: int) -> None:
    cut = cut_within(End(Bucket(number, 5, units), min(left, units)), 51)
    assert number << 51 <= cut.drawn <= min((number + 1) << 51, 2**63 - 1)


@pytest.mark.parametrize(
    ("rows", "left", "expected"),
    [
        pytest.param([(7, "b", 5), (5, "a", 5), (9, "c", 5)], 10, Cut(7, "b"), id="exactly"),
        pytest.param([(7, "b", 5), (5, "a", 5), (9, "c", 5)], 12, Cut(7, "b"), id="stopping_short_is_nearer"),
        pytest.param([(7, "b", 5), (5, "a", 5), (9, "c", 5)], 13, Cut(9, "c"), id="one_more_is_nearer"),
        pytest.param([(7, "b", 4), (5, "a", 4)], 6, Cut(7, "b"), id="as_near_either_way_takes_it"),
        pytest.param([(7, "b", 5), (5, "a", 5)], 99, Cut(7, "b"), id="all_of_too_few"),
        pytest.param([(5, "b", 5), (5, "a", 5)], 5, Cut(5, "a"), id="the_id_decides_where_numbers_are_equal"),
        pytest.param([(5, "a", 100)], 10, Cut(5, ""), id="no_row_is_nearer_than_the_first"),
        pytest.param([], 10, NOTHING, id="no_rows"),
    ],
)
def test_rows_are_cut_where_their_sum_comes_nearest(rows: list[Row], left: int, expected: Cut) -> None:
    assert cut_rows(rows, left) == expected


@given(ROWS, st.integers(-5, 400))
@settings(deadline=None, max_examples=500)
@example([(1, "last of its bucket", 5), (2, "first of the next", 50)], 10)
def test_buckets_and_rows_together_cut_as_sorting_all_rows_would(rows: list[Row], target: int) -> None:
    ordered = sorted(rows)
    sums = [sum(units for _, _, units in ordered[:n]) for n in range(len(ordered) + 1)]
    # The nearest sum; of two as near the larger one.
    nearest = min(range(len(sums)), key=lambda n: (abs(sums[n] - max(target, 0)), -n))
    assert sorted(taken(rows, target)) == ordered[:nearest]


@given(st.data(), ROWS, st.integers(0, 400))
def test_the_order_in_which_rows_come_changes_nothing(data: st.DataObject, rows: list[Row], target: int) -> None:
    assert find_cut(data.draw(st.permutations(rows)), target) == find_cut(rows, target)
