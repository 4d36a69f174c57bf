"""Centres lie where the vectors are, and depend on nothing but the vectors and their order."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from etl.matching.clusters import centres_of, nearest
from etl.matching.whole import UNITS, whole


def crowd(n, seed, dimension=8):
    return whole(np.random.default_rng(seed).normal(size=(n, dimension)))


def test_three_heaps_have_three_centres():
    heaps = np.repeat(np.eye(3), 50, axis=0) + 0.05 * np.random.default_rng(0).normal(size=(150, 3))
    owners = nearest(whole(heaps), centres_of(whole(heaps), 3), 1)[:, 0]
    assert [len(set(owners[start : start + 50])) for start in (0, 50, 100)] == [1, 1, 1]
    assert len(set(owners)) == 3


@given(st.integers(1, 60), st.integers(1, 12), st.integers(0, 1000))
def test_centres_are_whole_vectors_and_no_more_than_asked_for(n, count, seed):
    centres = centres_of(crowd(n, seed), count)
    assert 1 <= len(centres) <= min(n, count)
    assert np.array_equal(centres, np.rint(centres))
    assert np.abs(np.linalg.norm(centres, axis=1) / UNITS - 1).max() < 0.01


def test_equal_vectors_have_one_centre():
    assert len(centres_of(np.repeat(crowd(1, 0), 9, axis=0), 4)) == 1


def test_the_nearest_stand_first_and_of_equally_near_ones_the_first():
    centres = whole(np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 0.0]]))
    assert nearest(whole(np.array([[1.0, 0.1]])), centres, 2).tolist() == [[1, 2]]
    assert nearest(whole(np.array([[1.0, 0.1]])), centres, 9).tolist() == [[1, 2, 0]]


@given(st.integers(1, 40), st.integers(0, 100), st.integers(1, 40))
def test_the_nearest_do_not_depend_on_what_is_asked_together(n, seed, cut):
    rows, centres = crowd(n, seed), crowd(7, seed + 1)
    parts = [nearest(rows[start : start + cut], centres, 3) for start in range(0, n, cut)]
    assert np.array_equal(np.concatenate(parts), nearest(rows, centres, 3))


def test_nothing_has_no_centres():
    assert len(centres_of(np.zeros((0, 4), np.float32), 3)) == 0
