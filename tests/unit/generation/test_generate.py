"""Which model a configuration means, and what tells two of them apart."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from etl.config.generate import GeneratorConfig, RecipeConfig
from etl.errors import ConfigError
from etl.generation.generate import generate
from etl.generation.models import GENERATOR, model_id, revision_of, spec_of
from etl.generation.settings import settings_of
from etl.recipes.registry import RECIPES
from etl.stages.ask import Tally
from udfs.devices import schedules_stages


def generator(**values: Any) -> GeneratorConfig:
    return GeneratorConfig.model_validate({"engine": "vllm", "model": "m", **values})


def test_a_server_gets_its_address_and_no_folder() -> None:
    of = generator(engine="openai_server", url="http://h/v1", authorization_env="A", revision="r")
    spec = spec_of(of, "r")
    assert (spec.engine, spec.model, spec.revision) == ("openai_server", "m", "r")
    assert dict(spec.arguments) == {
        "url": "http://h/v1", "api_key_env": "A", "concurrency": 16, "retries": 5, "timeout_seconds": 300.0,
    }  # fmt: skip


def test_an_engine_within_the_worker_gets_its_context_its_threads_and_what_else_is_named() -> None:
    of = generator(threads=4, context_tokens=2048, engine_arguments={"max_num_seqs": 8})
    assert spec_of(of, "").arguments == (("context_tokens", 2048), ("max_num_seqs", 8), ("threads", 4))


@pytest.mark.skipif(schedules_stages(), reason="this Spark gives a stage resources of its own")
def test_gpus_of_a_stage_need_a_spark_that_gives_them() -> None:
    models = SimpleNamespace(generator=generator(gpus_per_task=0.5))
    job: Any = SimpleNamespace(config=SimpleNamespace(generate=None, models=models))
    nothing: Any = None
    with pytest.raises(ConfigError, match=r"gpus_per_task: 0\.5 needs Spark 4.*spark\.task\.resource\.gpu\.amount"):
        generate(job, nothing, nothing, nothing)


def test_the_revision_of_a_folder_is_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "model.safetensors").write_bytes(b"one")
    first = revision_of(generator(folder=str(tmp_path)), GENERATOR)
    assert first == revision_of(generator(folder=str(tmp_path)), GENERATOR)
    (tmp_path / "model.safetensors").write_bytes(b"two")
    second = revision_of(generator(folder=str(tmp_path), revision="v2"), GENERATOR)
    assert second.startswith("v2+")
    assert first not in second
    assert model_id(generator(), first) == f"m@{first}"
    assert model_id(generator(), "") == "m"
    assert spec_of(generator(folder=str(tmp_path)), first).model == str(tmp_path)


def test_a_folder_without_a_model_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"models.generator.folder: .* holds no config.json on this machine; valid"):
        revision_of(generator(folder=str(tmp_path)), GENERATOR)


def test_the_configuration_changes_what_a_recipe_asks_for() -> None:
    chosen = RecipeConfig.model_validate({"recipe": "nemotron_qa", "max_new_tokens": 9, "temperature": 0.0})
    params = RECIPES[chosen.recipe](settings_of(chosen, generator())).params
    assert (params.max_new_tokens, params.temperature, params.top_p) == (9, 0.0, 0.9)
    unset = settings_of(RecipeConfig(recipe="nemotron_qa"), generator())
    assert RECIPES["nemotron_qa"](unset).params.max_new_tokens == 600


def test_a_line_of_progress_tells_speed_errors_and_time_left() -> None:
    said = Tally(asked=50, failed=1, unparsed=2, tokens=5000).line("nemotron_qa", 200, 10.0)
    assert said == (
        "nemotron_qa … 50/200 prompts, 500 tokens/s, 2.0% errors, 4.0% unparsable, about 30 s left"
    )  # fmt: skip
    assert "0/0 prompts" in Tally().line("x", 0, 0.0)
