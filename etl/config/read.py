"""YAML text into a tree of places and values: the core schema of YAML 1.2, nothing that could run or explode.

The tree is built from parser events, so no tag is ever constructed. Unlike YAML 1.1, ``no`` and ``12:30`` are
texts and ``1e-3`` is a number, as in the schemas that editors check against.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import yaml

from etl.config.tree import Node, Place, Scalar, quoted
from etl.errors import ConfigError

MAX_BYTES: Final = 1_000_000
# Characters and values once aliases are written out; a file without aliases of MAX_BYTES stays below it.
MAX_EXPANDED: Final = 4 * MAX_BYTES
MAX_DEPTH: Final = 50

_NULL: Final = frozenset(("", "~", "null", "Null", "NULL"))
_BOOL: Final = {word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")}
# Lengths are bounded because int() of very long digit strings is slow or refused; longer ones are texts.
_INT: Final = re.compile(r"[-+]?[0-9]{1,100}")
_OCTAL: Final = re.compile(r"0o[0-7]{1,100}")
_HEX: Final = re.compile(r"0x[0-9a-fA-F]{1,100}")
_FLOAT: Final = re.compile(r"[-+]?(?:[0-9]{1,100}(?:\.[0-9]{0,100})?|\.[0-9]{1,100})(?:[eE][-+]?[0-9]{1,3})?")
_SPECIAL: Final = re.compile(r"([-+]?)\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")

_HINTS: Final = (
    ("scanning an alias", "a text that begins with * needs quotes"),
    ("scanning an anchor", "a text that begins with & needs quotes"),
    ("undefined alias", "a text that begins with * needs quotes"),
    ("character '\\t'", "YAML indents with spaces, not tabs"),
    ("cannot start any token", "a text that begins with @, % or ` needs quotes"),
    ("mapping values are not allowed", "a text with ': ' in it needs quotes"),
)


def read_file(path: Path, place: Place) -> Node:
    """Return the content of a configuration file; `place` names the file in messages.

    Raises:
        ConfigError: The file is missing, unreadable, too large, empty, not UTF-8, not YAML or not a mapping.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise ConfigError(f"{place}: there is no such file; give the path of a YAML file") from None
    except IsADirectoryError:
        raise ConfigError(f"{place}: is a folder; give the path of a YAML file") from None
    except OSError as error:
        raise ConfigError(f"{place}: cannot be read: {error.strerror or error}") from None
    if len(data) > MAX_BYTES:
        raise ConfigError(f"{place}: is larger than {MAX_BYTES} bytes, the most a configuration file may have")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{replace(place, line=line)}: is not UTF-8; save the file as UTF-8") from None
    tree = parse(text, replace(place, line=1))
    if tree.blank:
        raise ConfigError(f"{place}: is empty; a configuration is a YAML mapping of keys to values")
    if not isinstance(tree.value, dict):
        raise ConfigError(f"{place}: is no mapping; a configuration is a YAML mapping of keys to values")
    return tree


def parse(text: str, place: Place) -> Node:
    """Return the one YAML document in `text`; a blank node where there is none.

    Raises:
        ConfigError: It is not YAML, has a tag, a key twice or a second document, or nests too deep.
    """
    try:
        return _Builder(yaml.parse(text, Loader=yaml.SafeLoader), place).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = " ".join(f"{error.context or ''} {error.problem or ''}".split())
        hints = [hint for sign, hint in _HINTS if sign in said]
        hint = f"; {hints[0]}" if hints else ""
        where = _at(place, None if mark is None else mark.line)
        raise ConfigError(f"{where}: is not valid YAML: {said}{hint}") from None
    except yaml.reader.ReaderError as error:
        where = _at(place, text.count("\n", 0, error.position))
        raise ConfigError(f"{where}: is not valid YAML: it contains a control character") from None
    except (
        ValueError,
        OverflowError,
    ):  # the scanner meets an escape or a directive with an impossible number
        raise ConfigError(f"{place}: is not valid YAML: an escape or a %directive has no valid number") from None


class _Builder:
    """Builds the tree from parser events; sizes are summed so that aliases cannot multiply it unseen."""

    def __init__(self, events: Iterator[Any], place: Place) -> None:
        self._events = events
        self._place = place
        self._anchors: dict[str, tuple[Node, int]] = {}

    def document(self) -> Node:
        tree = Node(None, self._place, blank=True)
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._error(event, "a second YAML document (---) begins; one is valid")
                tree, _ = self._node(next(self._events), 0)
        return tree

    def _node(self, event: Any, depth: int) -> tuple[Node, int]:
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                raise self._error(event, f"undefined alias; {_HINTS[0][1]}")
            return self._anchors[event.anchor]
        if event.tag is not None:
            raise self._error(event, f"the tag {quoted(event.tag)} is not allowed; write plain values")
        if depth > MAX_DEPTH:
            raise self._error(event, f"values nest deeper than {MAX_DEPTH} levels")
        if isinstance(event, yaml.ScalarEvent):
            is_plain = event.style is None
            value = _scalar(event.value) if is_plain else _joined(event.value)
            node = Node(value, self._here(event), blank=is_plain and not event.value)
            size = 1 + len(event.value)
        elif isinstance(event, yaml.SequenceStartEvent):
            node, size = self._sequence(event, depth)
        else:
            node, size = self._mapping(event, depth)
        if size > MAX_EXPANDED:
            raise self._error(event, f"is larger than {MAX_EXPANDED} characters once its aliases are written out")
        if event.anchor is not None:
            self._anchors[event.anchor] = (node, size)
        return node, size

    def _sequence(self, start: Any, depth: int) -> tuple[Node, int]:
        items: list[Node] = []
        total = 1
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            item, size = self._node(event, depth + 1)
            items.append(item)
            total += size
        return Node(items, self._here(start)), total

    def _mapping(self, start: Any, depth: int) -> tuple[Node, int]:
        entries: dict[str, Node] = {}
        total = 1
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.tag is not None:
                raise self._error(event, "a key must be a plain text")
            key = _joined(event.value)
            if key in entries:
                first = entries[key].place.line
                raise self._error(event, f"the key {quoted(key)} stands here twice; first on line {first}")
            node, size = self._node(next(self._events), depth + 1)
            # A value is reported at the line of its key: that is where a reader looks for it.
            entries[key] = replace(node, place=self._here(event))
            total += size + len(key)
        return Node(entries, self._here(start)), total

    def _here(self, event: Any) -> Place:
        return _at(self._place, event.start_mark.line)

    def _error(self, event: Any, what: str) -> ConfigError:
        return ConfigError(f"{self._here(event)}: {what}")


def _at(place: Place, line: int | None) -> Place:
    # A place without a line is the command line, where the line would say nothing.
    return place if line is None or place.line is None else replace(place, line=line + 1)


def _joined(text: str) -> str:
    # JSON, which YAML 1.2 includes, escapes a character beyond the first plane as two halves.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def _scalar(text: str) -> Scalar:
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    if _INT.fullmatch(text):
        return int(text)
    if _OCTAL.fullmatch(text) or _HEX.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        return float(text)
    if special := _SPECIAL.fullmatch(text):
        return float("nan") if special[1] is None else float(f"{special[1]}inf")
    return text
