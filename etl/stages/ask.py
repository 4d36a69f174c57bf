"""Ask: prompts go to a model chunk by chunk, and what was answered is kept for ever.

A chunk is one commit, with a transaction of its own. A run that is killed loses the chunk under way and no other, and
whoever goes on asks for what the table of completions lacks: so a prompt that was answered is never asked again, by
this run or by any other with the same model, revision and parameters. An error is no answer: it is asked again the
next time.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from etl.config.generate import GenerateConfig, GeneratorConfig
from etl.errors import GenerationFailedError
from etl.optional_schemas import COMPLETIONS
from etl.recipes.base import FAILED, UNPARSED, Recipe
from etl.stages.generate import read_answers
from etl.tables import Tables
from udfs.generation import complete
from udfs.guarded import Limits
from udfs.models.base import ModelSpec

# The first chunk is small: a model that answers nothing of use is found out before much is paid.
FIRST_CHUNK: Final = 64
_LOAD_SECONDS: Final = 1800.0
_EXAMPLES: Final = 3
_ASKED: Final = (
    "prompt_id", "recipe", "recipe_version", "doc_id", "source", "source_id", "system", "prompt",
)  # fmt: skip
Tell = Callable[[str], None]


@dataclass
class Tally:
    """What came of the prompts so far."""

    asked: int = 0
    failed: int = 0
    unparsed: int = 0
    tokens: int = 0

    def line(self, name: str, total: int, seconds: float) -> str:
        """Return a line of progress."""
        left = seconds * (total - self.asked) / self.asked if self.asked else 0.0
        return (
            f"{name} … {self.asked:,}/{total:,} prompts, {self.tokens / max(seconds, 1e-9):,.0f} tokens/s, "
            f"{self.failed / max(self.asked, 1):.1%} errors, {self.unparsed / max(self.asked, 1):.1%} unparsable, "
            f"about {left:,.0f} s left"
        )


class Asking(NamedTuple):
    """What all recipes of a run ask with.

    Attributes:
        spec: The model.
        model_id: Its id in the tables.
        generator: Its configuration.
        config: Chunks and limits.
        run_id: The run that asks.
        transaction: What its commits are known by.
        note: What they carry.
        tell: Shows a line of progress.
    """

    spec: ModelSpec
    model_id: str
    generator: GeneratorConfig
    config: GenerateConfig
    run_id: str
    transaction: str
    note: Mapping[str, str]
    tell: Tell


def ask(tables: Tables, prompts: DataFrame, recipe: Recipe, asking: Asking) -> DataFrame:
    """Ask for all prompts that have no answer yet; return the completions, one for each prompt.

    Args:
        tables: The tables.
        prompts: The prompts, as they were staged.
        recipe: The recipe they are of.
        asking: What is asked with.

    Raises:
        GenerationFailedError: Too many prompts got no answer, or none that can be read.
    """
    name, generator, config = COMPLETIONS.name, asking.generator, asking.config
    if tables.exists(name):
        tables.delete(name, F.col("error").isNotNull() & (F.col("recipe") == recipe.name))
        version = tables.version(name)
        answered = tables.read(name, version).select("prompt_id")
        due = prompts.join(answered, on="prompt_id", how="left_anti")
    else:
        version, due = -1, prompts
    first = Window.partitionBy("prompt_id").orderBy("item_id")
    once = due.withColumn("place", F.row_number().over(first)).filter(F.col("place") == 1).drop("place")
    # Staged, because each chunk reads it again.
    numbered = tables.stage(asking.run_id, f"due_{recipe.name}", once)
    total = numbered.count()
    tally, began = Tally(), time.monotonic()
    # The version tells the attempts apart: one that goes on after a kill must not take its chunks for written ones.
    transaction = f"{asking.transaction}/{recipe.name}/{version}"
    for number, chunk in _chunks(numbered, total, config.chunk_prompts):
        answers = complete(
            chunk.select(*_ASKED).repartition(generator.workers),
            asking.spec,
            recipe.params,
            batch_size=generator.batch_size,
            limits=Limits(_LOAD_SECONDS, None if generator.engine == "openai_server" else generator.timeout_seconds),
            gpus=generator.gpus_per_task,
        )
        rows = answers.withColumns(
            {
                "model_id": F.lit(asking.model_id),
                "parameters": F.lit(recipe.params.canonical()),
                "run_id": F.lit(asking.run_id),
            }
        )
        tables.append(COMPLETIONS, rows, f"{transaction}/{number}", asking.note)
        _count(tally, read_answers(chunk, tables.read(name), recipe))
        asking.tell(tally.line(recipe.name, total, time.monotonic() - began))
        _check(tally, recipe, config, tables)
    if not tables.exists(name):
        # No prompt at all: an empty table says so as well as a full one.
        return _none_of(prompts)
    return tables.read(name).join(prompts.select("prompt_id").distinct(), on="prompt_id", how="left_semi")


def _chunks(due: DataFrame, total: int, size: int) -> Iterator[tuple[int, DataFrame]]:
    """Yield the chunks with their numbers; which prompt is in which is a hash of its id."""
    if not total:
        return
    probed = min(FIRST_CHUNK, size)
    rest = -(-max(0, total - probed) // size)
    spread = F.xxhash64(F.lit("chunk"), "prompt_id").bitwiseAND(F.lit(2**31 - 1))
    in_first = spread % F.lit(total) < F.lit(probed)
    if rest:
        yield 0, due.filter(in_first)
        other = F.xxhash64(F.lit("place"), "prompt_id").bitwiseAND(F.lit(2**31 - 1)) % F.lit(rest)
        for number in range(rest):
            yield number + 1, due.filter(~in_first & (other == number))
    else:
        yield 0, due


def _count(tally: Tally, read: DataFrame) -> None:
    whole = F.col("whole")
    outputs = read.filter(F.col("place") == 0).agg(
        F.count("*"),
        F.sum((whole & (F.col("reason") == FAILED)).cast("int")),
        F.sum((whole & F.col("reason").isin(*UNPARSED)).cast("int")),
        F.sum("completion_tokens"),
    )
    asked, failed, unparsed, tokens = outputs.first() or (0, 0, 0, 0)
    tally.asked += asked or 0
    tally.failed += failed or 0
    tally.unparsed += unparsed or 0
    tally.tokens += tokens or 0


def _check(tally: Tally, recipe: Recipe, config: GenerateConfig, tables: Tables) -> None:
    if not tally.asked:
        return
    kept = "What was answered is kept and will not be asked again; nothing was published."
    if tally.failed / tally.asked > config.max_error_rate:
        mine = F.col("error").isNotNull() & (F.col("recipe") == recipe.name)
        errors = tables.read(COMPLETIONS.name).filter(mine).groupBy("error").count()
        said = errors.orderBy(F.desc("count"), "error").limit(_EXAMPLES).collect()
        raise GenerationFailedError(
            f"generate.recipes: {recipe.name}: {tally.failed} of {tally.asked} prompts got no answer, "
            f"{tally.failed / tally.asked:.2%}; generate.max_error_rate allows {config.max_error_rate:.2%}. {kept} "
            "For example:\n" + "\n".join(f"  {row['count']} × {row['error']}" for row in said)
        )
    if tally.unparsed / tally.asked > config.max_unparsable_rate:
        raise GenerationFailedError(
            f"generate.recipes: {recipe.name}: {tally.unparsed} of {tally.asked} outputs hold nothing that can be "
            f"read, {tally.unparsed / tally.asked:.2%}; generate.max_unparsable_rate allows "
            f"{config.max_unparsable_rate:.2%}. {kept} Look at the table {COMPLETIONS.name}: another model may "
            "follow the recipe, or the limit may be raised."
        )


def _none_of(prompts: DataFrame) -> DataFrame:
    columns = {field.name: field.dataType for field in COMPLETIONS.schema.fields}
    return prompts.limit(0).select(*[F.lit(None).cast(kind).alias(name) for name, kind in columns.items()])
