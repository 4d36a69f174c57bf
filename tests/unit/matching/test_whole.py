"""Vectors in whole numbers keep their directions, and their products are exact in any order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from etl.matching.whole import UNITS, cosine, least_product, packed, unpacked, whole

MATRICES = arrays.arrays(
    np.float32,
    st.tuples(st.integers(1, 12), st.integers(1, 40)),
    elements=st.floats(-1e6, 1e6, width=32),
)


@given(MATRICES)
def test_cosines_stay_within_a_thousandth(vectors):
    given = vectors.astype(np.float64)
    norms = np.linalg.norm(given, axis=1, keepdims=True)
    units = given / np.where(norms > 0, norms, 1)
    rows = whole(vectors)
    assert np.abs(rows @ rows.T / UNITS**2 - units @ units.T).max() < 0.002


@given(MATRICES, st.randoms(use_true_random=False))
def test_products_are_whole_and_the_same_in_any_order(vectors, random):
    rows = whole(vectors)
    columns = list(range(rows.shape[1]))
    random.shuffle(columns)
    assert np.array_equal(rows @ rows.T, rows[:, columns] @ rows[:, columns].T)
    assert np.array_equal(rows @ rows.T, rows.astype(np.int64) @ rows.astype(np.int64).T)


@pytest.mark.parametrize("dimension", [384, 4096, 36_000])
def test_the_longest_product_fits_in_the_whole_numbers_of_a_float(dimension):
    rows = whole(np.random.default_rng(0).normal(size=(3, dimension)).astype(np.float32))
    assert rows.astype(np.int64) @ rows.astype(np.int64).T == pytest.approx(rows @ rows.T, abs=0)
    assert (UNITS + dimension**0.5 / 2) ** 2 < 2**24


@given(MATRICES)
def test_what_is_packed_comes_back(vectors):
    assert np.array_equal(unpacked(packed(whole(vectors))), whole(vectors))


def test_nothing_is_packed_as_nothing():
    assert unpacked([]).shape == (0, 0)


def test_what_is_no_number_has_no_direction():
    rows = whole(np.array([[np.nan, 1.0], [np.inf, 0.0], [0.0, 0.0]], dtype=np.float32))
    assert rows.tolist() == [[0, UNITS], [0, 0], [0, 0]]


@pytest.mark.parametrize("threshold", [0.5, 0.9, 0.95, 0.999, 1.0])
def test_the_thousandth_that_is_shown_is_the_one_that_was_compared(threshold):
    products = np.arange(least_product(threshold) - 20_000, least_product(threshold) + 20_000)
    shown = cosine(products.astype(np.float32))
    assert np.array_equal(shown >= threshold, products.astype(np.float32) >= least_product(threshold))
    assert shown.max() <= 1


def test_a_text_is_like_itself_at_a_threshold_of_one():
    rows = whole(np.random.default_rng(1).normal(size=(200, 384)).astype(np.float32))
    assert (np.einsum("ij,ij->i", rows, rows) >= least_product(1.0)).all()
