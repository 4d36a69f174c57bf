"""Generation as a function of a DataFrame: prompts in, a row for each out, whatever happens to the model."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import types as T

from udfs.devices import requested, use_own_device
from udfs.guarded import Asker, Limits
from udfs.models.base import Completion, GenerationParams, ModelSpec, Prompt, failed

_COLUMNS: Final[dict[str, tuple[pa.DataType, T.DataType]]] = {
    "completion": (pa.string(), T.StringType()),
    "finish_reason": (pa.string(), T.StringType()),
    "error": (pa.string(), T.StringType()),
    "prompt_tokens": (pa.int32(), T.IntegerType()),
    "completion_tokens": (pa.int32(), T.IntegerType()),
}
_ARROW: Final = pa.schema([(name, arrow) for name, (arrow, _) in _COLUMNS.items()])
COMPLETED: Final = T.StructType([T.StructField(name, spark) for name, (_, spark) in _COLUMNS.items()])


def complete(
    prompts: DataFrame,
    spec: ModelSpec,
    params: GenerationParams,
    *,
    batch_size: int,
    limits: Limits,
    gpus: float | None = None,
) -> DataFrame:
    """Return the prompts with `completion, finish_reason, error, prompt_tokens, completion_tokens`.

    The plan asks the model each time it is evaluated: write what it yields before anything branches off.

    Args:
        prompts: Columns `system, prompt` and any others; one without a text gets an error and no model sees it.
        spec: The model; a worker process loads it once and keeps it.
        params: How it writes.
        batch_size: So many prompts go to the engine at once, whatever the size of Spark's batches.
        limits: How long loading and a batch may take.
        gpus: So many GPUs each task is given, whatever other stages are; None leaves that to the session.
    """
    schema = T.StructType([*prompts.schema.fields, *COMPLETED.fields])
    return prompts.mapInArrow(_worker(spec, params, batch_size, limits), schema, **requested(gpus))


def _worker(
    spec: ModelSpec, params: GenerationParams, batch_size: int, limits: Limits
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def complete_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        use_own_device()
        asker = Asker(spec, params, limits)
        held: list[pa.RecordBatch] = []
        n_held = 0
        for batch in batches:
            held.append(batch)
            n_held += batch.num_rows
            if n_held >= batch_size:
                yield from _answered(held, asker, batch_size)
                held, n_held = [], 0
        if n_held:
            yield from _answered(held, asker, batch_size)

    return complete_batches


def _answered(batches: list[pa.RecordBatch], asker: Asker, batch_size: int) -> Iterator[pa.RecordBatch]:
    rows = pa.Table.from_batches(batches).combine_chunks()
    for start in range(0, rows.num_rows, batch_size):
        part = rows.slice(start, batch_size)
        answers = _answers(part.select(["system", "prompt"]).to_pylist(), asker)
        columns = zip(*answers, strict=True)
        made = [_array(column, field) for column, field in zip(columns, _ARROW, strict=True)]
        given = [column.combine_chunks() for column in part.columns]
        yield pa.RecordBatch.from_arrays([*given, *made], names=[*part.column_names, *_ARROW.names])


def _answers(rows: list[dict[str, Any]], asker: Asker) -> list[Completion]:
    places = [place for place, row in enumerate(rows) if row["prompt"]]
    asked = [Prompt(rows[place]["prompt"], rows[place]["system"] or "") for place in places]
    found = dict(zip(places, asker.ask(asked), strict=True))
    return [found.get(place) or failed("the prompt is empty") for place in range(len(rows))]


def _array(values: tuple[Any, ...], field: pa.Field) -> pa.Array:
    if field.type == pa.string():
        # Half of a surrogate pair is no text; a model that was cut off in the middle of a character may write one.
        values = tuple(value and value.encode("utf-8", "replace").decode() for value in values)
    return pa.array(values, type=field.type)
