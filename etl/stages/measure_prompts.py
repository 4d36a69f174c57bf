"""Measure prompts: how many a sample makes, and what they and the answers to them are long; no model is asked."""

from typing import Final

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.mixture.tokenizer import Tokenizer
from etl.optional_schemas import COMPLETIONS
from etl.recipes.base import Recipe
from etl.recipes.estimate import Measured, Outputs
from etl.stages.count_tokens import count_batches
from etl.stages.expressions import HASHES, count_words, draw
from etl.tables import Tables

# Without a tokenizer: tokens of a word, as Instruction Pre-Training (section 2.1) counts them. A character of an
# unspaced script is a word, for which that is too much rather than too little.
TOKENS_PER_WORD: Final = 1.5
# A draw by hash comes out a little smaller or larger than asked for; what is too much is cut off.
_SURPLUS: Final = 1.2


def sample_of(items: DataFrame, key: str, total: int, size: int, seed: int) -> DataFrame:
    """Return about `size` of the rows, drawn by hash of their key; all where there are no more."""
    share = _SURPLUS * size / max(1, total)
    if share >= 1:
        return items.limit(size)
    return items.filter(draw(seed, "estimate", F.col(key)) < F.lit(share * HASHES)).limit(size)


def answers_of(tables: Tables, recipe: Recipe, model_id: str) -> DataFrame | None:
    """Return what a model has answered to a recipe so far, None where no model was asked yet."""
    if not tables.exists(COMPLETIONS.name):
        return None
    mine = (F.col("recipe") == recipe.name) & (F.col("model_id") == model_id) & F.col("error").isNull()
    return tables.read(COMPLETIONS.name).filter(mine & (F.col("parameters") == recipe.params.canonical()))


def measure(prompts: DataFrame, n_items: int, answers: DataFrame | None, tokenizer: Tokenizer | None) -> Measured:
    """Return how many prompts there are, how many of them have an answer, and what they are long."""
    counted = prompts.select("prompt_id", F.concat_ws("\n", "system", "prompt").alias("text"))
    if tokenizer is None:
        counted = counted.withColumn("n_tokens", count_words(F.col("text")) * F.lit(TOKENS_PER_WORD))
    else:
        counted = counted.withColumn("n_tokens", F.lit(0))
        counted = counted.mapInArrow(count_batches(tokenizer), counted.schema)
    if answers is None:
        counted = counted.withColumn("known", F.lit(0))
    else:
        known = answers.select("prompt_id", F.lit(1).alias("known")).distinct()
        counted = counted.join(known, on="prompt_id", how="left")
    row = counted.agg(F.count("*"), F.sum("known"), F.sum("n_tokens"), F.sum(F.length("text"))).first()
    n, answered, tokens, chars = row or (0, 0, 0, 0)
    return Measured(n_items, n, answered or 0, float(tokens or 0), chars or 0)


def outputs_of(answers: DataFrame | None, recipe: Recipe) -> Outputs:
    """Return what an answer to a recipe is long: on average so far, else where it is cut off."""
    longest = Outputs(float(recipe.params.max_new_tokens), 0)
    if answers is None:
        return longest
    # An engine that does not tell how much it wrote counts 0.
    row = answers.filter(F.col("completion_tokens") > 0).agg(F.count("*"), F.avg("completion_tokens")).first()
    n, mean = row or (0, 0.0)
    return Outputs(float(mean), n) if n and mean else longest
