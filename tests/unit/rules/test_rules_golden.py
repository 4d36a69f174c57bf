"""Whole documents through parser and rule, against files.

To write the files anew after a deliberate change: ``UPDATE_GOLDEN=1 pytest tests/unit/rules/test_rules_golden.py``,
then read the difference before you commit it.
"""

import json
import os
from pathlib import Path

import pytest

from etl.config.markup import MarkupConfig, ThreadConfig
from etl.config.models import FaqConfig, HowtoConfig, LabelledQaConfig, RulesConfig
from etl.rules import build_rules
from etl.rules.base import Document
from etl.text.parse import parse

GOLDEN = Path(__file__).parents[2] / "golden" / "rules"
FORMATS = {".md": "markdown", ".txt": "text", ".html": "html"}
CASES = sorted(path for path in GOLDEN.glob("*/*/input.*"))
RULES = {
    rule.name: rule
    for rule in build_rules(
        RulesConfig(
            markup=MarkupConfig(),
            thread=ThreadConfig(),
            faq=FaqConfig(),
            labelled_qa=LabelledQaConfig(),
            howto=HowtoConfig(),
        )
    )
}


def made(path):
    parsed = parse(path.read_text(encoding="utf-8"), FORMATS[path.suffix])
    document = Document(parsed.text, parsed.blocks, parsed.title, markup=parsed.markup)
    return [
        {
            "instruction": pair.instruction,
            "response": pair.response,
            "family": pair.family,
            **({"context": pair.context} if pair.context else {}),
            "evidence": [parsed.text[span.start : span.end] for span in pair.evidence],
        }
        for pair in RULES[path.parent.parent.name](document)
    ]


def write(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


@pytest.mark.parametrize("path", CASES, ids=[f"{path.parent.parent.name}-{path.parent.name}" for path in CASES])
def test_a_document_gives_the_pairs_of_its_golden_file(path):
    expected = path.with_name("expected.jsonl")
    rows = made(path)
    if os.environ.get("UPDATE_GOLDEN"):
        write(expected, rows)
    assert rows == [json.loads(line) for line in expected.read_text(encoding="utf-8").splitlines()]


def test_every_rule_has_golden_documents():
    assert {path.parent.parent.name for path in CASES} == set(RULES)
