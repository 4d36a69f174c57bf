"""``export``: a table as files, for trainers and people."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import Final

from pyspark.errors import AnalysisException, ParseException
from pyspark.sql import DataFrame

from etl.config.load import load_config
from etl.errors import ConfigError
from etl.exports.claim import Request, claim, finish
from etl.exports.forms import ROWS, in_form
from etl.exports.hf import export_hf
from etl.exports.mds import export_mds
from etl.exports.packs import in_packs
from etl.exports.shards import in_shards
from etl.readers.places import place_of
from etl.runs import FINISHED, read_runs
from etl.schemas import TABLES
from etl.session import spark_session
from etl.tables import Tables, quoted

# Formats that put each split into a folder of its own, and what they need beside the form.
_WITH_SPLITS: Final = ("mds", "hf")
_KEPT: Final = ("split", "license")


def export(arguments: Namespace) -> int:
    """Write the rows asked for and return 0."""
    loaded = load_config(arguments.config, env=arguments.env, overrides=arguments.set, cwd=Path.cwd())
    names = [table.name for table in TABLES]
    if arguments.table not in names:
        raise ConfigError(f"--table {arguments.table}: there is no such table; valid are {', '.join(names)}")
    with spark_session() as spark:
        tables = Tables(spark, loaded.config.output)
        if not tables.exists(arguments.table):
            raise ConfigError(f"{tables.place(arguments.table)} does not exist yet; `run` makes it")
        request = _request(arguments, tables.version(arguments.table))
        rows = _matching(tables.read(arguments.table, request.version), arguments.where)
        # What is wrong with the arguments is said before anything is counted or written.
        _chosen(rows, arguments)
        place = place_of(arguments.out)
        out = place.path if place.store is None else arguments.out
        claim(out, request)
        chosen = _chosen(in_shards(rows, request.table, request.shards), arguments)
        match arguments.format:
            case "parquet":
                chosen.write.mode("append").parquet(out)
            case "mds":
                export_mds(chosen, out)
            case "hf":
                export_hf(chosen, arguments.table, out, _facts(tables, request))
            case _:
                chosen.write.mode("append").option("ignoreNullFields", "false").json(out)
        finish(out, request)
    sys.stdout.write(f"{arguments.out}\n")
    return 0


def _request(arguments: Namespace, version: int) -> Request:
    return Request(
        table=arguments.table,
        version=version,
        format=arguments.format,
        form=arguments.form,
        columns=arguments.columns,
        where=arguments.where,
        shards=arguments.shards,
        pack=arguments.pack,
    )


def _facts(tables: Tables, request: Request) -> dict[str, str]:
    """Return how the rows were made, for the card; nothing where a table was changed since."""
    facts = {"Table": f"{request.table}, version {request.version}"}
    if request.where is not None:
        facts["Rows"] = f"those for which {request.where}"
    made = [
        run
        for run in read_runs(tables)
        if run.status == FINISHED and run.output_versions.get(request.table) == request.version
    ]
    if made:
        facts |= {
            "Run": f"{made[-1].run_id} of {made[-1].run_date}",
            "Code": made[-1].code_version,
            "Configuration": made[-1].config_hash,
        }
    return facts


def _matching(rows: DataFrame, where: str | None) -> DataFrame:
    if where is None:
        return rows
    try:
        return rows.filter(where)
    except (AnalysisException, ParseException) as error:
        said = str(error).splitlines()[0]
        raise ConfigError(f"--where {where}: {said}; columns are {', '.join(rows.columns)}") from error


def _chosen(rows: DataFrame, arguments: Namespace) -> DataFrame:
    if arguments.pack is not None:
        if arguments.columns is not None or arguments.form != ROWS:
            raise ConfigError("--pack: packs have columns of their own; leave --columns and --form away")
        return in_packs(rows, arguments.pack)
    if arguments.columns is None:
        return in_form(rows, arguments.form, _KEPT if arguments.format in _WITH_SPLITS else ())
    if arguments.form != ROWS:
        raise ConfigError(f"--columns: form {arguments.form} has columns of its own; give one of the two")
    named = [name.strip() for name in arguments.columns.split(",")]
    unknown = [name for name in named if name not in rows.columns]
    if unknown:
        raise ConfigError(f"--columns: unknown {', '.join(unknown)}; valid are {', '.join(rows.columns)}")
    return rows.select(*[quoted(name) for name in named])
