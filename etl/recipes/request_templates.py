"""Templates of real requests (FineInstructions, Patel et al. 2026): a request with slots, and what text would fit it.

A slot is a short description between marks, ``<fi>name of a city</fi>``. The description of a compatible document is
what a vector is made of.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from etl.errors import ConfigError
from etl.matching.balance import slot_bin
from etl.recipes.objects import read_objects, text_of

KEY: Final = "generate.fine_instructions.templates"
SLOT_OPEN, SLOT_CLOSE = "<fi>", "</fi>"


class RequestTemplate(NamedTuple):
    """A template: its id, made of its text; the text; what document fits; and how many slots it has."""

    id: str
    text: str
    description: str
    slots: int


def read_templates(path: str) -> list[RequestTemplate]:
    """Return the templates of a file in its order, each once.

    Raises:
        ConfigError: The file cannot be read, or a line states no template.
    """
    return list(dict.fromkeys(read_objects(path, KEY, _template)))


def natural_bins(templates: Sequence[RequestTemplate]) -> dict[int, int]:
    """Return how many templates have how many slots: each is one request that somebody made."""
    return dict(Counter(slot_bin(each.slots) for each in templates))


def _template(stated: Mapping[str, Any], where: str) -> RequestTemplate:
    text = text_of(stated, "template", where)
    description = text_of(stated, "compatible_document_description", where)
    slots = text.count(SLOT_OPEN)
    if slots != text.count(SLOT_CLOSE) or not _closes(text):
        raise ConfigError(f"{where}: the slots of the template do not close; valid: <fi>what stands here</fi>")
    return RequestTemplate(hashlib.sha256(text.encode()).hexdigest()[:16], text, description, slots)


def _closes(text: str) -> bool:
    """Return whether each slot closes before the next one opens."""
    return all(each.count(SLOT_CLOSE) == 1 for each in text.split(SLOT_OPEN)[1:])
