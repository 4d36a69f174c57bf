"""Models and recipes fit together, and a mistake says what would be valid."""

from typing import Any, get_args

import pytest
from pydantic import ValidationError

from etl.config.generate import (
    MAX_RECIPES,
    GenerateConfig,
    GeneratorConfig,
    ModelsConfig,
    RecipeConfig,
    RecipeName,
    check_models,
    family_of,
)
from etl.config.values import ImpossibleError
from etl.recipes.registry import RECIPES, STEPS

SERVER = {"engine": "openai_server", "model": "m", "url": "http://localhost:8000/v1"}


def test_every_recipe_can_be_chosen_once() -> None:
    names = list(get_args(RecipeName))
    # The judge judges what recipes made; it is chosen in models.judge.
    assert {*names, "judge", *STEPS} == {*RECIPES, "self_instruct"}
    assert len(names) == MAX_RECIPES
    chosen = GenerateConfig.model_validate({"recipes": [{"recipe": name} for name in names]})
    assert [each.recipe for each in chosen.recipes] == names
    with pytest.raises(ValidationError, match="each recipe once; twice: refine_pair"):
        GenerateConfig.model_validate({"recipes": [{"recipe": "refine_pair"}] * 2})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"url": None}, "engine openai_server needs a url"),
        ({"folder": "/models/m"}, "engine openai_server takes none; valid with transformers, vllm"),
        ({"script": "/s.json"}, "engine openai_server takes none; valid with fake"),
        ({"engine_arguments": {"max_num_seqs": 4}}, "valid with vllm"),
        ({"threads": 2}, "valid with transformers, vllm"),
        ({"gpus_per_task": 0.5}, "valid with transformers, vllm"),
        ({"engine": "vllm"}, "engine vllm takes none; valid with openai_server"),
        ({"url": "ftp://host"}, "String should match pattern"),
        ({"url": "http://user:password@host/v1"}, "String should match pattern"),
        ({"engine": "llama"}, "Input should be"),
    ],
)
def test_a_generator_that_cannot_be_is_refused(changes: dict[str, object], said: str) -> None:
    assert GeneratorConfig.model_validate(SERVER)
    with pytest.raises(ValidationError, match=said):
        GeneratorConfig.model_validate({**SERVER, **changes})


def test_recipes_need_a_model_and_a_model_needs_recipes() -> None:
    models = ModelsConfig.model_validate({"generator": SERVER})
    generate = GenerateConfig.model_validate({"recipes": [{"recipe": "refine_pair"}]})
    check_models(ModelsConfig(), GenerateConfig())
    check_models(models, generate)
    with pytest.raises(ImpossibleError, match="needs models"):
        check_models(ModelsConfig(), generate)
    with pytest.raises(ImpossibleError, match="no recipe asks it"):
        check_models(models, GenerateConfig())


@pytest.mark.parametrize(
    ("model", "family"),
    [
        ("meta-llama/Llama-3.1-8B-Instruct", "llama"),
        ("Qwen2.5-7B", "qwen"),
        ("gpt-4o", "gpt"),
        ("mistralai/Mistral-7B-v0.1", "mistral"),
        ("7b", "7b"),
    ],
)
def test_the_family_of_a_model_is_what_its_name_begins_with(model: str, family: str) -> None:
    assert family_of(GeneratorConfig.model_validate({**SERVER, "model": model})) == family
    named = GeneratorConfig.model_validate({**SERVER, "model": model, "family": "Own"})
    assert family_of(named) == "own"


def test_a_model_does_not_judge_its_own_family_unless_it_may() -> None:
    def check(judge: str, **judging: Any) -> None:
        models = {"generator": {**SERVER, "model": "Llama-3-8B"}, "judge": {**SERVER, "model": judge}}
        generate = {"recipes": [{"recipe": "refine_pair"}], "judging": judging}
        check_models(ModelsConfig.model_validate(models), GenerateConfig.model_validate(generate))

    check("Qwen3-4B")
    check("org/llama-2-70b", allow_same_family=True)
    with pytest.raises(ImpossibleError, match=r"of the family 'llama' as models.generator is"):
        check("org/llama-2-70b")


def test_matched_templates_need_an_embedder_and_settings_and_these_need_the_recipe() -> None:
    embedder, settings = {"engine": "fake", "model": "f"}, {"templates": "t.jsonl"}

    def check(recipe: str, models: dict[str, Any], generate: dict[str, Any]) -> None:
        check_models(
            ModelsConfig.model_validate({"generator": SERVER, **models}),
            GenerateConfig.model_validate({"recipes": [{"recipe": recipe}], **generate}),
        )

    check("fine_instructions", {"embedder": embedder}, {"fine_instructions": settings})
    with pytest.raises(ImpossibleError, match="fine_instructions needs it") as raised:
        check("fine_instructions", {}, {"fine_instructions": settings})
    assert raised.value.key == "models.embedder"
    with pytest.raises(ImpossibleError, match="fine_instructions needs it"):
        check("fine_instructions", {"embedder": embedder}, {})
    with pytest.raises(ImpossibleError, match="is not asked for"):
        check("refine_pair", {"embedder": embedder}, {})


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"recipe": "nemotron_qa", "rounds": 2}, "valid with the recipe instruction_synthesizer"),
        ({"recipe": "nemotron_qa", "single_turn": False}, "valid with the recipe instruction_synthesizer"),
        ({"recipe": "instruction_synthesizer", "single_turn": False}, "give two or more"),
    ],
)
def test_rounds_and_chains_are_those_of_the_synthesizer(chosen: dict[str, Any], said: str) -> None:
    assert RecipeConfig.model_validate({"recipe": "instruction_synthesizer", "rounds": 3, "single_turn": False})
    assert RecipeConfig(recipe="instruction_synthesizer").single_turn
    with pytest.raises(ValidationError, match=said):
        RecipeConfig.model_validate(chosen)
