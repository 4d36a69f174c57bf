"""JSON lines: what is a record, what is a failure, and that ranges of a file add up to the file."""

import gzip
import json
import time
import tracemalloc
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.config.models import SourceConfig
from etl.readers.jsonl import read_jsonl
from etl.readers.reasons import MAX_PAYLOAD
from etl.readers.record import Failure, Record, Unit


def reasons(found):
    return [item.reason if isinstance(item, Failure) else item.text for item in found]


def test_a_line_is_a_record_named_by_its_byte_offset(read):
    found = read("a.jsonl", b'{"text": "one"}\n{"text": "two"}\n')
    assert found == [Record("a.jsonl@0", "one", "text"), Record("a.jsonl@16", "two", "text")]


def test_named_fields_are_taken_and_others_ignored(read):
    line = {"id": 7, "body": "x", "u": "http://x/", "t": "T", "l": "de", "c": "MIT", "f": "MD", "other": [1]}
    found = read(
        "a.jsonl",
        json.dumps(line).encode(),
        text_col="body",
        id_col="id",
        url_col="u",
        title_col="t",
        lang_col="l",
        license_col="c",
        format_col="f",
    )
    assert found == [Record("7", "x", "markdown", "http://x/", "T", "de", "MIT")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "a"', "broken_json"),
        (b"hello", "broken_json"),
        (b'{"text": "a"} b', "broken_json"),
        (b'{"text": "half \\ud83d pair"}', "broken_json"),
        (b'{"text": "raw \x00 byte"}', "broken_json"),
        (b"[" * 100_000, "broken_json"),
        (b"[" * 100_000 + b"]" * 100_000, "broken_json"),
        (b'{"text": "a", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "broken_json"),
        (b'["a"]', "not_an_object"),
        (b"null", "not_an_object"),
        (b'"text"', "not_an_object"),
        (b"{}", "missing_field"),
        (b'{"text": null}', "missing_field"),
        (b'{"text": NaN}', "missing_field"),
        (b'{"text": 1}', "wrong_type"),
        (b'{"text": 1.5}', "wrong_type"),
        (b'{"text": true}', "wrong_type"),
        (b'{"text": {"a": "b"}}', "wrong_type"),
        (b'{"text": ["a"]}', "wrong_type"),
        (b'{"text": ""}', "empty_text"),
        (b'{"text": " \\n\\u3000"}', "empty_text"),
        (b'{"text": "caf\xe9"}', "invalid_utf8"),
        (b'{"text": "caf\xe9', "invalid_utf8"),
        (b'{"text": "' + b"a" * 100_001 + b'"}', "text_too_long"),
    ],
)
def test_a_bad_line_is_one_failure_and_the_next_line_is_read(read, line, reason):
    found = read("a.jsonl", line + b'\n{"text": "next"}\n', max_chars=100_000)
    assert reasons(found) == [reason, "next"]
    assert found[0].source_id == "a.jsonl@0"
    assert found[0].detail
    assert found[0].payload == line.decode("utf-8", "replace")[:MAX_PAYLOAD]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (b'{"text": "nul \\u0000 kept"}', "nul \x00 kept"),
        (b'{"text": "first", "text": "last"}', "last"),
        (b'{"text": "a", "score": NaN, "low": -Infinity}', "a"),
        (b'{"text": "NaN and \\" Infinity", "score": NaN}', 'NaN and " Infinity'),
        ('{"text": "é\\u00e9😀\\ud83d\\ude00"}'.encode(), "éé😀😀"),
        (b'  {"text": "a"}  \r', "a"),
        (b'{"text": "' + b"a" * 1000 + b'"}', "a" * 1000),
    ],
)
def test_odd_but_valid_lines_are_records(read, line, text):
    assert reasons(read("a.jsonl", line + b"\n")) == [text]


def test_bom_crlf_and_blank_lines_leave_no_trace(read):
    found = read("a.jsonl", b'\xef\xbb\xbf{"text": "a"}\r\n\r\n \t\n\n{"text": "b"}')
    assert [item.source_id for item in found] == ["a.jsonl@0", "a.jsonl@24"]
    assert reasons(found) == ["a", "b"]


@pytest.mark.parametrize("data", [b"", b"\n", b"\r\n\n", b"\xef\xbb\xbf"])
def test_a_file_without_lines_gives_nothing(read, data):
    assert read("a.jsonl", data) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b'{"text": "a", "id": -12345678901234567890}', "-12345678901234567890"),
        (b'{"text": "a", "id": "x"}', "x"),
        (b'{"text": "a", "id": 1.0}', "wrong_type"),
        (b'{"text": "a", "id": true}', "wrong_type"),
        (b'{"text": "a", "id": ' + b"9" * 50_000 + b"}", "wrong_type"),
        (b'{"text": "a", "id": null}', "missing_field"),
        (b'{"text": "a"}', "missing_field"),
        (b'{"text": "a", "id": " "}', "missing_field"),
        (b'{"text": "a", "id": "' + b"x" * 10_001 + b'"}', "field_too_long"),
    ],
)
def test_an_id_is_a_string_or_an_integer(read, line, expected):
    [found] = read("a.jsonl", line, id_col="id")
    assert (found.reason if isinstance(found, Failure) else found.source_id) == expected


def test_a_failure_names_the_id_where_there_is_one(read):
    [found] = read("a.jsonl", b'{"id": "k1", "text": 5}', id_col="id")
    detail = "field 'text' holds a number, not a string"
    assert found == Failure("wrong_type", detail, '{"id": "k1", "text": 5}', "k1")


def test_a_line_of_50_mb_is_skipped_in_little_memory(read, tmp_path):
    with (tmp_path / "a.jsonl").open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(50):
            file.write(b"a" * 1_000_000)
        file.write(b'"}\n{"text": "next"}\n')
    tracemalloc.start()
    found = read("a.jsonl", None, max_chars=1000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reasons(found) == ["line_too_long", "next"]
    assert found[0].payload == '{"text": "' + "a" * (MAX_PAYLOAD - 10)
    assert peak < 3_000_000


def test_values_nobody_asked_for_cost_no_memory(read):
    line = b'{"x": [' + b"{}," * 1_000_000 + b'{}], "text": "a"}\n'
    tracemalloc.start()
    found = read("a.jsonl", line, max_chars=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reasons(found) == ["a"]
    assert peak < 4 * len(line)


def test_a_truncated_gz_gives_all_lines_before_the_cut_and_one_failure(read):
    lines = b"".join(b'{"text": "line %d"}\n' % number for number in range(50))
    data = gzip.compress(lines)
    found = read("a.jsonl.gz", data[:-12])
    assert isinstance(found[-1], Failure)
    texts = reasons(found[:-1])
    assert texts == [f"line {number}" for number in range(len(texts))]
    assert len(texts) >= 40
    assert found[-1].reason == "corrupt_file"
    offset = len("".join(f'{{"text": "line {number}"}}\n' for number in range(len(texts))))
    assert found[-1].source_id == f"a.jsonl.gz@{offset}"
    assert lines[offset:].decode().startswith(found[-1].payload)


LINES = st.lists(
    st.one_of(
        st.text(max_size=12).map(lambda text: json.dumps({"text": text}).encode()),
        st.binary(max_size=12).map(lambda data: data.replace(b"\n", b"")),
        st.just(b"x" * 70_000),
        st.just(b"\r"),
        st.just(b"BZh looks packed"),
    ),
    max_size=12,
)


@settings(max_examples=200, deadline=None)
@given(lines=LINES, end=st.sampled_from([b"", b"\n"]), data=st.data())
def test_any_split_into_ranges_yields_what_the_whole_file_does(tmp_path_factory, lines, end, data):
    path = Path(tmp_path_factory.getbasetemp()) / "split.jsonl"
    content = b"\n".join(lines) + end
    path.write_bytes(content)
    source = SourceConfig(name="s", path="x", format="jsonl")
    cuts = data.draw(st.lists(st.integers(0, len(content)), max_size=6))
    edges = [0, *sorted(cuts), len(content)]
    parts = [
        item for start, stop in pairwise(edges) for item in read_jsonl(Unit(str(path), "n", start, stop), source, 20)
    ]
    assert parts == list(read_jsonl(Unit(str(path), "n", 0, len(content)), source, 20))


def test_a_file_that_is_secretly_gzip_fails_once_whatever_its_ranges(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(gzip.compress(b'{"text": "a"}\n' * 100))
    source = SourceConfig(name="s", path="x", format="jsonl")
    size = path.stat().st_size
    found = [
        item
        for start, stop in [(0, 20), (20, 40), (40, size)]
        for item in read_jsonl(Unit(str(path), "a.jsonl", start, stop), source, 1000)
    ]
    assert reasons(found) == ["corrupt_file"]


@pytest.mark.parametrize(
    "line",
    [
        b"NaN" + b'"\\' * 1_500_000,
        b'{"NaN": ' + b'"' * 3_000_000,
        b'{"text": "' + b"\\" * 3_000_000 + b"NaN",
        b'{"a":' * 600_000 + b"NaN",
    ],
)
def test_hostile_lines_take_linear_time(read, line):
    started = time.perf_counter()
    assert reasons(read("a.jsonl", line, max_chars=1_000_000)) == ["broken_json"]
    assert time.perf_counter() - started < 5
