"""``export``: a table as files, for trainers and people."""

import sys
from argparse import Namespace
from pathlib import Path

from pyspark.errors import AnalysisException, ParseException
from pyspark.sql import DataFrame

from etl.config.load import load_config
from etl.errors import ConfigError
from etl.exports.hf import export_hf
from etl.exports.mds import export_mds
from etl.readers.places import place_of
from etl.schemas import TABLES
from etl.session import spark_session
from etl.tables import Tables, quoted


def export(arguments: Namespace) -> int:
    """Write the rows asked for and return 0."""
    loaded = load_config(arguments.config, env=arguments.env, overrides=arguments.set, cwd=Path.cwd())
    names = [table.name for table in TABLES]
    if arguments.table not in names:
        raise ConfigError(f"--table {arguments.table}: there is no such table; valid are {', '.join(names)}")
    place = place_of(arguments.out)
    if place.store is None and Path(place.path).exists():
        raise ConfigError(f"--out {arguments.out}: it exists already; name a folder that does not")
    with spark_session() as spark:
        tables = Tables(spark, loaded.config.output)
        if not tables.exists(arguments.table):
            raise ConfigError(f"{tables.place(arguments.table)} does not exist yet; `run` makes it")
        rows = _chosen(tables.read(arguments.table), arguments.columns, arguments.where)
        out = place.path if place.store is None else arguments.out
        match arguments.format:
            case "parquet":
                rows.write.parquet(out)
            case "mds":
                export_mds(rows, out)
            case "hf":
                export_hf(rows, arguments.table, out)
            case _:
                rows.write.option("ignoreNullFields", "false").json(out)
    sys.stdout.write(f"{arguments.out}\n")
    return 0


def _chosen(rows: DataFrame, columns: str | None, where: str | None) -> DataFrame:
    if where is not None:
        try:
            rows = rows.filter(where)
        except (AnalysisException, ParseException) as error:
            said = str(error).splitlines()[0]
            raise ConfigError(f"--where {where}: {said}; columns are {', '.join(rows.columns)}") from error
    if columns is None:
        return rows
    named = [name.strip() for name in columns.split(",")]
    unknown = [name for name in named if name not in rows.columns]
    if unknown:
        raise ConfigError(f"--columns: unknown {', '.join(unknown)}; valid are {', '.join(rows.columns)}")
    return rows.select(*[quoted(name) for name in named])
