"""HTML pages: from source to blocks, without page chrome."""

from etl.text.blocks import Parsed
from etl.text.drafts import assemble
from etl.text.html_builder import Builder
from etl.text.html_elements import Elements
from etl.text.html_tags import HANDLERS
from etl.text.page import settle_chrome, settle_title
from etl.text.tokens import split_tags

# What `split_tags` gives for each tag: the text before it, a raw element, the tag, its attributes.
_STEP = 4


def parse_html(html: str, *, keep_chrome: bool = False) -> Parsed:
    r"""Return the parse of a page; `html` holds no control characters.

    >>> parse_html("<title>Why? | Site</title><nav>Home</nav><h1>Why?</h1><p>So.").text
    'Why?\n\nSo.'
    """
    builder = build(html, find_chrome=True)
    drafts, n_chrome = settle_chrome(builder.drafts, builder.elements.regions, keep_chrome=keep_chrome)
    return assemble(drafts, settle_title(builder.title, drafts), n_chrome)


def build(html: str, *, find_chrome: bool) -> Builder:
    """Return the builder that has read all of `html`."""
    elements = Elements(find_chrome)
    builder = Builder(elements)
    parts = split_tags(html)
    parts += (None, None, None)
    pieces = builder.pieces
    for text, tag, attributes in zip(parts[::_STEP], parts[2::_STEP], parts[3::_STEP], strict=True):
        if text and not elements.is_hidden:
            pieces.append(text)
        if tag is None:
            continue
        handler = HANDLERS.get(tag) or HANDLERS.get(tag.lower())
        if handler is not None:
            handle, name = handler
            handle(builder, name, attributes or "")
    builder.finish()
    return builder
