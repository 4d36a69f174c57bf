"""What is found in a text, and the one decision what a candidate comes to."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from etl.entities import patterns
from etl.entities.patterns import Pattern
from etl.knowledge import gazetteer
from etl.knowledge.gazetteer import Gazetteer, Mention

GAZETTEER: Final = "gazetteer"
PATTERN: Final = "pattern"
KEYPHRASE: Final = "keyphrase"
NER: Final = "ner"
ANNOTATORS: Final = (GAZETTEER, PATTERN, KEYPHRASE, NER)


class Found(NamedTuple):
    """An entity in a text.

    Attributes:
        type: What kind of thing it is.
        start: Its first code point.
        end: One past its last.
        key: The id of an entity of the knowledge base, or None.
        is_ambiguous: Whether it may mean something else.
        annotator: One of `ANNOTATORS`.
        version: The version of its rules, or of its model.
    """

    type: str
    start: int
    end: int
    key: str | None
    is_ambiguous: bool
    annotator: str
    version: str


class Span(NamedTuple):
    """A candidate: ``text[start:end]`` may be a name, or a thing of one of `patterns.PATTERNS`.

    Attributes:
        start: Its first code point.
        end: One past its last.
        pattern: The name of the pattern; None for a name.
    """

    start: int
    end: int
    pattern: str | None


def find(text: str, language: str, known: Gazetteer, wanted: Iterable[str]) -> list[Found]:
    """Return the names and the things of wanted patterns that stand in a text."""
    return _found(known.find(text, 0, len(text), language), patterns.find(text, wanted))


def resolve(text: str, language: str, known: Gazetteer, spans: Iterable[Span]) -> list[Found]:
    """Return the same as `find`, from candidates that somebody else found; more of them than needed do no harm."""
    spans = list(spans)
    names = [(span.start, span.end) for span in spans if span.pattern is None]
    shaped = [Pattern(span.start, span.end, span.pattern) for span in spans if span.pattern is not None]
    return _found(known.resolve(text, names, 0, language), patterns.without_overlaps(shaped))


def _found(mentions: Iterable[Mention], shaped: Iterable[Pattern]) -> list[Found]:
    named = [
        Found(each.type, each.start, each.end, each.entity or None, each.is_ambiguous, GAZETTEER, gazetteer.VERSION)
        for each in mentions
    ]
    return named + [Found(each.name, each.start, each.end, None, False, PATTERN, patterns.VERSION) for each in shaped]
