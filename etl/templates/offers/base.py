"""What an offer is."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from etl.knowledge.models import ANY_LANGUAGE, Entity
from etl.rules.base import Span
from etl.rules.reading.standing import joined

DEFINITION: Final = "definition"
LATIN: Final = "latin"
LIST: Final = "list"
SECTION: Final = "section"
# Offers of one kind that are looked at in a document: a book has thousands of them.
MAX_OFFERS: Final = 16
# What a filler that a document names has behind its id, which may hold the same sign.
PLACE: Final = "@[0-9]+-[0-9]+$"
# Parts that are a list of things; of all others there is one.
MANY: Final = frozenset({"items", "some", "choices", "words"})


class Piece(NamedTuple):
    """What fills a slot: an entity and where it is named, or a stretch of the document taken for one."""

    entity: Entity
    span: Span | None = None

    @property
    def label(self) -> str:
        """What a pair records of it: the id of the entity, and the place."""
        place = "" if self.span is None else f"@{self.span.start}-{self.span.end}"
        return f"{self.entity.id if self.entity.key else ''}{place}"


class Offer(NamedTuple):
    """Something of a document that templates can be filled with.

    Attributes:
        context: The passage it stands in.
        parts: What fills each slot, by part; a part that is not there fits no template that asks for it.
    """

    context: Span
    parts: Mapping[str, tuple[Piece, ...]]


def pieces(text: str, spans: Sequence[Span]) -> tuple[Piece, ...]:
    """Return stretches of a text as what fills a slot."""
    return tuple(Piece(_entity(joined(text[span.start : span.end])), span) for span in spans)


def _entity(text: str) -> Entity:
    return Entity(type="text", key="", names={ANY_LANGUAGE: text}, source="", license="")
