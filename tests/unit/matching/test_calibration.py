"""A threshold is chosen by what it does to labelled examples."""

from pathlib import Path

import pytest

from etl.errors import ConfigError
from etl.matching.calibration import Point, advised, points
from etl.recipes.labelled_matches import LabelledMatch, read_labelled
from etl.report.calibrations import calibration_text

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


def test_the_table_ends_with_the_advice() -> None:
    found = points(SCORES, LABELS, [0.5, 0.75])
    said = calibration_text(found, advised(found, 0.9), 0.9)
    assert said.splitlines()[1].split() == ["0.500", "0.750", "1.000", "0.857", "4"]
    assert "threshold: 0.750 has the most recall of those with a precision of 0.9" in said
    assert "No threshold has a precision of 1" in calibration_text(found[:1], None, 1.0)


def test_labelled_examples_are_read(tmp_path: Path) -> None:
    path = tmp_path / "labelled.jsonl"
    path.write_text(
        '{"document": "d", "description": "e", "compatible": true}\n'
        '{"document": "d", "description": "f", "compatible": false}\n'
    )
    assert read_labelled(str(path)) == [LabelledMatch("d", "e", True), LabelledMatch("d", "f", False)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"document": "d", "description": "e", "compatible": true}', "all examples are of one kind"),
        ('{"document": "d", "description": "e", "compatible": 1}', "compatible is missing or is none"),
        ('{"document": "", "description": "e", "compatible": true}', "document is missing or is none"),
    ],
)
def test_examples_that_are_wrong_say_why(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "labelled.jsonl"
    path.write_text(content)
    with pytest.raises(ConfigError, match=said):
        read_labelled(str(path))
