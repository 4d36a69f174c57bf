"""Models and recipes fit together, and a mistake says what would be valid."""

import pytest
from pydantic import ValidationError

from etl.config.generate import GenerateConfig, GeneratorConfig, ModelsConfig, check_models
from etl.config.values import ImpossibleError
from etl.recipes.registry import RECIPES

SERVER = {"engine": "openai_server", "model": "m", "url": "http://localhost:8000/v1"}


def test_every_recipe_can_be_chosen_once() -> None:
    chosen = GenerateConfig.model_validate({"recipes": [{"recipe": name} for name in RECIPES]})
    assert [each.recipe for each in chosen.recipes] == list(RECIPES)
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
