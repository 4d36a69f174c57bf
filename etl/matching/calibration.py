"""Calibration: which threshold an encoder needs, by documents and descriptions that are known to fit or not to fit.

The threshold of the source, 0.865, belongs to its own encoder; for any other the same number means something else.
"""

from collections.abc import Sequence
from typing import NamedTuple


class Point(NamedTuple):
    """What a threshold would do: the share of matches that are right, and of right ones that are found."""

    threshold: float
    precision: float
    recall: float
    matches: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def points(scores: Sequence[float], labels: Sequence[bool], thresholds: Sequence[float]) -> list[Point]:
    """Return what each threshold would do; a score counts as a match when it is above it.

    >>> points([0.9, 0.8, 0.3], [True, False, True], [0.5])
    [Point(threshold=0.5, precision=0.5, recall=0.5, matches=2)]
    """
    n_right = sum(labels)
    found = []
    for threshold in thresholds:
        matched = [label for score, label in zip(scores, labels, strict=True) if score > threshold]
        right = sum(matched)
        precision = right / len(matched) if matched else 1.0
        found.append(Point(threshold, precision, right / n_right if n_right else 0.0, len(matched)))
    return found


def advised(found: Sequence[Point], min_precision: float) -> Point | None:
    """Return the point with the most recall among those that are precise enough; None where there is none.

    Of equally good ones it is that with the highest threshold: it matches least that was not labelled.
    """
    fit = [each for each in found if each.precision >= min_precision and each.matches]
    return max(fit, key=lambda each: (each.recall, each.threshold), default=None)
