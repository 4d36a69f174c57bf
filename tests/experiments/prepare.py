"""Runs the job at each ratio and exports its twins: ``python -m tests.experiments.prepare --config F --out FOLDER``."""

import argparse
import subprocess
import sys
from pathlib import Path

from tests.experiments.plan import PAIRS, RATIOS, TWINS, folder_of

_TABLES = {"mixture": "mixture", "without_pairs": "mixture_without_pairs", "raw_only": "mixture_raw_only"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    for ratio in RATIOS:
        changes = {
            "output.root": str((arguments.out / f"lake-{ratio}").resolve()),
            "mixture.ratio": ratio / 100,
            "mixture.allow_any_ratio": "true",
            # Where pairs run short all ratios are still met, and the raw rows stay those of the other runs.
            "mixture.when_short": "repeat",
            "mixture.max_repetition": 100,
            "mixture.splits": "{validation: 0.1}",
            "mixture.twins": "true",
        }
        settings = ["--set", *(f"{key}={value}" for key, value in changes.items())]
        command = [sys.executable, "-m", "etl.main", "{}", "--config", str(arguments.config), *settings]
        call(command, "run")
        for twin in TWINS:
            if ratio or twin == "mixture":
                export(command, _TABLES[twin], arguments.out / folder_of(ratio, twin))
    export(command, "pairs", arguments.out / PAIRS)


def export(command: list[str], table: str, out: Path) -> None:
    # A killed export is done again by the same command.
    if not (out / "_SUCCESS").exists():
        call(command, "export", "--table", table, "--format", "parquet", "--out", str(out), "--shards", "1")


def call(command: list[str], name: str, *more: str) -> None:
    subprocess.run([*(name if part == "{}" else part for part in command), *more], check=True)


if __name__ == "__main__":
    main()
