from dataclasses import replace

import pytest

from etl.report.facts import MixtureRow, StageRow


@pytest.mark.parametrize(
    ("rows_out", "rejected", "not_drawn", "missing"),
    [(60, 30, 10, 0), (60, 30, 9, 1), (60, 30, 12, -2)],
)
def test_what_is_missing_is_in_less_everything_that_is_told(rows_out, rejected, not_drawn, missing):
    assert StageRow("mix", "rows", 100, rows_out, rejected, not_drawn, {}, 1.0).missing == missing


def test_reasons_come_most_frequent_first_and_equal_ones_by_name():
    row = StageRow("parse", "documents", 10, 0, 10, 0, {"b": 2, "c": 6, "a": 2}, 1.0)
    assert row.top_reasons == [("c", 6), ("a", 2), ("b", 2)]


@pytest.mark.parametrize(
    ("achieved", "is_off"), [(0.05, False), (0.051, False), (0.049, False), (0.0512, True), (0.0488, True)]
)
def test_a_share_is_off_beyond_the_tolerance_and_not_at_it(achieved, is_off):
    row = MixtureRow("train", "*", "instruction", 0.05, 0.05, "tokens", 0.001, "", 1, 1)
    assert replace(row, achieved=achieved).is_off is is_off
