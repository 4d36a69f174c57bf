"""Generation as a function of a DataFrame: prompts in, a row for each out, whatever happens to the model."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import types as T

from udfs.devices import use_own_device
from udfs.guarded import Asker, Limits
from udfs.models.base import GenerationParams, ModelSpec, Prompt

PROMPT_COLUMNS: Final = ("prompt_id", "system", "prompt")
_COLUMNS: Final[dict[str, tuple[pa.DataType, T.DataType]]] = {
    "prompt_id": (pa.string(), T.StringType()),
    "completion": (pa.string(), T.StringType()),
    "finish_reason": (pa.string(), T.StringType()),
    "error": (pa.string(), T.StringType()),
    "prompt_tokens": (pa.int32(), T.IntegerType()),
    "completion_tokens": (pa.int32(), T.IntegerType()),
}
_ARROW: Final = pa.schema([(name, arrow) for name, (arrow, _) in _COLUMNS.items()])
COMPLETED: Final = T.StructType([T.StructField(name, spark) for name, (_, spark) in _COLUMNS.items()])


def complete(
    prompts: DataFrame, spec: ModelSpec, params: GenerationParams, *, batch_size: int, limits: Limits
) -> DataFrame:
    """Return a row for each prompt: `prompt_id, completion, finish_reason, error, prompt_tokens, completion_tokens`.

    The plan asks the model each time it is evaluated: write what it yields before anything branches off.

    Args:
        prompts: Columns `prompt_id, system, prompt`; one without a text gets an error and no model sees it.
        spec: The model; a worker process loads it once and keeps it.
        params: How it writes.
        batch_size: So many prompts go to the engine at once, whatever the size of Spark's batches.
        limits: How long loading and a batch may take.
    """
    return prompts.select(*PROMPT_COLUMNS).mapInArrow(_worker(spec, params, batch_size, limits), COMPLETED)


def _worker(
    spec: ModelSpec, params: GenerationParams, batch_size: int, limits: Limits
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def complete_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        use_own_device()
        asker = Asker(spec, params, limits)
        held: list[dict[str, Any]] = []
        for batch in batches:
            held += batch.to_pylist()
            while len(held) >= batch_size:
                yield _answered(held[:batch_size], asker)
                held = held[batch_size:]
        if held:
            yield _answered(held, asker)

    return complete_batches


def _answered(rows: list[dict[str, Any]], asker: Asker) -> pa.RecordBatch:
    asked = [row for row in rows if row["prompt"]]
    answers = asker.ask([Prompt(row["prompt"], row["system"] or "") for row in asked])
    made = [(row["prompt_id"], *answer) for row, answer in zip(asked, answers, strict=True)]
    made += [(row["prompt_id"], "", "error", "the prompt is empty", 0, 0) for row in rows if not row["prompt"]]
    columns = zip(*made, strict=True)
    arrays = [_array(column, field) for column, field in zip(columns, _ARROW, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=_ARROW)


def _array(values: tuple[Any, ...], field: pa.Field) -> pa.Array:
    if field.type == pa.string():
        # Half of a surrogate pair is no text; a model that was cut off in the middle of a character may write one.
        values = tuple(value and value.encode("utf-8", "replace").decode() for value in values)
    return pa.array(values, type=field.type)
