"""Boilerplate, harm, markers, and the language of an answer."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.config.gates import AnswerLanguageGate, BoilerplateGate, HarmGate
from etl.gates.answer_language import refuse_answer_language
from etl.gates.boilerplate import refuse_boilerplate, repeated_share
from etl.gates.harm import refuse_harm
from etl.gates.markers import refuse_markers

PROSE = "The harbour was quiet that morning, and nobody spoke of the storm. "
LISTED = [word for word in files("etl.gates").joinpath("words", "en.txt").read_text().splitlines() if word.isalpha()]


@pytest.mark.parametrize(
    "text",
    [
        "Read more of our news here.\n" * 30 + PROSE,
        "404 error: this page is gone.",
        "Please enable JavaScript to go on.",
    ],
)
def test_furniture_is_boilerplate(text: str) -> None:
    refusal = refuse_boilerplate(text, BoilerplateGate())
    assert refusal is not None
    assert refusal.reason == "boilerplate"


@pytest.mark.parametrize(
    "text", [PROSE * 20, "}\n" * 100 + PROSE * 8, PROSE * 10 + "A 404 error says that there is no such page.", ""]
)
def test_text_is_no_boilerplate(text: str) -> None:
    assert refuse_boilerplate(text, BoilerplateGate()) is None


def test_a_text_dense_in_listed_words_is_harmful() -> None:
    text = PROSE + " ".join(LISTED[:5])
    refusal = refuse_harm(text, "en", HarmGate())
    assert refusal is not None
    assert refusal.reason == "harmful"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (PROSE + LISTED[3], "en"),
        (PROSE * 30 + " ".join(LISTED[:5]), "en"),
        (PROSE + " ".join(LISTED[:5]), "de"),
        ("The class assessed the cockpit in Scunthorpe with a cumulative analysis.", "en"),
    ],
)
def test_a_few_words_in_a_long_text_parts_of_words_and_other_languages_are_not(text: str, lang: str) -> None:
    assert refuse_harm(text, lang, HarmGate()) is None


MARKS = (
    "<|im_start|>",
    "<|endoftext|>",
    "[INST]",
    "<<SYS>>",
    "<start_of_turn>",
    "</s>",
    "[MASK]",
    "<｜User｜>",
    "<eos>",
)


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("number", range(12))
def test_a_special_token_anywhere_is_a_leaked_marker(mark: str, number: int) -> None:
    text = PROSE[: number * 5] + mark + PROSE
    refusal = refuse_markers(text)
    assert refusal is not None
    assert refusal.reason == "leaked_marker"


@pytest.mark.parametrize(
    "text", ["As an AI language model, I cannot.", "### Instruction:\nDo it", "Human: hi\n\nAssistant: yes"]
)
def test_a_prompt_layout_is_a_leaked_marker(text: str) -> None:
    assert refuse_markers(text) is not None


@pytest.mark.parametrize(
    "text", ["a <b> and <s1>", "list[INT] or [SEPT]", "x |> f <| y", "a < eos > b", "## Instructions"]
)
def test_what_looks_like_one_is_none(text: str) -> None:
    assert refuse_markers(text) is None
    assert refuse_markers(text, pair=True) is None


def test_an_open_slot_is_fine_in_a_document_and_not_in_a_pair() -> None:
    assert refuse_markers("Write {{ name }} there") is None
    assert refuse_markers("Write {{ name }} there", pair=True) is not None


def differs(instruction: str, response: str, profile: str = "pretrain", family: str = "question_answering") -> bool:
    return refuse_answer_language(instruction, response, family, AnswerLanguageGate(), profile) is not None


CHINESE = "敏捷的棕色狐狸跳过了懒狗，而其他人都在睡觉。"
GERMAN = "Der schnelle braune Fuchs springt über den faulen Hund und niemand hat etwas davon bemerkt. " * 2


def test_an_answer_in_another_script_is_refused_but_no_translation() -> None:
    assert differs("What does the fox do at night?", CHINESE)
    assert differs(CHINESE, PROSE)
    assert not differs("What does the fox do?", CHINESE, family="translation")


@pytest.mark.parametrize(
    ("instruction", "response"),
    [
        ("如何安装这个软件包并且启动它？", "apt-get install -y nginx=1.2 && systemctl start nginx --now"),
        ("什么是 Kubernetes 的命名空间？", "Kubernetes 的命名空间 (namespace) 是一种隔离机制。"),
        ("Who wrote it?", "Лев Толстой"),
        ("Was ist das?", "A thing."),
    ],
)
def test_commands_mixed_and_short_texts_pass(instruction: str, response: str) -> None:
    assert not differs(instruction, response)


def test_languages_of_one_script_are_compared_in_strict_only() -> None:
    assert differs(PROSE * 2, GERMAN, "strict")
    assert not differs(PROSE * 2, GERMAN)
    assert not differs(PROSE * 2, PROSE * 3, "strict")


@given(st.lists(st.sampled_from(["a line", "  a line", "another line of text", "", "x", "more"]), max_size=40))
def test_boilerplate_is_told_by_its_exact_share_of_repeated_lines(lines: list[str]) -> None:
    text = "\n".join(lines)
    refusal = refuse_boilerplate(text, BoilerplateGate(max_repeated=0.5, max_page_chars=0))
    assert (refusal is not None) is (repeated_share(text) > 0.5)
