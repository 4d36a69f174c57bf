"""``remove``: delete a source or a document, and everything made from it, in every table."""

import sys
from argparse import Namespace
from pathlib import Path

from pyspark.sql import functions as F

from etl.config.load import load_config
from etl.declared import Table
from etl.errors import ConfigError
from etl.optional_schemas import ENTITIES, TOPICS
from etl.publish import REPORTS
from etl.schemas import ANSWERS, DOCUMENTS, MIXTURE, MIXTURE_REPORT, OPTIONAL, PAIRS, REJECTS, TWINS
from etl.session import spark_session
from etl.storage import remove_folder
from etl.tables import Tables

# The mixture goes first and the documents last: a removal that is killed is found again and finished by the next.
_HOLDERS = (MIXTURE, *TWINS, PAIRS, TOPICS, ENTITIES, REJECTS, *ANSWERS, DOCUMENTS)


def remove(arguments: Namespace) -> int:
    """Delete and say how much; return 0, also where there was nothing left to delete.

    Raises:
        ConfigError: No table holds such a source or document.
        TransientError: A run is writing to these tables.
    """
    loaded = load_config(arguments.config, env=arguments.env, overrides=arguments.set, cwd=Path.cwd())
    with spark_session() as spark:
        tables = Tables(spark, loaded.config.output)
        if not tables.exists(DOCUMENTS.name):
            raise ConfigError(f"{tables.place(DOCUMENTS.name)} does not exist; there is nothing to remove")
        with tables.held():
            deleted = (
                _remove_source(tables, arguments.source)
                if arguments.source is not None
                else _remove_document(tables, arguments.doc)
            )
            # What unfinished runs staged holds copies; those runs begin anew.
            tables.drop_all_staged()
            _remove_reports(tables)
    for name, rows in deleted.items():
        sys.stdout.write(f"{name:<22}{rows:>12,} rows deleted\n")
    sys.stdout.write(
        "Earlier versions of the tables hold the rows until VACUUM removes them. "
        "A later run reads them again unless they are gone from its sources.\n"
    )
    return 0


def _holders(tables: Tables) -> list[Table]:
    return [table for table in _HOLDERS if table not in (*OPTIONAL, *ANSWERS) or tables.exists(table.name)]


def _remove_reports(tables: Tables) -> None:
    """Delete the pages of earlier runs: their samples may quote what is removed."""
    pages = tables.beside(REPORTS)
    if pages is not None:
        remove_folder(pages)


def _remove_source(tables: Tables, source: str) -> dict[str, int]:
    deleted = {table.name: tables.delete(table.name, F.col("source") == source) for table in _holders(tables)}
    if not any(deleted.values()):
        known = [row[0] for row in tables.read(DOCUMENTS.name).select("source").distinct().limit(20).collect()]
        raise ConfigError(f"--source {source}: no table holds it; documents come from {', '.join(sorted(known))}")
    deleted[MIXTURE_REPORT.name] = tables.delete(MIXTURE_REPORT.name, F.col("source") == source)
    return deleted


def _remove_document(tables: Tables, doc: str) -> dict[str, int]:
    named = (F.col("doc_id") == doc) | (F.col("source_id") == doc)
    ids = {
        row[0]
        for table in (DOCUMENTS, PAIRS, REJECTS)
        for row in tables.read(table.name).filter(named).select("doc_id").distinct().collect()
        if row[0] is not None
    }
    mine = F.col("doc_id").isin(sorted(ids))
    deleted = {
        table.name: tables.delete(
            table.name, mine if table in (MIXTURE, *TWINS) else mine | (F.col("source_id") == doc)
        )
        for table in _holders(tables)
    }
    if not any(deleted.values()):
        raise ConfigError(f"--doc {doc}: no table holds a document of that doc_id or source_id")
    return deleted
