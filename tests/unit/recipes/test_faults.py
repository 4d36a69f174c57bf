"""Every recipe with every fault an engine can have: a reason for each prompt, and never an exception or a silence."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from etl.config.generate import GenerateConfig
from etl.errors import GenerationFailedError
from etl.recipes.base import FAILED, Item, ParseError, Recipe, RecipeSettings
from etl.recipes.registry import RECIPES
from etl.stages.ask import Tally, _check
from etl.tables import Tables
from udfs.guarded import Asker, Limits
from udfs.models import fake, loading
from udfs.models.base import ERROR, LENGTH, ModelSpec

PASSAGE = "The keeper of the tower lights the lamp every evening and puts it out when the sun has come up again. " * 3
GARBLED = "%PDF-1.4 \x00\x01 obj <<>> stream"
# What a recipe says where it is not the common reason: an answer may be any text, so only its words can be wrong.
ANY_TEXT = {"answer_instruction": "unsupported_response"}


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    fake.forget()
    loading._LOADED.clear()
    yield
    loading._LOADED.clear()


def item(name: str) -> Item:
    text = json.dumps(["Explain a thing."]) if name == "self_instruct_instructions" else PASSAGE
    return Item("0" * 32, text, "Who lights the lamp every evening?", "The keeper of the tower.")


def reason(name: str, folder: Path, rule: dict[str, Any], **limits: float) -> str:
    """Return the reason that one prompt of a recipe ends with."""
    script = folder / "script.json"
    script.write_text(json.dumps([rule]))
    recipe: Recipe = RECIPES[name](RecipeSettings())
    asked = recipe.prompt(item(name))
    assert asked is not None
    spec = ModelSpec("fake", name, arguments=(("script", str(script)),))
    (answer,) = Asker(spec, recipe.params, Limits(**limits)).ask([asked])
    if answer.finish_reason == ERROR:
        assert answer.error
        return FAILED
    try:
        outcome = recipe.parse(item(name), answer.text, truncated=answer.finish_reason == LENGTH)
    except ParseError as error:
        return error.reason
    return "kept" if outcome.drafts else outcome.refusals[0].reason


@pytest.mark.parametrize("name", RECIPES)
@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ({"text": ""}, "empty_output"),
        ({"text": "I'm sorry, but I can't help with that."}, "refused_output"),
        ({"text": "I cannot", "finish_reason": "length"}, "refused_output"),
        ({"text": "la" * 40_000}, "overlong_output"),
        ({"fault": "error"}, FAILED),
        ({"fault": "raise"}, FAILED),
        ({"fault": "die"}, FAILED),
    ],
    ids=["empty", "refused", "refused and cut off", "over-long", "error", "batch fails", "engine dies"],
)
def test_a_fault_has_the_same_reason_in_every_recipe(name: str, rule: dict[str, Any], why: str, tmp_path: Path) -> None:
    assert reason(name, tmp_path, rule) == why


@pytest.mark.parametrize("name", RECIPES)
def test_a_hang_costs_its_prompt_in_every_recipe(name: str, tmp_path: Path) -> None:
    assert reason(name, tmp_path, {"fault": "hang"}, batch_seconds=0.05) == FAILED


@pytest.mark.parametrize("name", [name for name in RECIPES if not name.startswith("self_instruct_in")])
def test_a_garbled_output_is_no_pair(name: str, tmp_path: Path) -> None:
    # Lists of instructions and instances may be any text; what is fit is decided behind the parser.
    assert reason(name, tmp_path, {"text": GARBLED}) == ANY_TEXT.get(name, "unparsable_output")


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("reverse_instruction", "Instruction: Describe the work of the keeper and", "truncated_output"),
        ("answer_instruction", "The keeper of the", "truncated_output"),
        ("refine_pair", "Question: Who lights the lamp?\nAnswer: The", "truncated_output"),
        ("fine_instructions", "Instruction: Who lights it?\nAnswer: <excerpt>The keep", "truncated_output"),
        ("nemotron_qa", "- Question: Who lights the lamp?\nAnswer: The keep", "unparsable_output"),
        ("instruction_synthesizer", "<QUE> Who lights the lamp? <ANS> The keep", "truncated_output"),
        ("judge", "The answer is good because", "unparsable_output"),
        ("self_instruct_instructions", "9. Name three riv", "unparsable_output"),
        ("self_instruct_instances", "Example 1\nInput: a\nOutput: b", "unparsable_output"),
    ],
)
def test_an_output_that_was_cut_off_is_no_pair(name: str, text: str, why: str, tmp_path: Path) -> None:
    assert reason(name, tmp_path, {"text": text, "finish_reason": "length"}) == why


@pytest.mark.parametrize("name", RECIPES)
def test_a_model_that_cannot_be_loaded_fails_every_prompt(name: str) -> None:
    recipe = RECIPES[name](RecipeSettings())
    asked = recipe.prompt(item(name))
    assert asked is not None
    (answer,) = Asker(ModelSpec("fake", "m", arguments=(("script", "/no/such"),)), recipe.params, Limits()).ask([asked])
    assert "the script /no/such cannot be read" in str(answer.error)


@pytest.mark.parametrize("name", RECIPES)
def test_half_of_the_outputs_unparsable_ends_the_run_and_says_what_may_be_done(name: str) -> None:
    recipe, nowhere = RECIPES[name](RecipeSettings()), cast(Tables, None)
    _check(Tally(asked=100, unparsed=30), recipe, GenerateConfig(), nowhere)
    with pytest.raises(
        GenerationFailedError, match=rf"{name}: 50 of 100 outputs hold nothing that can be read, 50.00%"
    ):
        _check(Tally(asked=100, unparsed=50), recipe, GenerateConfig(), nowhere)
