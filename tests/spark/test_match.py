"""Templates are matched as by the formula, and drawn the same way however the rows are spread."""

import numpy as np
import pytest
from pyspark.sql import SparkSession

from etl.config.fine_instructions import FineInstructionsConfig
from etl.recipes.labelled_matches import LabelledMatch
from etl.recipes.request_templates import RequestTemplate
from etl.stages.admit_generated import beyond_budget
from etl.stages.match import Matching, drawn, index_of, match, vectors_of
from etl.stages.score_matches import scores_of
from udfs.models.base import ModelSpec

pytestmark = pytest.mark.spark

_WORDS = ModelSpec("fake", "words")
_CONFIG = FineInstructionsConfig(templates="t", threshold=0.5)


def test_documents_find_the_templates_whose_descriptions_are_like_them(spark: SparkSession) -> None:
    vectors = vectors_of(spark, ["one two three", "seven eight nine"], _WORDS)
    documents = spark.createDataFrame(
        [("a", "one two three"), ("b", "four five"), ("c", " ")], "doc_id string, text string"
    )
    (found,) = match(documents, Matching(index_of(vectors, _CONFIG), _WORDS, _CONFIG, 100)).collect()
    assert (found["doc_id"], found["number"], found["chunk"], found["start"], found["end"]) == ("a", 0, 0, 0, 13)
    assert found["score"] == pytest.approx(1.0)
    examples = [LabelledMatch("one two", "two one", True), LabelledMatch("one two", "seven eight", False)]
    scores = scores_of(spark, examples, _WORDS, _CONFIG)
    assert scores[0] == pytest.approx(1.0)
    assert np.argsort(scores).tolist() == [1, 0]


def test_six_templates_of_a_document_are_drawn_whatever_the_partitions(spark: SparkSession) -> None:
    templates = [RequestTemplate(f"t{n}", f"text {n}", "", n % 3) for n in range(20)]
    rows = [(f"d{d}", n, 0.9, 0, 0, 10) for d in range(5) for n in range(20 if d else 4)]
    matches = spark.createDataFrame(rows, "doc_id string, number int, score float, chunk int, start int, end int")
    one = {(row["doc_id"], row["template_id"]) for row in drawn(matches.coalesce(1), templates, 6, 42).collect()}
    assert one == {(r["doc_id"], r["template_id"]) for r in drawn(matches.repartition(8), templates, 6, 42).collect()}
    assert sorted(sum(doc == f"d{d}" for doc, _ in one) for d in range(5)) == [4, 6, 6, 6, 6]
    assert len({template for doc, template in one if doc != "d0"}) > 6


def test_pairs_beyond_the_tokens_of_their_document_are_named(spark: SparkSession) -> None:
    made = spark.createDataFrame(
        [
            ("d", "p1", "r", None, 6),
            ("d", "p2", "r", None, 6),
            ("d", "p3", "other", None, 6),
            ("d", "p4", "r", "bad", 6),
        ],
        "doc_id string, pair_id string, rule string, reason string, n_tokens int",
    )
    documents = spark.createDataFrame([("d", 15)], "doc_id string, n_tokens int")
    found = beyond_budget(made, documents, "r", "skip", 42).collect()
    refused = [row["pair_id"] for row in found if row["pair_id"]]
    assert len(refused) == 1
    assert refused[0] in ("p1", "p2")
    assert [row["remainder"] for row in found if row["pair_id"] is None] == [5]
