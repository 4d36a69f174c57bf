"""A real embedder: what means the same is one, what does not stays."""

import pytest
from pyspark.sql import SparkSession

from etl.config.semantics import SemanticDuplicatesConfig
from etl.stages.semantic_duplicates import find_semantic_duplicates
from etl.stages.text_vectors import vectors_of_texts
from udfs.models.base import ModelSpec

pytestmark = [pytest.mark.models, pytest.mark.spark, pytest.mark.timeout(900)]

ASKED = {
    "a": "How can I reset my email password?",
    "b": "How do I reset the password of my email?",
    "c": "How do I bake sourdough bread?",
    "d": "List the planets of the solar system.",
}


def test_two_paraphrases_are_one_and_others_stay(spark: SparkSession, embedder: ModelSpec) -> None:
    rows = [(key, "s", "en", None, asked, "An answer.") for key, asked in ASKED.items()]
    columns = "pair_id string, source string, lang string, context string, instruction string, response string"
    pairs = spark.createDataFrame(rows, columns)
    vectors = vectors_of_texts(pairs, embedder)
    alike = SemanticDuplicatesConfig(compare="instruction", threshold=0.85)
    (found,) = find_semantic_duplicates(pairs, vectors, alike, 42).collect()
    assert (found["pair_id"], found["reason"]) == ("a", "semantic_duplicate")
    assert found["detail"].startswith("means the same as pair b, similarity 0.")
    # One of the paraphrases is as near to the rest as vectors that have nothing in common are.
    same = SemanticDuplicatesConfig(compare="instruction", threshold=1.0)
    assert find_semantic_duplicates(pairs, vectors, same, 42).count() == 0
