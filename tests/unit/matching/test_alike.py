"""Vectors that hang together are one group, however they are cut in blocks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.fingerprints.groups import connected
from etl.matching.alike import groups_of
from etl.matching.whole import least_product, whole


def crowd(n, seed, dimension=3):
    return whole(np.random.default_rng(seed).normal(size=(n, dimension)))


def by_brute_force(rows, least):
    alike = np.argwhere(np.triu(rows @ rows.T >= least, 1))
    names = [(f"{a:06}", f"{b:06}") for a, b in alike.tolist()]
    first_of = np.arange(len(rows))
    for first, group in connected(names).items():
        first_of[[int(name) for name in group]] = int(first)
    return first_of


@given(st.integers(1, 80), st.integers(0, 1000), st.sampled_from([0.5, 0.9, 0.97, 0.999]))
def test_groups_are_those_that_all_comparisons_make(n, seed, threshold):
    rows, least = crowd(n, seed), least_product(threshold)
    assert groups_of(rows, np.ones(n, bool), least).tolist() == by_brute_force(rows, least).tolist()


def test_a_chain_is_one_group_and_a_stranger_is_alone():
    angles = np.radians([0, 10, 20, 30, 90])
    rows = whole(np.stack([np.cos(angles), np.sin(angles)], axis=1))
    assert groups_of(rows, np.ones(5, bool), least_product(0.98)).tolist() == [0, 0, 0, 0, 4]


def test_of_two_that_are_guests_only_nothing_is_said_here():
    rows = whole(np.array([[1.0, 0.0], [1.0, 0.0], [1.0, 0.0]]))
    assert groups_of(rows, np.array([False, False, True]), least_product(1.0)).tolist() == [0, 0, 0]
    assert groups_of(rows[:2], np.array([False, False]), least_product(1.0)).tolist() == [0, 1]


@given(st.integers(1, 60), st.integers(0, 1000), st.integers(1, 20))
def test_runs_find_nothing_that_is_not_alike_and_all_that_is_like_the_first(n, seed, run):
    rows, least = crowd(n, seed), least_product(0.95)
    whole_block, cut = by_brute_force(rows, least), groups_of(rows, np.ones(n, bool), least, run)
    assert all(whole_block[number] == whole_block[first] for number, first in enumerate(cut))
    like_first = np.flatnonzero((rows[:run] @ rows.T >= least).any(axis=0))
    assert all(cut[number] < run for number in like_first)


def test_a_thousand_of_one_wording_are_one_group_though_cut_in_runs():
    rows = whole(np.array([1.0, 0.0]) + np.random.default_rng(0).normal(size=(1000, 2)) * 0.01)
    numbers = np.arange(1000)
    for owned in (numbers % 3 > 0, numbers < 64, numbers >= 64):
        assert set(groups_of(rows, owned, least_product(0.95), 64).tolist()) == {0}


@pytest.mark.parametrize("n", [0, 1])
def test_who_is_alone_is_alone(n):
    assert groups_of(crowd(n, 0), np.ones(n, bool), 1.0).tolist() == list(range(n))


def test_a_vector_without_direction_is_like_none():
    assert groups_of(np.zeros((3, 4), np.float32), np.ones(3, bool), least_product(0.5)).tolist() == [0, 1, 2]
