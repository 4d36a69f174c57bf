"""The UDFs of models against the libraries and the server they call: the same rows, threads and batches, in turns.

``python -m tests.benchmarks.models`` in the environment of ``make models``; on a machine with a GPU, in an environment
with Spark and the libraries: ``--device cuda --generator FOLDER --embedder FOLDER --batch 256``. Each figure is the
steady part: both sides have loaded their model and done all rows once before. On one core of Spark, one worker computes
with as many threads as the bare library. `idle_seconds` of it are Spark's own: the same rows through a function that
does nothing; `ratio_of_steady` leaves them out.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from deploy.setup_models import EMBEDDER, GENERATOR
from etl.session import REQUIRED_CONF
from tests.benchmarks.bare_models import Work, prompts, texts
from tests.models.server import NAME, running_server
from udfs.embedding import embed
from udfs.generation import complete
from udfs.guarded import Limits
from udfs.models.base import GenerationParams, ModelSpec

_LIMITS: Final = Limits(1800, 1800)
_ROOT: Final = Path(__file__).resolve().parents[2]
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_KINDS: Final = ("generation", "embedding", "server")
# Rounds ask the same again, and none may be answered from a cache. On a GPU each of two engines takes its part of the
# memory; on a CPU nothing is compiled, which takes minutes.
_ALWAYS: Final[dict[str, Any]] = {"enable_prefix_caching": False}
_OF_DEVICE: Final[dict[str, dict[str, Any]]] = {
    "cpu": {"enforce_eager": True, "kv_cache_memory_bytes": 256 << 20},
    "cuda": {"gpu_memory_utilization": 0.35},
}


def main() -> None:
    arguments = parsed()
    figures: dict[str, Any] = {"cores": os.cpu_count(), "threads": arguments.threads}
    with session() as spark:
        for kind in arguments.only or _KINDS:
            work = work_of(kind, arguments)
            with server_of(work, arguments) if kind == "server" else nullcontext(work.model) as model:
                figures[kind] = compare(spark, replace(work, model=model), arguments.rounds)
    figures["load_average"] = os.getloadavg()[0]
    print(json.dumps(figures, indent=2))


def session() -> SparkSession:
    """Return a session without Delta, which a machine with a GPU may lack; one core: one worker, so one engine."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master("local[1]").appName("bench").config("spark.ui.enabled", "false")
    for key, value in {"spark.executorEnv.PYTHONPATH": str(_ROOT), "spark.log.level": "ERROR", **REQUIRED_CONF}.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=_KINDS, action="append")
    parser.add_argument("--prompts", type=int, default=256)
    parser.add_argument("--texts", type=int, default=4096)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--device", choices=tuple(_OF_DEVICE), default="cpu")
    parser.add_argument("--engine", choices=("vllm", "transformers"), default="vllm", help="of generation")
    parser.add_argument("--generator", default=str(GENERATOR), help="folder of the model that writes")
    parser.add_argument("--embedder", default=str(EMBEDDER), help="folder of the model that makes vectors")
    parser.add_argument("--dtype", default="bfloat16", help="of the model that writes")
    parser.add_argument("--embedder-dtype", default="auto")
    parser.add_argument("--threads", type=int, default=2, help="of an engine on a CPU")
    parser.add_argument("--batch", type=int, default=32, help="prompts the engine computes at once")
    parser.add_argument("--embedder-batch", type=int, default=64, help="texts it computes at once")
    parser.add_argument("--new-tokens", type=int, default=24)
    parser.add_argument("--context-tokens", type=int, default=1024)
    parser.add_argument("--concurrency", type=int, default=16, help="requests to the server at once")
    parser.add_argument("--argument", action="append", default=[], metavar="NAME=JSON", help="a further one of vLLM")
    return parser.parse_args()


def work_of(kind: str, given: argparse.Namespace) -> Work:
    vllm = {**_ALWAYS, **_OF_DEVICE[given.device], "max_num_seqs": given.batch}
    vllm |= {name: json.loads(value) for name, _, value in (each.partition("=") for each in given.argument)}
    engine = {"generation": given.engine, "embedding": "sentence_transformers", "server": "openai_server"}[kind]
    embedding = kind == "embedding"
    return Work(
        kind=kind,
        engine=engine,
        model=given.embedder if embedding else given.generator,
        n=given.texts if embedding else given.prompts,
        device=given.device,
        dtype=given.embedder_dtype if embedding else given.dtype,
        batch=given.embedder_batch if embedding else given.batch,
        threads=given.threads,
        new_tokens=given.new_tokens,
        context_tokens=given.context_tokens,
        concurrency=given.concurrency,
        arguments=vllm if engine == "vllm" else {},
    )


def server_of(work: Work, given: argparse.Namespace) -> Any:
    of_device = ["--dtype", work.dtype]
    if work.device == "cuda":
        of_device += ["--gpu-memory-utilization", str(_OF_DEVICE["cuda"]["gpu_memory_utilization"])]
    return running_server(Path(work.model), work.concurrency, given.threads, of_device)


def udf_of(spark: SparkSession, work: Work) -> Callable[[], int]:
    """Return what lets the UDF do all rows, and counts them or the tokens they came to."""
    spec = spec_of(work)
    if work.kind == "embedding":
        return embed(rows_of(spark, work), spec).filter(F.size("vector") > 0).count
    rows = rows_of(spark, work)
    batch = work.n if work.kind == "server" else work.batch
    params = GenerationParams(max_new_tokens=work.new_tokens)
    return lambda: tokens(complete(rows, spec, params, batch_size=batch, limits=_LIMITS))


def rows_of(spark: SparkSession, work: Work) -> DataFrame:
    if work.kind == "embedding":
        return spark.createDataFrame([(text,) for text in texts(work.n)], "text string").coalesce(1)
    asked = [(None, text) for text in prompts(work.n)]
    return spark.createDataFrame(asked, "system string, prompt string").coalesce(1)


def idle_seconds(spark: SparkSession, work: Work) -> float:
    """Return what Spark takes to schedule the job, and to send the rows to a worker and back."""
    rows, seconds = rows_of(spark, work), []
    for _ in range(3):
        began = time.perf_counter()
        rows.mapInArrow(_as_they_are, rows.schema).agg(F.count("*")).collect()
        seconds.append(time.perf_counter() - began)
    # The first one starts the worker.
    return min(seconds)


def _as_they_are(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    yield from batches


def spec_of(work: Work) -> ModelSpec:
    given: dict[str, Any] = {"threads": work.threads, "context_tokens": work.context_tokens, **work.arguments}
    name = work.model
    if work.kind == "embedding":
        given = {"threads": work.threads, "device": work.device, "batch_size": work.batch}
    elif work.kind == "server":
        given = {"url": work.model, "concurrency": work.concurrency, "timeout_seconds": 600.0}
        name = NAME
    elif work.engine == "transformers":
        given["device"] = work.device
    return ModelSpec(work.engine, name, "", work.dtype, tuple(sorted(given.items())))


def tokens(made: DataFrame) -> int:
    found = made.agg(F.sum("completion_tokens"), F.count("error"), F.max("error")).first()
    assert found is not None and found[1] == 0, found
    return int(found[0])


def compare(spark: SparkSession, work: Work, rounds: int) -> dict[str, Any]:
    """Let both sides do all rows in turns; return units a second, and the UDF's share of the bare ones."""
    command = [sys.executable, "-m", "tests.benchmarks.bare_models", work.canonical()]
    with (
        tempfile.TemporaryFile("w+") as log,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, cwd=_ROOT
        ) as process,
    ):
        assert process.stdin and process.stdout
        told_first = process.stdout.readline()
        if not told_first:
            log.seek(0)
            sys.exit(f"the library alone did not come up:\n{log.read()[-5000:]}")
        loaded = json.loads(told_first)
        assert loaded["device"] == work.device, f"the library here runs on {loaded['device']}"
        udf, idle = udf_of(spark, work), idle_seconds(spark, work)
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
            print(
                f"{work.kind} {number}: bare {told['seconds']:.2f} s, UDF {seconds:.2f} s", file=sys.stderr, flush=True
            )
            if number:
                each.append(
                    {
                        "bare": told["units"] / told["seconds"], "udf": units / seconds,
                        "steady": units / (seconds - idle),
                        "bare_cpu": told["units"] / told["cpu"], "udf_cpu": units / max(cpu, 1e-9),
                    }
                )  # fmt: skip
        process.stdin.close()
    middle = {name: statistics.median(one[name] for one in each) for name in each[0]}
    return {
        "bare_per_second": round(middle["bare"], 1),
        "udf_per_second": round(middle["udf"], 1),
        "ratio": round(statistics.median(one["udf"] / one["bare"] for one in each), 3),
        "ratio_of_steady": round(statistics.median(one["steady"] / one["bare"] for one in each), 3),
        "ratio_of_cpu": round(statistics.median(one["udf_cpu"] / one["bare_cpu"] for one in each), 3),
        "idle_seconds": round(idle, 2),
        "load_seconds_bare": round(loaded["load_seconds"], 1),
        "first_pass_seconds_udf": round(first, 1),
        "loads_in_worker": worker(spark)["loads"],
        "device": loaded["device"],
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
