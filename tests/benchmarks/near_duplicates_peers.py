"""Near-duplicates against datatrove and data-juicer, on the same documents in one go, a CPU second.

``python -m tests.benchmarks.near_duplicates_peers --datatrove PYTHON --data-juicer PYTHON`` with the interpreters of
two environments, one with ``pip install 'datatrove[io,processing]' spacy``, one with ``pip install py-data-juicer ray
torch``. All three have their defaults. Ours is measured in three ways: its functions alone on texts in memory; the
stage in Spark on one core from JSON lines to the Parquet of what stays, as datatrove's four stages are; and the stage
from texts on disk as Parquet to what stays, as data-juicer's operator is.

Recall is the share of pairs at or above a similarity of 0.8, found by exact search, of which not both stay.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Collection
from pathlib import Path

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.config.duplicates import NearDuplicatesOfConfig
from etl.fingerprints.sketches import sketch_of
from etl.session import spark_session
from etl.stages.near_duplicates import find_near_duplicates, propose_near_duplicates
from etl.stages.signatures import shingles_of, sign
from tests.benchmarks.near_duplicates import cpu_seconds, exact_pairs, megabytes, read_texts, search

FLOORS = {"datatrove": 10, "data_juicer": 3}
_HERE = Path(__file__).parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("INSTRUCTLAKE_DATA")
    parser.add_argument("--corpus", default=f"{default}/corpus/*-of-*.jsonl.gz" if default else None)
    parser.add_argument("--every", type=int, default=10, help="take every so-manieth document")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--datatrove", help="the Python of an environment that has it")
    parser.add_argument("--data-juicer", help="the Python of an environment that has it")
    arguments = parser.parse_args()
    if arguments.corpus is None:
        parser.error("name the files with --corpus, or their folder with INSTRUCTLAKE_DATA")
    texts = read_texts(arguments.corpus)[:: arguments.every]
    pythons = {name: getattr(arguments, name) for name in FLOORS if getattr(arguments, name)}
    folder = Path(tempfile.mkdtemp(prefix="instructlake-bench-"))
    try:
        print(json.dumps(measure(texts, pythons, folder, arguments.rounds), indent=2))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(texts: list[str], pythons: dict[str, str], folder: Path, rounds: int) -> dict[str, object]:
    documents = folder / "documents"
    documents.mkdir()
    with (documents / "0.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps({"id": str(number), "text": text}) + "\n" for number, text in enumerate(texts))
    config = NearDuplicatesOfConfig()
    exact = exact_pairs([sketch_of(shingles_of([text], config), 0) for text in texts], config.jaccard_threshold)
    mb = megabytes(texts)

    def figures(spent: list[float], walls: list[float], kept: Collection[int]) -> dict[str, object]:
        found = sum(not (one in kept and other in kept) for one, other in exact)
        return {
            "cpu_seconds": [round(value, 2) for value in spent],
            "wall_seconds": [round(value, 2) for value in walls],
            "mb_per_cpu_second": round(mb / statistics.median(spent), 2),
            "kept": len(kept),
            "recall": round(found / max(1, len(exact)), 4),
        }

    sides = {
        "instructlake": figures(*measure_functions(texts, config, rounds)),
        "instructlake_in_spark": figures(*measure_stage(documents, config, folder, rounds, whole=True)),
        "instructlake_in_spark_from_parquet": figures(*measure_stage(documents, config, folder, rounds, whole=False)),
    }
    for name, python in pythons.items():
        work = folder / name
        work.mkdir()
        command = [python, str(_HERE / f"{name}_minhash.py"), str(documents), str(work), str(rounds)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=work)
        if done.returncode:
            raise SystemExit(f"{name}: {done.stderr[-2000:]}")
        said = json.loads(done.stdout.splitlines()[-1])
        kept = set(map(int, said["kept"]))
        sides[name] = {"version": said["version"], **figures(said["cpu_seconds"], said["wall_seconds"], kept)}
    speed = {name: float(str(side["mb_per_cpu_second"])) for name, side in sides.items()}
    return {
        "documents": len(texts),
        "mb": round(mb, 1),
        "exact_pairs": len(exact),
        **sides,
        "times_as_fast": {
            name: {ours: round(speed[ours] / speed[name], 1) for ours in speed if ours not in FLOORS}
            for name in pythons
        },
        "floors": FLOORS,
    }


def measure_functions(
    texts: list[str], config: NearDuplicatesOfConfig, rounds: int
) -> tuple[list[float], list[float], set[int]]:
    shingles_of(["warm up"], config)
    spent, walls, kept = [], [], set(range(len(texts)))
    for _ in range(rounds):
        began, used = time.perf_counter(), time.process_time()
        found = search(texts, config)
        spent.append(time.process_time() - used)
        walls.append(time.perf_counter() - began)
        kept = set(range(len(texts))) - {int(member) for group in found.groups.values() for member in group[1:]}
    return spent, walls, kept


def measure_stage(
    documents: Path, config: NearDuplicatesOfConfig, folder: Path, rounds: int, *, whole: bool
) -> tuple[list[float], list[float], set[int]]:
    spent, walls = [], []
    kept: set[int] = set()
    # One core, as the others: two that share their units would each need more of its own seconds.
    os.environ["PYSPARK_SUBMIT_ARGS"] = "--master local[1] pyspark-shell"
    with spark_session("bench") as spark:
        lines = spark.read.schema("id string, text string").json(str(documents)).withColumnRenamed("id", "key")
        stored = folder / "texts"
        if not whole:
            lines.write.parquet(str(stored))
        for number in range(rounds + 2):
            texts = lines if whole else spark.read.parquet(str(stored))
            began, used = time.perf_counter(), cpu_seconds(os.getpid())
            kept = keep_in_spark(texts.withColumn("source", F.lit("s")), config, folder / f"kept{whole}{number}", whole)
            if number > 1:  # the JVM compiles in the first rounds
                spent.append(cpu_seconds(os.getpid()) - used)
                walls.append(time.perf_counter() - began)
    return spent, walls, kept


def keep_in_spark(texts: DataFrame, config: NearDuplicatesOfConfig, place: Path, whole: bool) -> set[int]:
    signed = f"{place}-signed"
    sign(texts, config).write.parquet(signed)
    found = find_near_duplicates(texts, propose_near_duplicates(texts.sparkSession.read.parquet(signed)), config)
    kept = texts.join(found, on="key", how="left_anti")
    if whole:  # as datatrove does, which reads its documents twice too
        kept.write.parquet(str(place))
        kept = texts.sparkSession.read.parquet(str(place))
    return {int(row.key) for row in kept.select("key").collect()}


if __name__ == "__main__":
    main()
