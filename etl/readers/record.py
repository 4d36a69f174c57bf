"""What a reader yields: records, and failures for whatever could not become one."""

from typing import NamedTuple


class Unit(NamedTuple):
    """A piece of input that one task reads: a file, or a byte range of one that can be split.

    Attributes:
        path: Where the file is: an absolute path or a URI.
        name: The path relative to the folder its source was listed from; it is part of generated source ids.
        start: First byte of the range.
        end: One past its last byte; a line belongs to the range its first byte lies in.
    """

    path: str
    name: str
    start: int
    end: int


class Record(NamedTuple):
    """One document as it came in, before parsing; `text` is what the source holds, in its own `format`."""

    source_id: str
    text: str
    format: str
    url: str | None = None
    title: str | None = None
    lang: str | None = None
    license: str | None = None


class Failure(NamedTuple):
    """A record that could not be read.

    Attributes:
        reason: One of `etl.readers.reasons`.
        detail: What was found, in a sentence.
        payload: What was there, as text, cut to `etl.readers.reasons.MAX_PAYLOAD` code points.
        source_id: The id of the record where it could be read, or a place such as ``part-0.jsonl.gz@1042``.
    """

    reason: str
    detail: str
    payload: str
    source_id: str | None = None
