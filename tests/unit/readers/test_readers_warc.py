"""WARC and WET: pages and texts, and archives that are damaged."""

import gzip
import tracemalloc
import zlib

import pytest

from etl.readers.record import Failure, Record

HTML = b"Content-Type: text/html; charset=utf-8\r\n"


def entry(kind, body, *, uri=b"http://x/", key=b"<urn:uuid:1>", length=None, extra=b""):
    content_type = b"Content-Type: application/http; msgtype=response\r\n" if kind == b"response" else b""
    size = b"%d" % (len(body) if length is None else length)
    head = b"WARC/1.0\r\nWARC-Type: " + kind + b"\r\nWARC-Target-URI: " + uri + b"\r\n"
    if key:
        head += b"WARC-Record-ID: " + key + b"\r\n"
    return head + content_type + extra + b"Content-Length: " + size + b"\r\n\r\n" + body + b"\r\n\r\n"


def page(body, headers=HTML, status=b"200 OK", **options):
    return entry(b"response", b"HTTP/1.1 " + status + b"\r\n" + headers + b"\r\n" + body, **options)


def text(body, **options):
    return entry(b"conversion", body, **options)


def outcome(found):
    return [item.reason if isinstance(item, Failure) else item.text for item in found]


def test_conversion_records_of_wet_are_texts(read):
    data = entry(b"warcinfo", b"x") + text("é".encode()) + text(b"b", key=b"")
    found = read("a.warc.wet.gz", gzip.compress(data), "wet", license="MIT")
    assert found == [
        Record("urn:uuid:1", "é", "text", "http://x/", license="MIT"),
        Record(f"a.warc.wet.gz@{data.rindex(b'WARC/1.0')}", "b", "text", "http://x/", license="MIT"),
    ]


def test_html_responses_of_warc_are_pages_and_other_records_are_not(read):
    data = b"".join(
        [
            entry(b"request", b"GET / HTTP/1.1\r\n\r\n"),
            page(b"<p>a</p>"),
            page(b"%PDF", b"Content-Type: application/pdf\r\n"),
            page(b"moved", status=b"301 Moved"),
            page(b"gone", status=b"404 Not Found"),
            page(b"untyped", b""),
            text(b"converted"),
            page(b"<p>b</p>", b"content-type: Application/XHTML+XML\r\n"),
            entry(b"response", b"no http at all"),
        ]
    )
    found = read("a.warc", data, "warc")
    assert outcome(found) == ["<p>a</p>", "<p>b</p>"]
    assert found[0] == Record("urn:uuid:1", "<p>a</p>", "html", "http://x/")


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (b"Transfer-Encoding: chunked\r\n", b"3\r\n<p>\r\n2\r\nhi\r\n0\r\n\r\n"),
        (b"Transfer-Encoding: chunked\r\n", b"<p>hi"),
        (b"Content-Encoding: gzip\r\n", gzip.compress(b"<p>hi")),
        (b"Content-Encoding: gzip\r\n", b"<p>hi"),
        (b"Content-Encoding: deflate\r\n", zlib.compress(b"<p>hi")),
        (b"Content-Encoding: identity\r\n", b"<p>hi"),
        (
            b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
            b"%x\r\n" % len(gzip.compress(b"<p>hi")) + gzip.compress(b"<p>hi") + b"\r\n0\r\n\r\n",
        ),
    ],
)
def test_transfer_and_content_encodings_are_undone_where_the_crawler_left_them(read, headers, body):
    found = read("a.warc", page(body, HTML + headers) + page(b"next"), "warc")
    assert outcome(found) == ["<p>hi", "next"]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (b"Content-Encoding: gzip\r\n", gzip.compress(b"<p>hi" * 50)[:12] + b"\xff" * 30),
        (b"Content-Encoding: deflate\r\n", b"<p>hi"),
        (b"Content-Encoding: secret\r\n", b"<p>hi"),
        (b"Transfer-Encoding: chunked\r\n", b"3\r\n<p>zzzz"),
        (b"X: " + b"y" * 100_000 + b"\r\n", b"<p>hi"),
    ],
)
def test_a_broken_response_is_a_failure_of_its_own(read, headers, body):
    found = read("a.warc", page(body, HTML + headers, key=b"<k>") + page(b"next"), "warc")
    assert outcome(found) == ["broken_response", "next"]
    assert found[0].source_id == "k"


def test_a_page_is_decoded_by_its_header(read):
    body = "<p>Съешь же ещё этих мягких французских булок</p>"
    data = page(body.encode("cp1251"), b"Content-Type: text/html; charset=windows-1251\r\n")
    assert outcome(read("a.warc", data, "warc")) == [body]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (text(b""), "empty_text"),
        (text(b"\xff\xfe"), "invalid_utf8"),
        (text(b"a" * 1001), "text_too_long"),
        (text(b"a" * 100_000), "text_too_long"),
        (text(b"a", uri=b"http://" + b"x" * 20_000), "field_too_long"),
    ],
)
def test_a_bad_text_is_one_failure_and_the_next_is_read(read, record, reason):
    assert outcome(read("a.wet", record + text(b"next"), "wet")) == [reason, "next"]


@pytest.mark.parametrize(
    "tail",
    [
        b"garbage\n" * 10,
        text(b"cut short")[:-9],
        text(b"cut short")[:30],
        entry(b"warcinfo", b"x" * 100)[:-50],
        text(b"lies", length=10**6),
        text(b"lies", length=-1),
        text(b"a", extra=b"X: " + b"y" * 100_000 + b"\r\n"),
    ],
)
def test_damage_is_one_failure_after_the_records_before_it(read, tail):
    found = read("a.wet", text(b"one") + tail, "wet")
    assert outcome(found) == ["one", "corrupt_file"]
    assert found[1].source_id.startswith("a.wet@")


@pytest.mark.parametrize("cut", [5, 40, 90])
def test_a_truncated_warc_gz_is_one_failure_after_the_records_before_it(read, cut):
    data = gzip.compress(page(b"<p>one")) + gzip.compress(page(b"<p>two"))
    assert outcome(read("a.warc.gz", data[:-cut], "warc")) in (
        ["<p>one", "corrupt_file"],
        ["<p>one", "<p>two", "corrupt_file"],
    )


@pytest.mark.parametrize("data", [b"WARC", b"\0" * 100, gzip.compress(b"x")])
def test_what_is_no_archive_is_one_failure(read, data):
    assert outcome(read("a.warc", data, "warc")) == ["corrupt_file"]


def test_an_empty_archive_gives_nothing(read):
    assert read("a.warc", b"", "warc") == []


def test_a_record_of_50_mb_and_a_bomb_cost_little_memory(read):
    bomb = gzip.compress(b"a" * 100_000_000)
    data = page(b"a" * 50_000_000) + page(bomb, HTML + b"Content-Encoding: gzip\r\n", key=b"<k>") + page(b"next")
    assert len(bomb) < 400_000
    del bomb
    tracemalloc.start()
    found = read("a.warc", data, "warc", max_chars=200_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert outcome(found) == ["text_too_long", "text_too_long", "next"]
    assert peak < 10_000_000
