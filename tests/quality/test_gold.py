"""Figures on labelled documents must not fall below the committed floor.

The documents are not part of the repository: set ``INSTRUCTLAKE_DATA`` to the folder that holds ``gold_dev``. After a
deliberate improvement write the floor anew with ``UPDATE_BASELINE=1 pytest tests/quality`` and commit it.
"""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from etl.config.markup import MarkupConfig
from etl.config.models import FaqConfig, HowtoConfig, LabelledQaConfig, RulesConfig
from etl.rules import build_rules
from etl.rules.base import Document
from etl.text.parse import parse

DATA = os.environ.get("INSTRUCTLAKE_DATA")
BASELINE = Path(__file__).with_name("baseline.json")
TOLERANCE = 0.005
FORMS = ("html", "text", "flat")
# Pages with their schema.org markup, scored on what that states.
MARKUP_FORM = "html_with_markup"
HIGHER_IS_BETTER = {
    "faq_html_gold": ("f1", "e2e_f1", "answer_f1"),
    "faq_text_gold": ("f1", "e2e_f1", "answer_f1"),
    "howto_gold": ("step_recall_instruction", "step_recall_anywhere", "explanation_f1", "whole_docs"),
}
FALSE_PAIRS = "false_pairs_per_1000_negatives"
MAX_FALSE_PAIRS = 20

pytestmark = pytest.mark.skipif(DATA is None, reason="INSTRUCTLAKE_DATA is not set: no labelled documents to score on")


def load_scorer(folder):
    spec = importlib.util.spec_from_file_location("gold_scorer", folder / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MINING = RulesConfig(faq=FaqConfig(), labelled_qa=LabelledQaConfig(), howto=HowtoConfig())


def mined(path, config):
    rules = build_rules(config)
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        parsed = parse(record["text"], record["format"])
        document = Document(parsed.text, parsed.blocks, parsed.title, record["lang"], parsed.markup)
        rows += [
            {"id": record["id"], "instruction": pair.instruction, "response": pair.response}
            for rule in rules
            for pair in rule(document)
        ]
    return rows


def made_inputs(folder, inputs, form):
    path = inputs / f"{form}.jsonl"
    maker = [sys.executable, str(folder / "make_inputs.py"), "--form", form, "--out", str(path)]
    subprocess.run(maker, check=True, capture_output=True)
    return path


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    folder = Path(DATA) / "gold_dev"
    scorer = load_scorer(folder)
    inputs = tmp_path_factory.mktemp("gold")
    measured = {}
    for form in FORMS:
        path = made_inputs(folder, inputs, form)
        scores = scorer.run(mined(path, MINING), scorer.SETS, out=lambda *_: None)
        for name, keys in HIGHER_IS_BETTER.items():
            for key in keys:
                measured[f"{form}.{name}.{key}"] = round(scores[name][key], 4)
        measured[f"{form}.{FALSE_PAIRS}"] = round(scores["negatives"]["ALL"]["pairs_per_1000_docs"], 1)
    path = made_inputs(folder, inputs, MARKUP_FORM)
    stated = mined(path, RulesConfig(markup=MarkupConfig()))
    scores = scorer.run(stated, ["faq_html_gold"], out=lambda *_: None, markup=True)
    for key in HIGHER_IS_BETTER["faq_html_gold"]:
        measured[f"{MARKUP_FORM}.faq_html_gold.{key}"] = round(scores["faq_html_gold"][key], 4)
    if os.environ.get("UPDATE_BASELINE"):
        BASELINE.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")
    return measured


def test_no_figure_falls_below_the_floor(figures):
    floor = json.loads(BASELINE.read_text(encoding="utf-8"))
    fallen = {
        name: (figures.get(name), least)
        for name, least in floor.items()
        if not name.endswith(FALSE_PAIRS) and figures.get(name, 0) < least - TOLERANCE
    }
    assert fallen == {}


@pytest.mark.parametrize("form", FORMS)
def test_documents_without_any_pair_stay_without_pairs(figures, form):
    floor = json.loads(BASELINE.read_text(encoding="utf-8"))[f"{form}.{FALSE_PAIRS}"]
    assert figures[f"{form}.{FALSE_PAIRS}"] <= min(MAX_FALSE_PAIRS, floor + 4)


def test_the_floor_names_every_figure_that_is_measured(figures):
    assert set(json.loads(BASELINE.read_text(encoding="utf-8"))) == set(figures)
