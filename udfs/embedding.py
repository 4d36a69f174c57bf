"""Embedding as a pandas UDF: a column of texts in, a column of vectors out."""

from collections.abc import Callable, Iterator

import pandas as pd
from pyspark.sql import Column
from pyspark.sql import types as T
from pyspark.sql.pandas.functions import pandas_udf

from udfs.devices import use_own_device
from udfs.models.base import ModelSpec
from udfs.models.loading import load_embedder


def embed_udf(spec: ModelSpec) -> Callable[[Column | str], Column]:
    """Return a function of a column of texts: vectors of length 1, null for null.

    Spark counts it as not deterministic, so that it never evaluates it twice for a filter on what it yields.
    """

    def embed_batches(batches: Iterator[pd.Series]) -> Iterator[pd.Series]:
        use_own_device()
        embedder = load_embedder(spec)
        for texts in batches:
            there = texts.notna()
            vectors = pd.Series([None] * len(texts), index=texts.index, dtype=object)
            rows = embedder.embed(texts[there].tolist())
            for index, row in zip(texts.index[there], rows, strict=True):
                vectors[index] = row
            yield vectors

    # By annotations that name the iterator, PySpark knows that the function takes one.
    made: Callable[[Column | str], Column] = pandas_udf(  # type: ignore[call-overload]
        embed_batches, T.ArrayType(T.FloatType())
    ).asNondeterministic()
    return made
