"""What a rule reads and what it returns. Rules are pure: no Spark, no clock, no randomness."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from etl.text.blocks import Block
from etl.text.markup.statements import Statement


class Document(NamedTuple):
    """The view of a document that rules get.

    Attributes:
        text: Its canonical text.
        blocks: Its blocks.
        title: Its title, or None.
        lang: The code of its language, or None.
        markup: What the page states in schema.org markup, as places in `text`.
    """

    text: str
    blocks: list[Block]
    title: str | None = None
    lang: str | None = None
    markup: tuple[Statement, ...] = ()


class Span(NamedTuple):
    """Code points ``text[start:end]`` of the canonical text of a document."""

    start: int
    end: int


class Pair(NamedTuple):
    """One instruction and its response, as found.

    Attributes:
        instruction: The bare request, without labels and list markers.
        response: The bare answer; block structure is kept as line breaks.
        evidence: The spans the pair was made from, the instruction's first, each inside the document's text.
        family: One of the families of `etl.rules.families.FAMILIES`.
        context: Text the request refers to, or empty.
        votes: How many readers found the answer useful, where its page says so.
        accepted: Whether whoever asked took this answer as the right one, where the page says so.
    """

    instruction: str
    response: str
    evidence: tuple[Span, ...]
    family: str
    context: str = ""
    votes: int | None = None
    accepted: bool | None = None


class Rule(Protocol):
    """A rule: immutable, comparable, built from its parameters in the configuration."""

    @property
    def name(self) -> str:
        """The key of the rule in the configuration and the value of ``pairs.rule``."""

    @property
    def version(self) -> str:
        """Raised whenever the output of the rule changes for any document."""

    def __call__(self, document: Document) -> Iterator[Pair]:
        """Yield the pairs of one document, in document order; never raises for any text."""
