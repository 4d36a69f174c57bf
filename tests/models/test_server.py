"""A server of the OpenAI protocol that holds a real model, asked over the wire."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from tests.models.conftest import need_vllm
from tests.models.server import NAME, running_server
from udfs.generation import complete
from udfs.guarded import Limits
from udfs.models.base import GenerationParams, ModelSpec

pytestmark = [pytest.mark.models, pytest.mark.spark, pytest.mark.timeout(1200)]


@pytest.fixture(scope="module")
def url(generator_folder: Path) -> Iterator[str]:
    need_vllm()
    with running_server(generator_folder) as address:
        yield address


def test_a_real_server_answers_what_it_can(spark: SparkSession, url: str) -> None:
    texts = ["Name three colours.", None, "word " * 1000, "Write a poem.", "Say yes."]
    asked = [(number, "Be brief.", text) for number, text in enumerate(texts)]
    rows = spark.createDataFrame(asked, "number int, system string, prompt string")
    spec = ModelSpec("openai_server", NAME, arguments=(("retries", 1), ("timeout_seconds", 600.0), ("url", url)))
    how = GenerationParams(max_new_tokens=12, stop=("\n\n",))
    made = complete(rows.coalesce(1), spec, how, batch_size=8, limits=Limits(60, None)).collect()
    found = {row["number"]: row for row in made}
    assert found[1]["error"] == "the prompt is empty"
    # What the server says of a prompt it does not take is that prompt's error.
    assert "the server said 400" in found[2]["error"]
    for number in (0, 3, 4):
        row = found[number]
        assert (row["error"], bool(row["completion"].strip())) == (None, True)
        assert row["finish_reason"] in ("stop", "length")
        assert row["prompt_tokens"] > 10
        assert 0 < row["completion_tokens"] <= 12
