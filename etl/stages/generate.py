"""Generate: what models answered becomes candidate pairs, or rejects that say why not."""

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

from etl.recipes.base import FAILED, UNPARSABLE, Draft, Item, ParseError, Recipe, Refusal
from etl.recipes.registry import RECIPES
from etl.rules.base import Span
from etl.rules.grounding import grounding
from etl.stages.batches import Batches, Worker
from etl.stages.candidates import SPANS, SPANS_ARROW, as_candidates, content_id

METHOD: Final = "generation"
STAGE: Final = "generate"
_KEPT: Final = ("prompt_id", "doc_id", "source", "source_id", "lang", "license", "model_id", "template_id")
_TEXTS: Final = (
    "pair_id", "rule", "rule_version", "family", "instruction", "response", "context", "response_source",
    "reason", "detail", "payload",
)  # fmt: skip
_ARROW: Final = pa.schema(
    [
        *((name, pa.string()) for name in (*_KEPT, *_TEXTS)),
        ("evidence", SPANS_ARROW),
        ("fillers", pa.list_(pa.string())),
        ("grounding", pa.float64()),
        # Which of the rows of its prompt it is, and whether it stands for the whole output.
        ("place", pa.int32()),
        ("whole", pa.bool_()),
        ("completion_tokens", pa.int32()),
    ]
)
_SCHEMA: Final = T.StructType(
    [
        *(T.StructField(name, T.StringType()) for name in (*_KEPT, *_TEXTS)),
        T.StructField("evidence", SPANS),
        T.StructField("fillers", T.ArrayType(T.StringType())),
        T.StructField("grounding", T.DoubleType()),
        T.StructField("place", T.IntegerType()),
        T.StructField("whole", T.BooleanType()),
        T.StructField("completion_tokens", T.IntegerType()),
    ]
)


def read_answers(prompts: DataFrame, completions: DataFrame, recipe: Recipe) -> DataFrame:
    """Return a row for each pair that an answer holds, and for each part of it, or all of it, that is none.

    An output without any pair counts as one pair that was rejected.

    Columns: those of `as_candidates`; `stage, reason, detail, payload`, null for pairs; and
    `prompt_id`, `place`, `whole` and `completion_tokens`, by which outputs are counted.
    """
    answered = completions.select("prompt_id", "completion", "finish_reason", "error", "model_id", "completion_tokens")
    read = prompts.join(answered, on="prompt_id", how="inner").mapInArrow(_worker(recipe), _SCHEMA)
    stage = F.when(F.col("reason").isNotNull(), F.lit(STAGE))
    return as_candidates(read.withColumns({"method": F.lit(METHOD), "stage": stage}))


def generated_pairs(generated: DataFrame) -> DataFrame:
    """Return the candidates that models made, with the columns of `as_candidates`."""
    dropped = ("stage", "reason", "detail", "payload", "prompt_id", "place", "whole", "completion_tokens")
    return generated.filter(F.col("reason").isNull()).drop(*dropped)


def _worker(recipe: Recipe) -> Worker:
    name, settings = recipe.name, recipe.settings

    def read_batches(batches: Batches) -> Iterator[pa.RecordBatch]:
        reading = RECIPES[name](settings)
        for batch in batches:
            rows = [row for answered in batch.to_pylist() for row in _rows(answered, reading)]
            if rows:
                yield pa.RecordBatch.from_pylist(rows, schema=_ARROW)

    return read_batches


def _rows(answered: dict[str, Any], recipe: Recipe) -> Iterator[dict[str, Any]]:
    kept = {name: answered[name] for name in _KEPT}
    base = {**kept, "rule": recipe.name, "rule_version": recipe.version, "whole": False}
    base["completion_tokens"] = answered["completion_tokens"]
    item = Item(answered["item_id"], answered["text"], answered["instruction"], answered["response"])
    if answered["error"] is not None:
        yield {**base, **_refused(Refusal(FAILED, answered["error"], "")), "place": 0, "whole": True}
        return
    output = answered["completion"]
    try:
        outcome = recipe.parse(item, output, truncated=answered["finish_reason"] == "length")
    except ParseError as error:
        yield {**base, **_refused(Refusal(error.reason, error.detail, output)), "place": 0, "whole": True}
        return
    made = [_pair(answered, item, draft, recipe, number) for number, draft in enumerate(outcome.drafts)]
    made += [_refused(refusal) for refusal in outcome.refusals]
    if not made:
        yield {**base, **_refused(Refusal(UNPARSABLE, "", output)), "place": 0, "whole": True}
    for place, row in enumerate(made):
        yield {**base, **row, "place": place}


def _pair(answered: dict[str, Any], item: Item, draft: Draft, recipe: Recipe, number: int) -> dict[str, Any]:
    parts = (recipe.name, recipe.version, item.item_id, str(number), draft.instruction, draft.response)
    return {
        "pair_id": content_id(*parts),
        "family": draft.family,
        "instruction": draft.instruction,
        "response": draft.response,
        "context": draft.context or None,
        "response_source": draft.response_source,
        "evidence": answered["evidence"],
        "fillers": answered["fillers"],
        "grounding": grounding(draft.response, item.text, [Span(0, len(item.text))]),
    }


def _refused(refusal: Refusal) -> dict[str, Any]:
    return {"reason": refusal.reason, "detail": refusal.detail or None, "payload": refusal.payload or None}
