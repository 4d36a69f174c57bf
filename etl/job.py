"""A job at work: one run with its session, tables and progress, and how a stage is done once and only once."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pyspark.sql import DataFrame, SparkSession

from etl.config.models import Config
from etl.inputs import Inputs
from etl.report import progress
from etl.runs import Run
from etl.session import task_counts
from etl.stages.accounts import Account
from etl.tables import Tables


class OpenStage:
    """A stage that is under way."""

    def __init__(self, shown: progress.Stage) -> None:
        self._shown = shown

    def tell(self, line: str) -> None:
        """Show a line while the stage goes on."""
        self._shown.tell(line)

    def close(self, account: Account) -> None:
        """Say what the stage came to."""
        self._shown.finish(
            rows_in=account.rows_in,
            rows_out=account.rows_out,
            rejected=account.rejected,
            not_drawn=account.not_drawn,
        )


@dataclass
class Job:
    """What the stages of one run share.

    Attributes:
        spark: The session.
        tables: The tables of the output.
        config: The configuration.
        run: The run that is under way.
        inputs: What it reads.
        progress: Where it shows how far it is.
        limit: At most so many records a source, or None.
        seconds: How long each stage took in this process.
    """

    spark: SparkSession
    tables: Tables
    config: Config
    run: Run
    inputs: Inputs
    progress: progress.Progress
    limit: int | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    def once(self, table: str, rows: Callable[[], DataFrame]) -> DataFrame:
        """Return what a stage yields: as it was staged before, or computed and staged now."""
        if self.tables.is_staged(self.run.run_id, table):
            return self.tables.staged(self.run.run_id, table)
        return self.tables.stage(self.run.run_id, table, rows())

    @contextmanager
    def stage(self, name: str) -> Iterator[OpenStage]:
        """Show and time a stage."""
        began = time.monotonic()
        with self.progress.stage(name, poll=lambda: task_counts(self.spark)) as shown:
            yield OpenStage(shown)
        self.seconds[name] = time.monotonic() - began
