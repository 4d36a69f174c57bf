"""Documents and descriptions that are known to fit, or not to fit: what a threshold is calibrated by."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from etl.errors import ConfigError
from etl.recipes.objects import read_objects

KEY: Final = "--pairs"
_MAX_TEXT: Final = 1_000_000


class LabelledMatch(NamedTuple):
    """A document, the description of a document that a template needs, and whether they fit."""

    document: str
    description: str
    compatible: bool


def read_labelled(path: str) -> list[LabelledMatch]:
    """Return the labelled examples of a file of JSON lines.

    Raises:
        ConfigError: The file cannot be read, a line is wrong, or all examples have the same label.
    """
    found = read_objects(path, KEY, _labelled)
    if len({each.compatible for each in found}) < 2:
        raise ConfigError(f"{KEY}: {path}: all examples are of one kind; valid: some that fit and some that do not")
    return found


def _labelled(stated: Mapping[str, Any], where: str) -> LabelledMatch:
    document, description, compatible = (stated.get(key) for key in ("document", "description", "compatible"))
    for key, value in (("document", document), ("description", description)):
        if not isinstance(value, str) or not value.strip() or len(value) > _MAX_TEXT:
            raise ConfigError(f"{where}: {key} is missing or is none; valid: a text of 1 to {_MAX_TEXT} characters")
    if not isinstance(compatible, bool):
        raise ConfigError(f"{where}: compatible is missing or is none; valid: true or false")
    return LabelledMatch(str(document), str(description), compatible)
