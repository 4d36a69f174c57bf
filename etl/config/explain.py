"""What is wrong with a configuration, in sentences: where, what, and what would be valid."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, Final

from pydantic import ValidationError

from etl.config.keys import Schema, expected, key_names, schema_at, valid_keys
from etl.config.schema import json_schema
from etl.config.tree import Key, Node, child, dotted, nearest, show
from etl.config.values import ImpossibleError

MAX_PROBLEMS: Final = 20
_RULES: Final = "rules"
# What pydantic appends to the path of an entry whose key, not its value, is wrong.
_KEY_MARK: Final = "[key]"


def explain(error: ValidationError | None, tree: Node) -> str:
    """Return the problems of a configuration, one line each; empty where there are none.

    Args:
        error: What the models found, if anything.
        tree: The configuration with the places its values come from.
    """
    found = _blank_rules(tree)
    if error is not None:
        schema = json_schema()
        details = error.errors(include_url=False, include_input=False)
        found += [_problem(detail, tree, schema) for detail in details]
    return one_each(found)


def one_each(problems: Sequence[str]) -> str:
    """Return problems as lines, each once, `MAX_PROBLEMS` at most: the last line counts what is left out."""
    lines = list(dict.fromkeys(problems))
    if len(lines) > MAX_PROBLEMS:
        lines[MAX_PROBLEMS - 1 :] = [f"… and {len(lines) - MAX_PROBLEMS + 1} more"]
    return "\n".join(lines)


def _blank_rules(tree: Node) -> list[str]:
    # "faq:" alone could mean on with its defaults or, as YAML reads it, null and so off: nobody should guess.
    rules = child(tree, _RULES)
    if rules is None or not isinstance(rules.value, dict):
        return []
    return [
        _line(node, [_RULES, name], "has no value; write {} for its defaults or null to switch it off")
        for name, node in rules.value.items()
        if node.blank
    ]


def _problem(detail: Any, tree: Node, schema: Schema) -> str:
    keys: list[Key] = list(detail["loc"])
    kind = detail["type"]
    if keys and keys[-1] == _KEY_MARK:
        keys.pop()
        free = schema_at(schema, keys[:-1])
        return _at(tree, keys, f"is no valid key; it must be {key_names(free or {})}")
    if kind == "extra_forbidden":
        return _at(tree, keys, _unknown(str(keys[-1]), keys[:-1], schema))
    if kind == "value_error":
        cause = detail["ctx"]["error"]
        if isinstance(cause, ImpossibleError) and cause.key:
            keys.extend(cause.key.split("."))
        return _at(tree, keys, str(cause))
    here = schema_at(schema, keys)
    if here is None:
        return _at(tree, keys, f"is not valid: {detail['msg']}")
    if kind == "missing":
        return _at(tree, keys, f"is missing; it must be {expected(here)}")
    if kind == "too_long":
        return _at(tree, keys, f"must be {expected(here)}: {here.get('description', '')}")
    node = nearest(tree, keys)
    given = show(node, keys)
    text = f"must be {expected(here)}, not {given}"
    if isinstance(node.value, str) and (close := _close(node.value, [str(v) for v in here.get("enum", ())])):
        text += f"; did you mean {close}?"
    if node.blank and expected(here) == "a mapping":
        text += "; leave the key out or write {} for its defaults"
    return _at(tree, keys, text)


def _unknown(key: str, above: list[Key], schema: Schema) -> str:
    names = valid_keys(schema, above)
    is_rule = above == [_RULES]
    valid = f"valid {'rules' if is_rule else 'keys'}: {', '.join(names)}"
    what = f"unknown {'rule' if is_rule else 'key'}"
    if close := _close(key, names):
        return f"{what}; did you mean {close}? {valid}"
    sections = [name for name in valid_keys(schema, []) if key in valid_keys(schema, [name])]
    if sections:
        return f"{what}; did you mean {sections[0]}.{key}? {valid}"
    return f"{what}; {valid}"


def _close(text: str, valid: list[str]) -> str:
    # Cut, because the comparison is quadratic in the length of the text.
    folded = text[:100].casefold().replace("-", "_")
    return next(iter(get_close_matches(folded, valid, n=1)), "")


def _at(tree: Node, keys: list[Key], text: str) -> str:
    return _line(nearest(tree, keys), keys, text)


def _line(node: Node, keys: list[Key], text: str) -> str:
    # "--set a.b" already names the key.
    place, key = str(node.place), dotted(keys)
    return f"{place}: {text}" if not key or place.endswith(f" {key}") else f"{place}: {key}: {text}"
