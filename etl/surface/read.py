"""Files of wordings and layouts into what they say; what a file must look like stands in ``conf/README.md``."""

import re
from collections.abc import Iterator
from typing import Final

from etl.config.tree import Node, quoted
from etl.errors import ConfigError
from etl.rules.families import FAMILIES
from etl.surface.language import CODE
from etl.surface.models import ANY, SLOT_KINDS, UNDETERMINED, Demands, Layout, Wording
from etl.surface.slots import Slotted, split_at_slot

_NAME: Final = re.compile(r"[a-z][a-z0-9_.]{0,39}@[1-9][0-9]{0,3}")
_VALID_NAME: Final = "a name such as qa.q17@1: small letters, digits, '.' and '_', then @ and the version of its text"
MAX_TEXT: Final = 400
_WORDING_KEYS: Final = ("text", "needs_context", "rules")
_FILE_KEYS: Final = ("language", "demand_starts", "demand_ends", "wordings")
_LAYOUT_KEYS: Final = ("takes", "context", "request", "response", "gap", "request_first", "one_line")
_GAP: Final = re.compile(r"\n[ \n*_=~—–-]{0,20}")


def read_wordings(tree: Node) -> tuple[str, Demands, list[Wording]]:
    """Return the language of a file, how it demands, and its wordings in the order of the file.

    Raises:
        ConfigError: Something in the file is not what it must be; the message names its line.
    """
    fields = _mapping(tree, _FILE_KEYS)
    language = _text(fields.get("language", tree), "language")
    if not CODE.fullmatch(language):
        raise _error(
            tree, f"language {quoted(language)}", "a code of two or three small letters, such as en or zh-hant"
        )
    demands = Demands(*(_texts(fields.get(key), key) for key in ("demand_starts", "demand_ends")))
    wordings = []
    for family, kinds in _mapping(fields.get("wordings", tree), (ANY, *FAMILIES)).items():
        for takes, named in _mapping(kinds, SLOT_KINDS).items():
            for name, node in _mapping(named, None).items():
                wordings.append(_wording(name, node, language, family, takes))
    return language, demands, wordings


def _wording(name: str, node: Node, language: str, family: str, takes: str) -> Wording:
    given = _mapping(node, _WORDING_KEYS) if isinstance(node.value, dict) else {"text": node}
    if "text" not in given:
        raise _error(node, f"{name} has no text", "text: with the wording around {instruction}")
    text = _slotted(given["text"], name, "instruction")
    return Wording(
        f"{language}.{_name(name, node)}",
        language,
        family,
        takes,
        text,
        _flag(given.get("needs_context"), "needs_context"),
        _texts(given.get("rules"), "rules"),
    )


def read_layouts(tree: Node) -> Iterator[Layout]:
    """Yield the layouts of a file in its order.

    Raises:
        ConfigError: Something in the file is not what it must be; the message names its line.
    """
    for language, named in _mapping(_mapping(tree, ("layouts",)).get("layouts", tree), None).items():
        if language != ANY and not CODE.fullmatch(language):
            raise _error(named, f"language {quoted(language)}", f"a code such as en, {ANY}, {UNDETERMINED}")
        for name, node in _mapping(named, None).items():
            yield _layout(name, node, language)


def _layout(name: str, node: Node, language: str) -> Layout:
    given = _mapping(node, _LAYOUT_KEYS)
    if missing := [key for key in ("request", "response") if key not in given]:
        raise _error(node, f"{name} has no {missing[0]}", "request: with {request} and response: with {response}")
    takes = _texts(given.get("takes"), "takes") or SLOT_KINDS
    if unknown := [kind for kind in takes if kind not in SLOT_KINDS]:
        raise _error(node, f"{name}: takes {quoted(unknown[0])}", ", ".join(SLOT_KINDS))
    gap = _text(given["gap"], "gap") if "gap" in given else "\n"
    if not _GAP.fullmatch(gap):
        raise _error(node, f"{name}: gap {quoted(gap)}", "a line break, then more of them or a rule such as ---")
    return Layout(
        f"{language}.{_name(name, node)}",
        language,
        takes,
        _slotted(given["context"], name, "context") if "context" in given else Slotted("", ""),
        _slotted(given["request"], name, "request"),
        _slotted(given["response"], name, "response"),
        gap,
        _flag(given.get("request_first"), "request_first"),
        _flag(given.get("one_line"), "one_line"),
    )


def _slotted(node: Node, name: str, slot: str) -> Slotted:
    text = _text(node, name)
    slotted = split_at_slot(text, slot)
    if slotted is None or len(text) > MAX_TEXT:
        valid = f"a text of at most {MAX_TEXT} characters with {{{slot}}} in it once and no other brace"
        raise _error(node, f"{name}: {quoted(text)}", valid)
    return slotted


def _name(name: str, node: Node) -> str:
    if not _NAME.fullmatch(name):
        raise _error(node, f"the name {quoted(name)}", _VALID_NAME)
    return name


def _mapping(node: Node, keys: tuple[str, ...] | None) -> dict[str, Node]:
    if not isinstance(node.value, dict):
        raise _error(node, "this is no mapping", "a mapping" + (f" of {', '.join(keys)}" if keys else " of names"))
    if keys is not None:
        for key, child in node.value.items():
            if key not in keys:
                raise _error(child, f"the key {quoted(key)}", ", ".join(keys))
    return node.value


def _text(node: Node, key: str) -> str:
    if not isinstance(node.value, str) or not node.value:
        raise _error(node, f"{key} is no text", "a text; in quotes where it could be taken for something else")
    return node.value


def _texts(node: Node | None, key: str) -> tuple[str, ...]:
    if node is None:
        return ()
    if not isinstance(node.value, list):
        raise _error(node, f"{key} is no list", "a list of texts")
    return tuple(_text(item, key) for item in node.value)


def _flag(node: Node | None, key: str) -> bool:
    if node is None:
        return False
    if not isinstance(node.value, bool):
        raise _error(node, f"{key} is neither true nor false", "true, false")
    return node.value


def _error(node: Node, what: str, valid: str) -> ConfigError:
    return ConfigError(f"{node.place}: {what}; valid: {valid}")
