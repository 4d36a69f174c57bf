"""Trains and measures all runs, one after the other: ``python -m tests.experiments.twins --data FOLDER``."""

import argparse
import json
import time
from pathlib import Path

from tests.experiments.data import held_out, training_text
from tests.experiments.plan import PAIRS, RATIOS, folder_of, runs

RESULTS = "results.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="what tests.experiments.prepare wrote")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--threads", type=int, default=2, help="another number gives other last digits")
    arguments = parser.parse_args()
    experiment(arguments.data, arguments.seeds, arguments.steps, arguments.threads)


def experiment(data: Path, seeds: int, steps: int, threads: int, **shape: int) -> list[dict[str, object]]:
    """Do the runs whose results are not there yet, and return the results of all."""
    import torch

    from tests.experiments.measures import measure
    from tests.experiments.model import train

    torch.set_num_threads(threads)
    results = data / RESULTS
    known = [json.loads(line) for line in results.read_text().splitlines()] if results.exists() else []
    done = {(each["ratio"], each["twin"], each["seed"], each["steps"]) for each in known}
    # Of the largest share, so that there are as many held-out pairs as can be.
    pairs, raw = held_out(data / folder_of(RATIOS[-1], "mixture"), data / PAIRS)
    for ratio, twin, seed in runs(seeds):
        if (ratio, twin, seed, steps) in done:
            continue
        began = time.perf_counter()
        model = train(training_text(data / folder_of(ratio, twin)), seed, steps, **shape)
        row = {"ratio": ratio, "twin": twin, "seed": seed, "steps": steps, **measure(model, pairs, raw)._asdict()}
        known.append({**row, "seconds": round(time.perf_counter() - began, 1)})
        with results.open("a") as file:
            file.write(json.dumps(known[-1]) + "\n")
        print(json.dumps(known[-1]), flush=True)
    return known


if __name__ == "__main__":
    main()
