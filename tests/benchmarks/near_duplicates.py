"""Near-duplicates on one core: speed in MB/s, recall and precision against exact search.

``python -m tests.benchmarks.near_duplicates`` does on one core what the stages do on all: signatures, candidates,
comparison, groups. The exact search finds every two documents above the threshold by their rarest shingles (prefix
filter: two sets of that similarity share one of them), so it misses none. With ``--spark`` the stage itself runs too.
"""

import argparse
import gzip
import json
import os
import time
from collections import Counter, defaultdict
from glob import glob
from itertools import combinations, pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from etl.config.duplicates import NearDuplicatesOfConfig
from etl.fingerprints.groups import connected
from etl.fingerprints.minhash import bands, signatures
from etl.fingerprints.sketches import similarity, sketch_of
from etl.stages.signatures import shingles_of

BATCH = 64


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("INSTRUCTLAKE_DATA")
    parser.add_argument("--corpus", default=f"{default}/corpus/*-of-*.jsonl.gz" if default else None)
    parser.add_argument("--every", type=int, default=1, help="take every so-manieth document")
    parser.add_argument("--threshold", type=float, default=0.8)
    parser.add_argument("--spark", action="store_true", help="run the stage in Spark as well")
    arguments = parser.parse_args()
    if arguments.corpus is None:
        parser.error("name the files with --corpus, or their folder with INSTRUCTLAKE_DATA")
    texts = read_texts(arguments.corpus)[:: arguments.every]
    config = NearDuplicatesOfConfig(jaccard_threshold=arguments.threshold)
    figures: dict[str, object] = {"documents": len(texts), "mb": round(megabytes(texts), 1)}
    figures.update(measure(texts, config))
    if arguments.spark:
        figures.update(measure_spark(texts, config))
    print(json.dumps(figures, indent=2))


def read_texts(pattern: str) -> list[str]:
    texts = {}
    for path in sorted(glob(pattern)):  # noqa: PTH207 - the pattern is absolute
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            # Equal texts are found by their hash before near-duplicates are looked for.
            texts.update({json.loads(line)["text"]: None for line in lines})
    return list(texts)


def megabytes(texts: list[str]) -> float:
    return sum(len(text.encode()) for text in texts) / 1e6


class Found(NamedTuple):
    """What a search found: band hashes, pairs that share one, those of them that are alike, groups; and when."""

    hashed: np.ndarray
    proposed: set[tuple[int, int]]
    alike: set[tuple[int, int]]
    groups: dict[str, list[str]]
    signed_at: float


def search(texts: list[str], config: NearDuplicatesOfConfig) -> Found:
    hashed = np.concatenate(
        [
            bands(signatures(shingles_of(texts[start : start + BATCH], config), config.num_hashes), config.num_bands)
            for start in range(0, len(texts), BATCH)
        ]
    )
    signed_at = time.process_time()
    proposed = propose(hashed)
    sketches = {
        number: sketch_of(shingles_of([texts[number]], config), 0) for number in {n for two in proposed for n in two}
    }
    alike = {two for two in proposed if similarity(sketches[two[0]], sketches[two[1]]) >= config.jaccard_threshold}
    groups = connected((f"{one:09}", f"{other:09}") for one, other in alike)
    return Found(hashed, proposed, alike, groups, signed_at)


def measure(texts: list[str], config: NearDuplicatesOfConfig) -> dict[str, object]:
    shingles_of(["warm up"], config)
    began = time.process_time()
    hashed, proposed, found, groups, signed = search(texts, config)
    ended = time.process_time()
    exact = exact_pairs([sketch_of(shingles_of([text], config), 0) for text in texts], config.jaccard_threshold)
    together = {int(member): number for number, members in enumerate(groups.values()) for member in members}
    # Two documents that hang together through a third are found as well: one of them goes.
    grouped = {two for two in exact if two[0] in together and together.get(two[0]) == together.get(two[1])}
    at_all = sum(bool((hashed[one] == hashed[other]).any()) for one, other in exact)
    return {
        "mb_per_s_per_core_signatures": round(megabytes(texts) / (signed - began), 1),
        "mb_per_s_per_core_all": round(megabytes(texts) / (ended - began), 1),
        "candidates": len(proposed),
        "alike": len(found),
        "dropped": len(together) - len(groups),
        "exact_pairs": len(exact),
        "recall_of_bands": round(at_all / max(1, len(exact)), 4),
        "recall": round(len(grouped) / max(1, len(exact)), 4),
        "precision_of_compared_pairs": round(len(found & exact) / max(1, len(found)), 4),
    }


def propose(hashed: np.ndarray) -> set[tuple[int, int]]:
    """As the stage does: each text with the first of its band and with the one before it."""
    pairs = set()
    for column in hashed.T:
        order = np.argsort(column, kind="stable")
        starts = np.flatnonzero(np.diff(column[order], prepend=column[order][0] - 1))
        for start, end in pairwise([*starts.tolist(), len(order)]):
            members = order[start:end].tolist()
            pairs |= {(members[0], member) for member in members[1:]} | set(pairwise(members))
    return pairs


def exact_pairs(sketches: list[np.ndarray], threshold: float) -> set[tuple[int, int]]:
    counts = Counter(np.concatenate(sketches).tolist())
    postings = defaultdict(list)
    for number, sketch in enumerate(sketches):
        rarest = sorted(sketch.tolist(), key=lambda shingle: (counts[shingle], shingle))
        for shingle in rarest[: len(rarest) - int(np.ceil(threshold * len(rarest))) + 1]:
            postings[shingle].append(number)
    possible = {
        (one, other)
        for members in postings.values()
        for one, other in combinations(members, 2)
        if threshold * max(len(sketches[one]), len(sketches[other])) <= min(len(sketches[one]), len(sketches[other]))
    }
    return {two for two in possible if similarity(sketches[two[0]], sketches[two[1]]) >= threshold}


def measure_spark(texts: list[str], config: NearDuplicatesOfConfig) -> dict[str, object]:
    from pyspark.sql import functions as F

    from etl.session import spark_session
    from etl.stages.near_duplicates import find_near_duplicates, propose_near_duplicates
    from etl.stages.signatures import sign

    folder = Path(os.environ.get("TMPDIR", "/var/tmp")) / f"near-duplicates-{os.getpid()}.parquet"
    with spark_session("bench") as spark:
        rows = [(f"{number:09}", text) for number, text in enumerate(texts)]
        spark.createDataFrame(rows, "key string, text string").write.parquet(str(folder))
        frame = spark.read.parquet(str(folder)).withColumn("source", F.lit("s")).repartition(8)
        seconds = []
        for _ in range(3):
            began = cpu_seconds(os.getpid())
            frame.write.format("noop").mode("overwrite").save()
            copied = cpu_seconds(os.getpid())
            found = find_near_duplicates(frame, propose_near_duplicates(sign(frame, config)), config)
            dropped = found.count()
            seconds.append((copied - began, cpu_seconds(os.getpid()) - copied))
    copy, stage = min(seconds, key=lambda pair: pair[1])
    return {
        "spark_dropped": dropped,
        "spark_cpu_seconds_read": round(copy, 1),
        "spark_cpu_seconds": round(stage, 1),
        "spark_mb_per_s_per_core": round(megabytes(texts) / stage, 1),
    }


def cpu_seconds(process: int) -> float:
    """User and system time of a process and all below it that run or have run."""
    parents, ticks = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents[int(path.parent.name)] = int(fields[1])
        ticks[int(path.parent.name)] = sum(map(int, fields[11:15]))

    def is_ours(pid: int) -> bool:
        while pid not in (0, process):
            pid = parents.get(pid, 0)
        return pid == process

    return sum(value for pid, value in ticks.items() if is_ours(pid)) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
