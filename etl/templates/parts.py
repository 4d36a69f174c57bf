"""A text with typed slots, split once into literals and slots.

Filling is concatenation of what stands between the slots, so a brace in a document or a name is never read as a slot.
"""

import re
from typing import Final, NamedTuple

# How the entities of a slot are written: as in a sentence, bare, one a line, one a line with a fact, ordered; the
# last three one a line again: in the order of the alphabet, from the last to the first, with numbers.
PHRASE: Final = ""
NAME: Final = "name"
LINES: Final = "lines"
TABLE: Final = "table"
BY_NUMBER: Final = "by_number"
BY_NAME: Final = "by_name"
SORTED: Final = "sorted"
REVERSED: Final = "reversed"
NUMBERED: Final = "numbered"
FORMS: Final = (NAME, LINES, TABLE, BY_NUMBER, BY_NAME, SORTED, REVERSED, NUMBERED)
# Stands for how many entities a slot has.
COUNT: Final = "count"

_SLOT: Final = re.compile(r"\{([a-z]{1,20})(?:\.([a-z_]{1,40}))?(?:@([a-z]{1,20}))?(?::([a-z_]{1,20}))?\}")


class Slot(NamedTuple):
    """A place to be filled, written ``{slot.fact@language:form}``.

    Attributes:
        name: Which slot of the template.
        fact: Which fact of its entity; empty for the entity itself.
        tongue: The slot whose language the name is written in; empty for the language of the template.
        form: One of `FORMS`, or `PHRASE`.
    """

    name: str
    fact: str = ""
    tongue: str = ""
    form: str = PHRASE


Parts = tuple[str | Slot, ...]


def split(text: str) -> Parts | None:
    """Return literals and slots of a text in order; None where a brace belongs to no slot.

    >>> split("What is {a}?")
    ('What is ', Slot(name='a', fact='', tongue='', form=''), '?')
    >>> split("{{a}}") is None
    True
    """
    parts: list[str | Slot] = []
    reached = 0
    for found in _SLOT.finditer(text):
        parts += [text[reached : found.start()], Slot(*(group or "" for group in found.groups()))]
        reached = found.end()
    parts.append(text[reached:])
    if any(set("{}") & set(part) for part in parts if isinstance(part, str)):
        return None
    return tuple(part for part in parts if part)


def slots_of(parts: Parts) -> list[Slot]:
    """Return the slots of a text."""
    return [part for part in parts if isinstance(part, Slot)]


def literal_of(parts: Parts) -> str:
    """Return what is there without the fillers; a slot counts as a blank."""
    return "".join(part if isinstance(part, str) else " " for part in parts)
