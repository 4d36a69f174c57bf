"""``run``: the job, from the sources to the mixture."""

import shutil
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import yaml
from pyspark.sql import SparkSession

from etl.companions import companion_versions
from etl.config.load import Loaded, load_config
from etl.errors import ConfigError, ErrorRateExceededError
from etl.inputs import Inputs, list_inputs
from etl.job import Job
from etl.pipeline import STAGES, run_pipeline
from etl.publish import REPORTS, STAGED
from etl.report.page import render_page
from etl.report.progress import Progress
from etl.report.summary import summary_text
from etl.reporting import read_report
from etl.runs import FAILED, FINISHED, RUNNING, Run, begin, choose, code_version, new_run_id, read_runs, record
from etl.session import package_versions, python_version, spark_session
from etl.storage import write_text
from etl.tables import Tables

# Width of the summary where there is no terminal to ask.
_LOG_COLUMNS: Final = 110


def run(arguments: Namespace) -> int:
    """Do what the arguments of ``run`` ask for; return the exit code."""
    loaded = load_config(arguments.config, env=arguments.env, overrides=arguments.set, cwd=Path.cwd())
    stages = _stages(arguments.stages)
    with spark_session() as spark:
        said = execute(
            spark,
            loaded,
            stages=stages,
            run_id=arguments.run_id,
            run_date=arguments.run_date,
            limit=arguments.limit,
            resume=not arguments.no_resume,
            dry_run=arguments.dry_run,
            progress=Progress(),
        )
    sys.stdout.write(said.rstrip("\n") + "\n")
    return 0


def _stages(given: str | None) -> tuple[str, ...]:
    if given is None:
        return STAGES
    named = tuple(name.strip() for name in given.split(",") if name.strip())
    unknown = [name for name in named if name not in STAGES]
    if unknown or not named:
        raise ConfigError(f"--stages {given}: unknown stage {', '.join(unknown)!r}; valid are {', '.join(STAGES)}")
    return named


def execute(
    spark: SparkSession,
    loaded: Loaded,
    *,
    stages: Sequence[str] = STAGES,
    run_id: str | None = None,
    run_date: date | None = None,
    limit: int | None = None,
    resume: bool = True,
    dry_run: bool = False,
    progress: Progress,
) -> str:
    """Do one run and return what there is to say about it.

    Raises:
        InstructlakeError: The run could not be done; the message says why.
    """
    tables = Tables(spark, loaded.config.output)
    inputs = list_inputs(spark, loaded.config.input)
    inputs.versions.update(companion_versions(spark, loaded.config))
    planned = _planned(loaded, inputs, run_date=run_date, limit=limit)
    if dry_run:
        chosen = choose(planned, read_runs(tables), run_id=run_id, resume=resume)
        return _plan_text(loaded, inputs, chosen, stages, tables)
    with tables.held():
        chosen = choose(planned, read_runs(tables), run_id=run_id, resume=resume)
        if chosen.status == FINISHED:
            return f"Nothing to do: run {chosen.run_id} has done this work with these inputs."
        if chosen.status == FAILED:
            chosen = replace(planned, run_id=chosen.run_id)
        if chosen.started_at == planned.started_at:
            # A run that is begun anew under an old id must not find what the old one staged.
            tables.drop_staged(chosen.run_id, STAGED)
            begin(spark, tables, chosen)
        return _done(Job(spark, tables, loaded.config, chosen, inputs, progress, limit), stages)


def _done(job: Job, stages: Sequence[str]) -> str:
    """Do the stages of a run and return what there is to say about it."""
    run, tables = job.run, job.tables
    try:
        finished = run_pipeline(job, stages)
    except ErrorRateExceededError:
        record(job.spark, tables, replace(run, status=FAILED, ended_at=datetime.now(UTC)))
        tables.drop_staged(run.run_id, STAGED)
        raise
    if finished is None:
        return (
            f"Run {run.run_id} stands after {stages[-1]}; nothing is published before mix. "
            "The same command without --stages goes on from there."
        )
    return _summary(tables, finished)


def _planned(loaded: Loaded, inputs: Inputs, *, run_date: date | None, limit: int | None) -> Run:
    now = datetime.now(UTC)
    draft = Run(
        run_id="",
        run_date=run_date or now.date(),
        status=RUNNING,
        config=loaded.config.model_dump_json(by_alias=True),
        config_hash=loaded.sha if limit is None else f"{loaded.sha}-limit-{limit}",
        code_version=code_version(),
        package_versions={"python": python_version(), **package_versions()},
        input_versions=inputs.versions,
        started_at=now,
        output_versions={},
    )
    return replace(draft, run_id=new_run_id(draft))


def _plan_text(loaded: Loaded, inputs: Inputs, chosen: Run, stages: Sequence[str], tables: Tables) -> str:
    resolved = yaml.safe_dump(loaded.config.model_dump(mode="json", by_alias=True), sort_keys=False, allow_unicode=True)
    then = {
        FINISHED: "nothing to do: this run has done the same work",
        RUNNING: f"stages {', '.join(stages)}",
        FAILED: "the run failed before; it begins anew",
    }
    lines = [
        "# Resolved configuration",
        resolved,
        "# Plan (dry run: nothing was written)",
        f"run:     {chosen.run_id}",
        f"work:    {then[chosen.status]}",
        *[f"reads:   {name}: {found}" for name, found in inputs.versions.items()],
        f"writes:  {tables.place('<table>')}",
    ]
    return "\n".join(lines)


def _summary(tables: Tables, finished: Run) -> str:
    report = read_report(tables, finished)
    page = tables.beside(f"{REPORTS}/{finished.run_id}.html")
    if page is not None:
        write_text(page, render_page(report))
        report = replace(report, outputs={**report.outputs, "report": page})
    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size((_LOG_COLUMNS, 24)).columns if terminal else _LOG_COLUMNS
    return summary_text(report, width, color=terminal)
