"""Files that are one document."""

import gzip

import pytest

from etl.readers.charset import decode_html
from etl.readers.record import Failure, Record


def test_a_text_file_is_one_record_named_by_its_path(read):
    assert read("a.txt", b"one\r\ntwo\n", "text", license="MIT") == [
        Record("a.txt", "one\r\ntwo\n", "text", license="MIT")
    ]


@pytest.mark.parametrize("file_format", ["text", "markdown", "html"])
def test_the_format_is_that_of_the_source_and_a_byte_order_mark_goes(read, file_format):
    assert read("a", "\ufeffhé".encode(), file_format) == [Record("a", "hé", file_format)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty_text"),
        (b"\xef\xbb\xbf \n", "empty_text"),
        (b"caf\xe9 cr\xe8me", "invalid_utf8"),
        (b"a" * 1001, "text_too_long"),
        (b"a" * 100_000, "text_too_long"),
        (gzip.compress(b"a"), "corrupt_file"),
    ],
)
def test_what_is_no_text_is_one_failure(read, data, reason):
    [found] = read("a.txt", data, "text")
    assert (found.reason, found.source_id) == (reason, "a.txt")


def test_a_text_of_exactly_max_chars_is_a_record(read):
    [found] = read("a.txt", ("é" * 1000).encode(), "text")
    assert len(found.text) == 1000


def test_nul_is_kept(read):
    assert read("a.txt", b"a\0b", "text")[0].text == "a\0b"


def test_a_truncated_gz_is_one_failure_that_shows_the_head(read):
    text = b" ".join(b"%d" % (number * 7919) for number in range(200))
    [found] = read("a.txt.gz", gzip.compress(text)[:-20], "text")
    assert isinstance(found, Failure)
    assert found.reason == "corrupt_file"
    assert found.payload.startswith("0 7919 15838")


RUSSIAN = "<p>Съешь же ещё этих мягких французских булок, да выпей чаю. Привет, мир!</p>" * 3
JAPANESE = "<p>吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。①②</p>" * 3


@pytest.mark.parametrize(
    ("text", "encoding", "meta"),
    [
        (RUSSIAN, "utf-8", "windows-1251"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "cp1251", ""),
        (RUSSIAN, "koi8-r", "KOI8-R"),
        (JAPANESE, "cp932", "Shift_JIS"),
        (JAPANESE.replace("①②", ""), "iso2022_jp", "iso-2022-jp"),
        (JAPANESE, "utf-8", "utf-8"),
        ("<p>crème brûlée, déjà vu</p>", "latin-1", "iso-8859-1"),
        ("<p>crème brûlée, déjà vu</p>", "latin-1", "utf-8"),
    ],
)
def test_a_page_is_read_in_the_encoding_it_has(text, encoding, meta):
    page = f'<meta charset="{meta}">{text}'
    assert decode_html(page.encode(encoding)) == page


@pytest.mark.parametrize("declared", ["no-such-encoding", "rot13", "base64", "undefined", "idna", ""])
def test_an_unknown_encoding_counts_as_none(declared):
    assert decode_html("é".encode(), declared) == "é"


def test_one_damaged_character_does_not_cost_the_page():
    assert decode_html(JAPANESE.encode() + b"\xe3") == JAPANESE + "\ufffd"


def test_utf16_is_told_by_its_mark():
    assert decode_html("<p>é</p>".encode("utf-16")) == "<p>é</p>"


def test_the_http_header_goes_before_the_meta_tag():
    page = f'<meta charset="koi8-r">{RUSSIAN}'
    assert decode_html(page.encode("cp1251"), "windows-1251") == page


def test_bytes_that_are_no_page_are_a_failure(read):
    [found] = read("a.html", bytes(range(128, 256)) * 20, "html", max_chars=10_000)
    assert isinstance(found, Failure)
    assert found.reason == "invalid_utf8"
