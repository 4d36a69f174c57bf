"""The body of an HTTP response as stored in a WARC record, with the encodings of its transfer undone."""

import io
import re
from typing import Final

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader

from etl.readers.decompress import CorruptFileError, GzipStream, ZstdStream, is_gzip, is_zstd
from etl.readers.files import read_at_most
from etl.readers.open import ByteStream

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
    packed = io.BytesIO(body)
    stream: ByteStream
    match coding:
        case "identity":
            return body
        case "chunked":
            if not _CHUNK_HEADER.match(body):
                return body
            stream = ChunkedReader(packed)
        case "gzip" | "x-gzip":
            if not is_gzip(body):
                return body
            stream = GzipStream(packed)
        case "zstd":
            if not is_zstd(body):
                return body
            stream = ZstdStream(packed)
        case "deflate":
            stream = GzipReader(packed, zlib=True)
        case "br":
            stream = BrotliReader(packed)
        case _:
            raise BrokenResponseError(f"the body is encoded as {coding[:40]!r}, which is not known")
    try:
        return read_at_most(stream, limit)
    except (OSError, CorruptFileError) as error:
        raise BrokenResponseError(f"the body is not {coding} as its header says ({error})") from error
