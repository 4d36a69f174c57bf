"""Tables: declared columns, constraints, transactions, staging."""

import pytest
from pyspark.sql import functions as F

from etl.errors import SchemaError
from etl.schemas import REJECTS, STAGE_STATS, TABLES
from etl.tables import quoted

pytestmark = pytest.mark.spark
NOTE = {"run_id": "r1", "config_hash": "c"}


@pytest.fixture
def rejects(spark):
    def make(*reasons, run_id="r1", stage="ingest"):
        rows = [(stage, reason, None, "s", "i", None, None, "{", run_id) for reason in reasons]
        return spark.createDataFrame(rows, REJECTS.schema)

    return make


def test_publishing_replaces_the_content(tables, rejects):
    tables.publish(REJECTS, rejects("a", "b"), "t1", NOTE)
    tables.publish(REJECTS, rejects("c"), "t2", NOTE)
    assert [row["reason"] for row in tables.read("rejects").collect()] == ["c"]
    assert sorted(row["reason"] for row in tables.read("rejects", version=0).collect()) == ["a", "b"]


def test_publishing_again_in_one_transaction_changes_nothing(tables, rejects):
    tables.publish(REJECTS, rejects("a"), "t1", NOTE)
    tables.publish(REJECTS, rejects("other"), "t1", NOTE)
    assert [row["reason"] for row in tables.read("rejects").collect()] == ["a"]
    assert tables.version("rejects") == 0


def test_every_commit_says_who_made_it(tables, rejects, spark):
    tables.publish(REJECTS, rejects("a"), "t1", NOTE)
    told = spark.sql(f"DESCRIBE HISTORY delta.`{tables.place('rejects')}`").select("userMetadata").first()[0]
    assert told == '{"config_hash": "c", "run_id": "r1"}'


@pytest.mark.parametrize("before", [False, True], ids=["first write", "later write"])
def test_a_row_that_breaks_a_constraint_is_refused_whole(tables, rejects, before):
    if before:
        tables.publish(REJECTS, rejects("a"), "t0", NOTE)
    with pytest.raises(Exception, match="known_stage"):
        tables.publish(REJECTS, rejects("fine").unionByName(rejects("b", stage="nowhere")), "t1", NOTE)
    assert tables.exists("rejects") is before


def test_an_account_that_does_not_close_cannot_be_written(tables, spark):
    open_account = [("parse", "documents", 10, 8, 1, 0, {"no_text": 1}, 0.1, "r1")]
    with pytest.raises(Exception, match="accounts_close"):
        tables.publish(STAGE_STATS, spark.createDataFrame(open_account, STAGE_STATS.schema), "t1", NOTE)


def test_a_frame_that_does_not_fit_names_its_wrong_columns(tables, rejects):
    wrong = rejects("a").withColumn("reason", F.lit(1)).drop("detail")
    with pytest.raises(SchemaError, match=r"reason \(int, declared string\)") as error:
        tables.publish(REJECTS, wrong, "t1", NOTE)
    assert "detail (missing, declared string)" in str(error.value)


def test_columns_are_written_in_the_declared_order(tables, rejects):
    shuffled = rejects("a").select(*reversed(REJECTS.columns))
    tables.publish(REJECTS, shuffled, "t1", NOTE)
    assert tables.read("rejects").columns == REJECTS.columns


def test_replace_puts_rows_in_place_of_those_with_the_same_key(tables, rejects):
    tables.append(REJECTS, rejects("a", run_id="r1"), "t1", NOTE)
    tables.append(REJECTS, rejects("b", run_id="r2"), "t2", NOTE)
    tables.replace(REJECTS, rejects("c", run_id="r1"), "run_id", NOTE)
    assert sorted((row["run_id"], row["reason"]) for row in tables.read("rejects").collect()) == [
        ("r1", "c"),
        ("r2", "b"),
    ]


def test_what_is_staged_is_there_whole_or_not_at_all(tables, rejects, spark):
    assert not tables.is_staged("r1", "parsed")
    failing = rejects("a").withColumn("boom", F.raise_error(F.lit("boom")).cast("string"))
    with pytest.raises(Exception, match="boom"):
        tables.stage("r1", "parsed", failing)
    assert not tables.is_staged("r1", "parsed")
    assert tables.stage("r1", "parsed", rejects("a")).count() == 1
    assert tables.is_staged("r1", "parsed")
    tables.drop_staged("r1", ("parsed",))
    assert not tables.is_staged("r1", "parsed")


def test_what_a_killed_attempt_left_is_not_there_and_gives_way(tables, rejects, tmp_path):
    left = tmp_path / "lake" / "_staging" / "r1" / "parsed"
    rejects("half").write.parquet(str(left))
    assert not tables.is_staged("r1", "parsed")
    assert [row["reason"] for row in tables.stage("r1", "parsed", rejects("whole")).collect()] == ["whole"]


def test_what_is_staged_comes_back_with_the_types_it_had(tables, spark):
    typed = "a array<struct<start:int,end:int>>, b binary, m map<string,bigint>, t timestamp, d date"
    rows = spark.createDataFrame([([(1, 2)], b"x", {"k": 3}, None, None)], typed)
    assert tables.stage("r1", "typed", rows.limit(0)).schema.simpleString() == rows.schema.simpleString()
    tables.stage("r1", "typed", rows)
    assert tables.staged("r1", "typed").collect() == rows.collect()


def test_a_version_is_read_again_after_a_newer_one_was_written(tables, rejects):
    tables.publish(REJECTS, rejects("a"), "t1", NOTE)
    first = tables.read("rejects", version=0)
    tables.publish(REJECTS, rejects("b"), "t2", NOTE)
    assert tables.version("rejects") == 1
    assert [row["reason"] for row in first.collect()] == ["a"]
    assert [row["reason"] for row in tables.read("rejects", version=0).collect()] == ["a"]
    assert [row["reason"] for row in tables.read("rejects", version=1).collect()] == ["b"]


def test_delete_tells_how_many_rows_there_were(tables, rejects):
    tables.publish(REJECTS, rejects("a", "b", "b"), "t1", NOTE)
    assert tables.delete("rejects", F.col("reason") == "b") == 2
    assert tables.delete("rejects", F.col("reason") == "b") == 0
    assert tables.read("rejects").count() == 1


def test_a_name_is_quoted_whatever_stands_in_it(spark):
    frame = spark.createDataFrame([(1,)], ["a`b; DROP"])
    assert frame.select(quoted("a`b; DROP")).first()[0] == 1


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_tells_its_run(table):
    assert "run_id" in table.columns
