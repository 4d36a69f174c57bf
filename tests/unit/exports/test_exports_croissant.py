"""The Croissant file names the files of each split and every column that it has a word for."""

import json

from etl.exports.croissant import croissant_text

SPLITS = {"train": "data/train/*.parquet", "val_1": "data/val-1/*.parquet"}
COLUMNS = {"text": "string", "n": "int", "ids": "array<string>", "evidence": "array<struct<start:int,end:int>>"}


def described() -> dict[str, object]:
    found: dict[str, object] = json.loads(
        croissant_text("mixture", "雨.", SPLITS, COLUMNS, ["MIT", "of my own (2020)"])
    )
    return found


def test_files_and_records_of_a_split_belong_together() -> None:
    tree = described()
    assert [(each["@id"], each["includes"]) for each in tree["distribution"]] == [
        ("files-train", "data/train/*.parquet"),
        ("files-val_1", "data/val-1/*.parquet"),
    ]
    records = {each["name"]: each["field"] for each in tree["recordSet"]}
    assert list(records) == ["train", "val_1"]
    assert {each["source"]["fileSet"]["@id"] for each in records["val_1"]} == {"files-val_1"}


def test_columns_have_types_and_lists_are_repeated() -> None:
    fields = described()["recordSet"][0]["field"]
    assert [(each["@id"], each["dataType"], each.get("repeated", False)) for each in fields] == [
        ("train/text", "sc:Text", False),
        ("train/n", "sc:Integer", False),
        ("train/ids", "sc:Text", True),
    ]


def test_licences_are_addresses_where_they_are_spdx_ids() -> None:
    tree = described()
    assert tree["license"] == ["https://spdx.org/licenses/MIT", "of my own (2020)"]
    assert (tree["name"], tree["description"]) == ("mixture", "雨.")
    assert "license" not in json.loads(croissant_text("t", "d", SPLITS, COLUMNS, []))
