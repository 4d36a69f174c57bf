"""What is valid at a key, in words: messages and the table of keys are both made from the JSON Schema."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from etl.config.tree import Key
from etl.config.values import ADDRESS_PATTERN, IDENTIFIER_PATTERN, LINE_PATTERN, NAME_PATTERN, VARIABLE_PATTERN

Schema = Mapping[str, Any]

_FORMS: Final = {
    NAME_PATTERN: "a name of at most 100 letters, digits, '_', '-' and '.', the first a letter or digit",
    IDENTIFIER_PATTERN: "a name of at most 100 letters, digits, '_' and '-'",
    ADDRESS_PATTERN: "an address such as http://host:8000/v1, without user, query and fragment",
    VARIABLE_PATTERN: "a name of an environment variable",
    LINE_PATTERN: "a text, not empty, no control characters",
}
_INDEX: Final = "N"


def schema_at(root: Schema, keys: Sequence[Key]) -> Schema | None:
    """Return the schema of what stands at a path of keys, or None where no key is valid."""
    here: Schema | None = _solid(root, root)
    for key in keys:
        if here is None:
            return None
        below = here.get("items") if isinstance(key, int) else _entry(here, key)
        here = None if below is None else _solid(root, below)
    return here


def valid_keys(root: Schema, keys: Sequence[Key]) -> list[str]:
    """Return the keys that are valid below a path of keys; empty where there are none or any."""
    here = schema_at(root, keys)
    return [] if here is None else list(here.get("properties", {}))


def expected(schema: Schema) -> str:
    """Return what a value must be, in words.

    >>> expected({"type": "integer", "minimum": 1, "maximum": 9})
    'a whole number from 1 to 9'
    """
    match schema:
        case {"enum": values}:
            return "one of " + ", ".join(map(str, values))
        case {"const": value}:
            return str(value)
        case {"anyOf": choices}:
            return " or ".join(expected(choice) for choice in choices)
        case {"type": "integer"}:
            return "a whole number" + _range(schema)
        case {"type": "number"}:
            return "a number" + _range(schema)
        case {"type": "boolean"}:
            return "true or false"
        case {"type": "string", "pattern": pattern}:
            length = schema.get("maxLength")
            most = "" if length is None else f", at most {length} characters"
            return _FORMS.get(pattern, f"a text of the form {pattern}") + most
        case {"type": "string"}:
            return "a text"
        case {"type": "array"}:
            return _list(schema)
        case {"type": "object", "maxProperties": 0}:
            return "an empty mapping, {}"
        case {"type": "object"}:
            return "a mapping"
        case {"type": "null"}:
            return "null"
    return "a value"


def key_names(schema: Schema) -> str:
    """Return what the keys of a mapping with free keys must be, in words."""
    patterns = list(schema.get("patternProperties", {}))
    return _FORMS.get(patterns[0], "a name") if patterns else "a name"


def key_table(root: Schema) -> str:
    """Return every key of the configuration as a Markdown table, in the order of the models."""
    lines = ["| Key | Value | Default | Meaning |", "|---|---|---|---|"]
    for path, schema, is_required in _walk(root, _solid(root, root), ""):
        default = "required" if is_required else _default(schema)
        cells = (f"`{path}`", expected(schema), default, str(schema.get("description", "")))
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)


def _walk(root: Schema, schema: Schema, prefix: str) -> Iterator[tuple[str, Schema, bool]]:
    required = schema.get("required", ())
    for key, raw in schema.get("properties", {}).items():
        below = _solid(root, raw)
        yield prefix + key, below, key in required
        yield from _walk(root, below, f"{prefix}{key}.")
        if "items" in below:
            yield from _walk(root, _solid(root, below["items"]), f"{prefix}{key}.{_INDEX}.")


def _solid(root: Schema, schema: Schema) -> Schema:
    """Follow a reference and drop the null of an optional key; what stands beside them wins."""
    beside = {key: value for key, value in schema.items() if key not in ("$ref", "anyOf")}
    if "$ref" in schema:
        target = schema["$ref"].removeprefix("#/$defs/")
        return {**_solid(root, root["$defs"][target]), **beside}
    if "anyOf" in schema:
        choices = [choice for choice in schema["anyOf"] if choice.get("type") != "null"]
        if len(choices) == 1:
            return {**_solid(root, choices[0]), **beside}
    return schema


def _entry(schema: Schema, key: str) -> Schema | None:
    free = next(iter(schema.get("patternProperties", {}).values()), None)
    found: Schema | None = schema.get("properties", {}).get(key, free)
    return found


def _range(schema: Schema) -> str:
    low = schema.get("minimum")
    high = schema.get("maximum")
    if high is None and "exclusiveMaximum" in schema:
        high = schema["exclusiveMaximum"] - 1
    if (above := schema.get("exclusiveMinimum")) is not None:
        return f" greater than {above}" if high is None else f" greater than {above} and at most {high}"
    if low is None:
        return "" if high is None else f" of at most {high}"
    return f" of at least {low}" if high is None else f" from {low} to {high}"


def _list(schema: Schema) -> str:
    if schema.get("maxItems") == 0:
        return "an empty list, []"
    fewest = schema.get("minItems", 0)
    if fewest > 1 and schema.get("maxItems") == fewest:
        return f"a list of {fewest} entries"
    return "a list of at least one entry" if fewest else "a list"


def _default(schema: Schema) -> str:
    if "properties" in schema:
        # The defaults of a section are those of its keys; an optional section is off until it is named.
        return "off" if schema.get("default", {}) is None else "its keys'"
    default = schema.get("default")
    return "none" if default is None else f"`{json.dumps(default)}`"
