"""Generation: the model of the configuration is asked for the recipes of the configuration."""

import hashlib
from functools import reduce
from pathlib import Path
from typing import Final

from pyspark.sql import DataFrame

from etl.config.generate import GeneratorConfig, RecipeConfig
from etl.config.models import Config
from etl.errors import ConfigError
from etl.job import Job, OpenStage
from etl.recipes.base import Recipe, RecipeSettings
from etl.recipes.registry import RECIPES
from etl.stages.ask import Asking, ask
from etl.stages.generate import read_answers
from etl.stages.prompts import prompts_of
from udfs.devices import schedules_stages
from udfs.models.base import Argument, ModelSpec

_SERVER: Final = ("url", "authorization_env", "concurrency", "retries", "timeout_seconds")
_READ_BYTES: Final = 1 << 20


def generate(job: Job, stage: OpenStage, documents: DataFrame, candidates: DataFrame) -> DataFrame | None:
    """Return the pairs that models made and the rejects of what they did not, staged; None where no model is asked.

    Raises:
        GenerationFailedError: Too many prompts got no answer, or none that can be read.
        ConfigError: The folder of the model is missing, or is none.
    """
    config, generator = job.config.generate, job.config.models.generator
    if generator is None:
        return None
    if generator.gpus_per_task is not None and not schedules_stages():
        raise ConfigError(
            f"models.generator.gpus_per_task: {generator.gpus_per_task:g} needs Spark 4, where a stage may have "
            "resources of its own; with this Spark set spark.task.resource.gpu.amount and leave the key out"
        )
    revision = revision_of(generator)
    asking = Asking(
        spec_of(generator, revision),
        model_id(generator, revision),
        generator,
        config,
        job.run.run_id,
        f"{job.run.transaction}/generate",
        job.run.note,
        stage.tell,
    )

    def of_recipe(number: int, chosen: RecipeConfig) -> DataFrame:
        recipe = recipe_of(chosen, generator)
        model = (generator.model, revision)
        prompts = job.once(
            f"prompts_{number}",
            lambda: prompts_of(documents, candidates, recipe, chosen=chosen, model=model, seed=job.config.run.seed),
        )
        return read_answers(prompts, ask(job.tables, prompts, recipe, asking), recipe)

    return job.once(
        "generated",
        lambda: reduce(
            lambda one, other: one.unionByName(other),
            [of_recipe(number, chosen) for number, chosen in enumerate(config.recipes)],
        ),
    )


def recipe_of(chosen: RecipeConfig, generator: GeneratorConfig) -> Recipe:
    """Return a recipe with the settings of the configuration."""
    settings = RecipeSettings(
        max_passage_chars=chosen.max_passage_chars,
        min_support=chosen.min_support,
        max_new_tokens=chosen.max_new_tokens,
        temperature=chosen.temperature,
        context_tokens=generator.context_tokens,
    )
    return RECIPES[chosen.recipe](settings)


def spec_of(generator: GeneratorConfig, revision: str) -> ModelSpec:
    """Return what a worker loads."""
    given: dict[str, Argument | None] = {
        "context_tokens": generator.context_tokens,
        "threads": generator.threads,
        **generator.engine_arguments,
    }
    if generator.engine == "openai_server":
        given = {name: getattr(generator, name) for name in _SERVER}
        given["api_key_env"] = given.pop("authorization_env")
    elif generator.engine == "fake":
        given = {"script": generator.script, "log": generator.log}
    arguments = tuple(sorted((name, value) for name, value in given.items() if value is not None))
    return ModelSpec(generator.engine, generator.folder or generator.model, revision, generator.dtype, arguments)


def model_id(generator: GeneratorConfig, revision: str) -> str:
    """Return the id of the model in the tables: its name, with its revision if it has one."""
    return f"{generator.model}@{revision}" if revision else generator.model


def model_versions(config: Config) -> dict[str, str]:
    """Return what the model of the configuration is: part of what makes two runs the same work.

    Raises:
        ConfigError: Its folder is missing, or is none.
    """
    generator = config.models.generator
    if generator is None:
        return {}
    found = {"models.generator": model_id(generator, revision_of(generator))}
    if generator.script is not None:
        found["models.generator.script"] = _digest([Path(generator.script)], "models.generator.script")
    return found


def revision_of(generator: GeneratorConfig) -> str:
    """Return the revision of a model: as configured, and for a folder a fingerprint of what is in it.

    Raises:
        ConfigError: The folder is missing, or holds no model.
    """
    if generator.folder is None:
        return generator.revision
    key, folder = "models.generator.folder", Path(generator.folder)
    if not (folder / "config.json").is_file():
        raise ConfigError(f"{key}: {folder} holds no config.json on this machine; valid: a folder that holds a model")
    digest = _digest(sorted(path for path in folder.rglob("*") if path.is_file()), key, folder)
    return f"{generator.revision}+{digest}" if generator.revision else digest


def _digest(files: list[Path], key: str, root: Path | None = None) -> str:
    """Return a hash of names, sizes and heads of files: weights of gigabytes are told apart without being read."""
    digest = hashlib.sha256()
    for path in files:
        try:
            with path.open("rb") as file:
                head = file.read(_READ_BYTES)
            size = path.stat().st_size
        except OSError as error:
            raise ConfigError(f"{key}: {path} cannot be read: {error.strerror or error}") from None
        name = path.relative_to(root).as_posix() if root else ""
        digest.update(f"{name}\0{size}\0".encode() + head)
    return digest.hexdigest()[:12]
