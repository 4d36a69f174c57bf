"""The typing rules of fields, for rows of any origin."""

from datetime import date
from decimal import Decimal

import pytest

from etl.readers.fields import FORMATS, columns_of, record_from_row
from etl.readers.reasons import MAX_PAYLOAD, REASONS
from etl.readers.record import Failure, Record


def test_a_row_becomes_a_record(make_source):
    source = make_source(id_col="id", url_col="u", license="CC0-1.0")
    row = {"id": 3, "text": "t", "u": None, "license": "other"}
    assert record_from_row(row, source, 10, "place") == Record("3", "t", "text", license="CC0-1.0")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "missing_field"),
        (5, "wrong_type"),
        (b"bytes", "wrong_type"),
        (["a"], "wrong_type"),
        ({"a": "b"}, "wrong_type"),
        (date(2020, 1, 1), "wrong_type"),
        ("", "empty_text"),
        ("x" * 11, "text_too_long"),
    ],
)
def test_what_is_no_text_is_a_failure_with_a_known_reason(make_source, value, reason):
    found = record_from_row({"text": value}, make_source(), 10, "place")
    assert isinstance(found, Failure)
    assert (found.reason, found.source_id) == (reason, "place")
    assert reason in REASONS


@pytest.mark.parametrize("field", ["url", "title", "lang", "license"])
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("x", "x"),
        (7, "7"),
        (None, None),
        ("", ""),
        (1.5, "wrong_type"),
        (True, "wrong_type"),
        (Decimal(1), "wrong_type"),
    ],
)
def test_other_fields_are_strings_integers_or_null(make_source, field, value, expected):
    found = record_from_row({"text": "t", "f": value}, make_source(**{f"{field}_col": "f"}), 10, "p")
    assert (found.reason if isinstance(found, Failure) else getattr(found, field)) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(" MD ", "markdown"), ("HTM", "html"), ("txt", "text"), (None, "text")]
)
def test_formats_have_other_names(make_source, value, expected):
    assert record_from_row({"text": "t", "f": value}, make_source(format_col="f"), 10, "p").format == expected


@pytest.mark.parametrize("value", ["pdf", "", "x" * 5000])
def test_an_unknown_format_is_a_failure_that_lists_the_valid_ones(make_source, value):
    found = record_from_row({"text": "t", "f": value}, make_source(format_col="f"), 10, "p")
    assert found.reason == "unknown_format"
    assert all(name in found.detail for name in FORMATS)
    assert len(found.detail) < 500


def test_a_payload_is_cut_whatever_the_row_holds(make_source):
    row = {"text": 1, **{f"c{number}": "x" * 10_000 for number in range(1000)}}
    assert 0 < len(record_from_row(row, make_source(), 10, "p").payload) <= MAX_PAYLOAD


def test_columns_are_named_once_each(make_source):
    assert columns_of(make_source(id_col="id", title_col="text")) == ("id", "text")
