"""A run with a real model that is killed again and again: each prompt is answered once."""

import json
import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from tests.e2e.conftest import write_config
from tests.e2e.content import read
from tests.e2e.processes import SPARK_SUBMIT, end_group, signal_when, start
from tests.models.conftest import Spec

pytestmark = [pytest.mark.models, pytest.mark.spark, pytest.mark.e2e, pytest.mark.soak, pytest.mark.timeout(3600)]

_CHUNK = 20
# Documents and kills of each engine, and the fewest commits between two kills. Without one a run is killed while it
# loads its model, too; vLLM takes half a minute to, so there are fewer runs, and most do some work first.
_ENGINES = {"transformers": (200, 10, 0), "vllm": (100, 4, 1)}
_SEED = 20_240
# Longest time from the moment a run has written what it was to write to the moment it is killed.
_LINGER_SECONDS = 8.0
_LIMIT_SECONDS = 1800


def document(number: int) -> str:
    body = "The keeper of the tower lights the lamp every evening and puts it out when the sun has come up again. "
    return f"Lighthouse number {number} stands on rock {number * 7} in the bay of sector {number * 13}. " + body * 2


def killed_once(commits: Callable[[], int], until: int, linger: float) -> Callable[[], bool]:
    """Return whether the moment has come: so long after so many commits are there."""
    reached: list[float] = []

    def due() -> bool:
        if not reached and commits() >= until:
            reached.append(time.monotonic())
        return bool(reached) and time.monotonic() >= reached[0] + linger

    return due


@pytest.mark.parametrize("engine", _ENGINES)
def test_a_run_killed_at_random_moments_asks_each_prompt_once(
    spark: SparkSession, tmp_path: Path, spec: Spec, engine: str
) -> None:
    n_documents, kills, least = _ENGINES[engine]
    kills = int(os.environ.get("INSTRUCTLAKE_KILLS", kills))
    corpus, lake = tmp_path / "corpus.jsonl", tmp_path / "lake"
    corpus.write_text("".join(json.dumps({"id": f"d{k}", "text": document(k)}) + "\n" for k in range(n_documents)))
    generator = {
        "engine": engine, "model": "small", "folder": spec(engine).model, "dtype": "bfloat16",
        "context_tokens": 512, "batch_size": _CHUNK, "threads": 2,
    }  # fmt: skip
    if engine == "vllm":
        given = {"enforce_eager": True, "max_num_seqs": _CHUNK, "kv_cache_memory_bytes": 128 << 20}
        generator["engine_arguments"] = given
    recipe = {"recipe": "reverse_instruction", "max_new_tokens": 2, "temperature": 0}
    config = write_config(
        tmp_path,
        [{"name": "lights", "path": str(corpus), "format": "jsonl", "id_col": "id", "license": "CC0-1.0"}],
        lake,
        models={"generator": generator},
        generate={"recipes": [recipe], "chunk_prompts": _CHUNK, "max_unparsable_rate": 1.0},
        select={"near_duplicates": {}},
    )
    command = [*SPARK_SUBMIT, "--config", str(config)]
    log = lake / "completions" / "_delta_log"

    def commits() -> int:
        return len(list(log.glob("*.json")))

    moments = random.Random(_SEED)
    # The first and the last chunk are smaller or larger than the others, so there is one chunk more or less.
    last = n_documents // _CHUNK
    before = 0
    began = time.monotonic()
    for number in range(kills):
        until, linger = min(before + moments.randint(least, 1), last - 2), moments.uniform(0, _LINGER_SECONDS)
        code, _ = signal_when(command, tmp_path, killed_once(commits, until, linger), signal.SIGKILL)
        assert code == -signal.SIGKILL
        # Nothing that was written is lost.
        assert commits() >= before
        before = commits()
        seconds = time.monotonic() - began
        print(f"kill {number + 1}: {linger:.1f} s after commit {until}; {before} commits are there; {seconds:.0f} s")
    process = start(command, tmp_path)
    try:
        out, err = process.communicate(timeout=_LIMIT_SECONDS)
    finally:
        end_group(process)
    assert process.returncode == 0, out + err
    print(f"the last run is over after {time.monotonic() - began:.0f} s")

    rows = read(spark, lake, "completions").collect()
    assert len(rows) == len({row["prompt_id"] for row in rows}) == n_documents
    assert len({row["doc_id"] for row in rows}) == n_documents
    assert all(row["error"] is None and row["completion_tokens"] > 0 for row in rows)
    # Each was written by one commit, and none was ever written and taken back.
    operations = spark.sql(f"DESCRIBE HISTORY delta.`{lake / 'completions'}`").collect()
    written = [
        int(each["operationMetrics"].get("numOutputRows", 0)) for each in operations if each["operation"] == "WRITE"
    ]
    assert sum(written) == n_documents
    (run,) = read(spark, lake, "runs").collect()
    assert run["status"] == "finished"
