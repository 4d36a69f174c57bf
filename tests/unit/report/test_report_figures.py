from datetime import UTC, datetime

import pytest

from etl.report.figures import count, duration, moment, points, share


@pytest.mark.parametrize(("number", "written"), [(0, "0"), (999, "999"), (1234567, "1,234,567")])
def test_counts_have_thousands_separators(number, written):
    assert count(number) == written


@pytest.mark.parametrize(
    ("part", "written"),
    [(0, "0.000%"), (0.04987, "4.987%"), (0.1, "10.00%"), (0.95013, "95.01%"), (1, "100.00%")],
)
def test_shares_have_three_decimals_below_ten_per_cent_and_two_above(part, written):
    assert share(part) == written


@pytest.mark.parametrize(
    ("difference", "written"), [(0.0188, "+1.880"), (-0.0003, "−0.030"), (0.0, "0.000"), (-0.000001, "0.000")]
)
def test_points_have_a_sign_unless_they_round_to_nothing(difference, written):
    assert points(difference) == written


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0.04, "0.0 s"),
        (59.94, "59.9 s"),
        (59.96, "1 min 0 s"),
        (187, "3 min 7 s"),
        (3599.6, "1 h 0 min"),
        (7500, "2 h 5 min"),
    ],
)
def test_durations_are_written_in_two_units(seconds, written):
    assert duration(seconds) == written


def test_a_moment_names_its_time_zone_where_it_has_one():
    assert moment(datetime(2025, 1, 2, 3, 4, 5)) == "2025-01-02 03:04:05"
    assert moment(datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)) == "2025-01-02 03:04:05 UTC"
