"""Items in JSON-LD, read as leniently as is safe: pages hold what templates and people made of JSON."""

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any, Final

from etl.text.markup.items import Item, local_name
from etl.text.tokens import resolve

# A script or a comment, whichever begins first: what is commented out states nothing.
_SCRIPT: Final = re.compile(
    r"<!--.*?(?:--!?>|\Z)|<script(?=[\s/>])([^>]*+)(?:>|\Z)(.*?)(?:</script(?=[\s/>])|\Z)", re.DOTALL | re.IGNORECASE
)
_JSON_LD: Final = "ld+json"
# What programs put around a script so that old browsers and XML parsers pass over it.
_WRAPPING: Final = re.compile(r"\s*+(?:/\*|//)?\s*+(?:<!--|-->|<!\[CDATA\[|\]\]>)\s*+(?:\*/|//)?|[\s;]++")
_FAULT: Final = re.compile(
    r'("(?:[^"\\]|\\(?:.|\Z))*+(?:"|\Z))'  # a string is left as it is, but for its own faults
    r"|,(?=\s*+[}\]])"
    r"|/\*.*?(?:\*/|\Z)|//[^\n]*+",
    re.DOTALL,
)
_BAD_ESCAPE: Final = re.compile(r'\\(?:(["\\/bfnrt]|u[0-9a-fA-F]{4})|(.)|\Z)', re.DOTALL)
_MAX_DEPTH: Final = 40
# Elements that people write into the texts of JSON-LD; `Vec<T>` is none of them.
_ELEMENT: Final = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|em|strong|small|sub|sup|ul|ol|li|dl|dt|dd|h[1-6]|code|pre|kbd|table|thead|tbody|tr"
    r"|td|th|blockquote|img|hr|section|figure|font)(?=[\s/>])[^<>]{0,2000}>",
    re.IGNORECASE,
)
_Reference = tuple[Item, str, str]


def read_json_ld(html: str) -> list[Item]:
    """Return the items of all JSON-LD scripts of a page, outer ones first; references by ``@id`` are resolved."""
    if _JSON_LD not in html:
        return []
    reader = _Reader()
    for script in _SCRIPT.finditer(html):
        if script[1] and _JSON_LD in script[1].lower():
            for value in read_json(script[2]):
                reader.read(value, 0)
    reader.resolve()
    return reader.items


def read_json(source: str) -> Iterator[Any]:
    """Yield the values of a script; what cannot be read even after repair is left out.

    Repaired are comments and CDATA marks around, trailing commas, comments within, line ends in strings, escapes
    that JSON does not know, character references in the place of quotes, and several values in a row.

    >>> list(read_json('<!-- {"a": [1, 2,],} -->'))
    [{'a': [1, 2]}]
    """
    readable: list[Any] = []
    for repaired in (_as_it_is, _repair, _repair_escaped):
        values, is_whole = _decode(repaired(source))
        if is_whole:
            readable = values
            break
        readable = max(readable, values, key=len)
    yield from readable


def _decode(text: str) -> tuple[list[Any], bool]:
    """Return the values up to the first fault, and whether there was none."""
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    at = _skip(text, 0)
    try:
        while at < len(text):
            value, at = decoder.raw_decode(text, at)
            values.append(value)
            at = _skip(text, at)
    except (ValueError, RecursionError):
        return values, False
    return values, True


def _skip(text: str, at: int) -> int:
    while (wrapping := _WRAPPING.match(text, at)) and wrapping.end() > at:
        at = wrapping.end()
    return at


def _as_it_is(text: str) -> str:
    return text


def _repair_escaped(text: str) -> str:
    return _repair(resolve(text))


def _repair(text: str) -> str:
    return _FAULT.sub(lambda fault: _BAD_ESCAPE.sub(_mend, fault[1]) if fault[1] else "", text)


def _mend(escape_: re.Match[str]) -> str:
    return escape_[0] if escape_[1] else escape_[2] or ""


def as_html(text: str) -> str:
    r"""Return a text of JSON-LD as HTML: many are, and what is not has line ends that mean something.

    >>> as_html("a < b\nc"), as_html("<p>a</p>\n"), as_html("&lt;p&gt;a&lt;/p&gt;")
    ('a &lt; b<br>c', '<p>a</p>\n', '<p>a</p>')
    """
    if "&lt;/" in text and _ELEMENT.search(text) is None:
        text = resolve(text)
    if _ELEMENT.search(text):
        return text
    return escape(resolve(text).strip(), quote=False).replace("\n", "<br>")


class _Reader:
    """Makes items of JSON values and remembers what refers to what."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self._by_id: dict[str, Item] = {}
        self._references: list[_Reference] = []

    def read(self, value: Any, depth: int) -> None:
        """Read a value that stands for itself, not for a property."""
        if depth > _MAX_DEPTH:
            return
        if isinstance(value, list):
            for element in value:
                self.read(element, depth + 1)
        elif isinstance(value, dict):
            self._read_item(value, depth)

    def resolve(self) -> None:
        """Put items in the places that refer to them; a reference to nothing disappears."""
        for item, name, target in self._references:
            found = self._by_id.get(target)
            if found is not None and found is not item:
                item.add(name, found)

    def _read_item(self, value: dict[str, Any], depth: int) -> Item:
        stated = value.get("@type", value.get("type", ()))
        names = stated if isinstance(stated, list) else [stated]
        item = Item(frozenset(local_name(name) for name in names if isinstance(name, str)))
        self.items.append(item)
        identifier = value.get("@id")
        if isinstance(identifier, str) and len(value) > 1:
            self._by_id.setdefault(identifier, item)
        for key, content in value.items():
            if key.startswith("@"):
                if key == "@graph":
                    self.read(content, depth + 1)
                continue
            self._read_property(item, local_name(key), content, depth + 1)
        return item

    def _read_property(self, item: Item, name: str, value: Any, depth: int) -> None:
        if depth > _MAX_DEPTH:
            return
        if isinstance(value, str):
            item.add(name, as_html(value))
        elif isinstance(value, list):
            for element in value:
                self._read_property(item, name, element, depth + 1)
        elif isinstance(value, dict):
            inner = value.get("@value", value.get("@list", value.get("@set")))
            if inner is not None:
                self._read_property(item, name, inner, depth + 1)
            elif set(value) == {"@id"}:
                self._references.append((item, name, str(value["@id"])))
            else:
                item.add(name, self._read_item(value, depth))
        elif isinstance(value, int | float) and not isinstance(value, bool):
            item.add(name, str(value))
