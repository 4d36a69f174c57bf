"""Signatures agree as often as texts have shingles in common, and bands make candidates of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.fingerprints.minhash import bands, signatures
from etl.fingerprints.ngrams import Ngrams, ngrams_of
from etl.fingerprints.sketches import SKETCH_SIZE, similarity, sketch_of
from etl.fingerprints.words import words_of


def shingles(*texts, size=3):
    return ngrams_of(words_of(texts), size, whole_if_short=True)


def sets_with(jaccard, n_pairs, size=600):
    """Pairs of random sets whose similarity is as given: `common` of `2 * size - common` numbers."""
    common = round(2 * size * jaccard / (1 + jaccard))
    rng = np.random.default_rng(7)
    parts, bounds = [], [0]
    for _ in range(n_pairs):
        numbers = rng.integers(0, 2**63, 2 * size - common).astype(np.uint64)
        parts += [numbers[:size], numbers[size - common :]]
        bounds += [bounds[-1] + size, bounds[-1] + 2 * size]
    return Ngrams(np.concatenate(parts), np.array(bounds))


@pytest.mark.parametrize("jaccard", [0.2, 0.5, 0.8, 0.95])
def test_the_share_of_equal_hashes_is_the_similarity(jaccard):
    minima = signatures(sets_with(jaccard, 200), 120)
    share = (minima[::2] == minima[1::2]).mean()
    assert share == pytest.approx(jaccard, abs=0.02)


@pytest.mark.parametrize(
    ("jaccard", "n_hashes", "n_bands", "expected"),
    [(0.6, 112, 14, 0.211), (0.7, 112, 14, 0.565), (0.8, 112, 14, 0.924), (0.6, 250, 25, 0.141), (0.8, 260, 20, 0.677),
     (0.8, 120, 20, 0.998)],
)  # fmt: skip
def test_candidates_are_as_many_as_the_formula_of_banding_says(jaccard, n_hashes, n_bands, expected):
    hashed = bands(signatures(sets_with(jaccard, 600, size=400), n_hashes), n_bands)
    found = (hashed[::2] == hashed[1::2]).any(axis=1).mean()
    assert found == pytest.approx(expected, abs=0.07)


@given(st.lists(st.text(alphabet="ab c文", max_size=40), min_size=1, max_size=8))
def test_the_signature_of_a_text_does_not_depend_on_its_neighbours(texts):
    together = signatures(shingles(*texts), 12)
    alone = np.concatenate([signatures(shingles(text), 12) for text in texts])
    assert (together == alone).all()


@settings(deadline=None)
@given(st.integers(1, 30_000))
def test_the_signature_of_a_long_text_is_the_minimum_over_all_of_it(n_shingles):
    numbers = np.arange(n_shingles, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    whole = signatures(Ngrams(numbers, np.array([0, n_shingles])), 4)
    halves = signatures(Ngrams(numbers, np.array([0, n_shingles // 2, n_shingles])), 4)
    assert (whole[0] == halves.min(axis=0)).all()


def test_a_text_without_words_is_like_no_other():
    assert np.diff(shingles("", "!!!", "a").bounds).tolist() == [0, 0, 1]


def test_a_short_text_is_one_shingle_of_all_its_words():
    assert shingles("One two").hashes.tolist() == shingles("one, TWO").hashes.tolist()
    assert shingles("one two").hashes.tolist() != shingles("one two two").hashes.tolist()
    short = ngrams_of(words_of(["one two", "one two three"]), 3, whole_if_short=False)
    assert short.bounds.tolist() == [0, 0, 1]


def test_equal_bands_of_different_places_are_not_equal():
    hashed = bands(np.full((1, 8), 5, np.uint32), 4)
    assert len(set(hashed[0].tolist())) == 4


@given(st.sets(st.integers(0, 50)), st.sets(st.integers(0, 50)))
def test_the_similarity_of_small_sketches_is_that_of_the_sets(one, other):
    expected = len(one & other) / len(one | other) if one | other else 0.0
    arrays = [np.array(sorted(numbers), np.uint32) for numbers in (one, other)]
    assert similarity(*arrays) == similarity(*reversed(arrays)) == pytest.approx(expected)


@pytest.mark.parametrize("jaccard", [0.3, 0.8, 0.97])
def test_the_similarity_of_long_texts_is_known_to_two_hundredths(jaccard):
    pair = sets_with(jaccard, 1, size=100_000)
    sketches = [sketch_of(pair, 0), sketch_of(pair, 1)]
    assert [len(sketch) for sketch in sketches] == [SKETCH_SIZE] * 2
    assert similarity(*sketches) == pytest.approx(jaccard, abs=0.02)
