"""How long it takes to mix ten million light rows, and to count words against handing rows through Python.

``python -m tests.benchmarks.mixing``; the rows are written once as Parquet, then planned, drawn and written.
"""

import argparse
import json
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from etl.config.mixture import MixtureConfig
from etl.mixture.shares import INSTRUCTION, shares_of
from etl.session import spark_session
from etl.stages.expressions import count_words as spark_words
from etl.stages.mix import mix, offer, plan, take, tally
from etl.text.words import count_words

_PAIRS_PER_DOCUMENT = 0.25
_TEXT = "Rows of the benchmark are light: some words, no more. "


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--counted", type=int, default=50_000, help="documents of 5,000 characters to count words of")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="instructlake-bench-"))
    try:
        with spark_session("bench") as spark:
            figures = {
                **measure_mixing(spark, folder, arguments.rows),
                **measure_words(spark, folder, arguments.counted),
            }
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    figures["cores"] = os.cpu_count()
    figures["load_average"] = os.getloadavg()[0]
    figures["driver_max_rss_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(figures, indent=2))


def measure_mixing(spark: SparkSession, folder: Path, rows: int) -> dict[str, object]:
    n_pairs = int(rows * _PAIRS_PER_DOCUMENT / (1 + _PAIRS_PER_DOCUMENT))
    documents = described(spark.range(rows - n_pairs), "doc_id").withColumns(
        {"text": F.lit(_TEXT), "has_chat_token": F.lit(False)}
    )
    pairs = described(spark.range(n_pairs), "pair_id").withColumns(
        {
            "doc_id": F.md5(F.col("id").cast("string")),
            "rule": F.lit("faq"),
            "family": F.lit("question_answering"),
            "instruction": F.lit("Why?"),
            "response": F.lit(_TEXT),
            "context": F.lit(None).cast("string"),
            "evidence": F.lit(None).cast("array<struct<start:int,end:int>>"),
        }
    )
    for name, frame in (("documents", documents), ("pairs", pairs)):
        frame.write.parquet(str(folder / name))
    stored = [spark.read.parquet(str(folder / name)) for name in ("documents", "pairs")]
    config = MixtureConfig(ratio=0.05)
    found: dict[str, object] = {}

    def whole() -> None:
        offered = offer(*stored, config, 42)
        planned = plan(offered, config)
        taken = take(offered, planned)
        tallied = tally(taken)
        mix(taken).write.parquet(str(folder / "mixture"))
        for row in shares_of(tallied, planned.splits, "tokens"):
            if (row.split, row.source, row.stream) == ("train", "*", INSTRUCTION):
                found["achieved"], found["tolerance"] = row.achieved, row.tolerance

    return {"mixed_rows": rows, "mix_wall_and_cpu_seconds": timed(whole), **found}


def described(rows: DataFrame, key: str) -> DataFrame:
    return rows.withColumns(
        {
            key: F.md5(F.col("id").cast("string")),
            "source": F.lit("s"),
            "lang": F.lit("en"),
            "license": F.lit("CC0-1.0"),
            "n_tokens": (F.col("id") % 17 + 5).cast("int"),
        }
    )


def measure_words(spark: SparkSession, folder: Path, rows: int) -> dict[str, object]:
    place = str(folder / "texts")
    spark.range(rows).select(F.repeat(F.lit(_TEXT), 93).alias("text")).write.parquet(place)

    # Made anew each time: a frame that was collected keeps what its stages yielded.
    def texts() -> DataFrame:
        return spark.read.parquet(place)

    def identity() -> object:
        through = texts().mapInArrow(lambda batches: batches, texts().schema)
        return through.select(F.sum(F.length("text"))).collect()

    def on_the_way() -> object:
        through = texts().mapInArrow(_count(keep=True), "text string, n int")
        return through.select(F.sum(F.length("text")), F.sum("n")).collect()

    def alone() -> object:
        return texts().mapInArrow(_count(keep=False), "n int").select(F.sum("n")).collect()

    def by_spark() -> object:
        return texts().select(F.sum(spark_words(F.col("text")))).collect()

    ways = (identity, on_the_way, alone, by_spark)
    rounds = [{way.__name__: timed(way)[1] for way in ways} for _ in range(4)][1:]

    def least(name: str) -> float:
        return round(min(each[name] / each["identity"] for each in rounds), 2)

    return {
        # As a run counts documents: in the pass that has their texts in memory, so only what is added is a price.
        "words_added_per_identity": round(least("on_the_way") - 1, 2),
        "words_alone_per_identity": least("alone"),
        "words_by_spark_per_identity": least("by_spark"),
        "words_cpu_seconds": rounds,
    }


def _count(*, keep: bool) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def count(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            numbers = pa.array(count_words(batch.column(0).to_pylist()))
            yield pa.RecordBatch.from_pydict({**({"text": batch.column(0)} if keep else {}), "n": numbers})

    return count


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return wall seconds and CPU seconds; on a machine that others use only the latter can be compared."""
    began, used = time.perf_counter(), cpu_seconds()
    work()
    return round(time.perf_counter() - began, 1), round(cpu_seconds() - used, 1)


def cpu_seconds() -> float:
    """Return what all processes below this one have used, the JVM and Python workers included."""
    parents, used = {}, {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        pid = int(status.parent.name)
        parents[pid] = int(fields[1])
        # Of itself, and of its children that have ended.
        used[pid] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    mine = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in mine} - mine:
        mine |= more
    return sum(used[pid] for pid in mine if pid in used)


if __name__ == "__main__":
    main()
