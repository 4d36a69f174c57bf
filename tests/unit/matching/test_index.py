"""Vectors close to a query are found, whatever index finds them, and each document keeps its best."""

import pickle
import sys

import numpy as np
import pytest

from etl.errors import ConfigError
from etl.matching.index import ExactIndex, FaissIndex, Hits, best_of, build_index
from etl.matching.pooling import Matrix, unit


def clustered(n: int, seed: int, dimension: int = 24) -> Matrix:
    """Unit vectors around common centres, as texts about the same things are."""
    centres = np.random.default_rng(0).normal(size=(50, dimension))
    noise = np.random.default_rng(seed)
    return unit(centres[noise.integers(0, 50, n)] + 0.3 * noise.normal(size=(n, dimension)))


def pairs(hits: Hits) -> set[tuple[int, int]]:
    return set(zip(hits.queries.tolist(), hits.rows.tolist(), strict=True))


def test_hits_are_above_the_threshold_and_in_order() -> None:
    rows = unit(np.array([[1, 0], [0.8, 0.6], [0, 1]], dtype=np.float32))
    hits = ExactIndex(rows).search(rows[:2], 0.7)
    assert list(zip(hits.queries.tolist(), hits.rows.tolist(), strict=True)) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert hits.scores == pytest.approx([1.0, 0.8, 0.8, 1.0])


def test_a_score_at_the_threshold_is_none_above_it() -> None:
    rows = np.eye(2, dtype=np.float32)
    assert pairs(ExactIndex(rows).search(rows, 1.0)) == set()


def test_blocks_do_not_change_what_is_found() -> None:
    rows, queries = clustered(20_000, 1), clustered(1500, 2)
    blocked = pairs(ExactIndex(rows).search(queries, 0.9))
    assert blocked == {(int(q), int(r)) for q, r in zip(*np.nonzero(queries @ rows.T > 0.9), strict=True)}
    assert len(blocked) > 1000


def test_faiss_finds_what_brute_force_finds() -> None:
    rows, queries = clustered(5000, 1), clustered(500, 2)
    exact, found = pairs(ExactIndex(rows).search(queries, 0.9)), pairs(FaissIndex(rows).search(queries, 0.9))
    assert found <= exact
    assert len(found) / len(exact) >= 0.99


def test_an_index_of_faiss_travels_to_a_worker() -> None:
    rows, queries = clustered(2000, 1), clustered(50, 2)
    index = FaissIndex(rows)
    there = pickle.loads(pickle.dumps(index))
    assert pairs(there.search(queries, 0.9)) == pairs(index.search(queries, 0.9))


def test_few_vectors_are_compared_and_many_are_indexed() -> None:
    assert isinstance(build_index(clustered(100, 1)), ExactIndex)
    assert isinstance(build_index(clustered(20_000, 1)), FaissIndex)
    assert isinstance(build_index(clustered(20_000, 1), "exact"), ExactIndex)


def test_without_faiss_many_are_compared_too_and_asking_for_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "faiss", None)
    assert isinstance(build_index(clustered(20_000, 1)), ExactIndex)
    with pytest.raises(ConfigError, match=r"pip install 'instructlake\[matching\]', or set it to exact"):
        build_index(clustered(100, 1), "faiss")


def test_of_a_documents_vectors_the_best_counts_and_says_which_it_was() -> None:
    # Two documents of three vectors each: queries 0..2 and 3..5.
    hits = Hits(
        np.array([0, 1, 2, 2, 4], dtype=np.int64),
        np.array([7, 7, 7, 8, 7], dtype=np.int64),
        np.array([0.90, 0.95, 0.95, 0.91, 0.99], dtype=np.float32),
    )
    owners = np.array([0, 0, 0, 1, 1, 1], dtype=np.int64)
    found = best_of(hits, owners, 3, 10)
    assert [each[:3] for each in found] == [(0, 7, 1), (0, 8, 2), (1, 7, 1)]
    assert [each[:2] for each in best_of(hits, owners, 3, 1)] == [(0, 7), (1, 7)]


def test_nothing_found_is_nothing_matched() -> None:
    rows = np.eye(3, dtype=np.float32)
    hits = ExactIndex(rows[:1]).search(rows[1:], 0.5)
    assert best_of(hits, np.array([0, 0]), 2, 5) == []
    assert len(ExactIndex(rows).search(rows[:0], 0.5).rows) == 0
