"""What the markup of a page states, as places in its canonical text."""

from typing import NamedTuple


class Extent(NamedTuple):
    """Code points ``text[start:end]`` of the canonical text; it may cover several blocks or part of one."""

    start: int
    end: int


class StatedAnswer(NamedTuple):
    """An answer: where it stands, whether the page calls it the accepted one, and its votes if it states any."""

    extent: Extent
    accepted: bool
    votes: int | None = None


class StatedQuestion(NamedTuple):
    """A question, what was written below it if anything, and its answers in the order of the text."""

    extent: Extent
    body: Extent | None
    answers: tuple[StatedAnswer, ...]


class StatedStep(NamedTuple):
    """A step: its name, if it has one, and its directions; one of the two is never missing."""

    name: Extent | None
    directions: tuple[Extent, ...]


class StatedSection(NamedTuple):
    """Steps that belong together, with their name if they have one."""

    name: Extent | None
    steps: tuple[StatedStep, ...]


class StatedHowto(NamedTuple):
    """A how-to; `name` is None where the markup leaves it to the heading above."""

    name: Extent | None
    sections: tuple[StatedSection, ...]


Statement = StatedQuestion | StatedHowto
