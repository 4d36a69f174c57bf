"""The body of an HTTP response as stored in a WARC record, with the encodings of its transfer undone."""

import io
import re
from typing import Final

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, ZstdReader

from etl.readers.decompress import is_gzip, is_zstd

_CHUNK: Final = 1024 * 1024
_CHUNK_HEADER: Final = re.compile(rb"[0-9A-Fa-f]{1,16}[ \t]{0,8}(?:;[^\r\n]{0,200})?\r\n")


class BrokenResponseError(Exception):
    """A body cannot be decoded."""


def decode_body(body: bytes, transfer_encoding: str, content_encoding: str, limit: int) -> bytes:
    """At most `limit` bytes of the body as its server meant it.

    Many crawlers undo encodings but keep the headers that announce them; such bodies come back as they are.

    Raises:
        BrokenResponseError: The body is damaged, or encoded in a way that is not known.
    """
    for coding in reversed([*_codings(content_encoding), *_codings(transfer_encoding)]):
        body = _undo(body, coding, limit)
    return body


def _codings(header: str) -> list[str]:
    return [coding for part in header.lower().split(",")[:4] if (coding := part.strip())]


def _undo(body: bytes, coding: str, limit: int) -> bytes:
    reader: ChunkedReader | GzipReader | ZstdReader | BrotliReader
    if coding == "identity":
        return body
    if coding == "chunked":
        if not _CHUNK_HEADER.match(body):
            return body
        reader = ChunkedReader(io.BytesIO(body))
    elif coding in {"gzip", "x-gzip"}:
        if not is_gzip(body):
            return body
        reader = GzipReader(io.BytesIO(body))
    elif coding == "zstd":
        if not is_zstd(body):
            return body
        reader = ZstdReader(io.BytesIO(body))
    elif coding == "deflate":
        reader = GzipReader(io.BytesIO(body), zlib=True)
    elif coding == "br":
        reader = BrotliReader(io.BytesIO(body))
    else:
        raise BrokenResponseError(f"the body is encoded as {coding[:40]!r}, which is not known")
    return _read(reader, coding, limit)


def _read(reader: ChunkedReader | GzipReader | ZstdReader | BrotliReader, coding: str, limit: int) -> bytes:
    data = bytearray()
    try:
        while len(data) < limit and (piece := reader.read(min(_CHUNK, limit - len(data)))):
            data += piece
    except OSError as error:
        raise BrokenResponseError(f"the body is not {coding} as its header says ({error})") from error
    return bytes(data)
