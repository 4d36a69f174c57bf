"""Generate: what models answered becomes candidate pairs, or rejects that say why not."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

from etl.recipes.base import FAILED, UNPARSABLE, Draft, Item, ParseError, Recipe, Refusal
from etl.recipes.registry import RECIPES
from etl.rules.base import Span
from etl.rules.grounding import grounding
from etl.stages.accounts import Account
from etl.stages.extract import measured

METHOD: Final = "generation"
STAGE: Final = "generate"
_KEPT: Final = ("prompt_id", "doc_id", "source", "source_id", "lang", "license", "model_id")
_TEXTS: Final = (
    "pair_id", "rule", "rule_version", "family", "instruction", "response", "context", "response_source",
    "reason", "detail", "payload",
)  # fmt: skip
_SPANS_ARROW: Final = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))
_ARROW: Final = pa.schema(
    [
        *((name, pa.string()) for name in (*_KEPT, *_TEXTS)),
        ("evidence", _SPANS_ARROW),
        ("grounding", pa.float64()),
        # Which of the rows of its prompt it is, and whether it stands for the whole output.
        ("place", pa.int32()),
        ("whole", pa.bool_()),
        ("completion_tokens", pa.int32()),
    ]
)
_SPAN: Final = T.StructType([T.StructField("start", T.IntegerType()), T.StructField("end", T.IntegerType())])
_SCHEMA: Final = T.StructType(
    [
        *(T.StructField(name, T.StringType()) for name in (*_KEPT, *_TEXTS)),
        T.StructField("evidence", T.ArrayType(_SPAN)),
        T.StructField("grounding", T.DoubleType()),
        T.StructField("place", T.IntegerType()),
        T.StructField("whole", T.BooleanType()),
        T.StructField("completion_tokens", T.IntegerType()),
    ]
)


def read_answers(prompts: DataFrame, completions: DataFrame, recipe: Recipe) -> DataFrame:
    """Return a row for each pair that an answer holds, and for each part of it, or all of it, that is none.

    Columns: those that `etl.stages.extract.extract` returns; `stage, reason, detail, payload`, null for pairs; and
    `prompt_id`, `place`, `whole` and `completion_tokens`, by which outputs are counted.
    """
    answered = completions.select("prompt_id", "completion", "finish_reason", "error", "model_id", "completion_tokens")
    read = prompts.join(answered, on="prompt_id", how="inner").mapInArrow(_worker(recipe), _SCHEMA)
    nothing = F.lit(None).cast("string")
    return measured(
        read.withColumns(
            {
                "method": F.lit(METHOD),
                "stage": F.when(F.col("reason").isNotNull(), F.lit(STAGE)),
                "template_id": nothing,
                "refused": nothing,
                "votes": F.lit(None).cast("int"),
                "accepted": F.lit(None).cast("boolean"),
                "fillers": F.lit(None).cast("array<string>"),
            }
        )
    )


def generated_pairs(generated: DataFrame) -> DataFrame:
    """Return the candidates that models made, with the columns that `etl.stages.extract.extract` returns."""
    dropped = ("stage", "reason", "detail", "payload", "prompt_id", "place", "whole", "completion_tokens")
    return generated.filter(F.col("reason").isNull()).drop(*dropped)


def account_generated(generated: DataFrame) -> Account:
    """Return the account of generate: of candidate pairs, an output without any being one that was rejected."""
    counts = {row["reason"]: row["count"] for row in generated.groupBy("reason").count().collect()}
    made = counts.pop(None, 0)
    return Account(STAGE, "pairs", made + sum(counts.values()), made, 0, counts)


def _worker(recipe: Recipe) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    name, settings = recipe.name, recipe.settings

    def read_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
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
        "pair_id": hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32],
        "family": draft.family,
        "instruction": draft.instruction,
        "response": draft.response,
        "context": draft.context or None,
        "response_source": draft.response_source,
        "evidence": answered["evidence"],
        "grounding": grounding(draft.response, item.text, [Span(0, len(item.text))]),
    }


def _refused(refusal: Refusal) -> dict[str, Any]:
    return {"reason": refusal.reason, "detail": refusal.detail or None, "payload": refusal.payload or None}
