"""Passages that name entities, and which of these fit a template."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from etl.knowledge.gazetteer import Gazetteer, Mention
from etl.knowledge.models import KIND, KnowledgeBase
from etl.rules.base import Document, Span
from etl.rules.reading.language import guess
from etl.rules.reading.passages import long_paragraphs
from etl.rules.reading.standing import joined
from etl.templates.draw import draw
from etl.templates.models import ANY_TYPE, MENTION, MENTIONS, Template
from etl.templates.offers.base import Piece
from etl.templates.offers.contexts import is_context

# Prose long enough to read and short enough to stand before a question; scripts without spaces say more in less.
MIN_CHARS: Final = 120
MIN_SPACELESS: Final = 60
# What is looked at in a document, so that a book costs no more than a chapter.
MAX_PASSAGES: Final = 40
_GOES_ON: Final = re.compile(r"[ \n][A-Z][a-z]")
# A word with a capital that begins no sentence.
_BEGUN: Final = re.compile(r"[^\s.!?:][ \n][A-Z][\w’'&-]{0,30} \Z")
_LONG_NAME: Final = 40
_SPACELESS_LANGUAGES: Final = ("zh", "ja", "th")


class Named(NamedTuple):
    """A passage, and the names in it.

    Attributes:
        context: The passage.
        mentions: The names, in order.
    """

    context: Span
    mentions: list[Mention]


def passages_with_names(document: Document, language: str, gazetteer: Gazetteer) -> Iterator[Named]:
    """Yield the passages of a document that name something that is known."""
    least = MIN_SPACELESS if language in _SPACELESS_LANGUAGES else MIN_CHARS
    for span in long_paragraphs(document, language, least)[:MAX_PASSAGES]:
        text = document.text
        mentions = gazetteer.find(text, span.start, span.end, language)
        if mentions and guess(joined(text[span.start : span.end])) == language and is_context(document, span, language):
            yield Named(
                span, [each._replace(is_ambiguous=each.is_ambiguous or _goes_on(text, each)) for each in mentions]
            )


def _goes_on(text: str, mention: Mention) -> bool:
    """Say whether a name may be a part of a longer one: "U.S. Digital Corps", "the Capoeira Angola"."""
    if _GOES_ON.match(text, mention.end):
        return True
    return _BEGUN.search(text, max(0, mention.start - _LONG_NAME), mention.start) is not None


def fit_mentions(
    template: Template, named: Named, knowledge: KnowledgeBase, salt: str
) -> Mapping[str, tuple[Piece, ...]] | None:
    """Return what fills the slots that take names of a passage; None where the passage does not fit.

    A list of all names is asked for only where none of the passage may mean something else.
    """
    filled: dict[str, tuple[Piece, ...]] = {}
    for name, typed in template.slots.items():
        if typed.source not in (MENTIONS, MENTION):
            continue
        known = _known(template, name, typed.type, named.mentions, knowledge)
        if typed.source == MENTIONS:
            if any(mention.is_ambiguous for mention in named.mentions) or not typed.least <= len(known) <= typed.most:
                return None
            if len(known) < len({each.entity for each in named.mentions if each.type == typed.type}):
                return None
            filled[name] = known
        elif known:
            filled[name] = (known[draw(salt, template.id, named.context.start, name) % len(known)],)
        else:
            return None
    return filled


def _known(
    template: Template, name: str, kind: str, mentions: list[Mention], knowledge: KnowledgeBase
) -> tuple[Piece, ...]:
    """Return the first mention of each entity of a type of which all is known that the template says."""
    first: dict[str, Piece] = {}
    for mention in mentions:
        if not mention.entity or mention.is_ambiguous or mention.entity in first:
            continue
        entity = knowledge.by_id[mention.entity]
        if (mention.type == kind or (kind == ANY_TYPE and KIND in entity.facts)) and all(
            _is_said(entity.facts.get(fact), template.language, knowledge) for fact in template.facts(name)
        ):
            first[mention.entity] = Piece(entity, Span(mention.start, mention.end))
    return tuple(first.values())


def _is_said(value: str | None, language: str, knowledge: KnowledgeBase) -> bool:
    if value is None:
        return False
    referred = knowledge.referred(value)
    return referred is None or referred.name(language) is not None
