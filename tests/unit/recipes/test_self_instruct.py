"""New instructions are unlike the known ones, and instances hold together."""

import random

import pytest
from rapidfuzz.distance import LCSseq

from etl.recipes.base import ParseError
from etl.recipes.self_instruct import (
    Instance,
    instance_prompt,
    instances,
    instruction_prompt,
    new_instructions,
    read_classification,
    read_instructions,
    why_unfit,
)
from etl.recipes.self_instruct_instances import read_instances
from etl.recipes.similarity import rouge_l, too_similar

SEEDS = [f"Explain the topic number {n} to a child of ten." for n in range(20)]


def test_a_prompt_holds_eight_examples_of_which_two_are_machine_written() -> None:
    machine = [f"Compare things {n} and {n + 1} in a table." for n in range(5)]
    text = instruction_prompt(SEEDS, machine, "draw-1").text
    assert sum(seed in text for seed in SEEDS) == 6
    assert sum(each in text for each in machine) == 2
    assert "numbered from 9 on" in text
    assert instruction_prompt(SEEDS, machine, "draw-1") == instruction_prompt(SEEDS, machine, "draw-1")
    assert instruction_prompt(SEEDS, machine, "draw-2") != instruction_prompt(SEEDS, machine, "draw-1")


def test_a_numbered_list_is_read_with_and_without_its_first_number() -> None:
    assert read_instructions("9. One thing.\n10. Another\nthing.", truncated=False) == ["One thing.", "Another thing."]
    assert read_instructions("One thing.\n10. Another.", truncated=False) == ["One thing.", "Another."]
    assert read_instructions("9. One thing.\n10. Ano", truncated=True) == ["One thing."]


@pytest.mark.parametrize("output", ["", "I'm sorry, I cannot do that.", "9. cut"])
def test_an_output_without_instruction_is_refused(output: str) -> None:
    with pytest.raises(ParseError):
        read_instructions(output, truncated=True)


@pytest.mark.parametrize(
    ("instruction", "why"),
    [
        ("Say it now", "instruction_too_short"),
        ("word " * 151, "instruction_too_long"),
        ("Describe the image that is attached here.", "needs_more_than_text"),
        ("Write a program that sorts a list of names.", "asks_for_a_program"),
        ("- Name three rivers in Europe.", "begins_with_a_sign"),
        ("Name three rivers in Europe.", None),
        ("请用一句话说明什么是光合作用。", None),
        ("Équilibrez cette équation chimique simple.", None),
    ],
)
def test_an_instruction_must_be_fit_by_itself(instruction: str, why: str | None) -> None:
    assert why_unfit(instruction) == why


def test_new_instructions_are_unlike_known_and_earlier_ones_whatever_their_order() -> None:
    known = ["Name three rivers that flow through Europe."]
    found = [
        "Name three rivers that flow through Europe today.",
        "Write a short poem about the sea in winter.",
        "Write a short poem about the sea in summer.",
        "Name three rivers that flow through Europe today.",
        "Do it",
    ]
    kept, refused = new_instructions(found, known)
    assert len(kept) == 1
    assert kept[0].startswith("Write a short poem")
    assert sorted(each.reason for each in refused) == [
        "instruction_too_short", "similar_instruction", "similar_instruction",
    ]  # fmt: skip
    assert new_instructions(found[::-1], known)[0] == kept


def test_rouge_l_is_that_of_the_longest_common_subsequence() -> None:
    draws = random.Random(1)
    for _ in range(200):
        one = [draws.choice("abcde") for _ in range(draws.randrange(1, 80))]
        other = [draws.choice("abcde") for _ in range(draws.randrange(1, 80))]
        expected = 2 * LCSseq.similarity(one, other) / (len(one) + len(other))
        assert rouge_l(one, other) == pytest.approx(expected)


def test_minhash_proposes_what_full_comparison_finds() -> None:
    draws = random.Random(2)
    words = [f"word{n}" for n in range(3000)]
    texts = [" ".join(draws.choices(words, k=draws.randrange(6, 25))) for _ in range(500)]
    changed = []
    for text in texts:
        parts = text.split()
        parts[draws.randrange(len(parts))] = "changed"
        changed.append(" ".join(parts))
    alike = [rouge_l(text.split(), other.split()) > 0.7 for text, other in zip(texts, changed, strict=True)]
    found = [too_similar([other], texts, 0.7)[0] is not None for other in changed[:60]]
    together = too_similar(changed, texts, 0.7)
    assert [each is not None for each in together[:60]] == found
    recall = sum(1 for each, is_like in zip(together, alike, strict=True) if is_like and each) / sum(alike)
    assert recall >= 0.99


@pytest.mark.parametrize(("output", "said"), [("Yes", True), ("**no**.", False), ("yes, it is", True)])
def test_a_classification_is_a_yes(output: str, said: bool) -> None:
    assert read_classification(output, truncated=False) is said


def test_neither_yes_nor_no_is_unparsable() -> None:
    with pytest.raises(ParseError, match="neither yes nor no"):
        read_classification("Perhaps.", truncated=False)


def test_classification_is_asked_label_first_and_anything_else_input_first() -> None:
    assert "List the possible labels" in instance_prompt("Is it spam?", label_first=True).text
    assert "Is it spam?" in instance_prompt("Is it spam?", label_first=False).text


def test_instances_are_read_label_first() -> None:
    output = "Label: spam\nInput: You have won!\nLabel: ham\nInput: See you at noon."
    assert read_instances(output, label_first=True, truncated=False) == [
        Instance("You have won!", "spam"),
        Instance("See you at noon.", "ham"),
    ]
    assert len(read_instances(output, label_first=True, truncated=True)) == 1


def test_instances_are_read_input_first() -> None:
    output = "Example 1\nInput: 2 + 2\nOutput: 4\nExample 2\nInput: none\nOutput: a joke"
    assert read_instances(output, label_first=False, truncated=False) == [
        Instance("2 + 2", "4"),
        Instance("", "a joke"),
    ]
    assert read_instances("It is noon.", label_first=False, truncated=False) == [Instance("", "It is noon.")]


def test_instances_that_do_not_hold_together_are_refused() -> None:
    found = [
        Instance("a", "1"), Instance("a", "1"), Instance("b", "2"), Instance("b", "3"), Instance("c", "c"),
        Instance("d", ""), Instance("e", "as follows:"),
    ]  # fmt: skip
    kept, refused = instances(found)
    assert kept == [Instance("a", "1")]
    assert sorted(each.reason for each in refused) == [
        "empty_instance", "instance_is_cut_off", "output_is_input",
        "same_input_other_output", "same_input_other_output",
    ]  # fmt: skip
