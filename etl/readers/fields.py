"""From the fields of a row to a record: the one place that says what each field may hold."""

from collections.abc import Mapping
from reprlib import Repr
from typing import Any, Final

from etl.config.models import SourceConfig
from etl.readers.reasons import (
    EMPTY_TEXT,
    FIELD_TOO_LONG,
    MISSING_FIELD,
    TEXT_TOO_LONG,
    UNKNOWN_FORMAT,
    WRONG_TYPE,
    payload_of,
)
from etl.readers.record import Failure, Record

TEXT: Final = "text"
MARKDOWN: Final = "markdown"
HTML: Final = "html"

FORMATS: Final = {
    "text": TEXT,
    "txt": TEXT,
    "plain": TEXT,
    "text/plain": TEXT,
    "markdown": MARKDOWN,
    "md": MARKDOWN,
    "text/markdown": MARKDOWN,
    "html": HTML,
    "htm": HTML,
    "xhtml": HTML,
    "text/html": HTML,
    "application/xhtml+xml": HTML,
}

# Far beyond any real id, address or title; what is longer is a text in the wrong column.
MAX_FIELD: Final = 10_000

_ROW = Repr()
_ROW.maxstring = _ROW.maxother = _ROW.maxlong = 200
_ROW.maxdict = _ROW.maxlist = 50


class _WrongFieldError(Exception):
    """A field that makes its row a failure."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def record_from_row(
    values: Mapping[str, Any],
    source: SourceConfig,
    max_chars: int,
    place: str,
    payload: str | bytes | bytearray | None = None,
) -> Record | Failure:
    """The record a row describes, or why it is none.

    Text must be a string. The id may be a string or an integer and must be there where `id_col` is set. All
    other fields may be missing or null; integers become strings. Format is text where nothing says otherwise.

    Args:
        values: The columns of the row; columns the source does not name are ignored.
        source: Says which columns hold what.
        max_chars: Code points a text may have.
        place: The id of the record where the source has no `id_col`; also names a failure.
        payload: The row as it came, for failures; absent: made from the values.
    """
    source_id = place
    try:
        if source.id_col is not None:
            source_id = _id_of(values, source.id_col)
        return Record(
            source_id,
            _text_of(values, source.text_col, max_chars),
            source.text_format or _format_of(values, source.format_col),
            _optional(values, source.url_col),
            _optional(values, source.title_col),
            _optional(values, source.lang_col),
            _optional(values, source.license_col) if source.license is None else source.license,
        )
    except _WrongFieldError as error:
        shown = _shown(values, source) if payload is None else payload_of(payload)
        return Failure(error.reason, error.detail, shown, source_id)


def columns_of(source: SourceConfig) -> tuple[str, ...]:
    """The columns a source names, each once, in alphabetical order; a reader needs no others."""
    named = (
        source.text_col,
        source.id_col,
        source.url_col,
        source.title_col,
        source.lang_col,
        source.license_col,
        source.format_col,
    )
    return tuple(sorted({column for column in named if column is not None}))


def check_text(text: str, max_chars: int) -> tuple[str, str] | None:
    """Reason and detail of why a text cannot be a document, or None if it can."""
    if len(text) > max_chars:
        return TEXT_TOO_LONG, f"the text has {len(text):,} code points; input.max_chars allows {max_chars:,}"
    if not text or text.isspace():
        return EMPTY_TEXT, "the text is empty" if not text else "the text is white space"
    return None


def _text_of(values: Mapping[str, Any], column: str, max_chars: int) -> str:
    text = values.get(column)
    if text is None:
        raise _missing(values, column)
    if not isinstance(text, str):
        raise _WrongFieldError(WRONG_TYPE, f"field {column!r} holds {_kind(text)}, not a string")
    if wrong := check_text(text, max_chars):
        raise _WrongFieldError(*wrong)
    return text


def _id_of(values: Mapping[str, Any], column: str) -> str:
    found = _optional(values, column)
    if found is None:
        raise _missing(values, column)
    if not found or found.isspace():
        raise _WrongFieldError(MISSING_FIELD, f"field {column!r} is empty")
    return found


def _format_of(values: Mapping[str, Any], column: str | None) -> str:
    found = _optional(values, column)
    if found is None:
        return TEXT
    known = FORMATS.get(found.strip().lower())
    if known is None:
        raise _WrongFieldError(
            UNKNOWN_FORMAT, f"field {column!r} holds {found[:100]!r}; valid are {', '.join(FORMATS)}"
        )
    return known


def _optional(values: Mapping[str, Any], column: str | None) -> str | None:
    if column is None:
        return None
    found = values.get(column)
    if found is None:
        return None
    if isinstance(found, int) and not isinstance(found, bool):
        found = str(found)
    if not isinstance(found, str):
        raise _WrongFieldError(WRONG_TYPE, f"field {column!r} holds {_kind(found)}, not a string")
    if len(found) > MAX_FIELD:
        raise _WrongFieldError(
            FIELD_TOO_LONG, f"field {column!r} has {len(found):,} code points; at most {MAX_FIELD:,} are read"
        )
    return found


def _missing(values: Mapping[str, Any], column: str) -> _WrongFieldError:
    return _WrongFieldError(MISSING_FIELD, f"field {column!r} is {'null' if column in values else 'missing'}")


_KINDS: Final = {
    bool: "a truth value",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
    bytes: "binary data",
}


def _kind(value: object) -> str:
    return _KINDS.get(type(value), f"a value of type {type(value).__name__}")


def _shown(values: Mapping[str, Any], source: SourceConfig) -> str:
    text = values.get(source.text_col)
    return payload_of(text if isinstance(text, str) else _ROW.repr(dict(values)))
