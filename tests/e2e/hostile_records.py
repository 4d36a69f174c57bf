"""Hostile files of formats that hold records, each with what the documentation says becomes of it."""

import gzip
import io
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

# Of the one run that reads all of them; a line may have six bytes for each and 64 KiB.
MAX_CHARS: Final = 2_000_000
LONG_LINE: Final = 50_000_000
DEEP: Final = 100_000


@dataclass(frozen=True)
class Reject:
    """A row of the table of rejects: how its payload begins, and what its detail says among other things."""

    stage: str
    reason: str
    payload: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Case:
    """One source of hostile input: its files, the texts that survive, and the rejects.

    A file is bytes, None for a folder, or a text for a link that leads there.
    """

    name: str
    format: str
    files: Mapping[str, bytes | str | None]
    good: tuple[str, ...] = ()
    rejects: tuple[Reject, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)


def text_of(case: str, number: int = 1) -> str:
    """A text that is in no other source and gives no pair."""
    return f"Boat {number} of the {case} harbour leaves in the morning."


def line(**fields: Any) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def broken_line(name: str, data: bytes, reason: str, payload: str = "", detail: str = "", **options: str) -> Case:
    """A bad line between two good ones; a bad line costs itself and nothing else."""
    lines = (line(text=text_of(name, 1)), data + b"\n", line(text=text_of(name, 2)))
    reject = Reject("ingest", reason, payload or data.decode("utf-8", "replace")[:40], detail)
    return Case(name, "jsonl", {"a.jsonl": b"".join(lines)}, (text_of(name, 1), text_of(name, 2)), (reject,), options)


def _truncated_gzip(name: str) -> bytes:
    packer = zlib.compressobj(wbits=31)
    whole = packer.compress(line(text=text_of(name, 1)) + b'{"text": "cut in the mid')
    return whole + packer.flush(zlib.Z_SYNC_FLUSH)


def _damaged_zstd(name: str) -> bytes:
    pack = zstandard.ZstdCompressor(write_checksum=True).compress
    damaged = bytearray(pack(line(text="lost") * 5))
    damaged[-1] ^= 0xFF
    return pack(line(text=text_of(name, 1))) + bytes(damaged)


def _parquet(**columns: pa.Array) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def _damaged_parquet() -> bytes:
    whole = bytearray(_parquet(text=pa.array(["lost"])))
    whole[-20:-8] = b"\xff" * 12
    return bytes(whole)


def _csv(name: str, *rows: str) -> bytes:
    return "\r\n".join(["\ufeffid,text", f"1,{text_of(name, 1)}", *rows, f"3,{text_of(name, 2)}"]).encode()


JSONL: Final = (
    Case(
        "truncated_gz",
        "jsonl",
        {"a.jsonl.gz": _truncated_gzip("truncated_gz")},
        (text_of("truncated_gz"),),
        (Reject("ingest", "corrupt_file", '{"text": "cut in the mid', "ends too early"),),
    ),
    Case(
        "corrupt_zst",
        "jsonl",
        {"a.jsonl.zst": _damaged_zstd("corrupt_zst")},
        (text_of("corrupt_zst"),),
        (Reject("ingest", "corrupt_file", "", "the compressed data is damaged"),),
    ),
    Case(
        "gz_that_is_none",
        "jsonl",
        {"a.jsonl.gz": line(text="lost"), "b.jsonl": line(text=text_of("gz_that_is_none"))},
        (text_of("gz_that_is_none"),),
        (Reject("ingest", "corrupt_file", "", "the name ends in .gz, but the content is not gzip"),),
    ),
    Case(
        "empty_file", "jsonl", {"a.jsonl": b"", "b.jsonl": line(text=text_of("empty_file"))}, (text_of("empty_file"),)
    ),
    Case(
        "folder_named_as_a_file",
        "jsonl",
        {"x.jsonl": None, "y.jsonl": line(text=text_of("folder_named_as_a_file"))},
        (text_of("folder_named_as_a_file"),),
    ),
    Case(
        "link_to_nowhere",
        "jsonl",
        {"a.jsonl": "nowhere.jsonl", "b.jsonl": line(text=text_of("link_to_nowhere"))},
        (text_of("link_to_nowhere"),),
        (Reject("ingest", "unreadable_file", "", "No such file"),),
    ),
    Case(
        "bom_and_crlf",
        "jsonl",
        {"a.jsonl": b"\xef\xbb\xbf" + line(text="One\r\ntwo.").replace(b"\n", b"\r\n") + b"\r\n\r\n"},
        ("One\n\ntwo.",),
    ),
    Case("nul_in_text", "jsonl", {"a.jsonl": line(text="One\x00 text\x1b[31m in red.")}, ("One text[31m in red.",)),
    Case(
        "line_of_50_mb",
        "jsonl",
        {
            "a.jsonl.gz": gzip.compress(
                line(text="x" * LONG_LINE) + line(text=text_of("line_of_50_mb")), compresslevel=1
            )
        },
        (text_of("line_of_50_mb"),),
        (Reject("ingest", "line_too_long", '{"text": "xxxx', "more than 12,065,536 bytes"),),
    ),
    broken_line("invalid_utf8", b'{"text": "caf\xe9"}', "invalid_utf8", '{"text": "caf\ufffd"}', "is not UTF-8"),
    broken_line("broken_json", b'{"text": "no end', "broken_json"),
    broken_line("half_a_character", rb'{"text": "half \ud800"}', "broken_json"),
    broken_line(
        "nesting_bomb", b'{"x": ' + b"[" * DEEP + b"]" * DEEP + b"}", "broken_json", detail="nested too deeply"
    ),
    broken_line("no_object", b'["a", "b"]', "not_an_object"),
    broken_line("object_for_text", b'{"text": {"en": "a"}}', "wrong_type", detail="'text' holds an object"),
    broken_line("list_for_text", b'{"text": ["a"]}', "wrong_type", detail="'text' holds a list"),
    broken_line("number_for_text", b'{"text": 12.5}', "wrong_type", detail="'text' holds a number"),
    broken_line("missing_text", b'{"body": "a"}', "missing_field", detail="'text' is missing"),
    broken_line("null_text", b'{"text": null}', "missing_field", detail="'text' is null"),
    broken_line("blank_text", rb'{"text": " \n\t\u3000"}', "empty_text", detail="white space"),
    broken_line("long_text", line(text="y" * (MAX_CHARS + 1)).strip(), "text_too_long", detail="allows 2,000,000"),
    broken_line("strange_format", b'{"text": "a", "is": "pdf"}', "unknown_format", format_col="is"),
    broken_line("long_title", line(text="a", name="n" * 10_001).strip(), "field_too_long", title_col="name"),
)

TABULAR: Final = (
    Case(
        "ragged_csv",
        "csv",
        {"a.csv": _csv("ragged_csv", "2,one,too many", "2")},
        (text_of("ragged_csv", 1), text_of("ragged_csv", 2)),
        (
            Reject("ingest", "broken_row", "2", "the row has 1 fields, the header 2"),
            Reject("ingest", "broken_row", "2,one,too many", "the row has 3 fields, the header 2"),
        ),
        {"id_col": "id"},
    ),
    Case(
        "open_quote_in_csv",
        "csv",
        {"a.csv": _csv("open_quote_in_csv", '2,"no end')},
        (text_of("open_quote_in_csv", 1),),
        (Reject("ingest", "broken_row", '2,"no end', "does not end before the file does"),),
    ),
    Case(
        "csv_without_the_column",
        "csv",
        {"a.csv": b"id,body\n1,lost\n", "b.csv": _csv("csv_without_the_column")},
        (text_of("csv_without_the_column", 1), text_of("csv_without_the_column", 2)),
        (Reject("ingest", "missing_field", "id,body", "the header lacks 'text'; it names 'id', 'body'"),),
    ),
    Case(
        "sql_in_column_names",
        "csv",
        {"a.csv": b'id`,"x\'; DROP TABLE `pairs`; --"\n`1`,%s\n' % text_of("sql_in_column_names").encode()},
        (text_of("sql_in_column_names"),),
        (),
        {"id_col": "id`", "text_col": "x'; DROP TABLE `pairs`; --"},
    ),
    Case(
        "corrupt_parquet",
        "parquet",
        {
            "a.parquet": _damaged_parquet(),
            "b.parquet": b"PAR1",
            "c.parquet": _parquet(text=pa.array([text_of("corrupt_parquet")])),
        },
        (text_of("corrupt_parquet"),),
        (Reject("ingest", "corrupt_file", "", "cannot be read as Parquet"),) * 2,
    ),
    Case(
        "parquet_without_the_column",
        "parquet",
        {
            "a.parquet": _parquet(body=pa.array(["lost"]), n=pa.array([1])),
            "b.parquet": _parquet(text=pa.array([text_of("parquet_without_the_column"), None])),
        },
        (text_of("parquet_without_the_column"),),
        (
            Reject("ingest", "missing_field", "", "field 'text' is null"),
            Reject("ingest", "missing_field", "", "the file has no column 'text'; it has 'body', 'n'"),
        ),
    ),
    Case(
        "bytes_in_parquet",
        "parquet",
        {"a.parquet": _parquet(text=pa.array([b"lost"], type=pa.binary()))},
        (),
        (Reject("ingest", "wrong_type", "", "'text' holds binary data"),),
    ),
)
