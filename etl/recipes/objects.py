"""Files of JSON lines that recipes read beside the corpus: templates, seeds, labelled examples."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from etl.errors import ConfigError
from etl.readers.open import open_seekable

_MAX_BYTES: Final = 1024 * 1024 * 1024
_MAX_TEXT: Final = 20_000

T = TypeVar("T")


def read_objects(path: str, key: str, make: Callable[[Mapping[str, Any], str], T]) -> list[T]:
    """Return what each line of a file states.

    Args:
        path: A file of JSON objects, one a line.
        key: The key of the configuration that names it, for messages.
        make: Makes something of an object; the second argument says where it stands.

    Raises:
        ConfigError: The file cannot be read, holds nothing, or a line of it is wrong.
    """
    try:
        with open_seekable(path) as file:
            content = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"{key}: {path}: {error.strerror or error}; valid: a file of JSON lines") from None
    if len(content) > _MAX_BYTES:
        raise ConfigError(f"{key}: {path} is larger than {_MAX_BYTES} bytes")
    found = []
    for number, line in enumerate(content.split(b"\n"), 1):
        if not line.strip():
            continue
        where = f"{key}: {path}:{number}"
        try:
            stated = json.loads(line)
        except (ValueError, RecursionError):
            raise ConfigError(f"{where}: is no JSON; valid: one JSON object a line") from None
        if not isinstance(stated, dict):
            raise ConfigError(f"{where}: is no JSON object; valid: one JSON object a line")
        found.append(make(stated, where))
    if not found:
        raise ConfigError(f"{key}: {path} holds no line; valid: one JSON object a line")
    return found


def text_of(stated: Mapping[str, Any], key: str, where: str) -> str:
    """Return a text that must be there.

    Raises:
        ConfigError: It is missing, no text, empty, too long, or no Unicode.
    """
    value = stated.get(key)
    if not isinstance(value, str) or not value.strip() or len(value) > _MAX_TEXT:
        raise ConfigError(f"{where}: {key} is missing or is none; valid: a text of 1 to {_MAX_TEXT} characters")
    if any("\ud800" <= sign <= "\udfff" for sign in value):
        raise ConfigError(f"{where}: {key} holds half of a surrogate pair; valid: Unicode text")
    return value.strip()
