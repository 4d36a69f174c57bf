"""Vectors of chunks are Gaussian averages of windows; the formula's own corners are written out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.matching.pooling import MAX_WINDOWS, passage_at, pooled, unit, windows


def test_one_hot_windows_return_the_analytic_weights() -> None:
    # Three windows at 1/6, 1/2, 5/6; one chunk with its centre at 1/2 and sigma 1/3: the outer ones weigh exp(-1/2).
    outer = float(np.exp(-0.5))
    expected = np.array([outer, 1.0, outer]) / np.linalg.norm([outer, 1.0, outer])
    assert pooled(np.eye(3, dtype=np.float32), 1, 1 / 3, 1.0)[1] == pytest.approx(expected, abs=1e-6)


def test_the_first_vector_is_the_mean() -> None:
    assert pooled(np.eye(4, dtype=np.float32), 5, 0.05, 1.0)[0] == pytest.approx([0.5] * 4)


def test_without_a_local_part_every_vector_is_the_mean() -> None:
    made = pooled(np.eye(4, dtype=np.float32), 3, 0.05, 0.0)
    assert made == pytest.approx(np.full((4, 4), 0.5))


def test_a_very_wide_gaussian_is_the_mean() -> None:
    assert pooled(np.eye(4, dtype=np.float32), 3, 1e6, 1.0) == pytest.approx(np.full((4, 4), 0.5), abs=1e-5)


def test_a_narrow_gaussian_sees_its_own_window_only() -> None:
    assert pooled(np.eye(5, dtype=np.float32), 5, 0.05, 1.0)[1:] == pytest.approx(np.eye(5), abs=1e-3)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_fewer_windows_than_chunks_are_no_trouble(n: int) -> None:
    made = pooled(np.eye(n, 8, dtype=np.float32), 5, 1e-4, 1.0)
    assert made.shape == (6, 8)
    assert np.linalg.norm(made, axis=1) == pytest.approx(np.ones(6))


def test_a_vector_of_zeros_stays() -> None:
    assert unit(np.zeros((1, 3), dtype=np.float32)).tolist() == [[0.0, 0.0, 0.0]]


@given(st.text(max_size=3000), st.integers(50, 200))
def test_windows_hold_the_text_and_are_never_longer_than_asked(text: str, chars: int) -> None:
    found = windows(text, chars)
    assert all(0 < len(each) <= chars for each in found)
    assert "".join("".join(found).split()) == "".join(text.split())


def test_a_very_long_text_is_sampled_evenly() -> None:
    found = windows("".join(f"{number:09} " for number in range(100_000)), 100)
    assert len(found) == MAX_WINDOWS
    assert found[0].startswith("000000000")
    assert int(found[-1][:9]) > 99_000


@pytest.mark.parametrize(
    ("chunk", "place"),
    [(0, (0, 11)), (1, (0, 11)), (2, (11, 17)), (3, (17, 23))],
    ids=["whole", "first", "mid", "last"],
)
def test_a_passage_lies_around_its_chunk(chunk: int, place: tuple[int, int]) -> None:
    text = "one two three four five"
    start, end = passage_at(text, chunk, 3, 12)
    assert end - start <= 12
    assert text[start:end].strip() in text
    centre = 0 if chunk == 0 else round((chunk - 0.5) / 3 * len(text))
    assert start <= centre <= end


@given(st.text(max_size=400), st.integers(0, 5), st.integers(20, 100))
def test_a_passage_is_part_of_the_text(text: str, chunk: int, max_chars: int) -> None:
    start, end = passage_at(text, chunk, 5, max_chars)
    assert 0 <= start <= end <= len(text)
    assert end - start <= max_chars
    assert end > start or not text
