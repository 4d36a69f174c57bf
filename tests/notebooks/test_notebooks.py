"""The three notebooks on a cluster of one: run, trace and report on three documents in one session."""

import json
import os
from pathlib import Path

import pytest
import yaml
from tests.notebooks.databricks_source import kernel

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "notebooks"
# A cluster has its session before any notebook is attached to it.
START_SESSION = """
from pyspark.sql import SparkSession
from etl.session import spark_session
attached = spark_session("notebooks")
spark = attached.__enter__()
application = spark.sparkContext.applicationId
"""
SESSION_STATE = """
alive = SparkSession.getActiveSession() is spark and spark.sparkContext.applicationId == application
print(alive and spark.range(3).count() == 3)
"""
END_SESSION = "attached.__exit__(None, None, None)"

FAQ = """# Questions about the library card

## How long is a library card valid?

A library card is valid for two years. After that it can be renewed at any branch with an identity card.

## What does a lost card cost?

A lost card costs five euros. The old card is blocked as soon as the loss has been reported.
"""
PROSE = "The river rises in the northern hills and reaches the sea after ninety kilometres. "

pytestmark = [pytest.mark.spark, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notebooks")
    texts = {"faq": FAQ, "river": PROSE * 12, "hills": "The hills are made of old red sandstone. " * 12}
    rows = [{"id": key, "text": text, "format": "markdown"} for key, text in texts.items()]
    (folder / "documents.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    source = {
        "name": "library",
        "path": "documents.jsonl",
        "format": "jsonl",
        "text_col": "text",
        "id_col": "id",
        "format_col": "format",
    }
    config = {"input": {"sources": [source]}, "output": {"root": "lake"}, "rules": {"faq": {}}}
    (folder / "pipeline.yaml").write_text(yaml.safe_dump(config))
    return folder


@pytest.fixture(scope="module")
def widgets(folder):
    return {"config": str(folder / "pipeline.yaml")}


@pytest.fixture(scope="module")
def cluster(folder):
    with kernel(folder, {**os.environ, "PYTHONPATH": str(ROOT)}) as started:
        started.python(START_SESSION)
        yield started
        started.python(END_SESSION)


@pytest.fixture(scope="module")
def finished_run(cluster, widgets):
    return cluster.notebook(NOTEBOOKS / "02_run_pipeline.py", {**widgets, "run_date": "2026-01-31"})


def test_the_run_notebook_fills_the_tables_and_hands_its_summary_on(finished_run, folder):
    assert finished_run.exit_value in finished_run.printed
    assert (folder / "lake/mixture/_delta_log").is_dir()


def test_the_trace_notebook_tells_the_story_of_a_document(finished_run, cluster, widgets):
    outcome = cluster.notebook(NOTEBOOKS / "01_trace_one_document.py", {**widgets, "doc": "faq"})
    assert "How long is a library card valid?" in outcome.printed


def test_the_report_notebook_shows_planned_and_achieved_shares(finished_run, cluster, widgets):
    outcome = cluster.notebook(NOTEBOOKS / "03_mixture_report.py", widgets)
    assert "planned" in outcome.printed
    assert "achieved" in outcome.printed


def test_no_notebook_stops_spark(finished_run, cluster, widgets):
    cluster.notebook(NOTEBOOKS / "03_mixture_report.py", widgets)
    assert cluster.python(SESSION_STATE) == "True\n"
