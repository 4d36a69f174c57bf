"""How much of each stream a mixture takes, and where the draw is cut."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.config.mixture import MixtureConfig
from etl.mixture.plan import NO_FALLBACK, NO_PAIRS, NO_RAW, Draw, SplitPlan, plan_split
from etl.mixture.shares import INSTRUCTION, RAW, Taken, shares_of
from tests.unit.mixture.rows import ROWS, Row, taken

WHOLE, NONE = Draw(1, 0), Draw(0, 0)
RATIOS = st.one_of(st.floats(0.01, 0.10), st.floats(0.001, 0.999))
FALLBACKS = st.sampled_from(["lower_ratio", "drop_raw", "repeat"])


def mixture(ratio: float, **fields: Any) -> MixtureConfig:
    return MixtureConfig(ratio=ratio, allow_any_ratio=True, splits={}, **fields)


@pytest.mark.parametrize(
    ("raw", "pairs", "fields", "expected"),
    [
        pytest.param(950, 20, {"ratio": 0.0}, (WHOLE, NONE, NO_FALLBACK), id="ratio_0_is_raw_only"),
        pytest.param(950, 20, {"ratio": 1.0}, (NONE, WHOLE, NO_FALLBACK), id="ratio_1_is_pairs_only"),
        pytest.param(950, 0, {"ratio": 1.0}, (NONE, WHOLE, NO_PAIRS), id="ratio_1_without_pairs"),
        pytest.param(950, 0, {"ratio": 0.05}, (WHOLE, NONE, NO_PAIRS), id="no_pairs"),
        pytest.param(0, 0, {"ratio": 0.05}, (WHOLE, NONE, NO_FALLBACK), id="nothing_at_all"),
        pytest.param(0, 20, {"ratio": 0.05}, (WHOLE, NONE, NO_RAW), id="no_raw_needs_no_pairs"),
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
        pytest.param(950, 200, {"ratio": 0.05, "total": 100}, (Draw(0, 95), Draw(0, 5), "none"), id="within_a_total"),
        pytest.param(
            19, 9, {"ratio": 0.05, "total": 100}, (WHOLE, Draw(0, 1), "lower_total"), id="less_raw_than_the_total_needs"
        ),
        pytest.param(
            950, 2, {"ratio": 0.05, "total": 100}, (Draw(0, 98), WHOLE, "lower_ratio"), id="raw_fills_a_total"
        ),
        pytest.param(
            97, 2, {"ratio": 0.05, "total": 100}, (WHOLE, WHOLE, "lower_ratio+lower_total"), id="raw_cannot_fill_it"
        ),
        pytest.param(
            950,
            2,
            {"ratio": 0.05, "total": 100, "when_short": "drop_raw"},
            (Draw(0, 38), WHOLE, "drop_raw+lower_total"),
            id="drop_raw_keeps_the_ratio_of_a_smaller_total",
        ),
        pytest.param(
            950,
            2,
            {"ratio": 0.05, "total": 100, "when_short": "repeat"},
            (Draw(0, 95), Draw(2, 1), "repeat"),
            id="repeat_within_a_total",
        ),
        pytest.param(50, 9, {"ratio": 0.0, "total": 40}, (Draw(0, 40), NONE, "none"), id="raw_only_within_a_total"),
        pytest.param(30, 9, {"ratio": 0.0, "total": 40}, (WHOLE, NONE, "lower_total"), id="raw_only_below_a_total"),
        pytest.param(50, 9, {"ratio": 1.0, "total": 5}, (NONE, Draw(0, 5), "none"), id="pairs_only_within_a_total"),
        pytest.param(50, 9, {"ratio": 1.0, "total": 40}, (NONE, WHOLE, "lower_total"), id="pairs_only_below_a_total"),
        pytest.param(
            50,
            9,
            {"ratio": 1.0, "total": 40, "when_short": "repeat", "max_repetition": 2},
            (NONE, Draw(2, 0), "repeat+lower_total"),
            id="pairs_only_repeated_below_a_total",
        ),
    ],
)
def test_a_split_takes_of_its_streams_what_the_ratio_asks_for(
    raw: int, pairs: int, fields: dict[str, Any], expected: tuple[Draw, Draw, str]
) -> None:
    of_raw, of_pairs, fallback = expected
    assert plan_split(raw, pairs, mixture(**fields)) == SplitPlan(of_raw, of_pairs, fields["ratio"], fallback)


TOTALS = st.one_of(st.none(), st.integers(1, 10**15))


@given(st.integers(0, 10**15), st.integers(0, 10**15), st.floats(0, 1), FALLBACKS, st.integers(1, 100), TOTALS)
def test_no_row_is_planned_more_often_than_allowed_and_no_total_exceeded(
    raw: int, pairs: int, ratio: float, when_short: str, most: int, total: int | None
) -> None:
    plan = plan_split(raw, pairs, mixture(ratio, when_short=when_short, max_repetition=most, total=total))
    for draw, supply in ((plan.raw, raw), (plan.pairs, pairs)):
        assert draw.copies >= 0
        assert 0 <= draw.target <= supply
        # A draw of all there is in part is one copy too, so it counts as one.
        assert draw.copies + (draw.target > 0) <= (most if draw is plan.pairs and when_short == "repeat" else 1)
    units = plan.raw.units(raw) + plan.pairs.units(pairs)
    if total is not None:
        # Two roundings, of the pairs and of what they leave.
        assert units <= total + 1
        if "lower_total" not in plan.fallback and plan.fallback not in (NO_PAIRS, NO_RAW) and raw + pairs:
            assert units >= total - 1


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
    units = _units(rows)
    return Taken("train", source, stream, len(rows), units, len(drawn), _units(drawn), largest, float(units))


def _units(rows: list[Row]) -> int:
    return sum(units for _, _, units in rows)
