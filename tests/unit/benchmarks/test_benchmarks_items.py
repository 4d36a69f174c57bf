"""Benchmark files are read as the user names them; what is wrong with one is said."""

import gzip
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.benchmarks.items import Item, read_items
from etl.config.decontamination import BenchmarkConfig
from etl.errors import ConfigError

ROWS = [{"question": "One?", "choices": ["a", "b"]}, {"question": "", "choices": None}, {"question": "Three?"}]


def benchmark(path, kind="jsonl", columns=("question",)):
    return BenchmarkConfig(name="made_up", path=str(path), format=kind, columns=list(columns))


def test_each_column_of_each_row_is_an_item(tmp_path):
    path = tmp_path / "items.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)) + "\n\n")
    assert read_items([benchmark(path, columns=("question", "choices"))]) == [
        Item("made_up", 1, "question", "One?"),
        Item("made_up", 1, "choices", "a\nb"),
        Item("made_up", 3, "question", "Three?"),
    ]


def test_compressed_lines_and_parquet_hold_the_same_items(tmp_path):
    (tmp_path / "items.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, ROWS)).encode()))
    pq.write_table(pa.Table.from_pylist([{"question": row["question"]} for row in ROWS]), tmp_path / "items.parquet")
    lines = read_items([benchmark(tmp_path / "items.jsonl.gz")])
    assert lines == read_items([benchmark(tmp_path / "items.parquet", "parquet")])
    assert [item.row for item in lines] == [1, 3]


@pytest.mark.parametrize(
    ("content", "kind", "message"),
    [
        (None, "jsonl", "cannot be read as jsonl: .*No such file"),
        (b"", "jsonl", "has no text in column 'question'; its columns: none; the file has no rows"),
        (b'{"query": "One?"}', "jsonl", "has no text in column 'question'; its columns: query"),
        (b'{"question": 1}', "jsonl", "has no text in column 'question'; its columns: question"),
        (b"not json", "jsonl", "cannot be read as jsonl"),
        (b"[1]", "jsonl", "cannot be read as jsonl"),
        (b"not parquet", "parquet", "cannot be read as parquet"),
    ],
)
def test_what_is_wrong_is_said_with_the_name_of_the_benchmark(tmp_path, content, kind, message):
    path = tmp_path / "items"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=f"decontamination.benchmarks: made_up: {path}.*{message}"):
        read_items([benchmark(path, kind)])


def test_a_parquet_file_without_the_column_names_those_it_has(tmp_path):
    pq.write_table(pa.table({"query": ["One?"]}), tmp_path / "items.parquet")
    with pytest.raises(ConfigError, match="'question'; its columns: query"):
        read_items([benchmark(tmp_path / "items.parquet", "parquet")])
