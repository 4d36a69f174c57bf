"""The questions of Self-Instruct follow one another: examples, a kind, instances."""

import json
from pathlib import Path

import pytest

from etl.errors import ConfigError
from etl.recipes.base import Item, ParseError, Recipe, RecipeSettings
from etl.recipes.registry import RECIPES, STEPS
from etl.recipes.seeds import Seed, instruction_id, read_seeds

ASKED = Item("0" * 32, "", "Is this message friendly or hostile?", "label_first")
GOOD = {
    "self_instruct_instructions": "9. Name three rivers.\n10. Name three lakes.",
    "self_instruct_kind": "Yes.",
    "self_instruct_instances": "Label: friendly\nInput: How good to see you!",
}


def step(name: str) -> Recipe:
    return RECIPES[name](RecipeSettings())


def test_every_step_has_a_good_output_here() -> None:
    assert tuple(GOOD) == STEPS


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize(
    ("output", "why"),
    [
        ("", "empty_output"),
        ("I'm sorry, but I can't help with that.", "refused_output"),
        ("la " * 30_000, "overlong_output"),
    ],
    ids=["empty", "refused", "over-long"],
)
def test_a_fault_of_the_model_has_its_reason(name: str, output: str, why: str) -> None:
    with pytest.raises(ParseError) as raised:
        step(name).parse(ASKED, output, truncated=False)
    assert raised.value.reason == why


def test_examples_are_numbered_and_new_instructions_come_back() -> None:
    item = Item("0" * 32, json.dumps(["Explain a thing.", "Explain another."]))
    asked = step("self_instruct_instructions").prompt(item)
    assert asked is not None
    assert "1. Explain a thing.\n2. Explain another." in asked.text
    assert "numbered from 3 on" in asked.text
    outcome = step("self_instruct_instructions").parse(item, GOOD["self_instruct_instructions"], truncated=False)
    assert [(each.instruction, each.response) for each in outcome.drafts] == [
        ("Name three rivers.", ""), ("Name three lakes.", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(("output", "first"), [("yes", "label_first"), ("No.", "input_first")])
def test_the_kind_says_how_instances_are_asked_for(output: str, first: str) -> None:
    (draft,) = step("self_instruct_kind").parse(ASKED, output, truncated=False).drafts
    assert (draft.instruction, draft.response) == (ASKED.instruction, first)
    asked = step("self_instruct_instances").prompt(ASKED._replace(response=first))
    assert asked is not None
    assert ("List the possible labels" in asked.text) is (first == "label_first")


def test_an_instance_is_a_pair_whose_input_is_its_context() -> None:
    outcome = step("self_instruct_instances").parse(ASKED, GOOD["self_instruct_instances"], truncated=False)
    (draft,) = outcome.drafts
    assert (draft.instruction, draft.context, draft.response) == (
        ASKED.instruction, "How good to see you!", "friendly",
    )  # fmt: skip
    assert draft.family == "classification"


def test_bad_instances_cost_themselves_only() -> None:
    output = "Label: friendly\nInput: Hello!\nLabel: hostile\nInput: Hello!\nLabel: friendly\nInput: Dear all"
    outcome = step("self_instruct_instances").parse(ASKED, output, truncated=False)
    assert [each.context for each in outcome.drafts] == ["Dear all"]
    assert [each.reason for each in outcome.refusals] == ["same_input_other_output"] * 2


def test_seeds_are_read_each_once_with_an_id(tmp_path: Path) -> None:
    path = tmp_path / "seeds.jsonl"
    rows = [
        {"id": 7, "instruction": "Name a\nriver."},
        {"instruction": "Name a lake."},
        {"instruction": "Name a river."},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert read_seeds(str(path)) == [Seed("7", "Name a river."), Seed(instruction_id("Name a lake."), "Name a lake.")]


@pytest.mark.parametrize("row", [{}, {"instruction": " "}, {"instruction": 3}, {"instruction": "x", "id": []}])
def test_a_line_that_is_no_seed_says_where(tmp_path: Path, row: dict[str, object]) -> None:
    path = tmp_path / "seeds.jsonl"
    path.write_text(json.dumps(row))
    with pytest.raises(ConfigError, match=r"generate.self_instruct.seeds: .*seeds.jsonl:1: "):
        read_seeds(str(path))
