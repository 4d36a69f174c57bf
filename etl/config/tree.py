"""A configuration before it is checked: plain values, each of which knows where it was written.

Messages name that place, and relative paths are relative to it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

Scalar = str | int | float | bool | None
Key = str | int

MAX_SHOWN: Final = 60
_PLAIN_KEY: Final = re.compile(r"[A-Za-z0-9_-]{1,100}")
_SECRET_WORD: Final = re.compile(r"passw|pwd|passphrase|secret|credential|token(?!s|i[sz])|key", re.IGNORECASE)
_USERINFO: Final = re.compile(r"://[^/@\s]*@")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value was written.

    Attributes:
        label: The file as the user named it, or ``--set`` and the key.
        inputs: Folder that relative paths of inputs written here are relative to.
        outputs: Folder that a relative output root written here is relative to.
        line: Line in the file from 1; None for the command line.
    """

    label: str
    inputs: Path
    outputs: Path
    line: int | None = None

    def __str__(self) -> str:
        return self.label if self.line is None else f"{self.label}:{self.line}"


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its place; `blank` where nothing at all was written, which YAML reads as null."""

    value: "Scalar | list[Node] | dict[str, Node]"
    place: Place
    blank: bool = False


def plain(node: Node) -> Any:
    """Return the value without its places: what the models validate."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value


def child(node: Node, key: Key) -> Node | None:
    """Return what stands under a key or an index, or None."""
    if isinstance(node.value, dict) and isinstance(key, str):
        return node.value.get(key)
    if isinstance(node.value, list) and isinstance(key, int) and 0 <= key < len(node.value):
        return node.value[key]
    return None


def nearest(node: Node, keys: Sequence[Key]) -> Node:
    """Return what stands at `keys`; where that is absent, the innermost mapping or list it is absent from."""
    for key in keys:
        found = child(node, key)
        if found is None:
            return node
        node = found
    return node


def dotted(keys: Sequence[Key]) -> str:
    """Return a path of keys as ``--set`` takes it; unusual keys are quoted so that a message stays one line.

    >>> dotted(["input", "sources", 0, "path"])
    'input.sources.0.path'
    """
    return ".".join(_key(key) for key in keys)


def show(node: Node, keys: Sequence[Key]) -> str:
    """Return what was given at `keys`, in words and cut short; a value that looks secret is not repeated.

    >>> place = Place("pipeline.yaml", Path(), Path())
    >>> show(Node("42", place), ["run", "seed"])
    "the text '42'"
    """
    if isinstance(node.value, dict):
        return "a mapping" if node.value else "an empty mapping"
    if isinstance(node.value, list):
        return "a list" if node.value else "an empty list"
    if node.value is None:
        return "empty" if node.blank else "null"
    if any(looks_secret(str(key)) for key in keys):
        return "the value given (not shown)"
    if isinstance(node.value, bool):
        return "true" if node.value else "false"
    if isinstance(node.value, str):
        return f"the text {quoted(node.value)}"
    return f"the number {node.value}"


def quoted(text: str) -> str:
    """Return a text in quotes, cut short, without the user part of a URI; control characters are escaped.

    >>> quoted("s3://me:pw@bucket")
    "'s3://…@bucket'"
    """
    text = _USERINFO.sub("://…@", text)
    return repr(text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…")


def looks_secret(text: str) -> bool:
    """Say whether a key names a secret: its value must not appear in a message.

    >>> looks_secret("api_key"), looks_secret("hfToken"), looks_secret("tokenizer")
    (True, True, False)
    """
    return _SECRET_WORD.search(text) is not None


def _key(key: Key) -> str:
    if isinstance(key, int) or _PLAIN_KEY.fullmatch(key):
        return str(key)
    return quoted(key)
