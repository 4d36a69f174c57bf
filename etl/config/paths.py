"""Paths of a configuration, made absolute: each is relative to where it was written."""

import os.path
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from etl.config.mixture import WORDS
from etl.config.tree import Node
from etl.errors import ConfigError

_EVERY: Final = "*"
_INPUTS: Final = (
    ("mixture", "surface", "wordings"),
    ("knowledge_base", "path"),
    ("templates", "path"),
    ("entities", "ner_path"),
    ("input", "sources", _EVERY, "path"),
    ("input", "instruction_sets", _EVERY, "path"),
    ("models", "generator", "folder"),
    ("models", "generator", "script"),
    ("models", "generator", "log"),
    ("models", "embedder", "folder"),
    ("models", "judge", "folder"),
    ("models", "judge", "script"),
    ("models", "judge", "log"),
    ("generate", "fine_instructions", "templates"),
    ("generate", "self_instruct", "seeds"),
    ("select", "decontamination", "benchmarks", _EVERY, "path"),
)
_TOKENIZER: Final = ("mixture", "tokenizer")
_OUTPUT: Final = ("output", "root")
# s3a://bucket/x, dbfs:/x, file:/x; a scheme of one letter would be a drive.
_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
_CONTROL: Final = re.compile(r"[\x00-\x1f]")


def absolute(tree: Node) -> Node:
    """Return the tree with every local path absolute; URIs stay, globs keep their wildcards."""
    for keys in _INPUTS:
        tree = _rewrite(tree, keys, lambda text, node: resolve(text, node.place.inputs))
    tree = _rewrite(tree, _TOKENIZER, lambda text, node: text if text == WORDS else resolve(text, node.place.inputs))
    return _rewrite(tree, _OUTPUT, lambda text, node: resolve(text, node.place.outputs))


def resolve(text: str, folder: Path) -> str:
    """Return a path as seen from `folder`, ``..`` resolved as in an URI and ``~`` expanded.

    A text that can be no path (empty, control characters) stays: the models say what is wrong with it.

    Raises:
        ConfigError: There is a ``~`` and no home folder.

    >>> resolve("../lake", Path("/job/conf")), resolve("dbfs:/lake", Path("/job"))
    ('/job/lake', 'dbfs:/lake')
    """
    if not text or _URI.match(text) or _CONTROL.search(text):
        return text
    if text == "~" or text.startswith("~/"):
        folder, text = _home(), text[2:]
    # Spark normalises the same way, without asking the file system about links.
    return os.path.normpath(folder / text)


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:
        raise ConfigError("~ in a path: this user has no home folder; write the whole path") from None


def _rewrite(node: Node, keys: Sequence[str], change: Callable[[str, Node], str]) -> Node:
    if not keys:
        return replace(node, value=change(node.value, node)) if isinstance(node.value, str) else node
    key, rest = keys[0], keys[1:]
    if key == _EVERY and isinstance(node.value, list):
        return replace(node, value=[_rewrite(item, rest, change) for item in node.value])
    if isinstance(node.value, dict) and key in node.value:
        return replace(node, value={**node.value, key: _rewrite(node.value[key], rest, change)})
    return node
