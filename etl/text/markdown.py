"""Markdown: rendered to HTML by a native library and read as HTML, so that HTML within it needs no care."""

import re

import pyromark

from etl.text.blocks import Parsed
from etl.text.drafts import assemble
from etl.text.html_reader import read_html
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
_FRONT_MATTER = re.compile(r"\s{0,100}(---|\+\+\+)[ \t]{0,9}\n(.*?)\n(?:\1|\.\.\.)[ \t]{0,9}(?:\n|\Z)", re.DOTALL)
_FRONT_TITLE = re.compile(r"^title[ \t]{0,9}[:=][ \t]*+(\S.*)$", re.MULTILINE)
# Code between the tags of Jekyll or Hugo is code between fences.
_CODE_TAG = re.compile(
    r"^[ \t]{0,9}\{(?:%|\{[<%])-? ?(?:/ ?|end)?(?:highlight|codeblock)\b[^\n{}]{0,200}"
    r"(?:%|[>%]\})\}[ \t]{0,9}$",
    re.MULTILINE,
)
# Where Pandoc begins or ends a division: `::: note`. It stands on a line of its own and is never content.
_DIVISION = re.compile(r"^[ \t]{0,9}:{3,}+[^\n]{0,200}$", re.MULTILINE)
# A template in the target of a link has blanks, which would keep it from being a link.
_TARGET = re.compile(r"(\]\(|\]:[ ]{0,3})[^()\s{}]{0,200}+(?:\{[{%][^{}\n]{0,300}[}%]\}[^()\s{}]{0,200}+)+(?=[)\s])")
# `{{<name` would be read as the start tag of an element.
_GLUED_TAG = re.compile(r"\{\{<(?=[A-Za-z/])")
# A block of HTML goes on to the next blank line, over the headings of a text that lost its blank lines.
_HEADING = re.compile(r"\n#{1,6} ")
_HEADING_OR_CODE = re.compile(
    r"^[ \t]{0,12}(?:```|~~~)(?s:.*?)(?:^[ \t]{0,12}(?:```|~~~)|\Z)|<pre[ >](?s:.*?)(?:</pre>|\Z)"
    r"|(?<=[^\n])\n(#{1,6} \S[^\n]*)",
    re.MULTILINE,
)
_TEMPLATE = re.compile(
    r"(<pre>.*?</pre>|<code>.*?</code>)"
    r"|\{\{[^{}<]{0,500}\}\}|\{%[^{}<]{0,500}%\}|\{:[ ]?[.#\w][^{}<\n]{0,200}\}|\{#[\w-]{1,100}\}",
    re.DOTALL,
)


def parse_markdown(markdown: str) -> Parsed:
    """Return the parse of a document in Markdown; `markdown` holds no control characters.

    Tables, footnotes, definition lists and heading attributes are understood, front matter gives the title,
    and what site generators read (``{{< … >}}``, ``{% … %}``, ``{: .class}``) is left out, save in code.
    """
    title, markdown = _split_front_matter(markdown)
    if ":::" in markdown:
        markdown = _DIVISION.sub("", markdown)
    if ("\n<" in markdown or markdown[:1] == "<") and _has_glued_heading(markdown):
        markdown = _HEADING_OR_CODE.sub(_set_apart, markdown)
    if "{" not in markdown:
        html = pyromark.html(markdown, options=_OPTIONS)
    else:
        markdown = _CODE_TAG.sub("```", markdown)
        markdown = _GLUED_TAG.sub("{{< ", _TARGET.sub(r"\1x", markdown))
        html = _TEMPLATE.sub(r"\1", pyromark.html(markdown, options=_OPTIONS))
    builder = read_html(html, find_chrome=False)
    return assemble(builder.drafts, title or settle_title(None, builder.drafts))


def _has_glued_heading(markdown: str) -> bool:
    return any(markdown[found.start() - 1] != "\n" for found in _HEADING.finditer(markdown, 1))


def _set_apart(found: re.Match[str]) -> str:
    return f"\n\n{found[1]}" if found[1] else found[0]


def _split_front_matter(markdown: str) -> tuple[str | None, str]:
    found = _FRONT_MATTER.match(markdown, 0, _MAX_FRONT_MATTER)
    if found is None:
        return None, markdown
    stated = _FRONT_TITLE.search(found[2])
    title = stated[1].strip().strip("\"'").strip() if stated else ""
    return title or None, markdown[found.end() :]
