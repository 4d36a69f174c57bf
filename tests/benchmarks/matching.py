"""Match 100,000 templates with the chunks of 10,000 documents: time of both indexes, recall against brute force.

    make bench BENCH=matching

Vectors have length 1 and structure: topics, and within each of them its own directions, as texts about the same
things have. A document is about one topic and its chunks are near to each other. CPU seconds are printed beside wall
seconds, because a machine that does other things at the same time is slower by the clock only.
"""

import argparse
import time
from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np

from etl.matching.index import ExactIndex, FaissIndex, Hits
from etl.matching.pooling import Matrix, unit

TARGET_SECONDS: Final = 60.0
TARGET_RECALL: Final = 0.99
_TOPICS: Final = 2000
_THRESHOLD: Final = 0.865
_CHUNKS: Final = 6


class Timed(NamedTuple):
    """What was found, and how long it took by the clock and by the processors."""

    hits: Hits
    wall: float
    cpu: float


def vectors(n: int, dimension: int, seed: int, spread: float, topics: Matrix) -> Matrix:
    """Return vectors near to topics: the larger the spread, the farther."""
    draws = np.random.default_rng(seed)
    noise = draws.normal(size=(n, dimension)).astype(np.float32) / dimension**0.5
    return unit(topics[draws.integers(0, len(topics), n)] + spread * noise)


def chunks_of(documents: Matrix, seed: int) -> Matrix:
    """Return six vectors a document, each a little beside it."""
    dimension = documents.shape[1]
    noise = np.random.default_rng(seed).normal(size=(len(documents) * _CHUNKS, dimension)).astype(np.float32)
    return unit(np.repeat(documents, _CHUNKS, axis=0) + 0.25 * noise / dimension**0.5)


def timed(do: Callable[[], Hits]) -> Timed:
    """Return what a search found and how long it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    hits = do()
    return Timed(hits, time.perf_counter() - wall, time.process_time() - cpu)


def recall(found: Hits, exact: Hits, n_rows: int) -> float:
    """Return the share of the exact hits that were found."""
    wanted = exact.queries * n_rows + exact.rows
    return float(np.isin(wanted, found.queries * n_rows + found.rows).mean()) if len(wanted) else 1.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--templates", type=int, default=100_000)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--dimension", type=int, default=384)
    parser.add_argument("--checked", type=int, default=500, help="documents that brute force is tried on")
    arguments = parser.parse_args()
    topics = unit(np.random.default_rng(0).normal(size=(_TOPICS, arguments.dimension)))
    templates = vectors(arguments.templates, arguments.dimension, 1, 0.45, topics)
    queries = chunks_of(vectors(arguments.documents, arguments.dimension, 2, 0.3, topics), 3)
    found = timed(lambda: FaissIndex(templates).search(queries, _THRESHOLD))
    # Brute force over everything would take many times as long as what is measured.
    n_checked = min(arguments.checked * _CHUNKS, len(queries))
    exact = timed(lambda: ExactIndex(templates).search(queries[:n_checked], _THRESHOLD))
    share = recall(found.hits, exact.hits, len(templates))
    print(f"{len(templates):,} templates, {len(queries):,} chunk vectors of {arguments.dimension} dimensions")
    for name, each in (("FAISS, index and search", found), (f"brute force, {n_checked:,} only", exact)):
        print(f"{name:26} {each.wall:7.1f} s  {each.cpu:7.1f} CPU s  {len(each.hits.rows):,} hits")
    print(f"recall {share:.4f} (target {TARGET_RECALL}), time target {TARGET_SECONDS:g} s on 2 cores")
    if share < TARGET_RECALL or found.cpu > 2 * TARGET_SECONDS:
        raise SystemExit("target missed")


if __name__ == "__main__":
    main()
