"""The notebooks run in a real kernel against a package that only writes down how it was called."""

import json
import os
from pathlib import Path

import pytest
from tests.notebooks.databricks_source import kernel
from nbclient.exceptions import CellExecutionError

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
RECORDER = """
import json, pathlib

class Frame:
    def show(self, *args, **kwargs):
        print("the frame is shown")

def _record(answer, **given):
    pathlib.Path("call.json").write_text(json.dumps(given))
    return answer

def run(**given):
    return _record("all done", **given)

def trace(**given):
    return _record("the story", **given)

def mixture_report(**given):
    return _record(Frame(), **given)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("recorder")
    (folder / "etl").mkdir()
    (folder / "etl/__init__.py").touch()
    (folder / "etl/notebook.py").write_text(RECORDER)
    return folder


@pytest.fixture(scope="module")
def cluster(folder):
    with kernel(folder, {**os.environ, "PYTHONPATH": str(folder)}) as started:
        yield started


def call(folder):
    return json.loads((folder / "call.json").read_text())


def test_the_trace_notebook_prints_the_story_of_the_chosen_document(cluster, folder):
    outcome = cluster.notebook(NOTEBOOKS / "01_trace_one_document.py", {"config": "c.yaml", "doc": "a-1"})
    assert outcome.printed == "the story\n"
    assert call(folder) == {"config": "c.yaml", "doc": "a-1", "env": None}


def test_the_run_notebook_ends_with_the_summary_as_its_exit_value(cluster, folder):
    widgets = {"config": "c.yaml", "env": "dev", "set": "a.b=1 'c=[x, y]'", "run_date": "2026-01-31"}
    outcome = cluster.notebook(NOTEBOOKS / "02_run_pipeline.py", widgets)
    assert (outcome.printed, outcome.exit_value) == ("all done\n", "all done")
    assert call(folder) == {
        "config": "c.yaml",
        "env": "dev",
        "overrides": ["a.b=1", "c=[x, y]"],
        "run_date": "2026-01-31",
    }


def test_the_run_notebook_leaves_out_what_nobody_chose(cluster, folder):
    cluster.notebook(NOTEBOOKS / "02_run_pipeline.py", {"config": "c.yaml"})
    assert call(folder) == {"config": "c.yaml", "env": None, "overrides": [], "run_date": None}


def test_the_report_notebook_shows_the_frame(cluster, folder):
    outcome = cluster.notebook(NOTEBOOKS / "03_mixture_report.py", {"config": "c.yaml", "env": "prod"})
    assert outcome.printed == "the frame is shown\n"
    assert call(folder) == {"config": "c.yaml", "env": "prod"}


def test_nothing_runs_after_notebook_exit(cluster, tmp_path):
    path = tmp_path / "early.py"
    path.write_text(
        "# Databricks notebook source\nprint(1)\n\n# COMMAND ----------\n\ndbutils.notebook.exit('early')\n\n"
        "# COMMAND ----------\n\nprint(2)\n"
    )
    assert cluster.notebook(path, {}) == ("1\n", "early", 2)


def test_an_error_in_a_cell_fails_the_notebook(cluster, tmp_path):
    path = tmp_path / "broken.py"
    path.write_text("# Databricks notebook source\nno_such_name\n")
    with pytest.raises(CellExecutionError, match="NameError"):
        cluster.notebook(path, {})


def test_a_widget_that_was_never_declared_is_an_error(cluster, tmp_path):
    path = tmp_path / "undeclared.py"
    path.write_text("# Databricks notebook source\ndbutils.widgets.get('config')\n")
    with pytest.raises(CellExecutionError, match="KeyError"):
        cluster.notebook(path, {"config": "c.yaml"})
