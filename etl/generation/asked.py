"""Asked: a model of the configuration, and how one recipe's items go to it and come back, once and only once."""

from collections.abc import Callable
from typing import Final, NamedTuple

from pyspark.sql import DataFrame

from etl.config.generate import GenerateConfig, GeneratorConfig, RecipeConfig
from etl.errors import ConfigError
from etl.generation.models import model_id, revision_of, spec_of
from etl.job import Job, OpenStage
from etl.recipes.base import Recipe
from etl.stages.ask import Asking, ask
from etl.stages.generate import read_answers
from etl.stages.prompts import prompts_of
from udfs.devices import schedules_stages

# Steps that ask about all their items; which recipe it names plays no part.
ALL: Final = RecipeConfig(recipe="reverse_instruction")


class Asked(NamedTuple):
    """A model as prompts go to it: its name and revision, and what asks it."""

    model: tuple[str, str]
    asking: Asking


def asked_of(job: Job, stage: OpenStage, model: GeneratorConfig, key: str, config: GenerateConfig) -> Asked:
    """Return a model of the configuration, ready to be asked.

    Raises:
        ConfigError: Its folder is missing, or is none; or it asks for what this Spark has not.
    """
    if model.gpus_per_task is not None and not schedules_stages():
        raise ConfigError(
            f"{key}.gpus_per_task: {model.gpus_per_task:g} needs Spark 4, where a stage may have "
            "resources of its own; with this Spark set spark.task.resource.gpu.amount and leave the key out"
        )
    revision = revision_of(model, key)
    asking = Asking(
        spec_of(model, revision),
        model_id(model, revision),
        model,
        config,
        job.run.run_id,
        f"{job.run.transaction}/generate",
        job.run.note,
        stage.tell,
    )
    return Asked((model.model, revision), asking)


def prompts_once(
    job: Job, name: str, items: Callable[[], DataFrame], recipe: Recipe, asked: Asked, *, chosen: RecipeConfig = ALL
) -> DataFrame:
    """Return the prompts of a recipe, staged under a name."""
    seed = job.config.run.seed
    return job.once(name, lambda: prompts_of(items(), recipe, chosen=chosen, model=asked.model, seed=seed))


def answers_to(job: Job, prompts: DataFrame, recipe: Recipe, asked: Asked) -> DataFrame:
    """Return what the answers to prompts hold, asking for those that have none yet.

    Raises:
        GenerationFailedError: Too many prompts got no answer, or none that can be read.
    """
    return read_answers(prompts, ask(job.tables, prompts, recipe, asked.asking), recipe)
