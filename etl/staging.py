"""Staging: what the stages of a run yielded, in a folder, until the run is published.

A staged table is Parquet files and, written last, a file with their schema: where that stands the table is whole.
No Delta: nobody but the run itself reads these rows, once or twice and all of them, and each look at a Delta log
is a Spark job of its own.
"""

import json
from typing import Final

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import StructType

from etl.storage import read_text, remove_folder, write_text

# Spark reads no file whose name begins so.
_SCHEMA_FILE: Final = "_schema.json"


class StagingFolder:
    """The staged tables of all runs of one output, each in the folder of its run."""

    def __init__(self, spark: SparkSession, folder: str) -> None:
        self._spark = spark
        self._folder = folder

    def has(self, run_id: str, name: str) -> bool:
        """Return whether a table was staged, whole."""
        return read_text(f"{self._place(run_id, name)}/{_SCHEMA_FILE}") is not None

    def write(self, run_id: str, name: str, rows: DataFrame) -> None:
        """Write a table; what an attempt that was killed has left there gives way."""
        place = self._place(run_id, name)
        rows.write.mode("overwrite").parquet(place)
        write_text(f"{place}/{_SCHEMA_FILE}", rows.schema.json())

    def read(self, run_id: str, name: str) -> DataFrame:
        """Return the rows of a table.

        Raises:
            FileNotFoundError: It was not staged.
        """
        place = self._place(run_id, name)
        schema = read_text(f"{place}/{_SCHEMA_FILE}")
        if schema is None:
            raise FileNotFoundError(f"no table was staged at {place}")
        # With the schema at hand Spark need not open the files to know it.
        return self._spark.read.schema(StructType.fromJson(json.loads(schema))).parquet(place)

    def drop(self, run_id: str | None = None) -> None:
        """Delete what a run staged, files and all; with no run, what all of them did."""
        remove_folder(self._folder if run_id is None else f"{self._folder}/{run_id}")

    def _place(self, run_id: str, name: str) -> str:
        return f"{self._folder}/{run_id}/{name}"
