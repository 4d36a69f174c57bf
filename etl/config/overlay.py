"""Overlays: a file over a file, and ``--set key=value`` over both."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from etl.config.read import MAX_DEPTH, parse
from etl.config.tree import Key, Node, Place, dotted, looks_secret, quoted, show
from etl.errors import ConfigError

FLAG: Final = "--set"
_EXAMPLE: Final = f"{FLAG} mixture.ratio=0.05"
_QUOTES: Final = f"quote a text that YAML reads otherwise: {FLAG} 'input.sources.0.path=\"*.gz\"'"


def merge(base: Node, over: Node) -> Node:
    """Return `base` with `over` laid on it: mappings merge key by key, anything else is replaced."""
    if not (isinstance(base.value, dict) and isinstance(over.value, dict)):
        return over
    merged = dict(base.value)
    for key, node in over.value.items():
        merged[key] = merge(merged[key], node) if key in merged else node
    return Node(merged, base.place)


def override(tree: Node, argument: str, cwd: Path) -> Node:
    """Return `tree` with one ``--set`` argument laid on it.

    Args:
        tree: What the files say, and earlier arguments.
        argument: ``a.b.c=value``, the value in YAML; ``a.0.c`` reaches into a list.
        cwd: Folder that relative paths in the value are relative to.

    Raises:
        ConfigError: The argument has no key or no value, its value is no YAML, or its key leads nowhere.
    """
    name, equals, text = argument.partition("=")
    keys = [part.strip() for part in name.split(".")]
    if not equals or not all(keys):
        shown = "an argument that is not shown" if looks_secret(argument) else quoted(argument)
        raise ConfigError(f"{FLAG}: expected key=value such as {_EXAMPLE}, got {shown}")
    if len(keys) > MAX_DEPTH:
        raise ConfigError(f"{FLAG}: the key has {len(keys)} parts; at most {MAX_DEPTH} are valid")
    place = Place(f"{FLAG} {dotted(keys)}", inputs=cwd, outputs=cwd)
    try:
        value = parse(text, place)
    except ConfigError as error:
        raise ConfigError(f"{error}; {_QUOTES}") from None
    if value.blank:
        raise ConfigError(f"{place}: there is no value after '='; write null to unset the key")
    return _assign(tree, keys, value, [])


def _assign(node: Node, keys: Sequence[str], value: Node, above: list[Key]) -> Node:
    if not keys:
        return merge(node, value)
    key, rest = keys[0], keys[1:]
    if isinstance(node.value, list):
        index = _index(node.value, key, value.place, above)
        items = list(node.value)
        items[index] = _assign(items[index], rest, value, [*above, index])
        return Node(items, node.place)
    if node.value is not None and not isinstance(node.value, dict):
        raise ConfigError(
            f"{value.place}: {dotted(above)} is {show(node, above)}, which has no keys; set {dotted(above)} itself"
        )
    entries = dict(node.value or {})
    # What is not there yet is empty, and whatever is laid on it is its value.
    below = entries.get(key, Node(None, value.place))
    entries[key] = _assign(below, rest, value, [*above, key])
    return Node(entries, node.place if node.value is not None else value.place)


def _index(items: list[Node], key: str, place: Place, above: list[Key]) -> int:
    # Compared as texts: int() reads more than indexes (other scripts, signs, underscores).
    valid = [str(index) for index in range(len(items))]
    if key in valid:
        return valid.index(key)
    entries = f"valid indexes: 0 to {len(items) - 1}" if items else "it is empty"
    raise ConfigError(
        f"{place}: {dotted(above)} is a list and {quoted(key)} is no index of it; {entries}, "
        f"or set the whole list: {FLAG} '{dotted(above)}=[…]'"
    )
