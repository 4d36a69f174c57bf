"""``report``: the report of a finished run as one self-contained page."""

import sys
from argparse import Namespace
from pathlib import Path

from etl.config.load import load_config
from etl.errors import ConfigError
from etl.report.page import render_page
from etl.reporting import read_report
from etl.runs import FINISHED, Run, read_runs
from etl.session import spark_session
from etl.storage import write_text
from etl.tables import Tables


def report(arguments: Namespace) -> int:
    """Write the page and return 0."""
    loaded = load_config(arguments.config, env=arguments.env, overrides=arguments.set, cwd=Path.cwd())
    with spark_session() as spark:
        tables = Tables(spark, loaded.config.output)
        page = render_page(read_report(tables, finished_run(tables, arguments.run_id)))
    write_text(str(Path.cwd() / arguments.out), page)
    sys.stdout.write(f"{arguments.out}\n")
    return 0


def finished_run(tables: Tables, run_id: str | None = None) -> Run:
    """Return a finished run of an output: the one of that id, or the newest.

    Raises:
        ConfigError: There is none.
    """
    finished = [run for run in read_runs(tables) if run.status == FINISHED]
    if not finished:
        raise ConfigError(f"{tables.place('runs')} knows no finished run; `run` makes one")
    if run_id is None:
        return max(finished, key=lambda run: run.started_at)
    named = [run for run in finished if run.run_id == run_id]
    if not named:
        newest = sorted((run.run_id for run in finished), reverse=True)[:5]
        raise ConfigError(f"--run-id {run_id}: no finished run of that id; the newest are {', '.join(newest)}")
    return named[0]
