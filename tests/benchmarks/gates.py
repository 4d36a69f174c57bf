"""All gates against an identity `mapInArrow` over the same rows: ``python -m tests.benchmarks.gates``.

Once over the canonical texts of the corpus, and once over the pairs the rules find in it, by the stage itself. What is
compared is CPU time of the JVM and its Python workers, which a busy machine changes little; the passes take turns in
one session. The share of each gate is its CPU time over the same texts in this process, alone.
"""

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import psutil
import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from etl.config.gates import (
    AnswerLanguageGate,
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
from etl.config.load import load_config
from etl.config.models import InputConfig, SourceConfig
from etl.gates.judge import Judge
from etl.inputs import list_inputs
from etl.rules import build_rules
from etl.session import spark_session
from etl.stages.extract import extract
from etl.stages.ingest import ingest
from etl.stages.judge_pairs import judge_pairs
from etl.stages.parse import parse
from etl.stages.treatment import Treatment
from tests.benchmarks.whole_job import SHIPPED

COLUMNS = ("text", "lang", "license", "source")
SCHEMA = pa.schema([(name, pa.string()) for name in COLUMNS])
SAFETY = {"license": LicenseGate(), "markers": MarkersGate(), "secrets": SecretsGate(), "pii": PiiGate()}
MEASURES = {"boilerplate": BoilerplateGate(), "quality": QualityGate(), "harm": HarmGate()}
PASSES_OF_PAIRS = {
    "shipped gates": GatesConfig(secrets=SecretsGate(), pii=PiiGate()),
    "gates": GatesConfig(
        markers=MarkersGate(),
        secrets=SecretsGate(),
        pii=PiiGate(),
        harm=HarmGate(),
        answer_language=AnswerLanguageGate(),
    ),
}
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
    parsed(spark, corpus).write.parquet(str(folder / "parsed"))
    documents = spark.read.parquet(str(folder / "parsed"))
    documents.select(*COLUMNS).write.parquet(str(folder / "texts"))
    extract(documents).withColumns({name: F.lit(None).cast("string") for name in ("reason", "detail")}).write.parquet(
        str(folder / "pairs")
    )
    rows, pairs = (spark.read.parquet(str(folder / name)) for name in ("texts", "pairs"))
    # The gates work on str, which the parse has anyway: no gates at all, but every text made a str and back.
    passes = {"identity": None, "identity as str": GatesConfig(), **PASSES}
    of_documents = {
        name: rows.mapInArrow(judging(config and Judge(config, "pretrain")), rows.schema)
        for name, config in passes.items()
    }
    of_pairs = {
        "identity": pairs.mapInArrow(judging(None), pairs.schema),
        **{name: judge_pairs(pairs, config, "pretrain") for name, config in PASSES_OF_PAIRS.items()},
    }
    return {
        "documents": rows.count(),
        **compare(of_documents, rounds),
        "pairs": {"pairs": pairs.count(), **compare(of_pairs, rounds)},
        "shares": shares([tuple(row) for row in rows.collect()], rounds),
    }


def compare(passes: dict[str, DataFrame], rounds: int) -> dict[str, object]:
    spent: dict[str, list[float]] = {name: [] for name in passes}
    for _ in range(rounds + 2):  # the first rounds warm up the JVM and the workers and do not count
        for name, frame in passes.items():
            before = spent_below()
            frame.write.format("noop").mode("overwrite").save()
            spent[name].append(spent_below() - before)
    counted = {name: values[2:] for name, values in spent.items()}
    return {
        "cpu_seconds": {name: [round(value, 2) for value in values] for name, values in counted.items()},
        "times_identity": {
            name: round(statistics.median(a / b for a, b in zip(values, counted["identity"], strict=True)), 2)
            for name, values in counted.items()
        },
    }


def shares(rows: list[tuple[str | None, ...]], rounds: int) -> dict[str, float]:
    """Return the CPU seconds of each gate over all texts, without what a judge of no gates takes."""
    judges = {
        "none": Judge(GatesConfig(), "pretrain"),
        **{name: Judge(GatesConfig(**{name: gate}), "pretrain") for name, gate in {**SAFETY, **MEASURES}.items()},
        "all": Judge(PASSES["gates"], "pretrain"),
    }
    least = dict.fromkeys(judges, float("inf"))
    for _ in range(rounds + 1):
        for name, judge in judges.items():
            began = time.process_time()
            for row in rows:
                judge.document(*row)
            least[name] = min(least[name], time.process_time() - began)
    return {name: round(value - least["none"], 3) for name, value in least.items() if name != "none"}


def parsed(spark: SparkSession, corpus: str) -> DataFrame:
    roles = {f"{name}_col": name for name in ("lang", "license", "format")}
    config = InputConfig(sources=[SourceConfig(name="corpus", path=corpus, format="jsonl", **roles)])
    inputs = list_inputs(spark, config)
    units = ingest(spark, config, inputs.files, inputs.tables, cores=2, limit=None)
    shipped = load_config(SHIPPED, env=None, overrides=[], cwd=Path.cwd()).config
    return parse(units, config, Treatment(build_rules(shipped.rules)), limit=None).filter("text IS NOT NULL")


def judging(judge: Judge | None) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def judged(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            if judge is None:
                yield batch
                continue
            columns = [column.to_pylist() for column in batch.columns]
            verdicts = [judge.document(*row) for row in zip(*columns, strict=True)]
            kept = pa.array([verdict.text for verdict in verdicts], pa.string())
            yield pa.RecordBatch.from_arrays([kept, *batch.columns[1:]], schema=SCHEMA)

    return judged


def spent_below() -> float:
    total = 0.0
    for process in psutil.Process().children(recursive=True):
        times = process.cpu_times()
        total += times.user + times.system + times.children_user + times.children_system
    return total


if __name__ == "__main__":
    main()
