"""The tags of a page or of a piece of HTML, read one after the other into drafts of blocks."""

from collections.abc import Sequence

from etl.text.html_builder import Builder
from etl.text.html_elements import Elements
from etl.text.html_tags import HANDLERS
from etl.text.inline import SIGNS
from etl.text.tokens import split_tags

# What `split_tags` gives for each tag: the text before it, a raw element, the tag, its attributes.
_STEP = 4


def read_html(html: str, *, find_chrome: bool) -> Builder:
    """Return the builder that has read all of `html`."""
    # A library that rendered it may have resolved a reference to a control character.
    has_signs = any(sign in html for sign in SIGNS)
    return read_tags(split_tags(html), find_chrome=find_chrome, has_signs=has_signs)


def read_tags(parts: Sequence[str | None], *, find_chrome: bool, has_signs: bool = False) -> Builder:
    """Return the builder that has read `parts`, a page as `split_tags` gives it; see `Builder` for `has_signs`."""
    elements = Elements(find_chrome)
    builder = Builder(elements, has_signs)
    pieces = builder.pieces
    padded = [*parts, None, None, None]
    for text, tag, attributes in zip(padded[::_STEP], padded[2::_STEP], padded[3::_STEP], strict=True):
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
