"""All gates of documents against an identity pass over the same rows: ``python -m tests.benchmarks.gates``.

Both are a `mapInArrow` over the canonical texts of the corpus. What is compared is CPU time of the JVM and its Python
workers, which a busy machine changes little; the passes take turns in one session.

Measured on two shared cores, 10,077 documents of 73 million characters: gates 2.6 times the identity, of which making
each text a str and back is 1.3; licence, markers, secrets and personal data alone 1.7; with identification of the
language 3.4. The aim is 2 without it.
"""

import argparse
import json
import os
import shutil
import statistics
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import psutil
import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession

from etl.config.gates import (
    BoilerplateGate,
    GatesConfig,
    HarmGate,
    LanguageGate,
    LicenseGate,
    MarkersGate,
    PiiGate,
    QualityGate,
    SecretsGate,
)
from etl.config.models import InputConfig, SourceConfig
from etl.gates.judge import Judge
from etl.inputs import list_inputs
from etl.session import spark_session
from etl.stages.ingest import ingest
from etl.stages.parse import parse
from etl.stages.treatment import Treatment

COLUMNS = ("text", "lang", "license", "source")
SCHEMA = pa.schema([(name, pa.string()) for name in COLUMNS])
SAFETY = {"license": LicenseGate(), "markers": MarkersGate(), "secrets": SecretsGate(), "pii": PiiGate()}
MEASURES = {"boilerplate": BoilerplateGate(), "quality": QualityGate(), "harm": HarmGate()}
PASSES = {
    "gates": GatesConfig(**SAFETY, **MEASURES),
    "safety gates": GatesConfig(**SAFETY),
    "gates and classifier": GatesConfig(**SAFETY, **MEASURES, language=LanguageGate()),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("INSTRUCTLAKE_DATA")
    parser.add_argument("--corpus", default=f"{default}/corpus/*-of-*.jsonl.gz" if default else None)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    if arguments.corpus is None:
        parser.error("name the files with --corpus, or their folder with INSTRUCTLAKE_DATA")
    folder = Path(tempfile.mkdtemp(prefix="instructlake-bench-"))
    try:
        with spark_session("bench") as spark:
            print(json.dumps(measure(spark, arguments.corpus, folder, arguments.rounds), indent=2))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(spark: SparkSession, corpus: str, folder: Path, rounds: int) -> dict[str, object]:
    texts(spark, corpus).write.parquet(str(folder / "texts"))
    rows = spark.read.parquet(str(folder / "texts"))
    spent: dict[str, list[float]] = {name: [] for name in ("identity", "identity as str", *PASSES)}
    for _ in range(rounds + 1):  # the first round warms up the JVM and the workers and does not count
        spent["identity"].append(cpu_of(rows, None))
        # The gates work on str, which the parse has anyway: no gates at all, but every text made a str and back.
        spent["identity as str"].append(cpu_of(rows, Judge(GatesConfig(), "pretrain")))
        for name, config in PASSES.items():
            spent[name].append(cpu_of(rows, Judge(config, "pretrain")))
    identity = spent["identity"][1:]
    return {
        "rows": rows.count(),
        "cpu_seconds": {name: [round(value, 2) for value in values[1:]] for name, values in spent.items()},
        "times_identity": {
            name: round(statistics.median(a / b for a, b in zip(spent[name][1:], identity, strict=True)), 2)
            for name in ("identity as str", *PASSES)
        },
    }


def texts(spark: SparkSession, corpus: str) -> DataFrame:
    roles = {f"{name}_col": name for name in ("lang", "license", "format")}
    config = InputConfig(sources=[SourceConfig(name="corpus", path=corpus, format="jsonl", **roles)])
    inputs = list_inputs(spark, config)
    units = ingest(spark, config, inputs.files, inputs.tables, cores=2, limit=None)
    return parse(units, config, Treatment((), None), limit=None).filter("text IS NOT NULL").select(*COLUMNS)


def cpu_of(rows: DataFrame, judge: Judge | None) -> float:
    """Return the CPU seconds of one pass, the JVM's and those of its workers, living and dead."""

    def judged(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            if judge is None:
                yield batch
                continue
            columns = [column.to_pylist() for column in batch.columns]
            verdicts = [judge.document(*row) for row in zip(*columns, strict=True)]
            kept = pa.array([verdict.text for verdict in verdicts], pa.string())
            yield pa.RecordBatch.from_arrays([kept, *batch.columns[1:]], schema=SCHEMA)

    before = spent_below()
    rows.mapInArrow(judged, rows.schema).write.format("noop").mode("overwrite").save()
    return spent_below() - before


def spent_below() -> float:
    total = 0.0
    for process in psutil.Process().children(recursive=True):
        times = process.cpu_times()
        total += times.user + times.system + times.children_user + times.children_system
    return total


if __name__ == "__main__":
    main()
