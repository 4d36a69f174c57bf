"""Items in microdata and RDFa, read from the tags of a page that is split already.

An own stack of open elements, because a property begins and ends with an element of any kind, inline ones
included, which the parser of blocks does not keep apart. Every element is pushed and popped once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from etl.text.markup.items import Item, local_name
from etl.text.tokens import read_attributes

_STEP: Final = 4
_VOID: Final = frozenset(
    {
        "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link", "meta", "param",
        "source", "track", "wbr",
    }
)  # fmt: skip
_INLINE: Final = frozenset(
    {
        "a", "abbr", "b", "button", "code", "em", "font", "i", "label", "mark", "p", "small", "span", "strong", "sub",
        "sup", "time", "u",
    }
)  # fmt: skip
_CELLS: Final = frozenset({"td", "th"})
_TERMS: Final = frozenset({"dt", "dd"})
# Elements that the start of another one ends, where nothing but inline elements is open within them.
_ENDED_BY: Final[Mapping[str, frozenset[str]]] = {
    "li": frozenset({"li"}), "dt": _TERMS, "dd": _TERMS, "td": _CELLS, "th": _CELLS, "tr": _CELLS | {"tr"},
    **dict.fromkeys(
        (
            "address", "article", "aside", "blockquote", "div", "dl", "fieldset", "figure", "footer", "form", "h1",
            "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul",
        ),
        frozenset({"p"}),
    ),
}  # fmt: skip
# So many open inline elements are looked through for one that ends.
_MAX_LOOK: Final = 8
_HINTS: Final = ("itemprop", "itemscope", "typeof", "property", "prefix", "ITEM")
_MAX_ATTRIBUTES: Final = 100_000
# What all values together may hold, in pieces of the page: properties that contain each other repeat their text.
_MAX_REPEATED: Final = 4
# Items whose element is their text where no property says what is.
_SPEAKS_WHOLE: Final = frozenset({"answer", "howtostep", "howtodirection"})
_SCHEMA_PREFIXES: Final = frozenset({"schema", "sdo", "s"})


@dataclass(slots=True)
class _Open:
    """An open element: its name, the properties it is a value of, the item it is, and where its content begins."""

    tag: str
    properties: tuple[str, ...] = ()
    item: Item | None = None
    start: int = 0


@dataclass(slots=True)
class _Reader:
    parts: Sequence[str | None]
    budget: int
    items: list[Item] = field(default_factory=list)
    _stack: list[_Open] = field(default_factory=list)
    _within: list[Item] = field(default_factory=list)
    _n_open: dict[str, int] = field(default_factory=dict)
    _prefixes: set[str] = field(default_factory=lambda: set(_SCHEMA_PREFIXES))

    def start(self, tag: str, attributes: str, at: int) -> None:
        ended = _ENDED_BY.get(tag)
        if ended:
            self._end_implied(ended, at + 1)
        opened = _Open(tag)
        if attributes and any(hint in attributes for hint in _HINTS):
            self._describe(opened, read_attributes(attributes, _MAX_ATTRIBUTES), at)
        if tag in _VOID:
            self._leave(opened, at)
            return
        self._stack.append(opened)
        self._n_open[tag] = self._n_open.get(tag, 0) + 1

    def end(self, tag: str, at: int) -> None:
        if self._n_open.get(tag, 0):
            while self._pop(at) != tag:
                pass

    def finish(self, at: int) -> None:
        while self._stack:
            self._pop(at)

    def _end_implied(self, ended: frozenset[str], at: int) -> None:
        for opened in self._stack[: -_MAX_LOOK - 1 : -1]:
            if opened.tag in ended:
                self.end(opened.tag, at)
                return
            if opened.tag not in _INLINE:
                return

    def _pop(self, at: int) -> str:
        opened = self._stack.pop()
        self._n_open[opened.tag] -= 1
        self._leave(opened, at)
        return opened.tag

    def _describe(self, opened: _Open, known: Mapping[str, str], at: int) -> None:
        opened.start = at + 1
        for prefix, address in zip(*[iter(known.get("prefix", "").split())] * 2, strict=False):
            if "schema.org" in address:
                self._prefixes.add(prefix.rstrip(":").lower())
        if "itemprop" in known:
            names = known["itemprop"].split()
        else:
            names = [name for name in known.get("property", "").split() if self._is_schema(name)]
        kinds = known.get("itemtype", "").split() if "itemscope" in known else known.get("typeof", "").split()
        is_item = "itemscope" in known or any(self._is_schema(kind) for kind in kinds)
        properties = tuple(local_name(name) for name in names)
        if is_item:
            opened.item = Item(frozenset(local_name(kind) for kind in kinds))
            self.items.append(opened.item)
            if self._within:
                for name in properties:
                    self._within[-1].add(name, opened.item)
            self._within.append(opened.item)
        elif properties and self._within:
            if known.get("content"):
                for name in properties:
                    self._within[-1].add(name, known["content"])
            elif opened.tag not in _VOID:
                opened.properties = properties

    def _leave(self, opened: _Open, at: int) -> None:
        if opened.item is not None:
            self._within.pop()
            if not opened.item.kinds.isdisjoint(_SPEAKS_WHOLE) and "text" not in opened.item.properties:
                opened.item.content = self._source(opened.start, at)
        elif opened.properties and self._within:
            source = self._source(opened.start, at)
            for name in opened.properties:
                self._within[-1].add(name, source)

    def _source(self, start: int, stop: int) -> str:
        """Return the HTML between two tags, scripts and comments left out."""
        self.budget -= stop - start
        if self.budget < 0:
            return ""
        pieces: list[str] = []
        for i in range(start, stop):
            base = i * _STEP
            pieces.append(self.parts[base] or "")
            if i + 1 < stop and self.parts[base + 2] is not None:
                pieces.append(f"<{self.parts[base + 2]}{self.parts[base + 3] or ''}>")
        return "".join(pieces)

    def _is_schema(self, name: str) -> bool:
        prefix, colon, _ = name.partition(":")
        return not colon or "schema.org/" in name or prefix.lower() in self._prefixes


def read_elements(parts: Sequence[str | None]) -> list[Item]:
    """Return the items that elements of a page state, outer ones first.

    Args:
        parts: The page as `etl.text.tokens.split_tags` gives it.
    """
    n_tags = len(parts) // _STEP
    reader = _Reader(parts, _MAX_REPEATED * (n_tags + 1))
    for at in range(n_tags):
        tag = parts[at * _STEP + 2]
        if tag is None:
            continue
        name = tag.lower()
        if name.startswith("/"):
            reader.end(name[1:], at + 1)
        else:
            reader.start(name, parts[at * _STEP + 3] or "", at)
    reader.finish(n_tags + 1)
    return reader.items
