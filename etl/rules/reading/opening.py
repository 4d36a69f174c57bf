"""A title and the text that opens below it, for the two tasks that ask for one by the other."""

from typing import Final, NamedTuple

from etl.rules.base import Document, Span
from etl.rules.once import once
from etl.rules.reading.standing import is_prose, joined, leans
from etl.rules.reading.summary_names import LABEL
from etl.rules.reading.titles import Title, speaks_of, title_of
from etl.text.blocks import HEADING, ITEM, PARAGRAPH, QUOTE

_MIN_CHARS: Final = 200
_MIN_WIDE_CHARS: Final = 80
_MAX_CHARS: Final = 1500
_MIN_PARAGRAPH: Final = 40
_WIDE: Final = frozenset({"zh", "ja"})
_ENDINGS: Final = (".", "!", "?", "。", "！", "？", "”", '"', ")")
# Lines that stand between a title and its text: date, author, a picture's caption.
_MAX_SKIPPED: Final = 4
# So many fields a record has before its abstract.
_MAX_FIELDS: Final = 20


class Opening(NamedTuple):
    """A title with its first paragraphs."""

    title: str
    title_span: Span
    body: str
    body_span: Span


@once
def opening_of(document: Document, lang: str) -> Opening | None:
    """Return the title of a text and the paragraphs that open it; None where either is doubtful.

    The title is the first heading and nothing but a line or two stands before it; the paragraphs are prose, follow
    before the next heading and take up words of the title.
    """
    title = title_of(document)
    if title is None:
        return None
    text, blocks = document.text, document.blocks
    at = title.at + 1
    if blocks[title.at].kind != HEADING:
        return _labelled(document, title)
    parts: list[Span] = []
    skipped = 0
    for kind, start, end, level, _, mark in blocks[at : at + 12]:
        if kind == HEADING or (parts and kind not in (PARAGRAPH, QUOTE)) or level:
            break
        if end - start > _MAX_CHARS or (parts and end - parts[0].start > _MAX_CHARS):
            break
        body = text[start:end]
        prose = kind == PARAGRAPH and not mark and end - start >= _MIN_PARAGRAPH and body.endswith(_ENDINGS)
        if prose and is_prose(joined(body)):
            parts.append(Span(start, end))
        elif parts:
            break
        else:
            skipped += 1
            if skipped > _MAX_SKIPPED:
                break
    least = _MIN_WIDE_CHARS if lang in _WIDE else _MIN_CHARS
    if not parts or parts[-1].end - parts[0].start < least:
        return None
    body = "\n\n".join(joined(text[part.start : part.end]) for part in parts)
    if leans(body, lang) or not speaks_of(body, title.text):
        return None
    return Opening(title.text, title.span, body, Span(parts[0].start, parts[-1].end))


def _labelled(document: Document, title: Title) -> Opening | None:
    """Return the abstract of a record as the opening, where the title stands behind a label as well."""
    text = document.text
    for block in document.blocks[title.at + 1 : title.at + _MAX_FIELDS]:
        label = LABEL.match(text, block.start, block.end) if block.kind in (PARAGRAPH, ITEM) else None
        if label and _MIN_CHARS <= block.end - label.end() <= _MAX_CHARS:
            body = joined(text[label.end() : block.end])
            if body.endswith(_ENDINGS) and speaks_of(body, title.text):
                return Opening(title.text, title.span, body, Span(label.end(), block.end))
    return None
