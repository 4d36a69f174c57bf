"""Templates against a hand-labelled sample: 200 filled pairs, drawn by hash from those of 9,829 documents and the
knowledge base after their shares were balanced.

A reader judged of each pair whether it is grammatical, whether it is true where its answer is that of the knowledge
base, whether what fills it is of the right type, and whether the response meets the request. What a document says is
stored where its licence allows it.
"""

import json
from pathlib import Path

import pytest

from etl.config.knowledge import KINDS
from etl.knowledge.load import load_knowledge
from etl.templates.load import load_templates

SAMPLE = Path(__file__).with_name("template_sample.jsonl")
ROWS = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
LEAST = {"grammatical": 0.95, "true": 0.98, "filler": 0.95, "fits": 0.95}
FREE = ("Apache-2.0", "CC-BY-4.0", "CC0-1.0", "MIT", "PostgreSQL", "Public domain", "Unicode-3.0")


def precision(label):
    judged = [row[label] for row in ROWS if row[label] is not None]
    return sum(judged) / len(judged)


@pytest.mark.parametrize("label", LEAST)
def test_pairs_of_templates_are_right(label):
    assert precision(label) >= LEAST[label]


def test_two_hundred_pairs_of_every_kind_and_both_languages_were_judged():
    assert len(ROWS) == 200
    assert {row["template"].split(".")[1] for row in ROWS} == set(KINDS)
    assert {row["lang"] for row in ROWS} == {"en", "zh"}
    assert min(sum(bool(row["document"]) is stated for row in ROWS) for stated in (True, False)) >= 80
    for row in ROWS:
        assert (row["true"] is None) is (row["response_source"] != "knowledge_base")
        assert bool(row["why"]) is any(row[label] is False for label in LEAST)


def test_the_templates_and_entities_that_were_judged_are_those_that_are_shipped():
    known = load_knowledge()
    templates = {template.id for template in load_templates(known).templates}
    assert {row["template"] for row in ROWS} <= templates
    assert {filler.split("@")[0] for row in ROWS for filler in row["fillers"]} - {""} <= set(known.by_id)


def test_every_text_has_a_licence_that_allows_it():
    for row in ROWS:
        assert row["source"]
        assert row["license"].startswith(FREE) or not (row["instruction"] or row["context"] or row["response"])
