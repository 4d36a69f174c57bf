"""Parquet: rows, row groups in ranges, and files that lie."""

from itertools import pairwise

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.readers.parquet import read_parquet
from etl.readers.record import Failure, Record, Unit


def outcome(found):
    return [item.reason if isinstance(item, Failure) else item.text for item in found]


@pytest.fixture
def write(tmp_path):
    def run(columns, **options):
        pq.write_table(pa.table(columns), tmp_path / "a.parquet", **options)
        return tmp_path / "a.parquet"

    return run


def test_rows_are_records_named_by_their_number(read, write):
    write({"text": ["one", "two"], "n": [1, 2], "blob": [b"x", b"y"]})
    found = read("a.parquet", None, "parquet", url_col="n", title_col="absent")
    assert found == [
        Record("a.parquet@0", "one", "text", "1"),
        Record("a.parquet@1", "two", "text", "2"),
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (pa.array(["a", None, ""]), ["a", "missing_field", "empty_text"]),
        (pa.array(["a", "b"], pa.large_string()), ["a", "b"]),
        (pa.array(["a", "a"]).dictionary_encode(), ["a", "a"]),
        (pa.array([1, 2]), ["wrong_type"] * 2),
        (pa.array([1.5, None]), ["wrong_type", "missing_field"]),
        (pa.array([b"a"]), ["wrong_type"]),
        (pa.array([["a"]]), ["wrong_type"]),
        (pa.array([{"a": 1}]), ["wrong_type"]),
        (pa.array([0], pa.timestamp("us")), ["wrong_type"]),
    ],
)
def test_text_is_a_string_or_a_failure(read, write, values, expected):
    write({"text": values})
    assert outcome(read("a.parquet", None, "parquet")) == expected


def test_a_string_that_is_not_utf8_is_a_failure_of_its_row(read, write):
    text = pa.Array.from_buffers(pa.string(), 2, pa.array([b"ok", b"\xff\xfe"]).buffers())
    write({"text": text})
    assert outcome(read("a.parquet", None, "parquet")) == ["ok", "invalid_utf8"]


@pytest.mark.parametrize("fields", [{"text_col": "body"}, {"id_col": "key"}])
def test_a_missing_column_is_one_failure_that_names_those_there(read, write, fields):
    write({"text": ["a", "b"]})
    [found] = read("a.parquet", None, "parquet", **fields)
    assert found.reason == "missing_field"
    assert "'text'" in found.detail


@pytest.mark.parametrize("data", [b"", b"PAR1", b"not parquet at all", b"PAR1" + b"\0" * 100 + b"PAR1"])
def test_what_is_no_parquet_is_one_failure(read, data):
    assert outcome(read("a.parquet", data, "parquet")) == ["corrupt_file"]


def test_a_truncated_file_is_one_failure(read, write):
    data = write({"text": ["a" * 100] * 100}).read_bytes()
    assert outcome(read("a.parquet", data[:-10], "parquet")) == ["corrupt_file"]


def test_a_damaged_row_group_costs_the_rows_from_there_on(read, write):
    texts = [f"text {number} {number * 7919}" for number in range(400)]
    data = bytearray(write({"text": texts}, row_group_size=100, use_dictionary=False).read_bytes())
    metadata = pq.ParquetFile(pa.BufferReader(bytes(data))).metadata
    start = metadata.row_group(2).column(0).data_page_offset
    data[start : start + 200] = b"\xff" * 200
    found = read("a.parquet", bytes(data), "parquet")
    assert outcome(found) == [*texts[:200], "corrupt_file"]
    assert found[-1].source_id == "a.parquet@200"


def test_ranges_share_the_row_groups_among_them(write, make_source):
    texts = [f"text {number}" for number in range(1000)]
    path = write({"text": texts}, row_group_size=64)
    size = path.stat().st_size
    edges = [0, 1, 5, size // 3, size // 2, size - 9, size]
    source = make_source(path, "parquet")
    parts = [list(read_parquet(Unit(str(path), "n", start, end), source, 100)) for start, end in pairwise(edges)]
    assert [record for part in parts for record in part] == [
        Record(f"n@{number}", text, "text") for number, text in enumerate(texts)
    ]
    assert sum(bool(part) for part in parts) > 1


def test_a_broken_file_fails_once_whatever_its_ranges(tmp_path, make_source):
    (tmp_path / "a.parquet").write_bytes(b"not parquet")
    source = make_source(tmp_path, "parquet")
    units = [Unit(str(tmp_path / "a.parquet"), "n", start, start + 5) for start in (0, 5, 10)]
    assert outcome([item for unit in units for item in read_parquet(unit, source, 10)]) == ["corrupt_file"]


def test_a_long_text_repeated_by_a_dictionary_is_held_a_few_times_only(write, make_source):
    path = write({"text": ["x" * 500_000] * 400})
    assert path.stat().st_size < 200_000
    before = pa.total_allocated_bytes()
    peak = 0
    count = 0
    for record in read_parquet(Unit(str(path), "n", 0, 10**9), make_source(path, "parquet"), 10**6):
        peak = max(peak, pa.total_allocated_bytes() - before)
        count += len(record.text) == 500_000
    assert count == 400
    assert peak < 20_000_000
