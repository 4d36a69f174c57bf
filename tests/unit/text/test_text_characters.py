"""Which characters are left in a canonical text."""

import pytest

from etl.text.characters import MAX_MARKS, clean, compose, join_wrapped, trim_lines


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\r\nb\rc\x0cd\u2028e\x85f", "a\nb\nc\nd\ne\nf"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("nul\x00 bell\x07 del\x7f", "nul bell del"),
        ("lone \ud800 and \udfff", "lone \ufffd and \ufffd"),
        ("\ufeffsoft\xadhyphen", "softhyphen"),
        ("नि\u200dनी\u200c", "नि\u200dनी\u200c"),
    ],
)
def test_clean_keeps_no_control_characters(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@pytest.mark.parametrize(
    ("wrapped", "joined"),
    [
        ("two\n lines", "two lines"),
        ("no-break\xa0space and　wide", "no-break space and wide"),
        ("中文\n  换行", "中文换行"),
        ("中文\nParquet\n文件", "中文 Parquet 文件"),
        ("かな\nカナ", "かなカナ"),
        ("한국어\n문장", "한국어 문장"),
        (" \n ", ""),
    ],
)
def test_wrapped_lines_join_with_a_space_unless_between_cjk(wrapped: str, joined: str) -> None:
    assert join_wrapped(wrapped) == joined


def test_trim_lines_drops_blanks_at_line_ends_and_blank_lines_around() -> None:
    assert trim_lines("\n\n  a  \n\n\tb\t\n \n") == "  a\n\n\tb"


def test_compose_gives_nfc() -> None:
    assert compose("e\u0301") == "é"


def test_compose_keeps_no_more_marks_in_a_row_than_can_be_ordered_quickly() -> None:
    assert compose("\u0301\u0327" * 1000) == "\u0327" * (MAX_MARKS // 2) + "\u0301" * (MAX_MARKS // 2)
