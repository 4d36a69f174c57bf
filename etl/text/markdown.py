"""Markdown: rendered to HTML by a native library and then read as HTML, so that HTML within it needs no care."""

import re

import pyromark

from etl.text.blocks import Parsed
from etl.text.drafts import assemble
from etl.text.html import build
from etl.text.page import settle_title

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_DEFINITION_LIST
)
_MAX_FRONT_MATTER = 50_000
_FRONT_MATTER = re.compile(
    r"\ufeff?\s{0,100}(---|\+\+\+)[ \t]*\n(.*?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
_FRONT_TITLE = re.compile(r"^title[ \t]{0,9}[:=][ \t]*+(\S.*)$", re.MULTILINE)
# Blocks of code of Jekyll and Hugo, as fences; and what site generators put between text.
_HIGHLIGHT = re.compile(
    r"^[ \t]{0,9}\{[%{][%<]?[ ]?(?:highlight|codeblock)\b[^\n%>}]*[%>]?[%}]\}?[ \t]*$", re.MULTILINE
)
_END_HIGHLIGHT = re.compile(
    r"^[ \t]{0,9}\{[%{][%<]?[ ]?(?:/[ ]?|end)(?:highlight|codeblock)[ ]?[%>]?[%}]\}?[ \t]*$", re.MULTILINE
)
TEMPLATE = re.compile(r"\{\{[^{}\n]{0,500}\}\}|\{%[^{}\n]{0,500}%\}|\{[:#][^{}\n]{0,200}\}")


def parse_markdown(markdown: str) -> Parsed:
    """Return the parse of a document in Markdown; `markdown` holds no control characters.

    Tables, footnotes, definition lists and heading attributes are understood, front matter gives the title, and the
    marks of site generators (``{{< … >}}``, ``{% … %}``, ``{: .class}``) are left out.
    """
    title, markdown = _split_front_matter(markdown)
    if "{" in markdown:
        markdown = _END_HIGHLIGHT.sub("```", _HIGHLIGHT.sub("```", markdown))
    html = pyromark.html(markdown, options=_OPTIONS)
    builder = build(html, find_chrome=False)
    return assemble(builder.drafts, title or settle_title(None, builder.drafts))


def _split_front_matter(markdown: str) -> tuple[str | None, str]:
    found = _FRONT_MATTER.match(markdown, 0, _MAX_FRONT_MATTER)
    if found is None:
        return None, markdown
    stated = _FRONT_TITLE.search(found[2])
    title = stated[1].strip().strip("\"'").strip() if stated else ""
    return title or None, markdown[found.end() :]
