"""The job from a notebook: the commands as functions, on the session the notebook has."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pyspark.sql import DataFrame

from etl.commands.report import finished_run
from etl.commands.run import execute
from etl.commands.trace import trace_text
from etl.config.load import Loaded, load_config
from etl.report.progress import Progress
from etl.schemas import MIXTURE_REPORT
from etl.session import spark_session
from etl.tables import Tables


def run(config: str, env: str | None = None, overrides: Sequence[str] = (), run_date: str | None = None) -> str:
    """Do the job and return its summary.

    Args:
        config: Path of the configuration; empty for the one that comes with the program.
        env: Name of an overlay beside it.
        overrides: ``key=value`` arguments, as for ``--set``.
        run_date: The date the run stands for, as ``YYYY-MM-DD``; today without one.

    Raises:
        InstructlakeError: The run could not be done; the message says why.
    """
    day = date.fromisoformat(run_date) if run_date else None
    with spark_session() as spark:
        return execute(spark, _load(config, env, overrides), run_date=day, progress=Progress())


def trace(config: str, doc: str, env: str | None = None) -> str:
    """Return the way of one document, by its doc_id or source_id, from the source to the mixture."""
    with spark_session() as spark:
        return trace_text(spark, _load(config, env), doc)


def mixture_report(config: str, env: str | None = None) -> DataFrame:
    """Return planned and achieved shares of the newest finished run."""
    with spark_session() as spark:
        tables = Tables(spark, _load(config, env).config.output)
        newest = finished_run(tables)
        version = newest.output_versions[MIXTURE_REPORT.name]
        return tables.read(MIXTURE_REPORT.name, version).orderBy("split", "source", "stream")


def _load(config: str, env: str | None, overrides: Sequence[str] = ()) -> Loaded:
    return load_config(Path(config) if config else None, env=env, overrides=overrides, cwd=Path.cwd())
