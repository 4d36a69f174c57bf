"""Words are counted in any script, alone and in batches, in time linear in the text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.text import words
from etl.text.words import CJK, count_words


def in_order(text: str) -> int:
    """Count character by character, as the definition reads."""
    count, run = 0, ""
    for char in text:
        is_word = unicodedata.category(char)[0] in "LMN"
        if char in " \t\n\v\f\r" or unicodedata.category(char)[0] == "Z":
            run = ""
        elif any(first <= ord(char) <= last for first, last in CJK):
            if not is_word and run == "punctuation":
                continue
            count, run = count + 1, ""
        else:
            kind = "word" if is_word else "punctuation"
            count, run = count + (kind != run), kind
    return count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, 0),
        ("", 0),
        ("   \n\t ", 0),
        ("Two words", 2),
        ("It's 3.5 km!", 8),
        ("naïve Straße", 2),
        ("后训练是什么?", 7),
        ("Spark用于数据", 5),
        ("안녕하세요 세계", 2),
        ("हिन्दी भाषा", 2),
        ("... --- !?", 3),
        ("\u3000全角\u3000", 2),
        # The middle dot of kana is a word of its own, but goes on what has begun before it.
        ("ア・・イ", 4),
        ("ア、・・イ", 3),
        ("・。", 2),
    ],
)
def test_a_word_a_cjk_character_and_a_run_of_punctuation_count_as_one(text: str | None, expected: int) -> None:
    assert count_words([text]).tolist() == [expected]


_SIGNS = st.text(st.sampled_from("a5é 世ア・,。!\n\u00a0\u0301\u30a0\U0002fffe\U0001f600"), max_size=30)


@given(st.lists(st.one_of(st.none(), st.text(), _SIGNS), max_size=8))
def test_a_batch_counts_what_each_text_counts_alone(texts: list[str | None]) -> None:
    assert count_words(texts).tolist() == [in_order(text or "") for text in texts]


def test_the_size_of_blocks_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["one two", "", "drei, vier é", "五六", None, "seven"]
    expected = count_words(texts).tolist()
    monkeypatch.setattr(words, "_BLOCK_CHARS", 1)
    assert count_words(texts).tolist() == expected == [2, 0, 4, 2, 0, 1]


@pytest.mark.parametrize("sign", ["?", "・", "世", "a ", " ", "é"])
def test_a_million_signs_are_counted_at_once(sign: str) -> None:
    assert count_words([sign * 1_000_000])[0] in (0, 1, 1_000_000)
