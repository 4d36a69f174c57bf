"""Exports are whole, split by split, and load where trainers load them."""

import json

import pyarrow.parquet as pq
import pytest
import yaml

from etl.exports.hf import export_hf
from etl.exports.mds import export_mds

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
    export_hf(rows, "mixture", str(out))
    front = yaml.safe_load((out / "README.md").read_text().split("---\n")[1])
    found = {}
    for each in front["configs"][0]["data_files"]:
        files = sorted(out.glob(each["path"]))
        found[each["split"]] = sum(pq.read_table(file).num_rows for file in files)
    # Names of splits are words there.
    assert found == {"train": 40, "val_1": 10}
    datasets = pytest.importorskip("datasets", reason="the library datasets is not installed")
    assert datasets.load_dataset(str(out))["train"].num_rows == 40


def test_a_table_without_splits_is_one(rows, tmp_path):
    export_hf(rows.drop("split", "license"), "pairs", str(tmp_path / "out"))
    assert pq.read_table(tmp_path / "out" / "data" / "train").num_rows == 50
    export_mds(rows.drop("split"), str(tmp_path / "mds"))
    assert sum(s["samples"] for s in json.loads((tmp_path / "mds" / "index.json").read_text())["shards"]) == 50
