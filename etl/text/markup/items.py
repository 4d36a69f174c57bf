"""Items of schema.org markup, whichever encoding they came in."""

import re
from dataclasses import dataclass, field
from typing import Final

# The words before a name: the address of the vocabulary, or a prefix that stands for it.
_BEFORE_NAME: Final = re.compile(r".*[/#:]", re.DOTALL)


@dataclass(slots=True, eq=False)
class Item:
    """A thing the markup describes.

    Attributes:
        kinds: Its types, as local names in lower case: ``question`` of ``https://schema.org/Question``.
        properties: Values by local name in lower case, in the order of the page. A text is a piece of HTML.
        content: The HTML within its element; empty in JSON-LD, which has no elements.
    """

    kinds: frozenset[str]
    properties: dict[str, list["str | Item"]] = field(default_factory=dict)
    content: str = ""

    def add(self, name: str, value: "str | Item") -> None:
        """Add a value to a property, given by its local name."""
        self.properties.setdefault(name, []).append(value)

    def values(self, *names: str) -> list["str | Item"]:
        """Return the values of the first of `names` that has any."""
        for name in names:
            if self.properties.get(name):
                return self.properties[name]
        return []

    def texts(self, *names: str) -> list[str]:
        """Return those values of the first of `names` that are texts."""
        for name in names:
            found = [value for value in self.properties.get(name, ()) if isinstance(value, str) and value.strip()]
            if found:
                return found
        return []


def local_name(name: str) -> str:
    """Return a name without vocabulary or prefix, in lower case.

    >>> local_name("http://schema.org/acceptedAnswer"), local_name("schema:Question")
    ('acceptedanswer', 'question')
    """
    return _BEFORE_NAME.sub("", name.strip()).lower()
