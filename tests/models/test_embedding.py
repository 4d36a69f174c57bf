"""A real embedder as a function of rows."""

import numpy as np
import pytest
from pyspark.sql import SparkSession

from udfs.embedding import embed
from udfs.models.base import ModelSpec

pytestmark = [pytest.mark.models, pytest.mark.spark, pytest.mark.timeout(900)]


def test_texts_that_mean_the_same_have_vectors_that_are_close(spark: SparkSession, embedder: ModelSpec) -> None:
    texts = ["How do I bake bread?", "What is the way to make a loaf of bread?", None, "The moon is far.", "", "面包"]
    rows = spark.createDataFrame(list(enumerate(texts)), "number int, text string").coalesce(1)
    found = embed(rows, embedder).collect()
    vectors = {row["number"]: row["vector"] for row in found}
    assert vectors.pop(2) is None
    units = {number: np.array(vector) for number, vector in vectors.items()}
    assert {vector.shape for vector in units.values()} == {(384,)}
    assert all(np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5) for vector in units.values())
    assert units[0] @ units[1] > 0.7 > 0.4 > units[0] @ units[3]
