"""Every access to Delta: the only place that reads, writes or deletes a table.

A run first stages what its stages yield, each table whole or not at all, so a stage that was killed left nothing
behind and one that finished is never computed again. A finished run then publishes: it replaces the contents of
the tables, each by one commit that carries the run's transaction id, so that publishing again changes nothing.
"""

import json
import re
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Final

from delta.tables import DeltaTable
from pyspark.errors import AnalysisException
from pyspark.sql import Column, DataFrame, DataFrameWriter, SparkSession
from pyspark.sql import functions as F

from etl.config.models import OutputConfig, SourceConfig
from etl.declared import Table
from etl.errors import ConfigError, SchemaError
from etl.staging import StagingFolder
from etl.storage import held, list_names

_STAGING: Final = "_staging"
# A commit is a file of the log: https://github.com/delta-io/delta/blob/master/PROTOCOL.md#delta-log-entries
_COMMIT: Final = re.compile(r"(\d{20})\.json")
# A transaction writes a table once: its application id says which, its version that it happened.
_TXN_VERSION: Final = 1


def quoted(name: str) -> str:
    """Return `name` as an SQL identifier that can be nothing else.

    >>> quoted("a`b")
    '`a``b`'
    """
    return "`" + name.replace("`", "``") + "`"


class Tables:
    """The tables of one output: a folder, or a schema of a catalog."""

    def __init__(self, spark: SparkSession, output: OutputConfig) -> None:
        self._spark = spark
        self._output = output
        self._staging = StagingFolder(spark, self.place(_STAGING)) if output.root is not None else None

    def place(self, name: str) -> str:
        """Return where a table is, in words a person can use: a path or a dotted name."""
        if self._output.root is not None:
            return f"{self._output.root.rstrip('/')}/{name}"
        parts = [self._output.catalog, self._output.schema_, name]
        return ".".join(part for part in parts if part)

    def beside(self, path: str) -> str | None:
        """Return where a file of the output goes that is no table; None in a catalog, which holds none."""
        return None if self._output.root is None else f"{self._output.root.rstrip('/')}/{path}"

    def held(self) -> AbstractContextManager[None]:
        """Keep other processes from writing to these tables meanwhile, where their folder can be held.

        Raises:
            ConfigError: The folder cannot be made.
            TransientError: Another process is writing to them.
        """
        return nullcontext() if self._output.root is None else held(self._output.root)

    def exists(self, name: str) -> bool:
        """Return whether there is a Delta table of that name."""
        if self._output.root is not None:
            return bool(DeltaTable.isDeltaTable(self._spark, self.place(name)))
        return bool(self._spark.catalog.tableExists(self.place(name)))

    def read(self, name: str, version: int | None = None) -> DataFrame:
        """Return the rows of a table, as they are now or as they were at a version."""
        reader = self._spark.read.format("delta")
        if version is not None:
            reader = reader.option("versionAsOf", version)
        if self._output.root is not None:
            return reader.load(self.place(name))
        return reader.table(self.place(name))

    def version(self, name: str) -> int:
        """Return the newest version of a table."""
        if self._output.root is not None:
            # The history says the same by a Spark job of a second.
            commits = filter(None, map(_COMMIT.fullmatch, list_names(f"{self.place(name)}/_delta_log")))
            return max((int(commit[1]) for commit in commits), default=0)
        newest = self._delta(name).history(1).select("version").first()
        return int(newest[0]) if newest else 0

    def publish(self, table: Table, rows: DataFrame, transaction: str, note: Mapping[str, str]) -> None:
        """Replace the content of a table by `rows` in one commit; again for one transaction it does nothing.

        Raises:
            SchemaError: A column is missing, or of another type than declared.
        """
        writer = self._writer(table, rows, note).mode("overwrite")
        writer = writer.option("txnAppId", f"{transaction}/{table.name}").option("txnVersion", _TXN_VERSION)
        self._save(writer, table.name)

    def append(self, table: Table, rows: DataFrame, transaction: str, note: Mapping[str, str]) -> None:
        """Add rows to a table in one commit; again for one transaction it does nothing."""
        writer = self._writer(table, rows, note).mode("append")
        writer = writer.option("txnAppId", f"{transaction}/{table.name}").option("txnVersion", _TXN_VERSION)
        self._save(writer, table.name)

    def replace(self, table: Table, rows: DataFrame, key: str, note: Mapping[str, str]) -> None:
        """Put rows in place of those with the same `key`, in one commit.

        The table is rewritten whole: for tables of thousands of rows that is a fifth of what a MERGE costs.
        """
        kept = self.read(table.name).join(rows.select(key), on=key, how="left_anti")
        writer = self._writer(table, kept.unionByName(rows).coalesce(1), note).mode("overwrite")
        self._save(writer, table.name)

    def merge(self, table: Table, rows: DataFrame, key: str, content: str, note: Mapping[str, str]) -> None:
        """Make a table hold `rows`, changing only those whose `content` is another than that of the row of their `key`.

        Rows that are gone are deleted, and where nothing differs nothing is committed; so again it does nothing.
        """
        if not self.exists(table.name):
            self._save(self._writer(table, rows, note).mode("append"), table.name)
            return
        made = _fit(table, rows)
        there = self.read(table.name).select(key, F.col(content).alias("_content"))
        if made.join(there, on=key, how="full").filter(~F.col(content).eqNullSafe(F.col("_content"))).isEmpty():
            return
        merging = self._delta(table.name).alias("there").merge(made.alias("made"), f"there.{key} = made.{key}")
        merging = merging.whenMatchedUpdateAll(f"there.{content} <> made.{content}")
        merging.whenNotMatchedInsertAll().whenNotMatchedBySourceDelete().execute()

    def delete(self, name: str, condition: Column) -> int:
        """Delete the rows that satisfy a condition; return how many there were."""
        found = self.read(name).filter(condition).count()
        if found:
            self._delta(name).delete(condition)
        return found

    def is_staged(self, run_id: str, name: str) -> bool:
        """Return whether a stage of the run has written its table, whole."""
        if self._staging is not None:
            return self._staging.has(run_id, name)
        return self.exists(_staged(run_id, name))

    def stage(self, run_id: str, name: str, rows: DataFrame) -> DataFrame:
        """Write what a stage yields, whole or not at all, and return it as it was written."""
        if self._staging is not None:
            self._staging.write(run_id, name, rows)
        else:
            self._save(
                rows.write.format("delta").mode("overwrite").option("overwriteSchema", "true"), _staged(run_id, name)
            )
        return self.staged(run_id, name)

    def staged(self, run_id: str, name: str) -> DataFrame:
        """Return a table that a stage of the run has written."""
        if self._staging is not None:
            return self._staging.read(run_id, name)
        return self.read(_staged(run_id, name))

    def drop_staged(self, run_id: str, names: tuple[str, ...]) -> None:
        """Delete what a run staged, files and all."""
        if self._staging is not None:
            self._staging.drop(run_id)
            return
        for name in names:
            self._spark.sql(f"DROP TABLE IF EXISTS {self._identifier(_staged(run_id, name))}")

    def drop_all_staged(self) -> None:
        """Delete what unfinished runs staged; they begin anew."""
        if self._staging is not None:
            self._staging.drop()
            return
        for row in self._spark.sql(f"SHOW TABLES IN {self.schema_identifier()} LIKE '{_STAGING}*'").collect():
            self._spark.sql(f"DROP TABLE IF EXISTS {self._identifier(row['tableName'])}")

    def schema_identifier(self) -> str:
        """Return the schema of a catalog output as an SQL identifier."""
        return ".".join(quoted(part) for part in (self._output.catalog, self._output.schema_) if part)

    def _delta(self, name: str) -> DeltaTable:
        if self._output.root is not None:
            return DeltaTable.forPath(self._spark, self.place(name))
        return DeltaTable.forName(self._spark, self.place(name))

    def _identifier(self, name: str) -> str:
        return ".".join(quoted(part) for part in self.place(name).split("."))

    def _writer(self, table: Table, rows: DataFrame, note: Mapping[str, str]) -> DataFrameWriter:
        writer = _fit(table, rows).write.format("delta")
        writer = writer.option("userMetadata", json.dumps(dict(note), sort_keys=True))
        if not self.exists(table.name):
            # The first write makes the table: its constraints come with it and hold for these rows already.
            for check, condition in table.checks.items():
                writer = writer.option(f"delta.constraints.{check}", condition)
        return writer

    def _save(self, writer: DataFrameWriter, name: str) -> None:
        if self._output.root is not None:
            writer.save(self.place(name))
        else:
            writer.saveAsTable(self.place(name))


def _staged(run_id: str, name: str) -> str:
    """Return the name of a staged table in a catalog, where staging has no folder."""
    return f"{_STAGING}_{run_id.replace('-', '_')}_{name}"


def source_version(spark: SparkSession, source: SourceConfig) -> int:
    """Return the version of a Delta source that a run reads: the one it is pinned to, else the newest.

    Raises:
        ConfigError: There is no Delta table at that place.
    """
    place = str(source.table or source.path)
    try:
        newest = _delta_at(spark, source.path, source.table).history(1).select("version").first()
    except AnalysisException as error:
        raise ConfigError(f"input source {source.name!r}: there is no Delta table at {place}") from error
    version = int(newest[0]) if newest else 0
    if source.version_as_of is None:
        return version
    if source.version_as_of > version:
        raise ConfigError(
            f"input source {source.name!r}: version_as_of is {source.version_as_of}, "
            f"but the newest version of {place} is {version}"
        )
    return source.version_as_of


def read_source(spark: SparkSession, source: SourceConfig, version: int) -> DataFrame:
    """Return the rows of a Delta source at a version."""
    reader = spark.read.format("delta").option("versionAsOf", version)
    return reader.table(source.table) if source.table is not None else reader.load(str(source.path))


def read_delta(spark: SparkSession, key: str, *, path: str | None, table: str | None) -> DataFrame:
    """Return the rows of the Delta table that a `key` of the configuration names, by folder or by name.

    Raises:
        ConfigError: There is no Delta table at that place.
    """
    try:
        return _delta_at(spark, path, table).toDF()
    except AnalysisException as error:
        raise ConfigError(f"{key}: there is no Delta table at {table or path}; valid: a Delta table") from error


def _delta_at(spark: SparkSession, path: str | None, table: str | None) -> DeltaTable:
    """Return a table by its name, or by its folder where it has none."""
    return DeltaTable.forName(spark, table) if table is not None else DeltaTable.forPath(spark, str(path))


def _fit(table: Table, rows: DataFrame) -> DataFrame:
    """Return exactly the declared columns, in the declared order."""
    given = {field.name: field.dataType.simpleString() for field in rows.schema.fields}
    wrong = [
        f"{field.name} ({given.get(field.name, 'missing')}, declared {field.dataType.simpleString()})"
        for field in table.schema.fields
        if given.get(field.name) != field.dataType.simpleString()
    ]
    if wrong:
        raise SchemaError(f"table {table.name}: these columns do not fit its declaration: {', '.join(wrong)}")
    return rows.select(*[F.col(quoted(column)) for column in table.columns])
