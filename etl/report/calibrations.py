"""What thresholds would do to labelled examples, as a table for a terminal or a log."""

from collections.abc import Sequence

from etl.matching.calibration import Point


def calibration_text(points: Sequence[Point], advice: Point | None, min_precision: float) -> str:
    """Return a line for each threshold, and the one that is advised."""
    lines = ["threshold  precision  recall     f1  matches"]
    lines += [
        f"{each.threshold:9.3f}  {each.precision:9.3f}  {each.recall:6.3f}  {each.f1:5.3f}  {each.matches:7,}"
        for each in points
    ]
    if advice is None:
        lines += [
            "",
            f"No threshold has a precision of {min_precision:g}: the encoder cannot tell these examples apart.",
        ]
    else:
        lines += [
            "",
            f"generate.fine_instructions.threshold: {advice.threshold:.3f} has the most recall of those with a "
            f"precision of {min_precision:g}.",
        ]
    return "\n".join(lines) + "\n"
