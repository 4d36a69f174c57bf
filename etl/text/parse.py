"""The one entry to parsing: raw text of any format in, canonical text and blocks out."""

from etl.text.blocks import Parsed
from etl.text.characters import clean
from etl.text.html import parse_html
from etl.text.markdown import parse_markdown
from etl.text.plain import parse_plain

FORMATS = ("text", "markdown", "html")


def parse(raw: str, format: str, *, keep_chrome: bool = False) -> Parsed:
    r"""Return the canonical text, the blocks and the title of a document; never raises for any `raw`.

    Args:
        raw: The document as it came.
        format: One of `FORMATS`.
        keep_chrome: Keep navigation, footers and the like of an HTML page, as blocks of kind ``chrome``.

    Raises:
        ValueError: `format` is none of `FORMATS`.

    >>> parsed = parse("# Why?\n\nBecause *it*\nis.", "markdown")
    >>> parsed.text, [block.kind for block in parsed.blocks], parsed.title
    ('Why?\n\nBecause it is.', ['heading', 'paragraph'], 'Why?')
    """
    if format == "html":
        return parse_html(clean(raw), keep_chrome=keep_chrome)
    if format == "markdown":
        return parse_markdown(clean(raw))
    if format == "text":
        return parse_plain(clean(raw))
    raise ValueError(f"format {format!r} is unknown; valid are {', '.join(FORMATS)}")
