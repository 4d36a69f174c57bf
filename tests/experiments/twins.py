"""Trains and measures all runs: ``python -m tests.experiments.twins --data FOLDER``."""

import argparse
import json
import os
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from tests.experiments.data import held_out, training_text
from tests.experiments.plan import PAIRS, RATIOS, folder_of, runs

RESULTS = "results.jsonl"


class Budget(NamedTuple):
    """What a run may use: windows of bytes it sees, and what it computes on."""

    steps: int = 400
    batch: int = 8
    threads: int = 2
    device: str = "cpu"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="what tests.experiments.prepare wrote")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=Budget().steps)
    parser.add_argument("--batch", type=int, default=Budget().batch, help="windows a step")
    parser.add_argument("--threads", type=int, default=Budget().threads, help="another number: other last digits")
    parser.add_argument("--device", default=Budget().device, help="cpu, or a GPU such as cuda")
    parser.add_argument("--jobs", type=int, default=1, help="runs side by side, each with as many threads")
    arguments = parser.parse_args()
    budget = Budget(arguments.steps, arguments.batch, arguments.threads, arguments.device)
    experiment(arguments.data, arguments.seeds, budget, arguments.jobs)


def experiment(data: Path, seeds: int, budget: Budget, jobs: int = 1, **shape: int) -> list[dict[str, Any]]:
    """Do the runs whose results are not there yet, and return the results of all, in the order of their ends."""
    results = data / RESULTS
    known = [json.loads(line) for line in results.read_text().splitlines()] if results.exists() else []
    done = {(each["ratio"], each["twin"], each["seed"]) for each in known if _used(each) == budget}
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool, results.open("a") as file:
        wanted = [run for run in runs(seeds) if run not in done]
        for row in as_completed([pool.submit(_do, data, *run, budget, shape) for run in wanted]):
            known.append(row.result())
            file.write(json.dumps(known[-1]) + "\n")
            file.flush()
            print(json.dumps(known[-1]), flush=True)
    return known


def _used(row: dict[str, Any]) -> Budget:
    return Budget(*(row[name] for name in Budget._fields))


def _do(data: Path, ratio: int, twin: str, seed: int, budget: Budget, shape: dict[str, int]) -> dict[str, Any]:
    # Read when CUDA's library of matrices is loaded: without it, its results are not the same twice.
    os.environ["CUBLAS_WORKSPACE_CONFIG"] = ":4096:8"
    import torch

    from tests.experiments.measures import measure
    from tests.experiments.model import train

    torch.set_num_threads(budget.threads)
    began = time.perf_counter()
    text = training_text(data / folder_of(ratio, twin))
    model = train(text, seed, _steps(data, ratio, twin, text, budget), budget.batch, device=budget.device, **shape)
    # Of the largest share, so that there are as many held-out pairs as can be.
    measured = measure(model, *held_out(data / folder_of(RATIOS[-1], "mixture"), data / PAIRS))
    row = {"ratio": ratio, "twin": twin, "seed": seed, **budget._asdict(), **measured._asdict()}
    return {**row, "seconds": round(time.perf_counter() - began, 1)}


def _steps(data: Path, ratio: int, twin: str, text: bytes, budget: Budget) -> int:
    """Return the steps of a run: fewer where its text is shorter, as nothing stands in the place of the pairs."""
    if twin != "without_pairs":
        return budget.steps
    return round(budget.steps * len(text) / len(training_text(data / folder_of(ratio, "mixture"))))


if __name__ == "__main__":
    main()
