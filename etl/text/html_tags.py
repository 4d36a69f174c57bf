"""Which tag of HTML does what to the blocks being built."""

from collections.abc import Callable

from etl.text.characters import join_wrapped
from etl.text.chrome import is_hidden, is_reference, is_skip_link
from etl.text.html_builder import Builder
from etl.text.inline import BOLD_OFF, BOLD_ON, BREAK, LINK_OFF, LINK_ON, SELF_LINK_ON
from etl.text.tokens import read_attributes, resolve

Handler = Callable[[Builder, str, str], None]

_MAX_DIGITS = 9
_APART = (
    "address", "article", "aside", "body", "center", "dialog", "div", "fieldset", "figcaption", "figure",
    "footer", "form", "header", "hgroup", "html", "legend", "main", "nav", "optgroup",
    "section", "details",
)  # fmt: skip
_HIDDEN = (
    "template", "noscript", "svg", "select", "datalist", "object", "audio", "video", "canvas", "map", "rp",
    "rt", "annotation", "annotation-xml",
)  # fmt: skip
_INLINE = (
    "a", "abbr", "b", "button", "code", "em", "font", "i", "label", "mark", "small", "span", "strong",
    "sub", "sup", "time", "u",
)  # fmt: skip


def _open_block(builder: Builder, tag: str, attributes: str) -> None:
    builder.push(tag, attributes)
    if "heading" in attributes and read_attributes(attributes).get("role") == "heading":
        builder.heading = _number(read_attributes(attributes).get("aria-level")) or 2


def _close_block(builder: Builder, tag: str, attributes: str) -> None:
    builder.pop(tag)


def _open_paragraph(builder: Builder, tag: str, attributes: str) -> None:
    builder.pop("p")
    builder.leave_heading()
    if attributes and is_hidden(read_attributes(attributes)):
        builder.elements.push_hidden("p")


def _open_heading(builder: Builder, tag: str, attributes: str) -> None:
    builder.flush()
    builder.heading = int(tag[1])


def _close_heading(builder: Builder, tag: str, attributes: str) -> None:
    builder.flush()
    builder.heading = 0


def _open_list(builder: Builder, tag: str, attributes: str) -> None:
    known = read_attributes(attributes) if tag == "ol" and attributes else {}
    builder.flush()
    builder.leave_heading()
    start = _number(known.get("start"))
    builder.push_list(tag if tag in ("ol", "dl") else "ul", attributes, 1 if start is None else start)


def _close_list(builder: Builder, tag: str, attributes: str) -> None:
    builder.pop(tag if tag in ("ol", "dl") else "ul")


def _open_item(builder: Builder, tag: str, attributes: str) -> None:
    known = read_attributes(attributes) if attributes else {}
    builder.push_item(tag, _number(known.get("value")))
    if attributes and is_hidden(known):
        builder.elements.push_hidden("p")


def _close_item(builder: Builder, tag: str, attributes: str) -> None:
    builder.pop_item(tag)


def _open_cell(builder: Builder, tag: str, attributes: str) -> None:
    builder.push_cell(attributes, is_header=tag == "th")


def _close_cell(builder: Builder, tag: str, attributes: str) -> None:
    builder.pop_cell()


def _open_summary(builder: Builder, tag: str, attributes: str) -> None:
    builder.push(tag, "")
    builder.is_summary = True


def _open_hidden(builder: Builder, tag: str, attributes: str) -> None:
    builder.elements.push_hidden(tag)


def _close_hidden(builder: Builder, tag: str, attributes: str) -> None:
    builder.pop_hidden(tag)


def _close_inline(builder: Builder, tag: str, attributes: str) -> None:
    builder.pop_hidden(tag)
    if builder.elements.is_hidden:
        return
    if tag == "a" and builder.in_link:
        builder.in_link = False
        builder.pieces.append(LINK_OFF)
    elif tag in ("b", "strong") and builder.in_bold:
        builder.in_bold = False
        builder.pieces.append(BOLD_OFF)
    elif tag == "button" and not builder.heading and not builder.is_summary:
        builder.flush()


def _open_inline(builder: Builder, tag: str, attributes: str) -> None:
    if builder.elements.is_hidden:
        builder.elements.push_hidden(tag)
        return
    known = read_attributes(attributes) if attributes else {}
    if known and (is_hidden(known) or (tag == "sup" and is_reference(known)) or (tag == "a" and is_skip_link(known))):
        builder.elements.push_hidden(tag)
    elif tag == "a":
        _open_link(builder, known)
    elif tag in ("b", "strong"):
        if not builder.in_bold:
            builder.in_bold = True
            builder.pieces.append(BOLD_ON)
    elif tag == "button" and not builder.heading and not builder.is_summary:
        builder.flush()


def _open_link(builder: Builder, known: dict[str, str]) -> None:
    if builder.in_link:
        builder.in_link = False
        builder.pieces.append(LINK_OFF)
    href = known.get("href", "").strip()
    # What opens a panel is written as a link to nowhere.
    if href in ("", "#") or href.startswith("javascript:") or "aria-expanded" in known:
        return
    builder.in_link = True
    builder.pieces.append(SELF_LINK_ON if builder.heading and href.startswith("#") else LINK_ON)


def _break_line(builder: Builder, tag: str, attributes: str) -> None:
    if not builder.elements.is_hidden:
        builder.pieces.append(BREAK)


def _rule_off(builder: Builder, tag: str, attributes: str) -> None:
    builder.flush()


def _open_title(builder: Builder, tag: str, attributes: str) -> None:
    if not builder.elements.is_hidden and builder.title is None:
        builder.flush()
        builder.is_title = True


def _close_title(builder: Builder, tag: str, attributes: str) -> None:
    if builder.is_title:
        builder.title = join_wrapped(resolve("".join(builder.pieces))) or None
        builder.pieces.clear()
        builder.is_title = False


def _number(value: str | None) -> int | None:
    if value is None:
        return None
    digits = value.strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > _MAX_DIGITS:
        return None
    return int(digits)


def _handlers() -> dict[str, Handler]:
    found: dict[str, Handler] = {}
    for tag in _APART:
        found |= {tag: _open_block, f"/{tag}": _close_block}
    for tag in _HIDDEN:
        found |= {tag: _open_hidden, f"/{tag}": _close_hidden}
    for tag in _INLINE:
        found |= {tag: _open_inline, f"/{tag}": _close_inline}
    for level in "123456":
        found |= {f"h{level}": _open_heading, f"/h{level}": _close_heading}
    for tag in ("ul", "ol", "dl", "menu", "dir"):
        found |= {tag: _open_list, f"/{tag}": _close_list}
    for tag in ("li", "dt", "dd"):
        found |= {tag: _open_item, f"/{tag}": _close_item}
    for tag in ("td", "th"):
        found |= {tag: _open_cell, f"/{tag}": _close_cell}
    return found | {
        "p": _open_paragraph,
        "/p": _close_block,
        "pre": lambda builder, tag, attributes: builder.push_code(tag, attributes),
        "/pre": _close_block,
        "blockquote": lambda builder, tag, attributes: builder.push_quote(tag, attributes),
        "/blockquote": _close_block,
        "table": lambda builder, tag, attributes: builder.push_table(attributes),
        "/table": lambda builder, tag, attributes: builder.pop_table(),
        "tr": lambda builder, tag, attributes: builder.push_row(),
        "/tr": _close_cell,
        "caption": _rule_off,
        "/caption": _rule_off,
        "summary": _open_summary,
        "/summary": _close_block,
        "title": _open_title,
        "/title": _close_title,
        "br": _break_line,
        "hr": _rule_off,
    }


HANDLERS = {tag: (handle, tag.removeprefix("/")) for tag, handle in _handlers().items()}
"""What to do at a start tag, by its name, and at an end tag, by its name with a slash; and the bare name."""
