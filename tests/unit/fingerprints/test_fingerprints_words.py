"""Words are hashed alike whatever their case, accents and surroundings, and one a character in unspaced scripts."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.fingerprints import words as words_module
from etl.fingerprints.words import words_of


def hashes(text):
    return words_of([text]).hashes.tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hello, World!", "hello world"),
        ("Crème brûlée", "CREME BRULEE"),
        ("Crème", "Cre\u0300me"),
        ("ＡＢＣ１２", "abc12"),
        ("so\u00adft hy\u200bphen", "soft hyphen"),
        ("ｶﾀｶﾅ", "カタカナ"),
        ("a\n\n  b\t c", "a b c"),
    ],
)
def test_what_only_looks_different_has_the_same_words(one, other):
    assert hashes(one) == hashes(other)


@pytest.mark.parametrize(
    ("text", "n_words"),
    [("", 0), ("?!… —", 0), ("one two", 2), ("don't", 2), ("中文字符", 4), ("日本語 text です", 6), ("한국어 문장", 2),
     ("ไทย", 3), ("naïve 1.5", 3), ("𠀀𠀁", 2), ("😀 a", 1)],
)  # fmt: skip
def test_words_are_runs_of_letters_or_single_characters(text, n_words):
    assert len(hashes(text)) == n_words


def test_words_that_differ_have_different_hashes():
    different = ["ab", "ba", "a", "b", "aa", "aab", "中", "文", "1", "11", "ж", "z"]
    assert len({tuple(hashes(word)) for word in different}) == len(different)


@given(st.lists(st.text(max_size=30), max_size=6))
def test_texts_together_have_the_words_each_has_alone(texts):
    together = words_of(texts)
    alone = [hashes(text) for text in texts]
    assert [
        together.hashes[start:end].tolist() for start, end in zip(together.bounds, together.bounds[1:], strict=False)
    ] == alone


@given(st.text(min_size=1), st.text(max_size=20), st.text(max_size=20))
def test_the_words_of_a_line_do_not_depend_on_the_lines_around_it(text, before, after):
    line = hashes(text)
    all_lines = hashes(f"{before}\n{text}\n{after}")
    start = len(hashes(before))
    assert all_lines[start : start + len(line)] == line


def test_a_text_longer_than_a_block_is_hashed_whole(monkeypatch):
    text = "word " * 40
    monkeypatch.setattr(words_module, "BLOCK_CHARS", 100)
    assert hashes(text) == hashes("word") * 40


def test_the_hashes_are_the_same_on_every_machine():
    assert hashes("Hello 世界") == [3157748560641896426, 18377443136443077353, 1233549507986353015]


def test_a_hostile_text_takes_time_in_line_with_its_length():
    words_of(["warm up"])
    began = time.process_time()
    for text in ("?" * 10_000_000, "a" * 10_000_000, "中" * 10_000_000):
        words_of([text])
    assert time.process_time() - began < 10
    assert np.unique(words_of(["?" * 1_000_000]).hashes).size == 0
