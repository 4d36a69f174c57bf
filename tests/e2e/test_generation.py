"""Runs that ask a model: every prompt is answered once, whatever happens, and what it made is accounted for."""

import json
import signal
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from etl.errors import GenerationFailedError
from tests.e2e.conftest import Execute, write_config
from tests.e2e.content import check_accounts, read
from tests.e2e.processes import SPARK_SUBMIT, finish, signal_when

pytestmark = [pytest.mark.spark, pytest.mark.e2e, pytest.mark.timeout(900)]

_QA = "- Question: What is told of lighthouse {n}?\nAnswer: The keeper of the tower lights the lamp every evening."
_DOCUMENTS = 90
_REQUEST = "Instruction: Describe lighthouse {n} and the work of its keeper."


def document(number: int) -> str:
    body = "The keeper of the tower lights the lamp every evening and puts it out when the sun has come up again. "
    return f"Lighthouse number {number} stands on rock {number * 7} in the bay of sector {number * 13}. " + body * 3


def corpus(folder: Path, n: int = _DOCUMENTS) -> list[dict[str, Any]]:
    path = folder / "corpus.jsonl"
    path.write_text("".join(json.dumps({"id": f"d{k}", "text": document(k)}) + "\n" for k in range(n)))
    return [{"name": "lights", "path": str(path), "format": "jsonl", "id_col": "id", "license": "CC0-1.0"}]


def asking(folder: Path, *rules: dict[str, Any], recipe: str = "nemotron_qa", **generate: Any) -> dict[str, Any]:
    """Return the sections of a configuration that asks the fake for one recipe."""
    script = folder / "script.json"
    script.write_text(json.dumps([*rules, {"text": _QA if recipe == "nemotron_qa" else _REQUEST}]))
    fake = {"engine": "fake", "model": "fake-1", "script": str(script), "log": str(folder / "asked.log")}
    return {
        "models": {"generator": {**fake, "batch_size": 8}},
        "generate": {"recipes": [{"recipe": recipe}], "chunk_prompts": 30, **generate},
        "select": {"near_duplicates": {}},
    }


def set_sections(sections: dict[str, Any]) -> list[str]:
    return [f"{key}={json.dumps(value)}" for key, value in sections.items()]


def asked(folder: Path) -> list[str]:
    log = folder / "asked.log"
    return log.read_text().split() if log.exists() else []


def assert_each_answered_once(spark: SparkSession, lake: Path, n: int) -> None:
    rows = read(spark, lake, "completions").collect()
    assert len(rows) == len({row["prompt_id"] for row in rows}) == n
    assert all(row["error"] is None and row["model_id"] == "fake-1" for row in rows)


def stats(spark: SparkSession, lake: Path, stage: str) -> Any:
    (row,) = read(spark, lake, "stage_stats").filter(F.col("stage") == stage).collect()
    return row


def test_what_a_model_made_is_in_the_tables_and_is_never_paid_for_twice(
    spark: SparkSession, run_job: Execute, tmp_path: Path
) -> None:
    sources, lake = corpus(tmp_path), tmp_path / "lake"
    sections = asking(tmp_path, {"contains": "sector 13.", "text": "no idea"}, {"contains": "sector 26.", "text": ""})
    run_job(tmp_path, sources, lake, *set_sections(sections))
    assert len(asked(tmp_path)) == len(set(asked(tmp_path))) == _DOCUMENTS
    assert_each_answered_once(spark, lake, _DOCUMENTS)
    made = stats(spark, lake, "generate")
    assert made["rows_in"] == made["rows_out"] + made["rejected"]
    assert made["reasons"] == {"unparsable_output": 1, "empty_output": 1}
    pairs = read(spark, lake, "pairs").filter(F.col("method") == "generation")
    first = pairs.first()
    assert first is not None
    assert (first["rule"], first["model_id"], first["response_source"]) == ("nemotron_qa", "fake-1", "model")
    assert first["grounding"] > 0.9
    rejects = Counter(row["reason"] for row in read(spark, lake, "rejects").filter("stage = 'generate'").collect())
    assert rejects == made["reasons"]
    assert read(spark, lake, "mixture").filter("stream = 'instruction'").count() > 0
    before = sorted(row["pair_id"] for row in pairs.collect())

    # Another run, another seed of the mixture: the answers are those of the first.
    run_job(tmp_path, sources, lake, *set_sections(sections), "mixture.ratio=0.02")
    assert len(asked(tmp_path)) == _DOCUMENTS
    after = read(spark, lake, "pairs").filter(F.col("method") == "generation")
    assert sorted(row["pair_id"] for row in after.collect()) == before


@pytest.mark.soak
def test_a_reversed_passage_answers_with_the_document(spark: SparkSession, run_job: Execute, tmp_path: Path) -> None:
    sources, lake = corpus(tmp_path, 5), tmp_path / "lake"
    run_job(tmp_path, sources, lake, *set_sections(asking(tmp_path, recipe="reverse_instruction")))
    documents = {row["doc_id"]: row["text"] for row in read(spark, lake, "documents").collect()}
    pairs = read(spark, lake, "pairs").filter(F.col("method") == "generation").collect()
    assert len(pairs) == 5
    for pair in pairs:
        (span,) = pair["evidence"]
        assert documents[pair["doc_id"]][span["start"] : span["end"]] == pair["response"]
        assert (pair["response_source"], pair["grounding"]) == ("span", 1.0)


def test_no_model_is_asked_where_none_is_configured(spark: SparkSession, run_job: Execute, tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    run_job(tmp_path, corpus(tmp_path, 3), lake)
    assert not (lake / "completions").exists()
    check_accounts(spark, lake)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"fault": "error"}, "prompts got no answer, 100.00%; generate.max_error_rate allows 5.00%"),
        ({"fault": "die"}, "prompts got no answer"),
        ({"text": "no idea"}, "outputs hold nothing that can be read, 100.00%; generate.max_unparsable_rate allows"),
    ],
    ids=["errors", "dead engine", "unparsable"],
)
def test_a_model_of_no_use_ends_the_run_before_much_is_paid(
    spark: SparkSession, run_job: Execute, tmp_path: Path, rule: dict[str, Any], said: str
) -> None:
    lake = tmp_path / "lake"
    sections = asking(tmp_path, rule)
    with pytest.raises(GenerationFailedError, match=said):
        run_job(tmp_path, corpus(tmp_path), lake, *set_sections(sections))
    assert len(set(asked(tmp_path))) <= 40
    assert not (lake / "pairs").exists()


@pytest.mark.soak
def test_errors_below_the_limit_are_rejects_and_are_asked_again_by_the_next_run(
    spark: SparkSession, run_job: Execute, tmp_path: Path
) -> None:
    sources, lake = corpus(tmp_path, 30), tmp_path / "lake"
    failing = asking(tmp_path, {"contains": "sector 39 ", "fault": "raise"}, max_error_rate=0.5)
    failing["generate"]["recipes"] = [{"recipe": "nemotron_qa"}]
    (tmp_path / "script.json").write_text(json.dumps([{"contains": "sector 39.", "fault": "raise"}, {"text": _QA}]))
    run_job(tmp_path, sources, lake, *set_sections(failing))
    assert stats(spark, lake, "generate")["reasons"] == {"generation_failed": 1}
    (failed,) = read(spark, lake, "completions").filter("error IS NOT NULL").collect()
    assert failed["error"] == "ValueError: the batch failed, as its script says"

    n_asked = len(asked(tmp_path))
    (tmp_path / "script.json").write_text(json.dumps([{"text": _QA}]))
    run_job(tmp_path, sources, lake, *set_sections(failing))
    assert len(asked(tmp_path)) == n_asked + 1
    assert_each_answered_once(spark, lake, 30)


@pytest.mark.soak
@pytest.mark.parametrize("n_commits", [0, 1, 2])
def test_a_run_killed_while_it_asks_repeats_one_chunk_at_most(
    spark: SparkSession, tmp_path: Path, n_commits: int
) -> None:
    lake = tmp_path / "lake"
    slow = {"contains": "", "text": _QA, "seconds": 0.3}
    config = write_config(tmp_path, corpus(tmp_path), lake, **asking(tmp_path, slow))
    command = [*SPARK_SUBMIT, "--config", str(config)]
    log = lake / "completions" / "_delta_log"

    def reached() -> bool:
        return len(list(log.glob("*.json"))) >= n_commits and len(asked(tmp_path)) > 30 * n_commits

    code, _ = signal_when(command, tmp_path, reached, signal.SIGKILL)
    assert code == -signal.SIGKILL
    result = finish(command, cwd=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    counts = Counter(asked(tmp_path))
    assert len(counts) == _DOCUMENTS
    # The first chunk may hold a few more than the others: which prompt is in which is a hash.
    assert sum(counts.values()) <= _DOCUMENTS + 45
    assert max(counts.values()) <= 2
    assert_each_answered_once(spark, lake, _DOCUMENTS)
    # spark-submit sends what Python writes to stderr to its own stdout.
    assert "tokens/s" in result.stdout + result.stderr
    (run,) = read(spark, lake, "runs").collect()
    assert run["status"] == "finished"
