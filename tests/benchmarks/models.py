"""The UDFs of models against the libraries and the server they call: the same rows, threads and batches, in turns.

``python -m tests.benchmarks.models`` in the environment of ``make models``. Each figure is the steady part: both sides
have done all rows once before. On one core of Spark, one worker computes with as many threads as the bare library.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from deploy.setup_models import EMBEDDER, GENERATOR
from etl.session import spark_session
from tests.benchmarks.bare_models import (
    BATCH,
    CONCURRENCY,
    CONTEXT_TOKENS,
    NEW_TOKENS,
    THREADS,
    VLLM,
    prompts,
    texts,
)
from tests.models.server import NAME, running_server
from udfs.embedding import embed_udf
from udfs.generation import complete
from udfs.guarded import Limits
from udfs.models.base import GenerationParams, ModelSpec

_PARAMS = GenerationParams(max_new_tokens=NEW_TOKENS)
_LIMITS = Limits(1800, 1800)
_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prompts", type=int, default=256)
    parser.add_argument("--texts", type=int, default=4096)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=("generation", "embedding", "server"), action="append")
    arguments = parser.parse_args()
    wanted = arguments.only or ["generation", "embedding", "server"]
    rounds, figures = arguments.rounds, {"cores": os.cpu_count(), "threads": THREADS}
    # One core of Spark: one worker, so one engine.
    os.environ["PYSPARK_SUBMIT_ARGS"] = "--master local[1] pyspark-shell"
    with spark_session("bench") as spark:
        if "generation" in wanted:
            n, rows = arguments.prompts, asked(spark, arguments.prompts)
            spec = ModelSpec("vllm", str(GENERATOR), "", "bfloat16", _arguments(context_tokens=CONTEXT_TOKENS, **VLLM))
            figures["generation"] = compare(
                spark, ("generation", str(GENERATOR), n), lambda: tokens(rows, spec, BATCH), rounds
            )
        if "embedding" in wanted:
            n, frame = (
                arguments.texts,
                spark.createDataFrame([(text,) for text in texts(arguments.texts)], "text string"),
            )
            embed = embed_udf(ModelSpec("sentence_transformers", str(EMBEDDER), arguments=_arguments()))
            embedded = frame.coalesce(1).select(F.size(embed("text")).alias("size"))
            figures["embedding"] = compare(
                spark, ("embedding", str(EMBEDDER), n), lambda: embedded.filter("size = 384").count(), rounds
            )
        if "server" in wanted:
            n, rows = arguments.prompts, asked(spark, arguments.prompts)
            with running_server(GENERATOR, CONCURRENCY, THREADS) as url:
                given = {"url": url, "concurrency": CONCURRENCY, "timeout_seconds": 600.0}
                spec = ModelSpec("openai_server", NAME, arguments=tuple(sorted(given.items())))
                figures["server"] = compare(spark, ("server", url, n), lambda: tokens(rows, spec, n), rounds)
    figures["load_average"] = os.getloadavg()[0]
    print(json.dumps(figures, indent=2))


def _arguments(**given: Any) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted({"threads": THREADS, **given}.items()))


def asked(spark: SparkSession, n: int) -> DataFrame:
    rows = [(None, text) for text in prompts(n)]
    return spark.createDataFrame(rows, "system string, prompt string").coalesce(1)


def tokens(rows: DataFrame, spec: ModelSpec, batch_size: int) -> int:
    made = complete(rows, spec, _PARAMS, batch_size=batch_size, limits=_LIMITS)
    found = made.agg(F.sum("completion_tokens"), F.count("error"), F.max("error")).first()
    assert found is not None and found[1] == 0, found
    return int(found[0])


def compare(spark: SparkSession, bare: tuple[str, str, int], udf: Callable[[], int], rounds: int) -> dict[str, Any]:
    """Let both sides do all rows in turns; return units a second, and the UDF's share of the bare ones."""
    kind, what, n = bare
    command = [sys.executable, "-m", "tests.benchmarks.bare_models", kind, what, str(n)]
    quiet = {"stderr": subprocess.DEVNULL, "cwd": Path(__file__).resolve().parents[2]}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **quiet) as process:
        assert process.stdin and process.stdout
        loaded = json.loads(process.stdout.readline())
        began = time.perf_counter()
        udf()
        first = time.perf_counter() - began
        each: list[dict[str, float]] = []
        for number in range(rounds + 1):
            process.stdin.write("\n")
            process.stdin.flush()
            told = json.loads(process.stdout.readline())
            began, cpu = time.perf_counter(), worker_cpu(spark)
            units = udf()
            seconds, cpu = time.perf_counter() - began, worker_cpu(spark) - cpu
            if number:
                each.append(
                    {
                        "bare": told["units"] / told["seconds"], "udf": units / seconds,
                        "bare_cpu": told["units"] / told["cpu"], "udf_cpu": units / max(cpu, 1e-9),
                    }
                )  # fmt: skip
        process.stdin.close()
    middle = {name: statistics.median(one[name] for one in each) for name in each[0]}
    return {
        "bare_per_second": round(middle["bare"], 1),
        "udf_per_second": round(middle["udf"], 1),
        "ratio": round(statistics.median(one["udf"] / one["bare"] for one in each), 3),
        "ratio_of_cpu": round(statistics.median(one["udf_cpu"] / one["bare_cpu"] for one in each), 3),
        "load_seconds_bare": round(loaded["load_seconds"], 1),
        "first_pass_seconds_udf": round(first, 1),
        "loads_in_worker": worker(spark)["loads"],
    }


def worker(spark: SparkSession) -> dict[str, Any]:
    """Return what the worker says of itself; with one core there is one."""
    # Not first(): a task that is not read to its end costs the worker, and with it the model.
    (row,) = spark.range(1).coalesce(1).mapInArrow(_of_itself, "pid long, loads string").collect()
    return {"pid": row["pid"], "loads": json.loads(row["loads"])}


def worker_cpu(spark: SparkSession) -> float:
    """Return the seconds of CPU the worker has used."""
    fields = Path(f"/proc/{worker(spark)['pid']}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _of_itself(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    from udfs.models.loading import LOADS

    list(batches)
    loads = json.dumps({f"{spec.engine}": count for spec, count in LOADS.items()})
    yield pa.RecordBatch.from_pydict({"pid": [os.getpid()], "loads": [loads]})


if __name__ == "__main__":
    main()
