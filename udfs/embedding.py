"""Embedding: rows with texts in, the same rows with their vectors out.

A pandas UDF would read better, but PySpark hands on its arrays number by number: 0.2 ms for a vector, which is what a
GPU takes to make it.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import DataFrame
from pyspark.sql import types as T

from udfs.devices import requested, use_own_device
from udfs.models.base import Embedder, ModelSpec
from udfs.models.loading import load_embedder

# Texts that go to the embedder at once: it sorts them by length, so that those padded together are about as long. The
# more there are, the less is padding; Spark's own batches may be far too small for that.
_TEXTS: Final = 4096
# Fewer where they are long: what is held is at most this and one of Spark's batches.
_BYTES: Final = 16_000_000


def embed(
    rows: DataFrame,
    spec: ModelSpec,
    *,
    text: str = "text",
    vector: str = "vector",
    batch_size: int = _TEXTS,
    gpus: float | None = None,
) -> DataFrame:
    """Return the rows with the vectors of their texts: arrays of floats, of length 1 each; null for null.

    The plan asks the model each time it is evaluated: write what it yields before anything branches off.

    Args:
        rows: Any columns, one of them with texts.
        spec: The model; a worker process loads it once and keeps it.
        text: The column of texts.
        vector: What to call the column of vectors.
        batch_size: So many texts go to the embedder at once, whatever the size of Spark's batches; fewer of long ones.
        gpus: So many GPUs each task is given, whatever other stages are; None leaves that to the session.
    """
    schema = T.StructType([*rows.schema.fields, T.StructField(vector, T.ArrayType(T.FloatType()))])
    place = rows.columns.index(text)
    return rows.mapInArrow(_worker(spec, place, vector, batch_size), schema, **requested(gpus))


def _worker(
    spec: ModelSpec, place: int, vector: str, batch_size: int
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def embed_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        use_own_device()
        embedder = load_embedder(spec)
        held: list[pa.RecordBatch] = []
        n_held = n_bytes = 0
        for batch in batches:
            held.append(batch)
            n_held += batch.num_rows
            n_bytes += batch.column(place).nbytes
            if n_held >= batch_size or n_bytes >= _BYTES:
                yield _embedded(held, embedder, place, vector)
                held, n_held, n_bytes = [], 0, 0
        if n_held:
            yield _embedded(held, embedder, place, vector)

    return embed_batches


def _embedded(batches: list[pa.RecordBatch], embedder: Embedder, place: int, name: str) -> pa.RecordBatch:
    table = pa.Table.from_batches(batches).combine_chunks()
    texts = table.column(place)
    there = texts.is_valid().to_numpy()
    vectors = embedder.embed(texts.drop_null().to_pylist())
    # One array of all numbers, and where each row's begin: nothing is done number by number.
    ends = np.cumsum(np.where(there, vectors.shape[1] if there.any() else 0, 0))
    made = pa.ListArray.from_arrays(
        pa.array(np.concatenate([[0], ends]), pa.int32()),
        pa.array(vectors.reshape(-1), pa.float32()),
        mask=pc.invert(pa.array(there)),
    )
    given = [column.combine_chunks() for column in table.columns]
    return pa.RecordBatch.from_arrays([*given, made], names=[*table.column_names, name])
