"""Find what is alike among 100,000 vectors: time, and recall against brute force.

    make bench BENCH=semantic_duplicates

Vectors have length 1 and structure: topics, within each of them its own directions, and a fifth are near copies of
others, as alike as paraphrases are. What is measured is what the stage does without Spark around it: centres of a
sample, three clusters a vector, groups within each cluster. Recall counts pairs that are alike and in one group.
"""

import argparse
import time
from typing import Final

import numpy as np

from etl.fingerprints.groups import connected
from etl.matching.alike import groups_of
from etl.matching.clusters import centres_of, nearest
from etl.matching.pooling import Matrix, unit
from etl.matching.whole import least_product, whole

TARGET_RECALL: Final = 0.99
_TOPICS: Final = 2000
_CLUSTER: Final = 4096
_SAMPLED, _SAMPLED_LEAST = 64, 16_384
_PROBES: Final = 3
_STRIP: Final = 1024


def vectors(n: int, dimension: int) -> Matrix:
    """Return whole vectors near to topics; one in five is a near copy of another one."""
    draws = np.random.default_rng(0)
    topics = unit(draws.normal(size=(_TOPICS, dimension)))
    noise = draws.normal(size=(n, dimension)).astype(np.float32) / dimension**0.5
    rows = unit(topics[draws.integers(0, _TOPICS, n)] + 0.8 * noise)
    copies = draws.permutation(n)[: n // 5]
    # The cosine of a copy with what it was made from goes from 0.92 to 0.99.
    spread = draws.uniform(0.15, 0.42, size=(len(copies), 1))
    rows[copies] = unit(rows[draws.integers(0, n, len(copies))] + spread * noise[copies[::-1]])
    return whole(rows)


def in_clusters(rows: Matrix, least: float) -> list[tuple[str, str]]:
    """Return edges between vectors that are alike, as the stage finds them."""
    count = -(-len(rows) // _CLUSTER)
    near = nearest(rows, centres_of(rows[: max(count * _SAMPLED, _SAMPLED_LEAST)], count), _PROBES)
    edges = []
    for cluster in range(count):
        block = np.flatnonzero((near == cluster).any(axis=1))
        first_of = groups_of(rows[block], near[block, 0] == cluster, least)
        linked = np.flatnonzero(first_of != np.arange(len(block)))
        ends = zip(block[linked].tolist(), block[first_of[linked]].tolist(), strict=True)
        edges += [(f"{one:08}", f"{other:08}") for one, other in ends]
    return edges


def by_brute_force(rows: Matrix, checked: int, least: float) -> list[tuple[int, int]]:
    """Return every two that are alike, one of them among the first so many."""
    found = []
    for start in range(0, checked, _STRIP):
        left, right = np.nonzero(rows[start : min(start + _STRIP, checked)] @ rows.T >= least)
        found += [
            (one, other) for one, other in zip((left + start).tolist(), right.tolist(), strict=True) if one != other
        ]
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vectors", type=int, default=100_000)
    parser.add_argument("--dimension", type=int, default=384)
    parser.add_argument("--threshold", type=float, default=0.95)
    parser.add_argument("--checked", type=int, default=10_000, help="vectors that brute force is tried on")
    arguments = parser.parse_args()
    rows, least = vectors(arguments.vectors, arguments.dimension), least_product(arguments.threshold)
    wall, cpu = time.perf_counter(), time.process_time()
    edges = in_clusters(rows, least)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    began = time.process_time()
    checked = min(arguments.checked, len(rows))
    exact = by_brute_force(rows, checked, least)
    brute = time.process_time() - began
    group_of = {int(member): first for first, group in connected(edges).items() for member in group}
    found = sum(one in group_of and group_of[one] == group_of.get(other) for one, other in exact)
    recall = found / max(1, len(exact))
    print(f"{len(rows):,} vectors of {rows.shape[1]} dimensions, threshold {arguments.threshold:g}")
    print(f"in clusters {wall:7.1f} s  {cpu:7.1f} CPU s   brute force, {checked:,} only, {brute:7.1f} CPU s")
    print(f"{len(exact):,} pairs are alike, {found:,} found: recall {recall:.4f} (target {TARGET_RECALL})")
    if recall < TARGET_RECALL:
        raise SystemExit("target missed")


if __name__ == "__main__":
    main()
