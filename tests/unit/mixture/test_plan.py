"""How much of each stream a mixture takes, and where the draw is cut."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl.config.models import MixtureConfig
from etl.mixture.plan import NO_FALLBACK, NO_PAIRS, NOTHING, Cut, Draw, SplitPlan, cut_bucket, cut_rows, plan_split
from etl.mixture.shares import INSTRUCTION, RAW, Taken, shares_of

Row = tuple[int, str, int]

WHOLE, NONE = Draw(1, 0), Draw(0, 0)
# Sixteen drawn numbers in buckets of two: rows that share a number, and neighbours across a border, are common.
_DRAWN, _BUCKET_SHIFT = 15, 1
ROWS = st.lists(st.tuples(st.integers(0, _DRAWN), st.integers(1, 50)), max_size=25).map(
    lambda drawn: [(number, f"row{n}", units) for n, (number, units) in enumerate(drawn)]
)
RATIOS = st.one_of(st.floats(0.01, 0.10), st.floats(0.001, 0.999))
FALLBACKS = st.sampled_from(["lower_ratio", "drop_raw", "repeat"])


def mixture(ratio: float, **fields: Any) -> MixtureConfig:
    return MixtureConfig(ratio=ratio, allow_any_ratio=True, **fields)


def find_cut(rows: list[Row], target: int) -> Cut:
    """Cut as the job does: by sums of buckets first, then within one of them."""
    sums = Counter[int]()
    for drawn, _, units in rows:
        sums[drawn >> _BUCKET_SHIFT] += units
    end = cut_bucket(sums.items(), target)
    if end is None:
        return NOTHING
    return cut_rows([row for row in rows if row[0] >> _BUCKET_SHIFT == end[0]], end[1])


def taken(rows: list[Row], target: int) -> list[Row]:
    cut = find_cut(rows, target)
    return [row for row in rows if row[:2] <= (cut.drawn, cut.row)]


# --- how much ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "pairs", "fields", "expected"),
    [
        pytest.param(950, 20, {"ratio": 0.0}, (WHOLE, NONE, NO_FALLBACK), id="ratio_0_is_raw_only"),
        pytest.param(950, 20, {"ratio": 1.0}, (NONE, WHOLE, NO_FALLBACK), id="ratio_1_is_pairs_only"),
        pytest.param(950, 0, {"ratio": 1.0}, (NONE, WHOLE, NO_PAIRS), id="ratio_1_without_pairs"),
        pytest.param(950, 0, {"ratio": 0.05}, (WHOLE, NONE, NO_PAIRS), id="no_pairs"),
        pytest.param(0, 0, {"ratio": 0.05}, (WHOLE, NONE, NO_FALLBACK), id="nothing_at_all"),
        pytest.param(0, 20, {"ratio": 0.05}, (WHOLE, NONE, NO_FALLBACK), id="no_raw_needs_no_pairs"),
        pytest.param(950, 200, {"ratio": 0.05}, (WHOLE, Draw(0, 50), NO_FALLBACK), id="enough"),
        pytest.param(950, 50, {"ratio": 0.05}, (WHOLE, Draw(0, 50), NO_FALLBACK), id="just_enough"),
        pytest.param(950, 49, {"ratio": 0.05}, (WHOLE, WHOLE, "lower_ratio"), id="short_by_one"),
        pytest.param(
            950, 20, {"ratio": 0.05, "when_short": "drop_raw"}, (Draw(0, 380), WHOLE, "drop_raw"), id="drop_raw"
        ),
        pytest.param(
            950, 20, {"ratio": 0.05, "when_short": "repeat"}, (WHOLE, Draw(2, 10), "repeat"), id="repeat_in_part"
        ),
        pytest.param(
            950, 25, {"ratio": 0.05, "when_short": "repeat"}, (WHOLE, Draw(2, 0), "repeat"), id="repeat_whole"
        ),
        pytest.param(
            950,
            10,
            {"ratio": 0.05, "when_short": "repeat", "max_repetition": 4},
            (WHOLE, Draw(4, 0), "repeat+lower_ratio"),
            id="repeat_is_not_enough",
        ),
        pytest.param(
            950,
            20,
            {"ratio": 0.05, "when_short": "repeat", "max_repetition": 1},
            (WHOLE, WHOLE, "repeat+lower_ratio"),
            id="repeat_once_is_no_repetition",
        ),
    ],
)
def test_a_split_takes_of_its_streams_what_the_ratio_asks_for(
    raw: int, pairs: int, fields: dict[str, Any], expected: tuple[Draw, Draw, str]
) -> None:
    of_raw, of_pairs, fallback = expected
    assert plan_split(raw, pairs, mixture(**fields)) == SplitPlan(of_raw, of_pairs, fields["ratio"], fallback)


@given(st.integers(0, 10**15), st.integers(0, 10**15), st.floats(0, 1), FALLBACKS, st.integers(1, 100))
def test_no_row_is_planned_more_often_than_allowed(
    raw: int, pairs: int, ratio: float, when_short: str, most: int
) -> None:
    plan = plan_split(raw, pairs, mixture(ratio, when_short=when_short, max_repetition=most))
    for draw, supply in ((plan.raw, raw), (plan.pairs, pairs)):
        assert draw.copies >= 0
        assert 0 <= draw.target <= supply
        # A draw of all there is in part is one copy too, so it counts as one.
        assert draw.copies + (draw.target > 0) <= (most if draw is plan.pairs and when_short == "repeat" else 1)


@given(ROWS, ROWS, RATIOS, FALLBACKS, st.integers(1, 5))
@settings(deadline=None)
def test_the_share_is_met_within_one_row_unless_the_plan_says_it_is_lower(
    raw: list[Row], pairs: list[Row], ratio: float, when_short: str, most: int
) -> None:
    plan = plan_split(_units(raw), _units(pairs), mixture(ratio, when_short=when_short, max_repetition=most))
    tallied = [_take("raw", RAW, raw, plan.raw), _take("pairs", INSTRUCTION, pairs, plan.pairs)]
    share = next(row for row in shares_of(tallied, {"train": plan}, "tokens") if row.stream == INSTRUCTION)
    slack = share.tolerance + 1e-9
    if not sum(row.units for row in tallied):
        assert not raw
    elif plan.fallback in (NO_PAIRS, "lower_ratio", "repeat+lower_ratio"):
        assert share.achieved <= ratio + slack
    else:
        assert abs(share.achieved - ratio) <= slack


def _take(source: str, stream: str, rows: list[Row], draw: Draw) -> Taken:
    drawn = rows * draw.copies + taken(rows, draw.target)
    largest = max((units for _, _, units in rows), default=0)
    return Taken("train", source, stream, len(rows), _units(rows), len(drawn), _units(drawn), largest)


def _units(rows: list[Row]) -> int:
    return sum(units for _, _, units in rows)


# --- where the draw is cut --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sums", "target", "expected"),
    [
        ([(3, 10), (0, 10), (7, 10)], 12, (3, 2)),
        ([(3, 10), (0, 10), (7, 10)], 10, (0, 10)),
        ([(3, 10), (0, 10), (7, 10)], 11, (3, 1)),
        ([(3, 10), (0, 10), (7, 10)], 31, (7, 10)),
        ([(3, 10)], 0, None),
        ([(3, 10)], -1, None),
        ([], 5, None),
    ],
)
def test_a_draw_ends_in_the_bucket_where_the_sum_reaches_its_target(
    sums: list[tuple[int, int]], target: int, expected: tuple[int, int] | None
) -> None:
    assert cut_bucket(sums, target) == expected


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
