"""Draws what the runs came to, with the spread of the seeds: ``python -m tests.experiments.figure --data FOLDER``.

Where runs of several budgets are in one file, ``--device`` says which ones are drawn, to a file of its name.
"""

import argparse
import json
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.experiments.plan import RATIOS, TWINS
from tests.experiments.twins import RESULTS

_PANELS = {
    "answer_nats": "loss of the answer, nats a byte",
    "question_gain": "gain from the question, nats a byte",
    "format_accuracy": "questions answered in form",
    "raw_nats": "loss of raw text, nats a byte",
}
_NAMES = {"mixture": "with pairs", "without_pairs": "without them", "raw_only": "raw text in their place"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--device", help="draw only the runs that were computed there")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in (arguments.data / RESULTS).read_text().splitlines()]
    name = "figure.svg" if arguments.device is None else f"figure-{arguments.device}.svg"
    draw([row for row in rows if arguments.device in {None, row["device"]}], arguments.data / name)


def draw(rows: Sequence[dict[str, Any]], out: Path) -> None:
    """Write the figure: a panel a measure, mean and standard deviation of the seeds."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    figure, panels = plt.subplots(2, 2, figsize=(9, 6), layout="constrained", sharex=True)
    for panel, (name, label) in zip(panels.flat, _PANELS.items(), strict=True):
        for twin in TWINS:
            points = [(ratio, values) for ratio in RATIOS if (values := values_of(rows, name, ratio, twin))]
            means = [statistics.mean(values) for _, values in points]
            spread = [statistics.stdev(values) if len(values) > 1 else 0.0 for _, values in points]
            ratios = [ratio for ratio, _ in points]
            panel.errorbar(ratios, means, spread, marker="o", capsize=3, label=_NAMES[twin])
        panel.set_ylabel(label)
        panel.set_xticks(sorted({row["ratio"] for row in rows}))
    for panel in panels[1]:
        panel.set_xlabel("share of pairs, per cent of the tokens")
    panels[0][0].legend()
    figure.savefig(out, metadata={"Date": None})
    plt.close(figure)


def values_of(rows: Sequence[dict[str, Any]], name: str, ratio: int, twin: str) -> list[float]:
    """Return a measure of all seeds; without pairs all twins are the same."""
    return [row[name] for row in rows if row["ratio"] == ratio and (row["twin"] == twin or ratio == 0)]


if __name__ == "__main__":
    main()
