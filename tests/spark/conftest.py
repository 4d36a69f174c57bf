"""Frames of a few rows, written out, and tables in a folder of their own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import DataFrame, SparkSession

from etl.config.models import OutputConfig
from etl.tables import Tables

Rows = Callable[..., DataFrame]


@pytest.fixture
def tables(spark: SparkSession, tmp_path: Path) -> Tables:
    return Tables(spark, OutputConfig(root=str(tmp_path / "lake")))


@pytest.fixture
def parsed(spark: SparkSession) -> Rows:
    """Rows as parse yields them; what a test does not say is that of a good document."""

    def make(*rows: dict[str, Any]) -> DataFrame:
        schema = (
            "doc_id string, source string, source_id string, url string, title string, lang string, license string, "
            "format string, text string, content_hash string, n_chars int, n_chrome int, n_markup int, "
            "blocks array<int>, tags array<string>, n_found int, stage string, reason string, detail string, "
            "payload string, n_tokens int, has_chat_token boolean, row_no long"
        )
        filled = []
        for number, row in enumerate(rows):
            text = row.get("text", f"text {number}")
            base = {
                "doc_id": f"{number:032x}", "source": "s", "source_id": f"id-{number}", "url": None, "title": None,
                "lang": "en", "license": "CC0-1.0", "format": "text", "text": text, "content_hash": text,
                "n_chars": len(text), "n_chrome": 0, "n_markup": 0, "blocks": [1, 0, len(text), 0, -1, 0], "tags": None,
                "n_found": 0, "stage": None,
                "reason": None, "detail": None, "payload": None, "n_tokens": len(text.split()),
                "has_chat_token": False, "row_no": number,
            }  # fmt: skip
            filled.append(tuple({**base, **row}.values()))
        return spark.createDataFrame(filled, schema)

    return make


@pytest.fixture
def candidates(spark: SparkSession) -> Rows:
    """Candidate pairs; what a test does not say is that of a good pair."""

    def make(*rows: dict[str, Any]) -> DataFrame:
        schema = (
            "pair_id string, doc_id string, source string, source_id string, rule string, rule_version string, "
            "family string, instruction string, response string, context string, "
            "evidence array<struct<start:int,end:int>>, grounding double, lang string, license string, "
            "votes int, accepted boolean, method string, response_source string, template_id string, "
            "fillers array<string>, model_id string, n_tokens int, complexity int, refused string"
        )
        filled = []
        for number, row in enumerate(rows):
            base = {
                "pair_id": f"{number:032x}", "doc_id": f"{number:032x}", "source": "s", "source_id": f"id-{number}",
                "rule": "faq", "rule_version": "1", "family": "question_answering",
                "instruction": f"What is number {number}?", "response": f"It is the number {number} of all.",
                "context": None, "evidence": [(0, 5)], "grounding": 1.0, "lang": "en", "license": "CC0-1.0",
                "votes": None, "accepted": None, "method": "extraction", "response_source": "span",
                "template_id": None, "fillers": None, "model_id": None, "n_tokens": 10, "complexity": 1,
                "refused": None,
            }  # fmt: skip
            filled.append(tuple({**base, **row}.values()))
        return spark.createDataFrame(filled, schema)

    return make
