"""A threshold is chosen by what it does to labelled examples."""

from etl.matching.calibration import Point, advised, points

SCORES = [0.9, 0.8, 0.7, 0.6]
LABELS = [True, True, False, True]


def test_each_threshold_has_its_precision_and_recall() -> None:
    assert points(SCORES, LABELS, [0.5, 0.75, 0.95]) == [
        Point(0.5, 0.75, 1.0, 4),
        Point(0.75, 1.0, 2 / 3, 2),
        Point(0.95, 1.0, 0.0, 0),
    ]


def test_the_advice_is_the_most_recall_that_is_precise_enough() -> None:
    found = points(SCORES, LABELS, [0.5, 0.55, 0.75, 0.85, 0.95])
    assert advised(found, 0.9) == Point(0.75, 1.0, 2 / 3, 2)
    assert advised(found, 0.7) == Point(0.55, 0.75, 1.0, 4)
    assert advised(points([0.9], [False], [0.5]), 0.5) is None


def test_the_harmonic_mean_of_nothing_is_nothing() -> None:
    assert Point(0.5, 1.0, 0.5, 3).f1 == 2 / 3
    assert Point(0.5, 0.0, 0.0, 3).f1 == 0.0
