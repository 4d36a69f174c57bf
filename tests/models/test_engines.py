"""Real models as functions of frames: every prompt has its row, whatever the model says."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from pyspark.sql import DataFrame, Row, SparkSession

from tests.models.conftest import CONTEXT_TOKENS, Spec
from udfs.generation import complete
from udfs.guarded import Limits
from udfs.models.base import GenerationParams

pytestmark = [pytest.mark.models, pytest.mark.spark, pytest.mark.timeout(1200)]

in_process = pytest.mark.parametrize("engine", ["vllm", "transformers"])
LIMITS = Limits(load_seconds=900, batch_seconds=900)
NEW_TOKENS = 12


def asked(spark: SparkSession, *texts: str | None) -> DataFrame:
    """One partition: one worker, one engine."""
    rows = [(number, None, text) for number, text in enumerate(texts)]
    return spark.createDataFrame(rows, "number int, system string, prompt string").coalesce(1)


def answers(frame: DataFrame, spec: Spec, engine: str, batch_size: int = 8, **params: object) -> list[Row]:
    how = GenerationParams(**{"max_new_tokens": NEW_TOKENS, **params})  # type: ignore[arg-type]
    made = complete(frame, spec(engine), how, batch_size=batch_size, limits=LIMITS)
    return sorted(made.collect(), key=lambda row: row["number"])


@in_process
def test_a_real_model_answers_every_prompt_it_can(spark: SparkSession, spec: Spec, engine: str) -> None:
    texts = ["Name three colours.", None, "word " * 2 * CONTEXT_TOKENS, "Write a poem.", "什么是雪?", "Say yes."]
    rows = answers(asked(spark, *texts), spec, engine, batch_size=4)
    assert [row["number"] for row in rows] == list(range(len(texts)))
    assert rows[1]["error"] == "the prompt is empty"
    assert f"too long for a context of {CONTEXT_TOKENS}" in rows[2]["error"]
    for number in (0, 3, 4, 5):
        row = rows[number]
        assert (row["error"], bool(row["completion"].strip())) == (None, True)
        assert row["finish_reason"] in ("stop", "length")
        # A turn of a chat is longer than its text: the template and the role are read too.
        assert row["prompt_tokens"] > 10
        assert 0 < row["completion_tokens"] <= NEW_TOKENS
        assert (row["completion_tokens"] == NEW_TOKENS) or row["finish_reason"] == "stop"
        assert "<|im_" not in row["completion"]


@in_process
def test_an_output_ends_before_a_stop(spark: SparkSession, spec: Spec, engine: str) -> None:
    (free,) = answers(asked(spark, "Count from one to ten."), spec, engine)
    stop = free["completion"].strip()[2]
    (cut,) = answers(asked(spark, "Count from one to ten."), spec, engine, stop=(stop,))
    assert cut["finish_reason"] == "stop"
    assert stop not in cut["completion"]


@in_process
def test_text_to_go_on_with_is_no_turn_of_a_chat(spark: SparkSession, spec: Spec, engine: str) -> None:
    (row,) = answers(asked(spark, "One two three four"), spec, engine, chat=False)
    assert (row["error"], row["prompt_tokens"]) == (None, 4)


@in_process
def test_a_worker_loads_a_model_once(spark: SparkSession, spec: Spec, engine: str) -> None:
    for text in ("Say yes.", "Say no."):
        answers(asked(spark, text), spec, engine)
    loads = asked(spark, "x").mapInArrow(_loads, "engine string, loads int").collect()
    assert [row["loads"] for row in loads if row["engine"] == engine] == [1]


def _loads(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    from udfs.models.loading import LOADS

    list(batches)
    counts = {spec.engine: count for spec, count in LOADS.items()}
    yield pa.RecordBatch.from_pydict(
        {"engine": pa.array(list(counts)), "loads": pa.array(list(counts.values()), pa.int32())}
    )


@in_process
def test_a_folder_without_a_model_is_an_error_of_each_prompt(
    spark: SparkSession, spec: Spec, engine: str, tmp_path: Path
) -> None:
    nothing = replace(spec(engine), model=str(tmp_path))
    rows = answers(asked(spark, "a", "b"), lambda _: nothing, engine)
    assert [f"cannot load {tmp_path}" in row["error"] for row in rows] == [True, True]
