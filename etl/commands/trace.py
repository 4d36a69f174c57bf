"""``trace``: the way of one document, from the source to the mixture."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from etl.config.load import Loaded, load_config
from etl.config.models import Config
from etl.errors import ConfigError, InstructlakeError
from etl.inputs import list_inputs
from etl.report.way import Way, way_text
from etl.schemas import DOCUMENTS, MIXTURE, PAIRS, REJECTS
from etl.session import parallelism, spark_session
from etl.stages.ingest import ingest
from etl.stages.records import raw_records
from etl.tables import Tables
from etl.text.blocks import decode


def trace(arguments: Namespace) -> int:
    """Print the way of a document and return 0."""
    loaded = load_config(arguments.config, env=arguments.env, overrides=arguments.set, cwd=Path.cwd())
    with spark_session() as spark:
        text = trace_text(spark, loaded, arguments.doc)
    sys.stdout.write(text)
    return 0


def trace_text(spark: SparkSession, loaded: Loaded, doc: str) -> str:
    """Return the way of the documents with that doc_id or source_id, one after the other.

    Raises:
        ConfigError: Neither documents nor rejects know it.
    """
    tables = Tables(spark, loaded.config.output)
    if not tables.exists(DOCUMENTS.name):
        raise ConfigError(f"{tables.place(DOCUMENTS.name)} does not exist yet; `run` makes it")
    named = (F.col("doc_id") == doc) | (F.col("source_id") == doc)
    documents = _rows(tables.read(DOCUMENTS.name).filter(named).orderBy("source", "source_id"))
    rejects = _rows(tables.read(REJECTS.name).filter(named).orderBy("stage", "reason", "pair_id"))
    if not documents and not rejects:
        raise ConfigError(
            f"--doc {doc}: neither {tables.place('documents')} nor {tables.place('rejects')} holds it; "
            "give a doc_id or a source_id"
        )
    ways = [_way(tables, row, spark, loaded.config) for row in documents]
    if not documents:
        ways = [Way(None, _raw(spark, loaded.config, rejects[0]), [], [], rejects, [])]
    return "\n".join(way_text(way) for way in ways)


def _way(tables: Tables, document: dict[str, Any], spark: SparkSession, config: Config) -> Way:
    mine = F.col("doc_id") == document["doc_id"]
    # Another record of the same id was dropped as a duplicate; it is part of the story of this text.
    rejects = tables.read(REJECTS.name).filter(mine & (F.col("source_id") == document["source_id"]))
    return Way(
        document=document,
        raw=_raw(spark, config, document),
        blocks=decode(document["blocks"]),
        pairs=sorted(_rows(tables.read(PAIRS.name).filter(mine)), key=lambda row: row["evidence"][0]["start"]),
        rejects=_rows(rejects.orderBy("stage", "reason", "pair_id")),
        mixture=_rows(tables.read(MIXTURE.name).filter(mine).orderBy(F.desc("stream"), "row_id")),
    )


def _raw(spark: SparkSession, config: Config, row: dict[str, Any]) -> str | None:
    """Read the record again where it came from; the tables keep no raw text."""
    try:
        inputs = list_inputs(spark, config.input)
    except InstructlakeError:
        return None
    cores = parallelism(spark)
    units = ingest(spark, config.input, inputs.files, inputs.tables, cores=cores, limit=None)
    records = raw_records(units, config.input).filter(
        (F.col("source") == row["source"]) & (F.col("source_id") == row["source_id"])
    )
    found = records.limit(1).collect()
    return found[0]["raw"] if found else None


def _rows(frame: DataFrame) -> list[dict[str, Any]]:
    return [row.asDict(recursive=True) for row in frame.collect()]
