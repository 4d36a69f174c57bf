"""A row of a knowledge base, as a file states it, into an entity; what is wrong with it is a sentence."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from etl.config.tree import quoted
from etl.errors import ConfigError
from etl.knowledge.models import ANY_LANGUAGE, Entity

_KEYS: Final = (
    "type", "key", "name", "names", "phrases", "aliases", "ambiguous", "facts", "source", "license",
)  # fmt: skip
_TYPE: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?|any")
_FACT: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_BREAK: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
MAX_NAME: Final = 200
MAX_FACT: Final = 1000
# Between the values of one cell of a CSV file.
SEPARATOR: Final = "|"


def entity_of(row: Mapping[str, Any], where: str) -> Entity:
    """Return the entity a row states.

    Args:
        row: The fields of the row.
        where: File and line, for messages.

    Raises:
        ConfigError: A field is missing, unknown or not what it must be; the message says which and what is valid.
    """
    for key in row:
        if key not in _KEYS:
            raise _error(where, f"the key {quoted(str(key))}", ", ".join(_KEYS))
    kind = _text(row, "type", where)
    if not _TYPE.fullmatch(kind):
        raise _error(where, f"type {quoted(kind)}", "a word such as country: small letters, digits and '_'")
    names = _texts_of(row, "names", where, MAX_NAME)
    if "name" in row:
        names = {ANY_LANGUAGE: _text(row, "name", where), **names}
    if not names:
        raise _error(where, "there is no name", 'name: "Japan" or names: {"en": "Japan", "ja": "日本"}')
    phrases = _texts_of(row, "phrases", where, MAX_NAME)
    for language in (*names, *phrases):
        if not _LANGUAGE.fullmatch(language):
            raise _error(where, f"the language {quoted(language)}", "a code such as en or zh-hant, or any")
    facts = _texts_of(row, "facts", where, MAX_FACT)
    for fact in facts:
        if not _FACT.fullmatch(fact):
            raise _error(where, f"the fact {quoted(fact)}", "a word such as capital: small letters, digits and '_'")
    return Entity(
        type=kind,
        key=_text(row, "key", where) if row.get("key") else next(iter(names.values())),
        names=names,
        source=_text(row, "source", where),
        license=_text(row, "license", where),
        phrases=phrases,
        aliases=_texts(row, "aliases", where),
        ambiguous=frozenset(_texts(row, "ambiguous", where)),
        facts=facts,
    )


def row_of_json(line: str, where: str) -> dict[str, Any]:
    """Return the fields of a line of JSON.

    Raises:
        ConfigError: It is no JSON object.
    """
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise _error(where, "this is no JSON", 'a line such as {"type": "country", "key": "JP", …}') from None
    if not isinstance(row, dict):
        raise _error(where, "this is no object", 'a line such as {"type": "country", "key": "JP", …}')
    return row


def row_of_cells(cells: Mapping[str | None, Any], where: str) -> dict[str, Any]:
    """Return the fields of a row of a CSV file: ``names.en`` is a name, ``facts.capital`` a fact, lists have bars.

    Raises:
        ConfigError: The row has more cells than the file has columns.

    >>> row_of_cells({"type": "city", "names.en": "Oslo", "aliases": "Christiania|Kristiania"}, "x.csv:2")
    {'type': 'city', 'names': {'en': 'Oslo'}, 'aliases': ['Christiania', 'Kristiania']}
    """
    row: dict[str, Any] = {}
    for column, cell in cells.items():
        if column is None:
            raise _error(where, "there are more cells than columns", "as many as the first line has")
        if not cell:
            continue
        above, dot, below = column.partition(".")
        if dot:
            row.setdefault(above, {})[below] = cell
        else:
            row[column] = cell.split(SEPARATOR) if column in ("aliases", "ambiguous") else cell
    return row


def _text(row: Mapping[str, Any], key: str, where: str) -> str:
    value = row.get(key)
    if not _is_text(value, MAX_NAME):
        raise _error(where, f"{key} is no text", f"a text of one line and at most {MAX_NAME} characters")
    return str(value).strip()


def _texts(row: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    values = row.get(key)
    if values is None:
        return ()
    if isinstance(values, list):
        values = [value for value in values if not _is_blank(value)]
    if not isinstance(values, list) or not all(_is_text(value, MAX_NAME) for value in values):
        raise _error(where, f"{key} is no list of texts", '["USA", "United States"]')
    return tuple(value.strip() for value in values)


def _texts_of(row: Mapping[str, Any], key: str, where: str, most: int) -> dict[str, str]:
    values = row.get(key)
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise _error(where, f"{key} is no mapping", f'{{"en": "a text of at most {most} characters"}}')
    found = {}
    for name, value in values.items():
        if _is_blank(value):
            continue
        stated = str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
        if not _is_text(stated, most):
            raise _error(where, f"{key}.{name} is no text", f"a text of one line and at most {most} characters")
        found[name] = stated.strip()
    return found


def _is_blank(value: Any) -> bool:
    """Say whether nothing is stated: an export writes what it does not know as null or as an empty text."""
    return value is None or (isinstance(value, str) and not value.strip(" "))


def _is_text(value: Any, most: int) -> bool:
    return isinstance(value, str) and 0 < len(value) <= most and bool(value.strip()) and not _BREAK.search(value)


def _error(where: str, what: str, valid: str) -> ConfigError:
    return ConfigError(f"{where}: {what}; valid: {valid}")
