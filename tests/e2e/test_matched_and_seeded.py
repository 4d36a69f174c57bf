"""A run that matches templates of requests and grows seeds, with a judge and a budget: all of it is accounted for."""

import json
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from tests.e2e.conftest import Execute
from tests.e2e.content import read
from tests.e2e.test_generation import corpus, set_sections, stats

pytestmark = [pytest.mark.spark, pytest.mark.e2e, pytest.mark.timeout(900)]

_ANSWER = (
    "Instruction: What does the keeper do every evening, number {n}?\n"
    "Answer: <excerpt>The keeper of the tower lights the lamp every evening</excerpt>"
)
_REQUESTS = {
    "What does <fi>a person</fi> do?": "the keeper of the tower lights the lamp every evening",
    "What does <fi>a person</fi> do <fi>at a time</fi>?": "keeper of the tower lights the lamp and puts it out",
    "How do I bake <fi>a kind of bread</fi>?": "flour yeast oven dough",
}
_TASKS = "9. Name three rivers that flow through Europe.\n10. Is this short message friendly or hostile?\n11. Go on"
_GROWING = [
    {"contains": "Here is a list of tasks", "text": _TASKS},
    {"contains": "possible answers?\n\nTask: Is this short", "text": "Yes."},
    {"contains": "a classification, that is", "text": "No."},
    {
        "contains": "List the possible labels",
        "text": "Label: friendly\nInput: How good to see you!\nLabel: hostile\nInput: Leave this house at once!",
    },
    {"contains": "Write up to three examples", "text": "These are the Danube, the Rhine and the Rhone."},
]


def write(path: Path, rows: list[Any]) -> str:
    path.write_text(json.dumps(rows))
    return str(path)


@pytest.mark.soak
def test_templates_and_seeds_become_judged_pairs(spark: SparkSession, run_job: Execute, tmp_path: Path) -> None:
    templates = tmp_path / "templates.jsonl"
    stated = [{"template": text, "compatible_document_description": fits} for text, fits in _REQUESTS.items()]
    templates.write_text("".join(json.dumps(each) + "\n" for each in stated))
    null = {"contains": "sector 13.", "text": "null"}
    answers = write(tmp_path / "script.json", [*_GROWING, null, {"text": _ANSWER}])
    seeds = tmp_path / "seeds.jsonl"
    stated = [{"id": f"s{n}", "instruction": f"Explain topic number {n} to a child."} for n in range(12)]
    seeds.write_text("".join(json.dumps(each) + "\n" for each in stated))
    verdicts = [{"contains": "sector 26.", "text": "Vague.\nScore: 2"}, {"contains": "sector 39.", "text": "Hm."}]
    verdicts.append({"contains": "sector 52.", "text": "It teaches how.\nHarm: crime\nScore: 5"})
    judge = write(tmp_path / "judge.json", [*verdicts, {"text": "Good.\nScore: 5"}])
    sections = {
        "models": {
            "generator": {"engine": "fake", "model": "writer-1", "script": answers},
            "judge": {"engine": "fake", "model": "other-1", "script": judge},
            "embedder": {"engine": "fake", "model": "words"},
        },
        "generate": {
            "recipes": [{"recipe": "fine_instructions"}, {"recipe": "self_instruct"}],
            "self_instruct": {"seeds": str(seeds), "rounds": 1, "prompts_per_round": 2, "license": "CC0-1.0"},
            "fine_instructions": {"templates": str(templates), "threshold": 0.6, "window_chars": 200},
            "judging": {"max_unparsable_rate": 0.5},
        },
        "select": {"near_duplicates": {}, "gates": {"harm": {}}},
    }
    lake = tmp_path / "lake"
    run_job(tmp_path, corpus(tmp_path, 8), lake, *set_sections(sections))
    made = stats(spark, lake, "generate")
    # Two of three templates fit each of eight documents; seeds give three pairs and a fragment.
    assert made["rows_in"] == 16 + 3 + 1
    assert made["reasons"]["incompatible_template"] == 2
    assert made["reasons"]["low_score"] == 2
    assert made["reasons"]["unjudged"] == 2
    assert made["reasons"]["harmful"] == 2
    assert made["reasons"]["instruction_too_short"] == 1
    found = read(spark, lake, "pairs").filter(F.col("method") == "generation").collect()
    pairs = [row for row in found if row["rule"] == "fine_instructions"]
    documents = {row["doc_id"]: row["text"] for row in read(spark, lake, "documents").collect()}
    assert pairs
    for pair in pairs:
        assert pair["response"] in documents[pair["doc_id"]]
        assert pair["template_id"] is not None
        assert (pair["model_id"], pair["grounding"]) == ("writer-1", 1.0)
    grown = [row for row in found if row["rule"] == "self_instruct"]
    assert {(row["family"], row["context"], row["response"]) for row in grown} == {
        ("classification", "How good to see you!", "friendly"),
        ("classification", "Leave this house at once!", "hostile"),
        ("creative", None, "These are the Danube, the Rhine and the Rhone."),
    }
    for pair in grown:
        assert (pair["doc_id"], pair["source"], pair["license"]) == (None, "self_instruct", "CC0-1.0")
        assert len(pair["fillers"]) == 8
        assert set(pair["fillers"]) <= {f"s{n}" for n in range(12)}
    by_recipe = read(spark, lake, "completions").groupBy("recipe", "model_id").count().collect()
    assert {tuple(row) for row in by_recipe} == {
        ("fine_instructions", "writer-1", 16),
        ("self_instruct_instructions", "writer-1", 2),
        ("self_instruct_kind", "writer-1", 2),
        ("self_instruct_instances", "writer-1", 2),
        ("judge", "other-1", 17),
    }
    assert made["rows_in"] == made["rows_out"] + made["rejected"]
    rejects = read(spark, lake, "rejects").filter("stage = 'generate'").groupBy("reason").count().collect()
    assert {row["reason"]: row["count"] for row in rejects} == made["reasons"]
