"""The markup of one page, from its source to places in its canonical text."""

from collections.abc import Sequence
from itertools import chain
from typing import Final

from etl.text.blocks import Parsed
from etl.text.markup.elements import read_elements
from etl.text.markup.json_ld import read_json_ld
from etl.text.markup.settle import settle
from etl.text.markup.wording import read_wording

_VOCABULARY: Final = ("schema.org", "itemscope", "typeof")
# The types of interest all have one of these in their names; hardly any page without markup for them has both
# this and a sign of markup, so reading the elements of a page a second time is rare.
_TYPES: Final = ("Question", "HowTo")


def may_state(html: str) -> bool:
    """Tell whether a page may hold markup for questions or how-tos: two searches for a page without any."""
    return any(name in html for name in _TYPES) and any(sign in html for sign in _VOCABULARY)


def add_markup(parsed: Parsed, html: str, parts: Sequence[str | None]) -> Parsed:
    """Return the parse of a page with what its markup states.

    Args:
        parsed: The page without its markup.
        html: Its source.
        parts: Its source as `etl.text.tokens.split_tags` gives it.
    """
    has_elements = "itemscope" in html or "typeof" in html
    # Elements come first: their texts stand on the page, and what JSON-LD says once more is known then.
    items = chain(read_elements(parts) if has_elements else (), read_json_ld(html))
    worded = list(read_wording(items))
    return settle(parsed, worded, len(html)) if worded else parsed
