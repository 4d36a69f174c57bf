"""Exports open in the libraries of trainers, where these are installed: none of them is needed to write."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.exports import mds_format
from etl.exports.croissant import CROISSANT, croissant_text
from etl.exports.dataset_card import card_text
from etl.exports.mds_format import INTEGER, NESTED, TEXT, Encoding, ShardWriter, index_text

pytestmark = pytest.mark.timeout(300)

COLUMNS = {"row_id": "string", "text": "string", "n_tokens": "int", "pair_ids": "array<string>"}
ENCODINGS: dict[str, Encoding] = {"row_id": TEXT, "text": TEXT, "n_tokens": INTEGER, "pair_ids": NESTED}
SPLITS = {"train": 40, "val_1": 10}


def row(number: int) -> dict[str, Any]:
    pairs = [f"p{number}"] if number % 3 else None
    return {"row_id": f"{number:032x}", "text": f"Number {number}.\n雨", "n_tokens": number, "pair_ids": pairs}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as the export for datasets writes it."""
    schema = pa.schema([
        ("row_id", pa.string()), ("text", pa.string()), ("n_tokens", pa.int32()), ("pair_ids", pa.list_(pa.string())),
    ])  # fmt: skip
    for split, count in SPLITS.items():
        data = tmp_path / "data" / split
        data.mkdir(parents=True)
        for part in range(2):
            rows = [row(number) for number in range(part, count, 2)]
            pq.write_table(pa.Table.from_pylist(rows, schema), data / f"part-{part:05}.parquet")
    patterns = {split: f"data/{split}/*.parquet" for split in SPLITS}
    (tmp_path / "README.md").write_text(
        card_text("mixture", patterns, SPLITS, [("MIT", 50)], COLUMNS, languages=["en"], facts={"Run": "r"})
    )
    (tmp_path / CROISSANT).write_text(croissant_text("mixture", "A mixture.", patterns, COLUMNS, ["MIT"]))
    (tmp_path / "_EXPORT").write_text("{}")
    return tmp_path


def test_datasets_loads_the_splits_by_the_card(folder: Path, tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets", reason="the library datasets is not installed")
    loaded = datasets.load_dataset(str(folder), cache_dir=str(tmp_path / "cache"))
    assert {split: loaded[split].num_rows for split in loaded} == SPLITS
    assert loaded["train"][1] == row(2)
    streamed = datasets.load_dataset(str(folder), split="val_1", streaming=True)
    assert [each["n_tokens"] for each in streamed] == [0, 2, 4, 6, 8, 1, 3, 5, 7, 9]


@pytest.mark.parametrize(
    "form",
    [
        {"text": "Why?\nBecause."},
        {"instruction": "Why?", "input": "", "output": "Because."},
        {"messages": [{"role": "user", "content": "Why?"}, {"role": "assistant", "content": "Because."}]},
    ],
    ids=["text", "alpaca", "messages"],
)
def test_datasets_loads_each_form_of_json_lines(tmp_path: Path, form: dict[str, Any]) -> None:
    datasets = pytest.importorskip("datasets", reason="the library datasets is not installed")
    (tmp_path / "part-00000.json").write_text(json.dumps(form) + "\n")
    files = str(tmp_path / "*.json")
    loaded = datasets.load_dataset("json", data_files=files, split="train", cache_dir=str(tmp_path / "cache"))
    assert loaded[0] == form


def test_croissant_is_valid_and_its_records_are_the_rows(folder: Path) -> None:
    croissant = pytest.importorskip("mlcroissant", reason="the library mlcroissant is not installed")
    described = croissant.Dataset(str(folder / CROISSANT))
    assert not described.metadata.issues.errors
    found = list(described.records("val_1"))
    assert {each["val_1/n_tokens"] for each in found} == set(range(10))
    assert {each["val_1/text"] for each in found} == {row(number)["text"].encode() for number in range(10)}


def test_streaming_reads_all_shards_in_their_order_and_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    streaming = pytest.importorskip("streaming", reason="the library streaming is not installed: it brings torch")
    monkeypatch.setattr(mds_format, "SIZE_LIMIT", 2_000)
    writer = ShardWriter(ENCODINGS)
    shards = [shard for number in range(100) if (shard := writer.add(row(number))) is not None]
    last = writer.finish()
    assert last is not None
    names = []
    for number, shard in enumerate([*shards, last]):
        name = f"shard.00000.{number:05}.mds"
        (tmp_path / name).write_bytes(shard.data)
        names.append((name, len(shard.data), shard.samples))
    (tmp_path / "index.json").write_text(index_text(ENCODINGS, names))
    dataset = streaming.StreamingDataset(local=str(tmp_path), shuffle=False, batch_size=1)
    assert len(names) > 3
    assert len(dataset) == 100
    assert [dataset[number]["n_tokens"] for number in range(100)] == list(range(100))
    assert dataset[7] == {**row(7), "pair_ids": row(7)["pair_ids"]}
