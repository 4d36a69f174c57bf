"""Runs: what makes two runs the same, which one to go on with, and the manifest each leaves."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from pyspark.sql import DataFrame, SparkSession

from etl import __version__
from etl.errors import ConfigError
from etl.schemas import RUNS
from etl.tables import Tables

RUNNING: Final = "running"
FINISHED: Final = "finished"
FAILED: Final = "failed"
_PACKAGES: Final = ("etl", "udfs")
# Wordings and layouts decide what a row says as much as code does.
_SOURCES: Final = ("*.py", "surface/data/**/*.yaml", "recipes/data/*.yaml")


@dataclass(frozen=True)
class Run:
    """One run: a row of the table `runs`."""

    run_id: str
    run_date: date
    status: str
    config: str
    config_hash: str
    code_version: str
    package_versions: Mapping[str, str]
    input_versions: Mapping[str, str]
    started_at: datetime
    output_versions: Mapping[str, int]
    ended_at: datetime | None = None
    # Not in the table: tells the attempts of a run apart that must not share a transaction.
    attempt: str = ""

    def is_same_work(self, other: "Run") -> bool:
        """Return whether both have the same configuration, code and input, and so the same result."""
        return (self.config_hash, self.code_version, self.input_versions) == (
            other.config_hash,
            other.code_version,
            other.input_versions,
        )

    @property
    def transaction(self) -> str:
        """What its commits are known by: a run that is begun anew under its old id is another transaction."""
        return f"{self.run_id}@{self.attempt or self.started_at.isoformat()}"

    @property
    def note(self) -> dict[str, str]:
        """What every commit of this run carries as its ``userMetadata``."""
        return {"run_id": self.run_id, "config_hash": self.config_hash, "code_version": self.code_version}


def code_version() -> str:
    """Return the version of this program and a hash of its source and its wordings: any changed line makes another."""
    root = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for package in _PACKAGES:
        for file in sorted(file for pattern in _SOURCES for file in (root / package).rglob(pattern)):
            digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:12]}"


def choose(planned: Run, earlier: list[Run], *, run_id: str | None, resume: bool) -> Run:
    """Return the run to go on with: an earlier one that did the same work, finished or not, or the planned one.

    Args:
        planned: The run that would begin now.
        earlier: The runs of this output, in any order.
        run_id: The id that was asked for, or None.
        resume: False to begin anew whatever was there.

    Raises:
        ConfigError: The id that was asked for belongs to other work.
    """
    if run_id is not None:
        named = next((run for run in earlier if run.run_id == run_id), None)
        if named is not None and not named.is_same_work(planned):
            raise ConfigError(
                f"--run-id {run_id}: a run of that id did other work (configuration, code or input differ); "
                "give another id, or none"
            )
        return _go_on(named, planned, earlier) if named and resume else replace(planned, run_id=run_id)
    # A run that failed published nothing and left nothing to go on with.
    ran = sorted((run for run in earlier if run.status != FAILED), key=_age)
    if not resume or not ran:
        return planned
    if ran[-1].status == FINISHED and ran[-1].is_same_work(planned):
        return ran[-1]
    unfinished = [run for run in ran if run.status == RUNNING and run.is_same_work(planned)]
    return _go_on(unfinished[-1], planned, earlier) if unfinished else planned


def _age(run: Run) -> tuple[datetime, str]:
    return run.started_at, run.run_id


def _go_on(run: Run, planned: Run, earlier: list[Run]) -> Run:
    """Return a run to go on with; where others began since, as a new attempt that publishes every table again.

    They may have replaced tables it had published, which its old transaction would take for done.
    """
    if run.status == RUNNING and any(_age(other) > _age(run) for other in earlier):
        return replace(run, attempt=planned.started_at.isoformat())
    return run


def new_run_id(planned: Run) -> str:
    """Return an id that sorts by time and differs for different work."""
    work = json.dumps([planned.config_hash, planned.code_version, dict(planned.input_versions)], sort_keys=True)
    return f"{planned.started_at:%Y%m%dT%H%M%S%f}"[:18] + "-" + hashlib.sha256(work.encode()).hexdigest()[:8]


def read_runs(tables: Tables) -> list[Run]:
    """Return all runs of an output; none where there is no table yet."""
    if not tables.exists(RUNS.name):
        return []
    return [_run(row.asDict()) for row in tables.read(RUNS.name).collect()]


def _run(row: dict[str, Any]) -> Run:
    times = {name: row[name].astimezone(UTC) if row[name] else None for name in ("started_at", "ended_at")}
    return Run(**{**row, **times, "output_versions": row["output_versions"] or {}})


def begin(spark: SparkSession, tables: Tables, run: Run) -> None:
    """Write the manifest of a run that begins; one of the same id from an earlier attempt gives way."""
    if any(earlier.run_id == run.run_id for earlier in read_runs(tables)):
        record(spark, tables, run)
    else:
        tables.append(RUNS, _frame(spark, run), run.transaction, run.note)


def record(spark: SparkSession, tables: Tables, run: Run) -> None:
    """Write the manifest of a run in place of what it was before."""
    tables.replace(RUNS, _frame(spark, run), RUNS.columns[0], run.note)


def _frame(spark: SparkSession, run: Run) -> DataFrame:
    values = [getattr(run, column) for column in RUNS.columns]
    plain = [dict(value) if isinstance(value, Mapping) else value for value in values]
    return spark.createDataFrame([tuple(plain)], RUNS.schema)
