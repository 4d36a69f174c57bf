"""Prompts: what a recipe asks a model about documents or pairs, a row each, with all that the answer is read with."""

import json
from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

from etl.config.generate import RecipeConfig
from etl.recipes.base import Example, Item, Recipe
from etl.recipes.registry import RECIPES
from etl.stages.batches import Batches, Worker
from etl.stages.candidates import SPANS, SPANS_ARROW
from etl.stages.expressions import HASHES, draw
from udfs.models.base import prompt_id

_SPANS: Final = "array<struct<start:int,end:int>>"
_ITEM: Final = (
    "item_id", "doc_id", "source", "source_id", "lang", "license", "text", "instruction", "response", "template_id",
)  # fmt: skip
_MADE: Final = ("prompt_id", "recipe", "recipe_version", "system", "prompt")
_NAMES: Final = (*_ITEM, *_MADE)
_ARROW: Final = pa.schema(
    [
        *((name, pa.string()) for name in _NAMES),
        ("evidence", SPANS_ARROW),
        ("fillers", pa.list_(pa.string())),
    ]
)
PROMPTS: Final = T.StructType(
    [
        *(T.StructField(name, T.StringType()) for name in _NAMES),
        T.StructField("evidence", SPANS),
        T.StructField("fillers", T.ArrayType(T.StringType())),
    ]
)
# What not every item has: the template it was made with, and the ids of what stands in its prompt as examples.
_OPTIONAL: Final = {"template_id": "string", "fillers": "array<string>"}


def prompts_of(
    items: DataFrame,
    recipe: Recipe,
    *,
    chosen: RecipeConfig,
    model: tuple[str, str],
    seed: int,
) -> DataFrame:
    """Return a row for each prompt of a recipe; an item that it has no use for has none.

    Columns: the prompt and its id; the item it is made of, with its document; and `evidence`, where in the document
    its passage stands.

    Args:
        items: What the recipe is about: those of `items_of_documents`, or with the same columns.
        recipe: The recipe.
        chosen: Which of them are asked about.
        model: Name and revision of the model, which belong to the id.
        seed: Seed of the run.
    """
    absent = {name: F.lit(None).cast(kind) for name, kind in _OPTIONAL.items() if name not in items.columns}
    items = items.withColumns(absent) if absent else items
    return chosen_of(items, recipe, chosen, seed).mapInArrow(_worker(recipe, model), PROMPTS)


def chosen_of(items: DataFrame, recipe: Recipe, chosen: RecipeConfig, seed: int) -> DataFrame:
    """Return the items that a recipe is asked about: a share of them, or the first by hash."""
    place = draw(seed, f"generate {recipe.name}", F.col("item_id"))
    if chosen.share < 1:
        items = items.filter(place < F.lit(chosen.share * HASHES))
    if chosen.max_prompts is not None:
        items = items.orderBy(place, "item_id").limit(chosen.max_prompts)
    return items


def items_of_documents(documents: DataFrame) -> DataFrame:
    """Return an item for each document."""
    nothing = F.lit("")
    return documents.select(
        F.col("doc_id").alias("item_id"), "doc_id", "source", "source_id", "lang", "license", "text",
        nothing.alias("instruction"), nothing.alias("response"), F.array().cast(_SPANS).alias("evidence"),
    )  # fmt: skip


def items_of_pairs(candidates: DataFrame) -> DataFrame:
    """Return an item for each mined pair; what answers it, with its context, is the passage of another answer."""
    mined = candidates.filter(F.col("refused").isNull() & (F.col("method") == "extraction"))
    context = F.coalesce(F.col("context"), F.lit(""))
    text = F.when(context == "", F.col("response")).otherwise(F.concat(context, F.lit("\n\n"), F.col("response")))
    return mined.select(
        F.col("pair_id").alias("item_id"), "doc_id", "source", "source_id", "lang", "license", text.alias("text"),
        "instruction", "response", "evidence",
    )  # fmt: skip


def _worker(recipe: Recipe, model: tuple[str, str]) -> Worker:
    # Looked up by name in the worker, so that only plain values travel there.
    name, settings = recipe.name, recipe.settings

    def make_batches(batches: Batches) -> Iterator[pa.RecordBatch]:
        asking = RECIPES[name](settings)
        for batch in batches:
            rows = [made for row in batch.to_pylist() if (made := _prompt(row, asking, model)) is not None]
            if rows:
                yield pa.RecordBatch.from_pylist(rows, schema=_ARROW)

    return make_batches


def _prompt(row: dict[str, Any], recipe: Recipe, model: tuple[str, str]) -> dict[str, Any] | None:
    text = row["text"]
    if recipe.reads == "documents":
        end = passage_end(text, recipe.settings.max_passage_chars)
        text = text[:end]
        row = {**row, "text": text, "evidence": [{"start": 0, "end": end}]}
    item = Item(row["item_id"], text, row["instruction"], row["response"])
    history = [_example(each) for each in row.get("examples") or ()]
    asked = recipe.prompt(item, history)
    if asked is None:
        return None
    if history:
        # Where all together are too long, a text is asked without its history.
        row = {**row, "fillers": [] if asked == recipe.prompt(item) else row["example_ids"]}
    return {
        **row,
        "prompt_id": prompt_id(*model, recipe.params, asked),
        "recipe": recipe.name,
        "recipe_version": recipe.version,
        "system": asked.system,
        "prompt": asked.text,
    }


def _example(stated: str) -> Example:
    example = json.loads(stated)
    return Example(example["text"], tuple((pair["question"], pair["answer"]) for pair in example["pairs"]))


def passage_end(text: str, max_chars: int) -> int:
    r"""Return where the beginning of a text ends: at a line if there is one in its second half, else at a blank.

    >>> passage_end("one two\nthree", 10), passage_end("one two three", 9), passage_end("one", 9)
    (7, 7, 3)
    """
    if len(text) <= max_chars:
        return len(text)
    half = max_chars // 2
    for end in (text.rfind("\n", half, max_chars + 1), text.rfind(" ", half, max_chars + 1)):
        if end > 0:
            return end
    return max_chars
