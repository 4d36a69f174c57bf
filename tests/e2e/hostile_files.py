"""Hostile files that are documents or archives of them, and hostile documents in sound files."""

import gzip
import json
from typing import Final

from tests.e2e.hostile_records import DEEP, Case, Reject, line, text_of

ESCAPES: Final = "\x1b]0;owned\x07\x1b[2J\x1b[31m"
# The chat formats of six families of models; none may ever stand in a training text.
CHAT_TOKENS: Final = (
    "<|im_start|>",
    "<|endoftext|>",
    "[INST]",
    "<<SYS>>",
    "</s>",
    "<start_of_turn>",
    "<\uff5cUser\uff5c>",
)


def _page(body: str) -> bytes:
    return f"<!doctype html><title>A page</title>{body}".encode()


def _conversion(text: str, uri: str) -> bytes:
    body = text.encode()
    head = f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: {uri}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


def _response(headers: str, body: bytes) -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {len(http)}\r\n\r\n"
    return head.encode() + http + b"\r\n\r\n"


FILES: Final = (
    Case("empty_text_file", "text", {"a.txt": b""}, (), (Reject("ingest", "empty_text"),)),
    Case(
        "utf16_text_file",
        "text",
        {"a.txt": "lost".encode("utf-16"), "b.txt": text_of("utf16_text_file").encode()},
        (text_of("utf16_text_file"),),
        (Reject("ingest", "invalid_utf8", "\ufffd\ufffdl\x00o", "the file is not UTF-8"),),
    ),
    Case("zip_named_md", "markdown", {"a.md": b"PK\x03\x04rest"}, (), (Reject("ingest", "corrupt_file", "", "zip"),)),
    Case(
        "html_100000_deep",
        "html",
        {"a.html": _page("<b>" * DEEP + text_of("html_100000_deep") + "</b>" * DEEP)},
        (text_of("html_100000_deep"),),
    ),
    Case(
        "html_of_1_mb_of_div",
        "html",
        {"a.html": b"<div>" * 200_000, "b.html": _page(f"<p>{text_of('html_of_1_mb_of_div')}</p>")},
        (text_of("html_of_1_mb_of_div"),),
        (Reject("parse", "no_text", "<div><div>", "nothing is left of 1000000 characters of html"),),
    ),
    Case(
        "html_with_scripts",
        "html",
        {"a.html": _page(f"<script>steal()</script><style>p{{}}</style><p>{text_of('html_with_scripts')}")},
        (text_of("html_with_scripts"),),
    ),
    Case(
        "truncated_warc",
        "wet",
        {
            "a.warc.wet.gz": gzip.compress(_conversion(text_of("truncated_warc"), "http://x/1"))
            + gzip.compress(_conversion("lost " * 1000, "http://x/2"))[:-20]
        },
        (text_of("truncated_warc"),),
        (Reject("ingest", "corrupt_file", "", "ends"),),
    ),
    Case(
        "broken_response_in_warc",
        "warc",
        {
            "a.warc": _response("Content-Encoding: gzip\r\n", gzip.compress(b"lost" * 50)[:12] + b"\xff" * 30)
            + _response("", _page(f"<p>{text_of('broken_response_in_warc')}"))
        },
        (text_of("broken_response_in_warc"),),
        (Reject("ingest", "broken_response"),),
    ),
)

_LOGIN: Final = "How do I log in to the harbour office?"
_LOGOUT: Final = "How do I log out of the harbour office?"
_FORM: Final = "Write your name and the number of the boat into the form and wait for the letter."

DOCUMENTS: Final = (
    Case(
        "duplicate_documents",
        "jsonl",
        {
            "a.jsonl": line(id="one", text=text_of("duplicate_documents"))
            + line(id="two", text=f"  {text_of('duplicate_documents')}\r\n")
            + line(id="three", text=text_of("duplicate_documents"))
        },
        (text_of("duplicate_documents"),),
        (Reject("parse", "duplicate_document", "", "same text as document "),) * 2,
        {"id_col": "id"},
    ),
    Case(
        "chat_tokens_in_documents",
        "jsonl",
        {"a.jsonl": b"".join(line(text=f"The marker {token} stands here.") for token in CHAT_TOKENS)},
        tuple(f"The marker {token} stands here." for token in CHAT_TOKENS),
        tuple(Reject("mix", "chat_token", "", "a chat marker") for token in CHAT_TOKENS),
    ),
    Case(
        "chat_token_in_a_pair",
        "text",
        {"a.txt": f"Q: {_LOGIN}\nA: Write <|im_start|>user. {_FORM}\n\nQ: {_LOGOUT}\nA: {_FORM}\n".encode()},
        (f"Q: {_LOGIN}\n\nA: Write <|im_start|>user. {_FORM}\n\nQ: {_LOGOUT}\n\nA: {_FORM}",),
        (
            Reject("mix", "chat_token"),
            Reject("select", "chat_token", '{"rule":"labelled_qa","instruction":' + json.dumps(_LOGIN)),
        ),
    ),
    Case(
        "escapes_in_fields",
        "jsonl",
        {
            "a.jsonl": line(id=f"{ESCAPES}id", title=f"{ESCAPES}title", text=text_of("escapes_in_fields"))
            + line(id=f"{ESCAPES}bad", title="t", text=None)
        },
        (text_of("escapes_in_fields"),),
        (Reject("ingest", "missing_field", '{"id": "\\u001b]0;owned'),),
        {"id_col": "id", "title_col": "title"},
    ),
)
