"""HTML pages: from source to blocks, without page chrome, and what their markup states."""

from etl.text.blocks import Parsed
from etl.text.drafts import assemble
from etl.text.html_reader import read_tags
from etl.text.markup.page import add_markup, may_state
from etl.text.page import settle_chrome, settle_title
from etl.text.tokens import split_tags


def parse_html(html: str, *, keep_chrome: bool = False) -> Parsed:
    r"""Return the parse of a page; `html` holds no control characters.

    >>> parse_html("<title>Why? | Site</title><nav>Home</nav><h1>Why?</h1><p>So.").text
    'Why?\n\nSo.'
    """
    parts = split_tags(html)
    builder = read_tags(parts, find_chrome=True)
    drafts, n_chrome = settle_chrome(builder.drafts, builder.elements.regions, keep_chrome=keep_chrome)
    parsed = assemble(drafts, settle_title(builder.title, drafts), n_chrome)
    return add_markup(parsed, html, parts) if may_state(html) else parsed
