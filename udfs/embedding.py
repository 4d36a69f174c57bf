"""Embedding as a pandas UDF: a column of texts in, a column of vectors out."""

from collections.abc import Callable, Iterator
from typing import Final

import pandas as pd
from pyspark.sql import Column
from pyspark.sql import types as T
from pyspark.sql.pandas.functions import pandas_udf

from udfs.devices import use_own_device
from udfs.models.base import Embedder, ModelSpec
from udfs.models.loading import load_embedder

# Texts that go to the embedder at once: it sorts them by length, so that those padded together are about as long. The
# more there are, the less is padding; Spark's own batches may be far too small for that.
_TEXTS: Final = 4096
# Fewer where they are long: what is held is at most this and one of Spark's batches.
_CHARS: Final = 16_000_000


def embed_udf(spec: ModelSpec, batch_size: int = _TEXTS) -> Callable[[Column | str], Column]:
    """Return a function of a column of texts: vectors of length 1, null for null.

    Spark counts it as not deterministic, so that it never evaluates it twice for a filter on what it yields.

    Args:
        spec: The model; a worker process loads it once and keeps it.
        batch_size: So many texts go to the embedder at once, whatever the size of Spark's batches; fewer of long ones.
    """

    def embed_batches(batches: Iterator[pd.Series]) -> Iterator[pd.Series]:
        use_own_device()
        embedder = load_embedder(spec)
        held: list[pd.Series] = []
        n_held = n_chars = 0
        for texts in batches:
            held.append(texts)
            n_held += len(texts)
            n_chars += sum(map(len, texts.dropna()))
            if n_held >= batch_size or n_chars >= _CHARS:
                yield from _embedded(held, embedder)
                held, n_held, n_chars = [], 0, 0
        if held:
            yield from _embedded(held, embedder)

    # By annotations that name the iterator, PySpark knows that the function takes one.
    made: Callable[[Column | str], Column] = pandas_udf(  # type: ignore[call-overload]
        embed_batches, T.ArrayType(T.FloatType())
    ).asNondeterministic()
    return made


def _embedded(batches: list[pd.Series], embedder: Embedder) -> Iterator[pd.Series]:
    """Yield the vectors in batches as long as those of the texts, which Spark joins them with."""
    texts = [text for batch in batches for text in batch[batch.notna()]]
    rows = iter(embedder.embed(texts))
    for batch in batches:
        vectors = [next(rows) if there else None for there in batch.notna()]
        yield pd.Series(vectors, index=batch.index, dtype=object)
