"""An index of vectors: which of many are closer to a query than a threshold.

A few vectors are compared with every query, in blocks; of many, FAISS compares those in the lists nearest to it.
"""

import importlib
from collections.abc import Iterator
from typing import Any, Final, Literal, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from etl.errors import ConfigError
from etl.matching.pooling import Matrix

Method = Literal["auto", "exact", "faiss"]
# Below, comparing with all costs less than building an index.
MIN_INDEXED: Final = 20_000
# Scores of a block are 64 MB.
_QUERIES, _ROWS = 1024, 16_384
# Of 4 * sqrt(n) lists so many are searched: measured by tests/benchmarks/matching.py.
_PROBES: Final = 24
_LISTS_PER_ROOT: Final = 4
_TRAINED_ON_PER_LIST: Final = 39


class Hits(NamedTuple):
    """Pairs of a query and a row that are close enough, by number, with the cosine of each."""

    queries: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int64]
    scores: Matrix


class Index(Protocol):
    """Finds rows that are close to queries."""

    def search(self, queries: Matrix, threshold: float) -> Hits:
        """Return every row whose cosine with a query is above the threshold, in the order of queries and rows."""


class ExactIndex:
    """Compares every query with every row, in blocks of bounded size."""

    def __init__(self, vectors: Matrix) -> None:
        self._vectors = vectors

    def search(self, queries: Matrix, threshold: float) -> Hits:
        """Return every row whose cosine with a query is above the threshold."""
        return _joined(list(self._blocks(queries, threshold)))

    def _blocks(self, queries: Matrix, threshold: float) -> Iterator[Hits]:
        for start in range(0, len(queries), _QUERIES):
            for first in range(0, len(self._vectors), _ROWS):
                scores = queries[start : start + _QUERIES] @ self._vectors[first : first + _ROWS].T
                found, rows = np.nonzero(scores > threshold)
                yield Hits(found + start, rows + first, scores[found, rows])


class FaissIndex:
    """Inverted lists of FAISS over inner products; travels to workers as bytes."""

    def __init__(self, vectors: Matrix) -> None:
        faiss = _faiss()
        dimension = vectors.shape[1]
        n_lists = max(1, round(_LISTS_PER_ROOT * len(vectors) ** 0.5))
        quantizer = faiss.IndexFlatIP(dimension)
        index = faiss.IndexIVFFlat(quantizer, dimension, n_lists, faiss.METRIC_INNER_PRODUCT)
        # Evenly spaced, so the same vectors give the same index.
        step = max(1, len(vectors) // (n_lists * _TRAINED_ON_PER_LIST))
        index.train(np.ascontiguousarray(vectors[::step]))
        index.add(vectors)
        index.nprobe = min(_PROBES, n_lists)
        self._index: Any = index

    def search(self, queries: Matrix, threshold: float) -> Hits:
        """Return the rows of the lists nearest to each query whose cosine with it is above the threshold."""
        blocks = []
        for start in range(0, len(queries), _QUERIES):
            block = np.ascontiguousarray(queries[start : start + _QUERIES])
            limits, scores, rows = self._index.range_search(block, threshold)
            found = np.repeat(np.arange(len(block), dtype=np.int64), np.diff(limits.astype(np.int64)))
            blocks.append(Hits(found + start, rows.astype(np.int64), scores))
        return _joined(blocks)

    def __getstate__(self) -> bytes:
        return bytes(_faiss().serialize_index(self._index))

    def __setstate__(self, state: bytes) -> None:
        faiss = _faiss()
        # A worker has a core; Spark starts as many workers as there are.
        faiss.omp_set_num_threads(1)
        self._index = faiss.deserialize_index(np.frombuffer(state, dtype=np.uint8))
        self._index.nprobe = min(_PROBES, self._index.nlist)


def build_index(vectors: Matrix, method: Method = "auto") -> Index:
    """Return an index of vectors of length 1.

    Args:
        vectors: The rows.
        method: ``exact`` compares with all of them, ``faiss`` with the nearest lists; ``auto`` takes FAISS for many
            vectors where it is installed.

    Raises:
        ConfigError: FAISS is asked for and not installed.
    """
    if method == "faiss":
        return FaissIndex(vectors)
    if method == "auto" and len(vectors) >= MIN_INDEXED:
        try:
            return FaissIndex(vectors)
        except ConfigError:
            return ExactIndex(vectors)
    return ExactIndex(vectors)


def best_of(hits: Hits, owners: npt.NDArray[np.int64], per_owner: int, most: int) -> list[tuple[int, int, int, float]]:
    """Return for each document and row the best of the document's vectors: ``(document, row, vector, score)``.

    Args:
        hits: What was found for all vectors of all documents.
        owners: For each query the number of its document; queries of a document stand together.
        per_owner: Vectors of a document.
        most: Of one document so many rows stay, those with the highest scores.
    """
    documents = owners[hits.queries]
    # By document and row; of equal ones the highest score first, then the smallest vector.
    order = np.lexsort((hits.queries, -hits.scores, hits.rows, documents))
    documents, rows = documents[order], hits.rows[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (documents[1:] != documents[:-1]) | (rows[1:] != rows[:-1])
    documents, rows, order = documents[first], rows[first], order[first]
    scores = hits.scores[order]
    ranked = np.lexsort((rows, -scores, documents))
    starts = np.searchsorted(documents[ranked], documents[ranked])
    kept = ranked[np.arange(len(ranked)) - starts < most]
    vectors = hits.queries[order] % per_owner
    return [(int(documents[at]), int(rows[at]), int(vectors[at]), float(scores[at])) for at in np.sort(kept)]


def _joined(blocks: list[Hits]) -> Hits:
    if not blocks:
        return Hits(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))
    queries, rows, scores = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
    order = np.lexsort((rows, queries))
    return Hits(queries[order], rows[order], scores[order])


def _faiss() -> Any:
    try:
        return importlib.import_module("faiss")
    except ImportError as error:
        raise ConfigError(
            "generate.fine_instructions.index: faiss is not installed: pip install 'instructlake[matching]', "
            "or set it to exact"
        ) from error
