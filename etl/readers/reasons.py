"""Why a record could not be read: the short constants of the table of rejects, each with its meaning."""

from typing import Final

CORRUPT_FILE: Final = "corrupt_file"
UNREADABLE_FILE: Final = "unreadable_file"
LINE_TOO_LONG: Final = "line_too_long"
TEXT_TOO_LONG: Final = "text_too_long"
FIELD_TOO_LONG: Final = "field_too_long"
INVALID_UTF8: Final = "invalid_utf8"
BROKEN_JSON: Final = "broken_json"
NOT_AN_OBJECT: Final = "not_an_object"
BROKEN_ROW: Final = "broken_row"
BROKEN_RESPONSE: Final = "broken_response"
MISSING_FIELD: Final = "missing_field"
WRONG_TYPE: Final = "wrong_type"
UNKNOWN_FORMAT: Final = "unknown_format"
EMPTY_TEXT: Final = "empty_text"
MULTI_TURN: Final = "multi_turn"

REASONS: Final = {
    CORRUPT_FILE: "The file ends too early or is damaged; what stands before the damage was read.",
    UNREADABLE_FILE: "The file is gone since it was listed, or may not be read.",
    LINE_TOO_LONG: "The line or row has more bytes than any text within input.max_chars needs.",
    TEXT_TOO_LONG: "The text has more code points than input.max_chars.",
    FIELD_TOO_LONG: "A field other than the text is absurdly long.",
    INVALID_UTF8: "The bytes are not UTF-8, nor the encoding an HTML page declares.",
    BROKEN_JSON: "The line is not JSON.",
    NOT_AN_OBJECT: "The line is JSON, but not an object with fields.",
    BROKEN_ROW: "The CSV row does not have as many fields as the header, or its quotes do not close.",
    BROKEN_RESPONSE: "The HTTP response in a WARC record cannot be decoded.",
    MISSING_FIELD: "The text, or the id where one is configured, is missing or null.",
    WRONG_TYPE: "A field holds something other than text, such as a list.",
    UNKNOWN_FORMAT: "The field that says what the text is holds none of text, markdown and html.",
    EMPTY_TEXT: "The text is empty or white space.",
    MULTI_TURN: "A row of an instruction set holds more than one turn; such are left to fine-tuning.",
}

# Enough to recognise a record by, and little enough that a table of rejects stays small.
MAX_PAYLOAD: Final = 2000


def payload_of(found: str | bytes | bytearray) -> str:
    """The head of what was found, as at most `MAX_PAYLOAD` code points; what is not UTF-8 becomes U+FFFD.

    >>> payload_of(bytes([72, 105, 255]))
    'Hi�'
    """
    if isinstance(found, str):
        return found[:MAX_PAYLOAD]
    # A code point has at most four bytes, so this head holds MAX_PAYLOAD of them whatever they are.
    return bytes(found[: 4 * MAX_PAYLOAD]).decode("utf-8", "replace")[:MAX_PAYLOAD]
