"""MDS as its readers see it: read back by a reader written from the description, and by the library where it is."""

import json
import struct
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.exports import mds_format
from etl.exports.mds_format import INTEGER, NESTED, NUMBER, TEXT, TRUTH, Encoding, Shard, ShardWriter, index_text

COLUMNS: dict[str, Encoding] = {"text": TEXT, "n": INTEGER, "share": NUMBER, "ok": TRUTH, "ids": NESTED}
ROWS: list[dict[str, Any]] = [
    {"text": "Why?\nBecause 雨.", "n": 7, "share": 0.25, "ok": True, "ids": ["a", "b"]},
    {"text": "", "n": -1, "share": 0.0, "ok": False, "ids": None},
    {"text": None, "n": None, "share": None, "ok": None, "ids": [{"start": 1}]},
]
DECODE = {
    "str": bytes.decode,
    "int": lambda data: struct.unpack("<q", data)[0],
    "float64": lambda data: struct.unpack("<d", data)[0],
    "uint8": lambda data: data[0],
    "json": json.loads,
}


def shards_of(rows: list[dict[str, Any]]) -> list[Shard]:
    writer = ShardWriter(COLUMNS)
    found = [shard for row in rows if (shard := writer.add(row)) is not None]
    last = writer.finish()
    return found + ([last] if last is not None else [])


def read(shard: Shard, entry: dict[str, Any]) -> list[dict[str, Any]]:
    (n_samples,) = struct.unpack_from("<I", shard.data)
    offsets = struct.unpack_from(f"<{n_samples + 1}I", shard.data, 4)
    config = json.loads(shard.data[4 * (n_samples + 2) : offsets[0]])
    assert config == {key: entry[key] for key in config}
    assert offsets[-1] == len(shard.data)
    rows = []
    for begin, end in pairwise(offsets):
        sample, at, row = shard.data[begin:end], 0, {}
        sizes = []
        for fixed in entry["column_sizes"]:
            sizes.append(fixed or struct.unpack_from("<I", sample, at)[0])
            at += 0 if fixed else 4
        for name, encoding, size in zip(entry["column_names"], entry["column_encodings"], sizes, strict=True):
            row[name] = DECODE[encoding](sample[at : at + size])
            at += size
        assert at == len(sample)
        rows.append(row)
    return rows


def entry_of(shard: Shard) -> dict[str, Any]:
    index = json.loads(index_text(COLUMNS, [("shard.0.mds", len(shard.data), shard.samples)]))
    assert index["version"] == 2
    return dict(index["shards"][0])


def test_rows_come_back_and_nulls_are_empty() -> None:
    (shard,) = shards_of(ROWS)
    assert shard.samples == 3
    assert read(shard, entry_of(shard)) == [
        {"text": "Why?\nBecause 雨.", "n": 7, "share": 0.25, "ok": 1, "ids": ["a", "b"]},
        {"text": "", "n": -1, "share": 0.0, "ok": 0, "ids": None},
        {"text": "", "n": 0, "share": 0.0, "ok": 0, "ids": [{"start": 1}]},
    ]


def test_a_full_shard_begins_another_and_a_large_row_has_one_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mds_format, "SIZE_LIMIT", 150)
    rows = [{**ROWS[0], "text": text} for text in ("a" * 20, "b" * 20, "c" * 500, "d")]
    shards = shards_of(rows)
    assert [shard.samples for shard in shards] == [2, 1, 1]
    assert [row["text"][0] for shard in shards for row in read(shard, entry_of(shard))] == list("abcd")


def test_nothing_is_no_shard_and_an_index_of_none() -> None:
    assert shards_of([]) == []
    assert json.loads(index_text(COLUMNS, [])) == {"shards": [], "version": 2}


@given(st.lists(st.fixed_dictionaries({
    "text": st.text(max_size=20), "n": st.integers(-(2**63), 2**63 - 1),
    "share": st.floats(allow_nan=False), "ok": st.booleans(), "ids": st.lists(st.text(max_size=5), max_size=3),
}), max_size=8))  # fmt: skip
def test_any_rows_come_back(rows: list[dict[str, Any]]) -> None:
    found = [row for shard in shards_of(rows) for row in read(shard, entry_of(shard))]
    assert found == [{**row, "ok": int(row["ok"])} for row in rows]


def test_the_library_reads_it(tmp_path: Path) -> None:
    streaming = pytest.importorskip("streaming", reason="the library streaming is not installed: it brings torch")
    (shard,) = shards_of(ROWS[:2])
    (tmp_path / "shard.0.mds").write_bytes(shard.data)
    (tmp_path / "index.json").write_text(index_text(COLUMNS, [("shard.0.mds", len(shard.data), 2)]))
    rows = list(streaming.StreamingDataset(local=str(tmp_path), shuffle=False, batch_size=1))
    assert [row["text"] for row in rows] == ["Why?\nBecause 雨.", ""]
    assert rows[0]["ids"] == ["a", "b"]
