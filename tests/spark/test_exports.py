"""Exports are whole, split by split, and load where trainers load them."""

import json

import pyarrow.parquet as pq
import pytest
import yaml
from pyspark.sql import functions as F

from etl.errors import ConfigError
from etl.exports.forms import in_form
from etl.exports.hf import export_hf
from etl.exports.mds import export_mds
from etl.exports.packs import in_packs
from etl.exports.shards import in_shards

pytestmark = pytest.mark.spark

SCHEMA = "row_id string, text string, n_tokens int, pair_ids array<string>, split string, license string"


@pytest.fixture
def rows(spark):
    return spark.createDataFrame(
        [
            (f"{n:032x}", f"text {n}", n, [f"{n}"] if n % 2 else None, "train" if n % 5 else "val-1", "MIT")
            for n in range(50)
        ],
        SCHEMA,
    ).repartition(3)


def test_mds_has_a_folder_a_split_with_all_its_rows(rows, tmp_path):
    out = tmp_path / "out"
    export_mds(rows, str(out))
    samples = {}
    for split in ("train", "val-1"):
        index = json.loads((out / split / "index.json").read_text())
        samples[split] = sum(shard["samples"] for shard in index["shards"])
        for shard in index["shards"]:
            assert (out / split / shard["raw_data"]["basename"]).stat().st_size == shard["raw_data"]["bytes"]
    assert samples == {"train": 40, "val-1": 10}
    export_mds(rows.select("text").filter("n_tokens > 99"), str(tmp_path / "empty"))
    assert json.loads((tmp_path / "empty" / "index.json").read_text())["shards"] == []


def test_a_folder_for_datasets_has_files_and_a_card_that_names_them(rows, tmp_path):
    out = tmp_path / "out"
    export_hf(rows, "mixture", str(out), {"Run": "r"})
    front = yaml.safe_load((out / "README.md").read_text().split("---\n")[1])
    found = {}
    for each in front["configs"][0]["data_files"]:
        files = sorted(out.glob(each["path"]))
        found[each["split"]] = sum(pq.read_table(file).num_rows for file in files)
    # Names of splits are words there.
    assert found == {"train": 40, "val_1": 10}
    tree = json.loads((out / "croissant.json").read_text())
    assert [each["includes"] for each in tree["distribution"]] == ["data/train/*.parquet", "data/val-1/*.parquet"]
    assert "| Run | r |" in (out / "README.md").read_text().splitlines()


def test_a_table_without_splits_is_one(rows, tmp_path):
    export_hf(rows.drop("split", "license"), "pairs", str(tmp_path / "out"), {})
    assert pq.read_table(tmp_path / "out" / "data" / "train").num_rows == 50
    export_mds(rows.drop("split"), str(tmp_path / "mds"))
    assert sum(s["samples"] for s in json.loads((tmp_path / "mds" / "index.json").read_text())["shards"]) == 50


def test_shards_hold_the_same_rows_in_the_same_order_however_the_table_lies(rows, tmp_path):
    def written(frame, name):
        out = tmp_path / name
        in_shards(frame, "mixture", 4).select("row_id").write.json(str(out))
        files = sorted(out.glob("part-*.json"))
        return [[json.loads(line)["row_id"] for line in file.read_text().splitlines()] for file in files]

    shards = written(rows, "one")
    assert shards == written(rows.repartition(7, "text"), "other")
    assert len(shards) == 4
    assert all(shard == sorted(shard) for shard in shards)
    assert sum(map(len, shards)) == 50
    # A table without ids goes by its content; nested and null values included.
    assert in_shards(rows.drop("row_id"), "rejects", None).count() == 50


def test_forms_are_those_that_trainers_read(candidates, parsed):
    pairs = candidates({"context": "A text.", "response": "Yes."}, {"response": "No."})
    rows = [row.asDict(recursive=True) for row in in_form(pairs.coalesce(1), "alpaca").collect()]
    assert rows == [
        {"instruction": "What is number 0?", "input": "A text.", "output": "Yes."},
        {"instruction": "What is number 1?", "input": "", "output": "No."},
    ]
    rows = [row.asDict(recursive=True) for row in in_form(pairs.coalesce(1), "messages", ("license",)).collect()]
    assert rows[0] == {
        "messages": [
            {"role": "user", "content": "A text.\n\nWhat is number 0?"},
            {"role": "assistant", "content": "Yes."},
        ],
        "license": "CC0-1.0",
    }
    assert rows[1]["messages"][0]["content"] == "What is number 1?"
    assert in_form(parsed({"text": "fine"}), "text").collect() == [("fine",)]
    assert in_form(pairs, "rows") is pairs
    with pytest.raises(ConfigError, match="that form is for the table pairs"):
        in_form(parsed(), "messages")


def test_each_shard_is_packed_split_by_split(rows):
    packed = in_packs(in_shards(rows.withColumn("n_tokens", F.lit(4)), "mixture", 3), 10).collect()
    assert sorted(row_id for row in packed for row_id in row["row_ids"]) == [f"{n:032x}" for n in range(50)]
    assert {row["n_tokens"] for row in packed} <= {4, 8}
    for row in packed:
        splits = {"val-1" if int(row_id, 16) % 5 == 0 else "train" for row_id in row["row_ids"]}
        assert splits == {row["split"]}
        assert row["text"] == "\n\n".join(f"text {int(row_id, 16)}" for row_id in row["row_ids"])
    assert (
        packed == in_packs(in_shards(rows.repartition(5).withColumn("n_tokens", F.lit(4)), "mixture", 3), 10).collect()
    )
    with pytest.raises(ConfigError, match="there is no column row_id"):
        in_packs(rows.drop("row_id"), 10)
