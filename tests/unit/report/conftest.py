from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from etl.report.facts import MixtureRow, Report, RuleRow, RunFacts, SamplePair, StageRow, VarietyRow

RUN = RunFacts(
    run_id="run-1",
    run_date="2025-11-22",
    status="done",
    started_at=datetime(2025, 11, 22, 2, 41, 3),
    ended_at=datetime(2025, 11, 22, 2, 44, 10),
    code_version="0.1.0",
    config_hash="9f2c4be17a60d3b1c5e8",
    config_yaml="run:\n  seed: 42\n",
    package_versions={"pyspark": "3.5.8"},
    input_versions=[("web", "version 17")],
)
STAGES = [
    StageRow("ingest", "records", 12345, 12300, 45, 0, {"bad_json": 40, "too_long": 5}, 21.4),
    StageRow("mix", "rows", 2000, 1200, 0, 800, {}, 3.0),
]
RULES = [RuleRow("faq", "question_answering", 900, 10, 0.98), RuleRow("howto", "how_to", 100, 0, 1.0)]
MIXTURE = [
    MixtureRow("train", "*", "raw", 0.95, 0.9502, "tokens", 0.001, "", 1000, 95020),
    MixtureRow("train", "*", "instruction", 0.05, 0.0498, "tokens", 0.001, "", 200, 4980),
]
VARIETY = [
    VarietyRow("source", 2, 1.0, [("web", 0.5), ("wiki", 0.5)]),
    VarietyRow("template_id", 1, 0.0, [("", 1.0)]),
]
SAMPLE = SamplePair(
    pair_id="p1",
    doc_id="d1",
    source="web",
    title="Lakes",
    url="https://example.org/lakes",
    rule="faq",
    family="question_answering",
    lang="en",
    instruction="What is a lake?",
    response="Water.",
    grounding=1.0,
    excerpt="What is a lake? Water. More.",
    highlights=[(0, 15), (16, 22)],
)


@pytest.fixture
def filled() -> list[VarietyRow]:
    """How pairs of templates spread."""
    return [
        VarietyRow("slots", 2, 0.811, [("2", 0.75), ("1", 0.25)]),
        VarietyRow("filler", 9, 3.0, [("country/PE", 0.12)]),
    ]


@pytest.fixture
def make_report() -> Callable[..., Report]:
    """A complete report without a flaw; any part of it can be given instead."""

    def make(**parts: Any) -> Report:
        whole: dict[str, Any] = {
            "run": RUN,
            "stages": STAGES,
            "rules": RULES,
            "families": {"question_answering": 900, "how_to": 100},
            "mixture": MIXTURE,
            "samples": [SAMPLE],
            "warnings": [],
            "outputs": {"pairs": "/lake/pairs"},
            "variety": VARIETY,
        }
        return Report(**(whole | parts))

    return make
