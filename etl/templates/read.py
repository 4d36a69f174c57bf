"""Files of templates into what they say; the linter (`etl.templates.lint`) says whether that makes sense."""

import re
from typing import Final

from etl.config.knowledge import KINDS
from etl.config.tree import Node, quoted
from etl.errors import ConfigError
from etl.rules.families import FAMILIES
from etl.templates.models import (
    FAMILY_OF_KIND,
    KNOWLEDGE_BASE,
    MENTION,
    MENTIONS,
    PASSAGE,
    RESPONSES,
    Condition,
    Grammar,
    Template,
    Typed,
    condition_of,
)
from etl.templates.offers import PARTS
from etl.templates.offers.base import MANY
from etl.templates.parts import Parts, split

_FILE_KEYS: Final = ("language", "license", "comma", "last", "colon", "numbers", "placeholder", "templates")
_KEYS: Final = ("request", "answer", "slots", "where", "family", "response", "steps")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}@[1-9][0-9]{0,3}")
_CODE: Final = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?")
_TYPED: Final = re.compile(
    r"(?:(?P<from>[a-z]{1,20}) )?(?P<type>[a-z][a-z0-9_]{0,39})(?:\*(?P<least>\d)-(?P<most>\d))?"
)
_MOST_MENTIONS: Final = 8
_VALID_SLOTS: Final = (
    f"country, country*3-5, mentions country, mention country, passage, or {', '.join(PARTS)} and a part"
)
MAX_TEXT: Final = 600
MAX_STEPS: Final = 9


def read_templates(tree: Node) -> tuple[str, Grammar, list[Template]]:
    """Return the language of a file, its grammar, and its templates in the order of the file.

    Raises:
        ConfigError: Something in the file is not what it must be; the message names its line.
    """
    fields = _mapping(tree, _FILE_KEYS)
    language = _text(fields, "language", tree)
    if not _CODE.fullmatch(language):
        raise _error(tree, f"language {quoted(language)}", "a code such as en or zh-hant")
    license_ = _text(fields, "license", tree)
    numbers = _mapping(fields.get("numbers", tree), tuple("23456789")) if "numbers" in fields else {}
    grammar = Grammar(
        _text(fields, "comma", tree),
        _text(fields, "last", tree),
        _text(fields, "colon", tree),
        {int(number): _text(numbers, number, tree) for number in numbers},
        _text(fields, "placeholder", tree),
    )
    if "templates" not in fields:
        raise _error(tree, "there is no templates", "templates: with a mapping of kinds")
    found = []
    for kind, named in _mapping(fields["templates"], KINDS).items():
        for name, node in _mapping(named, None).items():
            found.append(_template(name, node, language, kind, license_))
    return language, grammar, found


def _template(name: str, node: Node, language: str, kind: str, license_: str) -> Template:
    if not _NAME.fullmatch(name):
        raise _error(node, f"the name {quoted(name)}", "a name such as country@1: then @ and the version of its text")
    given = _mapping(node, _KEYS)
    response = _text(given, "response", node) if "response" in given else KNOWLEDGE_BASE
    if response not in RESPONSES:
        raise _error(given["response"], f"response {quoted(response)}", ", ".join(RESPONSES))
    family = _text(given, "family", node) if "family" in given else FAMILY_OF_KIND[kind]
    if family not in FAMILIES:
        raise _error(given["family"], f"family {quoted(family)}", ", ".join(FAMILIES))
    steps = given["steps"].value if "steps" in given else 1
    if not isinstance(steps, int) or isinstance(steps, bool) or not 1 <= steps <= MAX_STEPS:
        raise _error(given["steps"], "steps is no number of steps", f"a whole number from 1 to {MAX_STEPS}")
    slots = _mapping(given["slots"], None) if "slots" in given else {}
    return Template(
        id=f"{language}.{kind}.{name}",
        language=language,
        kind=kind,
        family=family,
        request=_parts(_text(given, "request", node), node),
        answer=_parts(_text(given, "answer", node), node) if "answer" in given else (),
        slots={slot: _typed(slot, child) for slot, child in slots.items()},
        where=_conditions(given["where"]) if "where" in given else (),
        response=response,
        steps=steps,
        license=license_,
    )


def _typed(name: str, node: Node) -> Typed:
    if node.value == PASSAGE:
        return Typed("", source=PASSAGE)
    found = _TYPED.fullmatch(node.value) if isinstance(node.value, str) else None
    if not found:
        raise _error(node, f"the slot {quoted(name)} takes {_shown(node)}", _VALID_SLOTS)
    if found["from"]:
        return _of_document(name, node, found["from"], found["type"])
    least, most = int(found["least"] or 1), int(found["most"] or 1)
    if not 1 <= least <= most:
        raise _error(node, f"the slot {quoted(name)} takes {least} to {most}", "a range such as country*3-5")
    return Typed(found["type"], least, most)


def _of_document(name: str, node: Node, source: str, wanted: str) -> Typed:
    """Return what a slot takes that a document fills: mentions of a type, or a part of an offer."""
    if source == MENTIONS:
        return Typed(wanted, 2, _MOST_MENTIONS, MENTIONS)
    if source == MENTION:
        return Typed(wanted, source=MENTION)
    if source not in PARTS:
        raise _error(node, f"the slot {quoted(name)} takes {_shown(node)}", _VALID_SLOTS)
    if wanted not in PARTS[source]:
        raise _error(node, f"a {source} has no part {quoted(wanted)}", ", ".join(PARTS[source]))
    return Typed(wanted, 1, _MOST_MENTIONS + 1 if wanted in MANY else 1, source)


def _shown(node: Node) -> str:
    return quoted(node.value) if isinstance(node.value, str) else "no text"


def _conditions(node: Node) -> tuple[Condition, ...]:
    if not isinstance(node.value, list):
        raise _error(node, "where is no list", '["a.currency != b.currency"]')
    found = []
    for item in node.value:
        condition = condition_of(item.value) if isinstance(item.value, str) else None
        if condition is None:
            raise _error(item, "this is no condition", "a.currency != b.currency, a.number < b.number, x.continent = c")
        found.append(condition)
    return tuple(found)


def _parts(text: str, node: Node) -> Parts:
    parts = split(text) if len(text) <= MAX_TEXT else None
    if parts is None:
        valid = f"a text of at most {MAX_TEXT} characters whose braces are slots such as {{a}} or {{a.capital}}"
        raise _error(node, quoted(text), valid)
    return parts


def _mapping(node: Node, keys: tuple[str, ...] | None) -> dict[str, Node]:
    if not isinstance(node.value, dict):
        raise _error(node, "this is no mapping", "a mapping" + (f" of {', '.join(keys)}" if keys else " of names"))
    if keys is not None:
        for key, child in node.value.items():
            if key not in keys:
                raise _error(child, f"the key {quoted(key)}", ", ".join(keys))
    return node.value


def _text(fields: dict[str, Node], key: str, above: Node) -> str:
    node = fields.get(key, above)
    if key not in fields or not isinstance(node.value, str) or not node.value:
        raise _error(node, f"{key} is no text", "a text; in quotes where it could be taken for something else")
    return node.value


def _error(node: Node, what: str, valid: str) -> ConfigError:
    return ConfigError(f"{node.place}: {what}; valid: {valid}")
