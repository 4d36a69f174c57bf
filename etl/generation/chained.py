"""Chained rounds: texts are asked round by round, and those that yielded pairs are examples for the next of their slot.

Each round is a table: a run that was killed goes on behind the last one.
"""

from functools import partial

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.config.generate import RecipeConfig
from etl.generation.asked import Asked, answers_to, prompts_once
from etl.job import Job
from etl.recipes.base import Recipe
from etl.stages.chains import history_after, linked, no_history, placed, with_history
from etl.stages.prompts import chosen_of
from etl.stages.union import union


def chained(job: Job, asked: Asked, chosen: RecipeConfig, recipe: Recipe, items: DataFrame) -> DataFrame:
    """Return the pairs and rejects of a recipe that is asked in rounds, with the columns of `read_answers`.

    Raises:
        GenerationFailedError: Too many prompts got no answer, or none that can be read.
    """
    seed = job.config.run.seed
    chosen_items = chosen_of(items, recipe, chosen, seed)
    places = job.once("chain_places", lambda: placed(chosen_items, chosen.rounds, seed))
    prompts: list[DataFrame] = []
    read: list[DataFrame] = []
    history = no_history(items)
    for number in range(chosen.rounds):
        of_round = with_history(items.join(places.filter(F.col("round") == number), on="item_id"), history)
        asked_now, read_now = _round(job, asked, recipe, number, of_round)
        prompts.append(asked_now)
        read.append(read_now)
        history = job.once(f"history_chain_{number}", partial(history_after, of_round, asked_now, read_now))
    if chosen.single_turn:
        return union(read)
    return linked(union(read), union(prompts), places)


def _round(job: Job, asked: Asked, recipe: Recipe, number: int, items: DataFrame) -> tuple[DataFrame, DataFrame]:
    """Return what one round asked, and what its answers hold."""
    prompts = prompts_once(job, f"prompts_chain_{number}", lambda: items, recipe, asked)
    return prompts, job.once(f"read_chain_{number}", lambda: answers_to(job, prompts, recipe, asked))
