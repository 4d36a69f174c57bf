"""Publish: a finished run becomes visible, table by table, and then its manifest says so."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from etl.config.generate import MAX_RECIPES
from etl.config.self_instruct import MAX_ROUNDS
from etl.declared import Table
from etl.job import Job
from etl.mixture.shares import Share
from etl.optional_schemas import KNOWLEDGE_BASE
from etl.recipes.registry import RECIPES, STEPS
from etl.runs import FINISHED, Run, record
from etl.schemas import MIXTURE_REPORT, OPTIONAL, PUBLISHED, STAGE_STATS
from etl.stages.accounts import Account

# Folder of the pages that tell of each run, beside the tables.
REPORTS: Final = "_reports"
STAGED: Final = (
    "parsed", "duplicates", "near_documents", "imported", "entities", "selected", "contradictions", "overlaps",
    "near_pairs", "instruction_vectors", "pair_vectors", "semantic_pairs", "topics", "excess",
    "offered", "generated", "template_vectors", "matches", "prompts_judge", "beyond", "chain_places",
    *(f"prompts_{number}" for number in range(MAX_RECIPES)),
    *(f"due_{name}" for name in RECIPES),
    *(f"{of}_{name}_{number}" for of in ("prompts", "read") for name in STEPS for number in range(MAX_ROUNDS)),
    *(f"{of}_chain_{number}" for of in ("prompts", "read", "history") for number in range(MAX_ROUNDS)),
)  # fmt: skip
# Commits wait more than they work: a few at a time keep the cores busy.
_WRITERS: Final = 3


def publish(job: Job, rows: Mapping[str, DataFrame]) -> Run:
    """Replace the contents of all tables by what the run made, record the run as finished, drop what was staged.

    Safe to be killed at any moment: the run goes on here, and a table that was published stays as it is.
    """
    run = job.run
    # Twins, entities and topics of an earlier run are none of this one's.
    emptied = {
        table.name: job.tables.read(table.name).drop("run_id").limit(0)
        for table in OPTIONAL
        if table.name not in rows and job.tables.exists(table.name)
    }
    due = {**rows, **emptied}

    def publish_one(table: Table) -> tuple[str, int]:
        made = due[table.name].withColumn("run_id", F.lit(run.run_id))
        job.tables.publish(table, made, run.transaction, run.note)
        return table.name, job.tables.version(table.name)

    with job.stage("publish"), ThreadPoolExecutor(_WRITERS) as writers:
        versions = dict(writers.map(publish_one, [*PUBLISHED, *(table for table in OPTIONAL if table.name in due)]))
        if KNOWLEDGE_BASE.name in rows:
            # What is known changes little from run to run: entities that stay as they are keep their row.
            known = rows[KNOWLEDGE_BASE.name].withColumn("run_id", F.lit(run.run_id))
            job.tables.merge(KNOWLEDGE_BASE, known, key="entity_id", content="content_hash", note=run.note)
            versions[KNOWLEDGE_BASE.name] = job.tables.version(KNOWLEDGE_BASE.name)
        finished = replace(run, status=FINISHED, output_versions=versions, ended_at=datetime.now(UTC))
        record(job.spark, job.tables, finished)
    job.tables.drop_staged(run.run_id, STAGED)
    return finished


def share_rows(spark: SparkSession, shares: Sequence[Share]) -> DataFrame:
    """Return the rows of the mixture report but their `run_id`."""
    return _small_frame(spark, MIXTURE_REPORT, [tuple(share) for share in shares])


def account_rows(spark: SparkSession, accounts: Sequence[Account], seconds: Mapping[str, float]) -> DataFrame:
    """Return the rows of the stage statistics but their `run_id`.

    A stage that an earlier, killed process had done took this one no time: it has 0 seconds.
    """
    rows = [
        (
            account.stage,
            account.unit,
            account.rows_in,
            account.rows_out,
            account.rejected,
            account.not_drawn,
            dict(account.reasons),
            seconds.get(account.stage, 0.0),
        )
        for account in accounts
    ]
    return _small_frame(spark, STAGE_STATS, rows)


def _small_frame(spark: SparkSession, table: Table, rows: Sequence[tuple[object, ...]]) -> DataFrame:
    schema = table.schema.__class__([field for field in table.schema.fields if field.name != "run_id"])
    return spark.createDataFrame(rows, schema).coalesce(1)
