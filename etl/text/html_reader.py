"""The tags of a page or of a piece of HTML, read one after the other into drafts of blocks."""

from collections.abc import Sequence
from typing import Final

from etl.text.html_builder import Builder
from etl.text.html_elements import Elements
from etl.text.html_tags import HANDLERS
from etl.text.inline import SIGNS
from etl.text.tokens import split_tags

# What `split_tags` gives for each tag: the text before it, a raw element, the tag, its attributes.
_STEP = 4
# Nobody nests lists so deep, but a line of nothing but "1. 1. 1. " does: what stands deeper is text of the last item.
MAX_LISTS: Final = 10_000
_LISTS: Final = ("ul", "ol", "dl", "menu", "dir")
_DEPTH: Final = {
    **dict.fromkeys(_LISTS, 1),
    **{f"/{tag}": -1 for tag in _LISTS},
    **{f"{slash}{tag}": 0 for tag in ("li", "dt", "dd") for slash in ("", "/")},
}
# A tag that does nothing but end a block.
_RULE: Final = "hr"


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
    tags = padded[2::_STEP]
    if len(tags) > MAX_LISTS:
        tags = _without_deep_lists(tags)
    for text, tag, attributes in zip(padded[::_STEP], tags, padded[3::_STEP], strict=True):
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


def _without_deep_lists(tags: Sequence[str | None]) -> list[str | None]:
    """Return the tags with a rule in place of each that belongs to a list within `MAX_LISTS` others."""
    kept: list[str | None] = []
    depth = 0
    for tag in tags:
        step = _DEPTH.get(tag.lower()) if tag else None
        if step is None:
            kept.append(tag)
            continue
        if step > 0:
            depth += 1
        kept.append(tag if depth <= MAX_LISTS else _RULE)
        if step < 0 < depth:
            depth -= 1
    return kept
