"""What two runs are compared by, and whether the tables of one agree with each other."""

from collections import Counter
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

# Which run wrote a row is no part of what it says.
_NOT_CONTENT = "run_id"
_COMPARED = ("documents", "pairs", "rejects", "mixture", "mixture_report")


def read(spark: SparkSession, lake: Path, name: str) -> DataFrame:
    return spark.read.format("delta").load(str(lake / name))


def version(spark: SparkSession, lake: Path, name: str) -> int:
    history = spark.sql(f"DESCRIBE HISTORY delta.`{lake / name}`")
    return int(history.agg(F.max("version")).first()[0])


def content_hash(rows: DataFrame) -> str:
    """Return number of rows, XOR and sum of their hashes: equal for equal rows in any order, in any lane."""
    columns = sorted(column for column in rows.columns if column != _NOT_CONTENT)
    row = F.xxhash64(F.to_json(F.struct(*columns), {"ignoreNullFields": "false"})).alias("row")
    found = rows.select(row).agg(
        F.count("row"), F.coalesce(F.bit_xor("row"), F.lit(0)), F.sum(F.col("row").cast("decimal(38,0)"))
    )
    n, xor, total = found.first()
    return f"{n} rows {xor & (2**64 - 1):016x} {int(total or 0) & (2**64 - 1):016x}"


def content_of(spark: SparkSession, lake: Path) -> dict[str, str]:
    """Return the content hash of every table whose rows depend on input, configuration and code only.

    It is printed too, so that the lanes can be compared by their logs.
    """
    found = {name: content_hash(read(spark, lake, name)) for name in _COMPARED}
    for name, content in found.items():
        print(f"content of {name}: {content}")
    return found


def check_accounts(spark: SparkSession, lake: Path) -> None:
    """Assert that the accounts close, follow on one another and agree with the rows of the tables."""
    stats = {row["stage"]: row for row in read(spark, lake, "stage_stats").collect()}
    assert sorted(stats) == ["extract", "ingest", "mix", "parse", "select"]
    for row in stats.values():
        assert row["rows_in"] == row["rows_out"] + row["rejected"] + row["not_drawn"], row
        assert row["rejected"] == sum(row["reasons"].values()), row
    assert stats["ingest"]["rows_out"] == stats["parse"]["rows_in"]
    assert stats["extract"]["rows_out"] == stats["select"]["rows_in"]
    rows = {name: read(spark, lake, name).count() for name in ("documents", "pairs", "mixture")}
    out = {name: stats[name]["rows_out"] for name in ("parse", "select", "mix")}
    assert out == {"parse": rows["documents"], "select": rows["pairs"], "mix": rows["mixture"]}
    rejected = Counter((row["stage"], row["reason"]) for row in read(spark, lake, "rejects").collect())
    stated = {(stage, reason): n for stage, row in stats.items() for reason, n in row["reasons"].items()}
    assert dict(rejected) == stated
