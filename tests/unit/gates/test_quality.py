"""The measures of Gopher and C4, and what each profile asks for."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from etl.config.gates import QualityGate
from etl.gates.quality import Quality, judge_quality, measure, refuse_quality
from etl.gates.quality_look import Kept, surely_keeps

GATE = QualityGate()
PROSE = "The mayor said that the bridge has to be closed with care and the people of the town agreed. " * 4


def refused(text: str, profile: str = "pretrain", gate: QualityGate = GATE) -> str | None:
    refusal = refuse_quality(measure(text), "en", gate, profile)
    return None if refusal is None else refusal.detail


def test_what_is_measured() -> None:
    assert measure("- the cat...\n- a dog\n- 12 34\n- of\n- to") == Quality(
        words=13, mean_word_chars=2.0, symbol_share=1 / 13, bullet_share=1.0, ellipsis_share=0.2,
        letter_share=6 / 13, stop_words=3,
    )  # fmt: skip


@pytest.mark.parametrize("profile", ["pretrain", "strict"])
def test_prose_passes(profile: str) -> None:
    assert refused(PROSE, profile) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Sign in", "2 words"),
        ("# ... " * 40, "symbol_share"),
        ("Surf's up in the north of town...\n" * 9, "ellipsis_share"),
        ("12 34 56 78 90 11\n" * 9, "letter_share"),
        ("https://www.acme.org/a/very/long/address/without/an/end " * 30, "characters a word"),
    ],
)
def test_each_bound_names_itself(text: str, said: str) -> None:
    assert said in (refused(text) or "")


@pytest.mark.parametrize(
    "text", ["short text of six words only", "- item one\n" * 40, "xx 11 yy 22 of 44 the 55\n" * 9]
)
def test_a_clumsy_text_passes_pretrain_and_fails_strict(text: str) -> None:
    assert refused(text) is None
    assert refused(text, "strict") is not None


def test_an_unspaced_script_is_not_judged_by_the_length_of_its_words() -> None:
    chinese = "敏捷的棕色狐狸跳过了懒狗而其他人都在睡觉这是一个很长的句子。" * 8
    assert refused(chinese) is None
    assert measure(chinese).words > 100


def test_a_bound_of_the_configuration_goes_before_that_of_the_profile() -> None:
    assert refused("Sign in", gate=QualityGate(min_words=2)) is None
    assert refused(PROSE, gate=QualityGate(min_words=1000)) is not None


def test_only_the_start_is_measured() -> None:
    assert measure("word " * 100_000, sample_chars=500).words == 100


def plainly(text: str) -> Quality:
    """The measures as their definitions read, word by word and line by line."""
    words = text.split()
    lines = [line for raw in text.split("\n") if (line := raw.strip())]
    chars = sum(map(len, words))
    spread = sum(re.match("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]", sign) is not None for sign in text)
    unspaced = 2 * spread > chars
    n_words = max(len(words), spread // 2) if unspaced else len(words)
    n_lines = len(lines) if len(lines) >= 5 else 0
    return Quality(
        words=n_words,
        mean_word_chars=0.0 if unspaced else chars / max(1, n_words),
        symbol_share=(text.count("#") + text.count("...") + text.count("…")) / max(1, n_words),
        bullet_share=sum(line.startswith(("-", "*", "•")) for line in lines) / n_lines if n_lines else 0.0,
        ellipsis_share=sum(line.endswith(("...", "…")) for line in lines) / n_lines if n_lines else 0.0,
        letter_share=sum(any(re.match(r"[^\W\d_]", sign) for sign in word) for word in words) / max(1, len(words)),
        stop_words=len({"the", "be", "to", "of", "and", "that", "have", "with"} & set(text.lower().split())),
    )


@given(st.text(st.sampled_from("aB7_-*•.…#é²雨かัไ \t\n\u00a0\u2028"), max_size=60))
@example("雨" * 10 + " and that")
@example("- a\n" * 5 + "b ...\n…\n")
def test_measures_are_those_of_their_definitions(text: str) -> None:
    assert measure(text) == plainly(text)


@given(st.text(st.sampled_from("the of . # … - \n雨"), max_size=200), st.sampled_from(["pretrain", "strict"]))
def test_what_is_not_measured_changes_no_verdict(text: str, profile: str) -> None:
    gate = QualityGate(min_words=0)
    assert judge_quality(text, "en", gate, profile) == refuse_quality(measure(text), "en", gate, profile)


@given(
    st.text(alphabet="ab#Z.… \n\t\x01\u00a0é“中한1", max_size=300),
    st.sampled_from([(), ("min_words",), ("max_symbol_share",), ("mean_word_chars",), ("min_letter_share",)]),
)
@example("word " * 30 + "é" * 20, ())
def test_the_first_look_says_the_same_as_the_measures(text: str, strict: tuple[str, ...]) -> None:
    bounds = {"min_words": 25, "max_symbol_share": 0.1, "mean_word_chars": [2.5, 3.5], "min_letter_share": 0.7}
    gate = QualityGate(**{name: bounds[name] for name in strict})
    assert judge_quality(text, None, gate, "pretrain") == refuse_quality(measure(text), None, gate, "pretrain")


@pytest.mark.parametrize("text", [PROSE, PROSE * 9, "Ein Satz über Äpfel und Öl, und noch einer. " * 9])
def test_prose_is_passed_at_the_first_look(text: str) -> None:
    assert surely_keeps(text, 0, Kept(20, (2.0, 30.0), 0.5, 0.15))
