"""CSV and TSV: header, quoting, ragged rows."""

import gzip
import time

import pytest

from etl.readers.record import Failure, Record


def outcome(found):
    return [item.reason if isinstance(item, Failure) else item.text for item in found]


def test_rows_are_records_named_by_their_offset(read):
    found = read("a.csv", b"text,url\none,http://1/\ntwo,\n", "csv", url_col="url")
    assert found == [
        Record("a.csv@9", "one", "text", "http://1/"),
        Record("a.csv@23", "two", "text", None),
    ]


def test_quoted_fields_hold_commas_quotes_and_line_breaks(read):
    found = read("a.csv", b'id,text\r\n1,"a, ""b""\r\nc"\r\n2,5" disk\r\n', "csv", id_col="id")
    assert [(item.source_id, item.text) for item in found] == [("1", 'a, "b"\r\nc'), ("2", '5" disk')]


@pytest.mark.parametrize("name", ["a.tsv", "A.TSV", "a.tsv.gz"])
def test_tsv_is_cut_at_tabs(read, name):
    data = b"text\tx\na,b\t1\n"
    found = read(name, gzip.compress(data) if name.endswith(".gz") else data, "csv")
    assert outcome(found) == ["a,b"]


def test_a_byte_order_mark_before_a_quoted_header_is_no_part_of_it(read):
    assert outcome(read("a.csv", b'\xef\xbb\xbf"text","x"\na,b\n', "csv")) == ["a"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"1", "broken_row"),
        (b"1,2,3", "broken_row"),
        (b"1,\xff", "invalid_utf8"),
        (b"1,", "empty_text"),
        (b"1,  ", "empty_text"),
        (b",a", "missing_field"),
        (b"1,a\rb", "broken_row"),
        (b"1," + b"a" * 1001, "text_too_long"),
        (b'1,"' + b"a\n" * 40_000 + b'"', "line_too_long"),
    ],
)
def test_a_bad_row_is_one_failure_and_the_next_row_is_read(read, row, reason):
    found = read("a.csv", b"id,text\n" + row + b"\n2,next\n", "csv", id_col="id")
    assert outcome(found) == [reason, "next"]


def test_blank_rows_leave_no_trace(read):
    assert outcome(read("a.csv", b"\n\ntext\n\r\na\n\n", "csv")) == ["a"]


def test_a_quote_that_never_closes_is_one_failure_for_the_rest(read):
    found = read("a.csv", b'text,x\na,1\n"b,2\nc,3\n', "csv")
    assert outcome(found) == ["a", "broken_row"]
    assert found[1].source_id == "a.csv@11"


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (b"body,x", "missing_field"),
        (b"text,text", "broken_row"),
        (b"te\xffxt,x", "invalid_utf8"),
        (b'"text,x', "broken_row"),
    ],
)
def test_a_file_without_a_usable_header_is_one_failure(read, header, reason):
    assert outcome(read("a.csv", header + b"\na,1\nb,2\n", "csv")) == [reason]


def test_an_empty_file_gives_nothing(read):
    assert read("a.csv", b"", "csv") == []


def test_a_truncated_gz_gives_the_rows_before_the_cut_and_one_failure(read):
    rows = b"text\n" + b"".join(b"row %d\n" % number for number in range(1000))
    found = outcome(read("a.csv.gz", gzip.compress(rows)[:-40], "csv"))
    assert found[:3] == ["row 0", "row 1", "row 2"]
    assert found.count("corrupt_file") == 1
    assert found[-1] == "corrupt_file"


@pytest.mark.parametrize(
    "row",
    [
        b"," * 3_000_000 + b'"',
        b'"' * 3_000_001,
        b'"' + b'a"b' * 1_000_000,
        b'"a",' * 750_000,
    ],
)
def test_hostile_rows_take_linear_time(read, row):
    started = time.perf_counter()
    found = read("a.csv", b"text,x\n" + row + b"\n" + row, "csv", max_chars=1_000_000)
    assert "broken_row" in outcome(found)
    assert time.perf_counter() - started < 10
