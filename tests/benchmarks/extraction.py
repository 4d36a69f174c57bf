"""The price of one document, as ratios measured in one run: ``python -m tests.benchmarks.extraction``.

- `times_adaptllm`: parse and all rules of the shipped configuration against AdaptLLM's own code on the same English
  texts, per core. `ADAPTLLM_DIR` names a checkout of its folder and `ADAPTLLM_PYTHON` an interpreter that has what it
  needs; without them this part is left out.
- `times_identity`: the stages parse and extract against an identity `mapInArrow` over the same rows, in CPU seconds
  of the JVM and its workers, the passes taking turns.
- `ten_times` and `ten_megabytes`: the CPU time of a character in ten times the sample, and in one document of ten
  million characters, against the sample and against the documents that one was made of.
- `hostile_seconds`: a million characters of one thing, by format.

CPU seconds, as a machine that others use changes them less than the clock; the load average is printed with them.
"""

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from glob import glob
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from etl.config.load import load_config
from etl.inputs import list_inputs
from etl.readers.record import Record
from etl.session import spark_session
from etl.stages.extract import extract
from etl.stages.ingest import ingest
from etl.stages.parse import parse
from etl.stages.treatment import Treatment, treat, treatment_of
from tests.benchmarks.gates import spent_below
from tests.benchmarks.whole_job import SHIPPED

FLOORS = {"times_adaptllm": 20.0, "times_identity": 4.0, "ten_times": 1.2, "hostile_seconds": 2.0}
MEGABYTE = 1_000_000
COLUMNS = ("id", "text", "url", "license", "lang", "format")
HOSTILE = {"questions": "?", "numbers": "1. ", "tags": "<div>", "one line": "x"}

Documents = Sequence[Mapping[str, Any]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("INSTRUCTLAKE_DATA")
    parser.add_argument("--corpus", default=f"{default}/corpus/*-of-*.jsonl.gz" if default else None)
    parser.add_argument("--documents", type=int, default=1_000, help="size of the sample, drawn by hash")
    parser.add_argument("--peer-documents", type=int, default=100, help="English ones that AdaptLLM reads too")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--parts", nargs="*", default=["adaptllm", "linear", "hostile", "spark"])
    arguments = parser.parse_args()
    if arguments.corpus is None:
        parser.error("name the files with --corpus, or their folder with INSTRUCTLAKE_DATA")
    loaded = load_config(SHIPPED, env=None, overrides=[f"input.sources.0.path={arguments.corpus}"], cwd=Path.cwd())
    treatment = treatment_of(loaded.config)
    sample = drawn(arguments.corpus, arguments.documents)
    figures: dict[str, Any] = {"documents": len(sample), "load_average": os.getloadavg()[0], "floors": FLOORS}
    if "adaptllm" in arguments.parts:
        figures["adaptllm"] = against_adaptllm(sample, arguments.peer_documents, treatment._replace(judge=None))
    if "linear" in arguments.parts:
        figures |= linear(sample, treatment)
    if "hostile" in arguments.parts:
        figures["hostile_seconds"] = hostile(treatment)
    if "spark" in arguments.parts:
        with spark_session("bench") as spark:
            figures["spark"] = against_identity(spark, arguments.corpus, arguments.rounds)
    print(json.dumps({**figures, "load_average_after": os.getloadavg()[0]}, indent=2))


def drawn(pattern: str, n: int) -> Documents:
    """Return `n` documents of the corpus, formats and languages as they come."""
    found = []
    for path in sorted(glob(pattern)):  # noqa: PTH207 - the pattern is absolute
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            found += [json.loads(line) for line in lines]
    return sorted(found, key=lambda document: sha256(document["id"].encode()).digest())[:n]


def cpu_of(documents: Documents, treatment: Treatment) -> float:
    start = time.process_time()
    for document in documents:
        record = Record(document["id"], document["text"], document["format"], lang=document["lang"])
        treat("bench", record, treatment)
    return time.process_time() - start


def chars_of(documents: Documents) -> int:
    return sum(len(document["text"]) for document in documents)


def against_adaptllm(sample: Documents, n: int, treatment: Treatment) -> dict[str, Any]:
    folder = os.environ.get("ADAPTLLM_DIR")
    if folder is None:
        return {"left_out": "ADAPTLLM_DIR names no folder"}
    texts = [document for document in sample if document["lang"] == "en" and document["format"] != "html"][:n]
    with tempfile.TemporaryDirectory() as scratch:
        listed = Path(scratch) / "documents.jsonl"
        listed.write_text("".join(json.dumps(document["text"]) + "\n" for document in texts))
        python = os.environ.get("ADAPTLLM_PYTHON", sys.executable)
        runner = Path(__file__).with_name("adaptllm.py")
        cpu_of(texts[:20], treatment)  # loads what is loaded at first use
        ours = [cpu_of(texts, treatment)]
        run = subprocess.run([python, str(runner), folder, str(listed)], check=True, capture_output=True, text=True)
        ours.append(cpu_of(texts, treatment))
    theirs = json.loads(run.stdout.splitlines()[-1])
    # The slower of our passes before and behind theirs.
    ratio = theirs["cpu_seconds"] / max(ours)
    return {
        "theirs": theirs,
        "our_cpu_seconds": [round(seconds, 3) for seconds in ours],
        "times_adaptllm": round(ratio, 1),
        # It reads the head of a text only, all of which is read here.
        "times_adaptllm_per_char_read": round(ratio * chars_of(texts) / theirs["chars_read"], 1),
    }


def linear(sample: Documents, treatment: Treatment) -> dict[str, Any]:
    """Return the cost of a character in ten times the sample, and in one long document of each format."""
    once = sample[: len(sample) // 2]
    cpu_of(once[:50], treatment)  # loads what is loaded at first use
    ten = cpu_of(once * 10, treatment) / 10
    figures: dict[str, Any] = {"ten_times": round(ten / cpu_of(once, treatment), 2), "ten_megabytes": {}}
    for kind in ("text", "markdown", "html"):
        parts = [document for document in once if document["format"] == kind and document["lang"] == "en"]
        joined = "\n\n".join(document["text"] for document in parts)
        joined = (joined * (10 * MEGABYTE // len(joined) + 1))[: 10 * MEGABYTE]
        long = {"id": "long", "text": joined, "format": kind, "lang": "en"}
        cost = cpu_of([long], treatment) / len(joined)
        figures["ten_megabytes"][kind] = round(cost / (cpu_of(parts, treatment) / chars_of(parts)), 2)
    return figures


def hostile(treatment: Treatment) -> dict[str, dict[str, float]]:
    return {
        name: {
            kind: round(cpu_of([_hostile(piece, kind)], treatment), 2)
            for kind in (("html",) if piece == "<div>" else ("text", "markdown", "html"))
        }
        for name, piece in HOSTILE.items()
    }


def _hostile(piece: str, kind: str) -> Mapping[str, Any]:
    return {"id": "hostile", "text": piece * (MEGABYTE // len(piece)), "format": kind, "lang": None}


def against_identity(spark: SparkSession, corpus: str, rounds: int) -> dict[str, Any]:
    overrides = [f"input.sources.0.path={corpus}"]
    config = load_config(SHIPPED, env=None, overrides=overrides, cwd=Path.cwd()).config
    inputs = list_inputs(spark, config.input)
    schema = ", ".join(f"{name} string" for name in COLUMNS)
    spent: dict[str, list[float]] = {"identity": [], "parse and extract": []}
    for _ in range(rounds + 1):  # the first round warms up the JVM and the workers and does not count
        before = spent_below()
        rows = spark.read.schema(schema).json(corpus).mapInArrow(_same, schema)
        rows.write.format("noop").mode("overwrite").save()
        between = spent_below()
        units = ingest(spark, config.input, inputs.files, inputs.tables, cores=2, limit=None)
        parsed = parse(units, config.input, treatment_of(config), limit=None)
        pairs = extract(parsed.filter(F.col("text").isNotNull()))
        pairs.write.format("noop").mode("overwrite").save()
        spent["identity"].append(between - before)
        spent["parse and extract"].append(spent_below() - between)
    ratios = [b / a for a, b in zip(*(values[1:] for values in spent.values()), strict=True)]
    seconds = {name: [round(value, 1) for value in values[1:]] for name, values in spent.items()}
    return {"cpu_seconds": seconds, "times_identity": round(statistics.median(ratios), 2)}


def _same(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    yield from batches


if __name__ == "__main__":
    main()
