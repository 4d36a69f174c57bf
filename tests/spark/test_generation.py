"""Models as functions of frames: every prompt gets its row, whatever the partitions, the batches and the model."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from udfs.embedding import embed
from udfs.generation import COMPLETED, complete
from udfs.guarded import Limits
from udfs.models.base import GenerationParams, ModelSpec
from udfs.models.fake import FakeEmbedder

pytestmark = pytest.mark.spark


def scripted(folder: Path, *rules: dict[str, Any]) -> ModelSpec:
    script = folder / "script.json"
    script.write_text(json.dumps([*rules, {"text": "answer {n}"}]))
    return ModelSpec("fake", "m", arguments=(("script", str(script)), ("log", str(folder / "log"))))


def prompts(spark: SparkSession, n: int, partitions: int) -> DataFrame:
    rows = [(f"{k:032x}", None, f"prompt {k}") for k in range(n)]
    return spark.createDataFrame(rows, "prompt_id string, system string, prompt string").repartition(partitions)


def completed(frame: DataFrame, of: ModelSpec, batch_size: int = 4) -> DataFrame:
    return complete(frame, of, GenerationParams(), batch_size=batch_size, limits=Limits())


def test_every_prompt_is_answered_once_however_rows_are_spread(spark: SparkSession, tmp_path: Path) -> None:
    of = scripted(tmp_path)
    one = {row["prompt_id"]: row["completion"] for row in completed(prompts(spark, 21, 1), of).collect()}
    seven = {row["prompt_id"]: row["completion"] for row in completed(prompts(spark, 21, 7), of, 5).collect()}
    assert one == seven
    assert len(one) == 21
    assert all(text.startswith("answer ") for text in one.values())
    assert len((tmp_path / "log").read_text().splitlines()) == 42


def test_bad_prompts_are_rows_with_an_error(spark: SparkSession, tmp_path: Path) -> None:
    of = scripted(tmp_path, {"contains": "prompt 3", "fault": "raise"}, {"contains": "prompt 5", "text": "cut \ud800"})
    empty = spark.createDataFrame([("f" * 32, None, None)], "prompt_id string, system string, prompt string")
    rows = completed(prompts(spark, 8, 2).unionByName(empty), of).collect()
    found = {int(row["prompt_id"], 16): row for row in rows}
    assert len(found) == 9
    assert found[3]["error"] == "ValueError: the batch failed, as its script says"
    assert (found[3]["finish_reason"], found[3]["completion"]) == ("error", "")
    assert found[int("f" * 32, 16)]["error"] == "the prompt is empty"
    assert found[5]["completion"] == "cut ?"
    assert sorted(number for number, row in found.items() if row["error"]) == [3, int("f" * 32, 16)]


def test_no_prompts_are_no_rows(spark: SparkSession, tmp_path: Path) -> None:
    made = completed(prompts(spark, 1, 1).limit(0), scripted(tmp_path))
    assert made.collect() == []
    assert made.schema.fields[3:] == COMPLETED.fields


def test_a_model_that_cannot_be_loaded_ends_no_task(spark: SparkSession) -> None:
    rows = completed(prompts(spark, 3, 2), ModelSpec("vllm", "m")).collect()
    assert len(rows) == 3
    assert all("pip install 'instructlake[models]'" in row["error"] for row in rows)


def test_vectors_are_made_once_for_each_text(spark: SparkSession) -> None:
    frame = spark.createDataFrame([("one two",), (None,), ("two one",), ("",)], "text string").coalesce(1)
    embedded = embed(frame, ModelSpec("fake", "m"))
    rows = embedded.filter(F.col("vector").isNull() | (F.size("vector") == 32)).collect()
    assert [row["vector"] is None for row in rows] == [False, True, False, False]
    assert rows[0]["vector"] == rows[2]["vector"]
    assert sum(value * value for value in rows[0]["vector"]) == pytest.approx(1.0)


@pytest.mark.parametrize("batch_size", [1, 100, 1000])
def test_each_text_has_its_own_vector_however_they_are_batched(spark: SparkSession, batch_size: int) -> None:
    # More rows than one Arrow batch of this session holds, and one of them without a text.
    texts = [None if number == 3 else f"w{number} w{number % 7}" for number in range(150)]
    frame = spark.createDataFrame([(text,) for text in texts], "text string").coalesce(1)
    rows = embed(frame, ModelSpec("fake", "m"), batch_size=batch_size).collect()
    assert [row["text"] for row in rows] == texts
    embedder = FakeEmbedder(ModelSpec("fake", "m"))
    for row in rows:
        expected = None if row["text"] is None else embedder.embed([row["text"]])[0].tolist()
        assert row["vector"] == expected


def test_rows_without_any_text_have_no_vectors(spark: SparkSession) -> None:
    frame = spark.createDataFrame([(1, None), (2, None)], "n int, body string").coalesce(1)
    found = embed(frame, ModelSpec("fake", "m"), text="body", vector="meaning").collect()
    assert [tuple(row) for row in found] == [(1, None, None), (2, None, None)]
    assert embed(frame.limit(0), ModelSpec("fake", "m"), text="body").columns == ["n", "body", "vector"]


def test_no_worker_imports_a_package_of_a_model_for_the_fake(spark: SparkSession, tmp_path: Path) -> None:
    completed(prompts(spark, 2, 1), scripted(tmp_path)).collect()

    def loaded(batches: Any) -> Any:
        import sys

        import pyarrow as pa

        list(batches)
        heavy = sorted({"torch", "vllm", "transformers"} & set(sys.modules))
        yield pa.RecordBatch.from_pydict({"name": heavy, "pid": [os.getpid()] * len(heavy)})

    assert spark.range(1).mapInArrow(loaded, "name string, pid long").collect() == []
