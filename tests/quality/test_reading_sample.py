"""Reading tasks against a hand-labelled sample: forty pairs a task, drawn by hash from 9,859 documents.

A reader judged each pair: right where the request can be met by the response and both can be read without the rest
of the document. Where the excerpt is stored, the task must still make the pair of it.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

from etl.config.reading import OFF_BY_DEFAULT, TASKS, ReadingConfig
from etl.rules.base import Document
from etl.rules.reading import build_reading
from etl.text.blocks import Block

SAMPLE = Path(__file__).with_name("reading_sample.jsonl")
ROWS = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
LEAST_PRECISION = 0.90
MIN_ITEMS = 38
# No document of the corpus holds a passage with its labelled translation, so the task has fixtures instead:
# tests/unit/rules/reading/test_reading_translation.py.
WITHOUT_SAMPLE = {"translation"}
LABELLED = [task for task in TASKS if task not in WITHOUT_SAMPLE]


def precision(task):
    labels = [row["right"] for row in ROWS if row["task"] == task]
    return sum(labels) / len(labels)


def document_of(row):
    text, blocks = "", []
    for kind, level, body in row["blocks"]:
        text += "\n\n" if text else ""
        blocks.append(Block(kind, len(text), len(text) + len(body), level))
        text += body
    return Document(text, blocks, None, row["lang"])


def test_every_task_has_its_sample():
    counts = Counter(row["task"] for row in ROWS)
    assert set(counts) == set(LABELLED)
    assert min(counts.values()) >= MIN_ITEMS


@pytest.mark.parametrize("task", [task for task in LABELLED if task not in OFF_BY_DEFAULT])
def test_nine_of_ten_pairs_of_a_task_that_is_on_by_default_are_right(task):
    assert precision(task) >= LEAST_PRECISION


@pytest.mark.parametrize("task", sorted(OFF_BY_DEFAULT))
def test_a_task_is_off_by_default_because_its_pairs_are_not(task):
    assert precision(task) < LEAST_PRECISION


# The text that a summary sums up is too long to be stored, and that of manual pages is not free.
@pytest.mark.parametrize("task", [task for task in LABELLED if task not in ("option", "summary")])
def test_the_labelled_pairs_are_those_that_the_task_makes(task):
    (rule,) = build_reading(ReadingConfig(tasks=[task], max_per_task=100))
    rows = [row for row in ROWS if row["task"] == task and row["blocks"]]
    assert len(rows) >= 20
    lost = [row for row in rows if row["response"] not in {pair.response for pair in rule(document_of(row))}]
    assert lost == []


def test_every_label_has_a_reason_and_every_text_a_licence_that_allows_it():
    free = ("Apache-2.0", "CC-BY-4.0", "CC0-1.0", "MIT", "PostgreSQL", "Public domain")
    for row in ROWS:
        assert row["why"] and row["source"] and row["document"]
        assert row["license"].startswith(free) or not (row["response"] or row["blocks"])
