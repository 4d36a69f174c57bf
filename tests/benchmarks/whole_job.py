"""The whole job against an identity copy of the same files, in one session: ``make bench``.

The copy reads the files with Spark and writes one Delta table. The job is the shipped configuration with the corpus
as its source, every table and the report written. Both run in turn, so that a noisy machine hits both alike.
"""

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from pyspark.sql import SparkSession

from etl.commands.run import execute
from etl.config.load import Loaded, load_config
from etl.report.progress import Progress
from etl.session import package_versions, spark_session

SHIPPED = Path(__file__).resolve().parents[2] / "conf" / "pipeline.yaml"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("INSTRUCTLAKE_DATA")
    parser.add_argument("--corpus", default=f"{default}/corpus/*-of-*.jsonl.gz" if default else None)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, help="write the figures as JSON")
    arguments = parser.parse_args()
    if arguments.corpus is None:
        parser.error("name the files with --corpus, or their folder with INSTRUCTLAKE_DATA")
    folder = Path(tempfile.mkdtemp(prefix="instructlake-bench-"))
    try:
        with spark_session("bench") as spark, peak_of_workers() as peak:
            figures = measure(spark, arguments.corpus, folder, arguments.rounds)
        figures["largest_python_worker_mb"] = round(peak() / 1e6)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    text = json.dumps(figures, indent=2)
    print(text)
    if arguments.out:
        arguments.out.write_text(text + "\n")


def measure(spark: SparkSession, corpus: str, folder: Path, rounds: int) -> dict[str, object]:
    copies, jobs = [], []
    stages: list[dict[str, float]] = []
    for number in range(rounds + 1):  # the first round warms up the JVM for both and does not count
        copies.append(timed(lambda at=number: copy(spark, corpus, folder / f"copy-{at}")))
        lake = folder / f"lake-{number}"
        loaded = load_config(
            SHIPPED, env=None, overrides=[f"input.sources.0.path={corpus}", f"output.root={lake}"], cwd=Path.cwd()
        )
        jobs.append(timed(lambda config=loaded: job(spark, config)))
        stats = spark.read.format("delta").load(f"{lake}/stage_stats").select("stage", "seconds").collect()
        stages.append({row["stage"]: round(row["seconds"], 1) for row in stats})
        print(f"round {number}: copy {copies[-1]:.1f} s, job {jobs[-1]:.1f} s, {stages[-1]}", flush=True)
    return {
        "machine": f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores",
        "packages": package_versions(),
        "load_average": os.getloadavg()[0],
        "driver_heap": spark.conf.get("spark.driver.memory", "1g"),
        "copy_seconds": [round(value, 2) for value in copies[1:]],
        "job_seconds": [round(value, 2) for value in jobs[1:]],
        "cold_copy_and_job_seconds": [round(copies[0], 2), round(jobs[0], 2)],
        "stage_seconds": stages[1:],
        "job_per_copy": round(statistics.median(j / c for j, c in zip(jobs[1:], copies[1:], strict=True)), 2),
        "driver_max_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def copy(spark: SparkSession, corpus: str, out: Path) -> None:
    spark.read.json(corpus).write.format("delta").save(str(out))


def job(spark: SparkSession, loaded: Loaded) -> None:
    execute(spark, loaded, progress=Progress(quiet=True))


@contextmanager
def peak_of_workers():
    """Sample the largest resident Python worker of this machine twice a second."""
    peak = 0
    ended = threading.Event()

    def sample() -> None:
        nonlocal peak
        while not ended.wait(0.5):
            for status in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    if b"pyspark" in status.read_bytes() and b"daemon" in status.read_bytes():
                        pages = int(status.with_name("statm").read_text().split()[1])
                        peak = max(peak, pages * resource.getpagesize())
                except (OSError, IndexError):
                    continue

    thread = threading.Thread(target=sample, daemon=True)
    thread.start()
    try:
        yield lambda: peak
    finally:
        ended.set()
        thread.join()


if __name__ == "__main__":
    main()
