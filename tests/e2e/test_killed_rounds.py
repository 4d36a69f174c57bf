"""Recipes asked in rounds, each made of the answers to the last one, and killed in the middle of one."""

import json
import signal
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from tests.e2e.conftest import Execute, write_config
from tests.e2e.content import content_of, read
from tests.e2e.processes import SPARK_SUBMIT, finish, signal_when
from tests.e2e.test_generation import asked, corpus, set_sections

pytestmark = [pytest.mark.spark, pytest.mark.e2e, pytest.mark.soak, pytest.mark.timeout(1800)]

_DOCUMENTS = 30
_CHUNK = 5
_BATCH = 4
# By commits of completions. Three rounds of ten texts are six, two rounds of seven prompts four; then come the kinds of
# the new instructions, and their instances.
_KILLED_AT = {"chain, second round": 3, "new instructions, second round": 9, "instances": 15}
_CHAINED = "<QUE> What is told of lighthouse {n}? <ANS> The keeper of the tower lights the lamp every evening. </END>"
# A number is made of the prompt, and so often that no new instruction resembles that of another prompt.
_TASKS = "9. Compare {n} {n} {n} {n} {n} please.\n10. Is note {n} {n} {n} {n} about a ship or about a storm?\n11. Go"
_SCRIPT = [
    {"contains": "<CON>", "text": _CHAINED},
    {"contains": "Here is a list of tasks", "text": _TASKS},
    {"contains": "possible answers?\n\nTask: Is note", "text": "Yes."},
    {"contains": "a classification, that is", "text": "No."},
    {
        "contains": "List the possible labels",
        "text": "Label: ship\nInput: She sails {n}.\nLabel: storm\nInput: It blows.",
    },
    {"contains": "Write up to three examples", "text": "The first is larger than the second by {n}."},
]


def sections(folder: Path, seconds: float) -> dict[str, Any]:
    """Return the sections that ask for both recipes; each batch takes so long."""
    folder.mkdir(exist_ok=True)
    script, seeds = folder / "script.json", folder / "seeds.jsonl"
    script.write_text(json.dumps([{**rule, "seconds": seconds} for rule in _SCRIPT]))
    stated = [{"id": f"s{n}", "instruction": f"Explain topic number {n} to a child."} for n in range(12)]
    seeds.write_text("".join(json.dumps(each) + "\n" for each in stated))
    fake = {"engine": "fake", "model": "fake-1", "script": str(script), "log": str(folder / "asked.log")}
    return {
        "models": {"generator": {**fake, "batch_size": _BATCH}},
        "generate": {
            "recipes": [{"recipe": "instruction_synthesizer", "rounds": 3}, {"recipe": "self_instruct"}],
            "self_instruct": {"seeds": str(seeds), "rounds": 2, "prompts_per_round": 7, "license": "CC0-1.0"},
            "chunk_prompts": _CHUNK,
        },
        "select": {"near_duplicates": {}},
    }


def answered(spark: SparkSession, lake: Path) -> list[Any]:
    rows = read(spark, lake, "completions").filter("error IS NULL").collect()
    return sorted((row["recipe"], row["prompt_id"], row["completion"]) for row in rows)


def test_rounds_that_were_killed_go_on_as_if_nothing_had_happened(
    spark: SparkSession, run_job: Execute, tmp_path: Path
) -> None:
    sources, calm, lake = corpus(tmp_path, _DOCUMENTS), tmp_path / "calm", tmp_path / "lake"
    run_job(tmp_path, sources, calm / "lake", *set_sections(sections(calm, 0.0)))
    expected = answered(spark, calm / "lake")
    assert {recipe for recipe, _, _ in expected} == {
        "instruction_synthesizer", "self_instruct_instructions", "self_instruct_kind", "self_instruct_instances",
    }  # fmt: skip
    # A text that yielded a pair is an example for the next of its chain.
    made = read(spark, calm / "lake", "pairs").filter(F.col("rule") == "instruction_synthesizer")
    assert made.filter(F.size("fillers") > 0).count() > 0

    command = [*SPARK_SUBMIT, "--config", str(write_config(tmp_path, sources, lake, **sections(tmp_path, 0.4)))]
    log = lake / "completions" / "_delta_log"
    for moment, n_commits in _KILLED_AT.items():
        reached_at: list[float] = []

        def amid_a_chunk(n_commits: int = n_commits, reached_at: list[float] = reached_at) -> bool:
            if not reached_at and len(list(log.glob("*.json"))) >= n_commits:
                reached_at.append(len(asked(tmp_path)))
            return bool(reached_at) and len(asked(tmp_path)) > reached_at[0]

        began = time.monotonic()
        code, _ = signal_when(command, tmp_path, amid_a_chunk, signal.SIGKILL)
        assert code == -signal.SIGKILL
        print(f"killed amid {moment} after {time.monotonic() - began:.0f} s, {len(asked(tmp_path))} prompts asked")
    result = finish(command, cwd=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr

    assert answered(spark, lake) == expected
    assert content_of(spark, lake) == content_of(spark, calm / "lake")
    counts = Counter(asked(tmp_path))
    assert len(counts) == len(expected) == len(set(asked(calm)))
    # Each kill costs what was under way: a chunk, which may be larger than the others by a hash.
    assert sum(counts.values()) <= len(expected) + len(_KILLED_AT) * 2 * _CHUNK
    assert len(read(spark, lake, "runs").collect()) == 1
