"""A whole run that asks a real model: what it said is in the tables, and is accounted for."""

from pathlib import Path

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from tests.e2e.conftest import Execute
from tests.e2e.content import read
from tests.e2e.test_generation import corpus, set_sections, stats
from tests.models.conftest import Spec

pytestmark = [pytest.mark.models, pytest.mark.spark, pytest.mark.timeout(900)]

_DOCUMENTS = 6
_NEW_TOKENS = 24


def test_a_run_asks_a_real_model_about_each_document_and_accounts_for_what_it_said(
    spark: SparkSession, run_job: Execute, spec: Spec, tmp_path: Path
) -> None:
    lake = tmp_path / "lake"
    generator = {
        "engine": "transformers", "model": "small", "folder": spec("transformers").model, "dtype": "bfloat16",
        "context_tokens": 1024, "batch_size": _DOCUMENTS, "threads": 2,
    }  # fmt: skip
    recipe = {"recipe": "reverse_instruction", "max_new_tokens": _NEW_TOKENS, "temperature": 0}
    sections = {
        "models": {"generator": generator},
        # What so small a model says is hardly ever in the form it was asked for.
        "generate": {"recipes": [recipe], "max_unparsable_rate": 1.0},
        "select": {"near_duplicates": {}},
    }
    run_job(tmp_path, corpus(tmp_path, _DOCUMENTS), lake, *set_sections(sections))
    answers = read(spark, lake, "completions").collect()
    assert len(answers) == len({row["doc_id"] for row in answers}) == _DOCUMENTS
    for row in answers:
        assert (row["error"], bool(row["completion"].strip())) == (None, True)
        assert 0 < row["completion_tokens"] <= _NEW_TOKENS
        assert row["model_id"].startswith("small@")
    made = stats(spark, lake, "generate")
    assert made["rows_in"] == made["rows_out"] + made["rejected"] == _DOCUMENTS
    rejected = read(spark, lake, "rejects").filter("stage = 'generate'").groupBy("reason").count().collect()
    assert {row["reason"]: row["count"] for row in rejected} == made["reasons"]
    pairs = read(spark, lake, "pairs").filter(F.col("method") == "generation").count()
    assert pairs <= made["rows_out"]
