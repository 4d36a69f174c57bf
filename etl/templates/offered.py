"""What fills templates that need a document, and what of it fits each of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from etl.knowledge.gazetteer import Gazetteer
from etl.knowledge.models import KIND, KnowledgeBase
from etl.rules.base import Document, Span
from etl.templates.draw import Candidates, draw
from etl.templates.models import ANY_TYPE, MENTION, MENTIONS, PASSAGE, Grammar, Template
from etl.templates.offers import FINDERS
from etl.templates.offers.base import Piece
from etl.templates.offers.mentions import Named, fit_mentions, passages_with_names

# A passage, and what fills the slots of a template that a document fills.
Fit = tuple[Span, Mapping[str, tuple[Piece, ...]]]


@dataclass(frozen=True)
class Filler:
    """What fills templates with documents.

    Attributes:
        templates: The templates that need a document, of all languages.
        grammars: The grammar of each language.
        knowledge: What is known.
        matches: How many pairs at most a document has to draw from.
    """

    templates: tuple[Template, ...]
    grammars: Mapping[str, Grammar]
    knowledge: KnowledgeBase
    matches: int

    @cached_property
    def spoken(self) -> Mapping[str, tuple[Template, ...]]:
        """The templates by language."""
        languages = dict.fromkeys(template.language for template in self.templates)
        return {code: tuple(each for each in self.templates if each.language == code) for code in languages}

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """What finds the names that templates ask for, and those that may be mistaken for them."""
        slots = [typed for each in self.templates for typed in each.slots.values()]
        types = {typed.type for typed in slots if typed.source in (MENTIONS, MENTION)}
        if ANY_TYPE in types:
            types |= {entity.type for entity in self.knowledge.entities if KIND in entity.facts}
        mistaken = {entity.type for entity in self.knowledge.entities if entity.is_only_ambiguous}
        return _gazetteer(self.knowledge, frozenset(types | mistaken))

    @cached_property
    def candidates(self) -> Mapping[str, Candidates]:
        """What the knowledge base adds to each template, by its id."""
        return {template.id: Candidates(self.knowledge, template) for template in self.templates}

    def __reduce__(self) -> tuple[type["Filler"], tuple[object, ...]]:
        # The automaton is built in each worker, once: it cannot cross over.
        return Filler, (self.templates, self.grammars, self.knowledge, self.matches)


@lru_cache(maxsize=1)
def _gazetteer(knowledge: KnowledgeBase, types: frozenset[str]) -> Gazetteer:
    return Gazetteer(knowledge, types)


class Offered:
    """What a document offers, each kind looked for when a template asks for it, and once."""

    def __init__(self, document: Document, language: str, filler: Filler, salt: str) -> None:
        """Look for nothing yet."""
        self._document = document
        self._language = language
        self._filler = filler
        self._salt = salt
        self._found: dict[str, list[Fit]] = {}

    @cached_property
    def _passages(self) -> list[Named]:
        return list(passages_with_names(self._document, self._language, self._filler.gazetteer))

    def to(self, template: Template) -> list[Fit]:
        """Return what fits a template, in an order drawn by hash."""
        fits = list(self._fits(template))
        return sorted(fits, key=lambda fit: draw(self._salt, template.id, fit[0].start))

    def _fits(self, template: Template) -> Iterator[Fit]:
        finder = template.finder or PASSAGE
        if finder in (MENTIONS, MENTION):
            for named in self._passages:
                filled = fit_mentions(template, named, self._filler.knowledge, self._salt)
                if filled is not None:
                    yield named.context, filled
            return
        if finder not in self._found:
            self._found[finder] = [
                (offer.context, offer.parts) for offer in FINDERS[finder](self._document, self._language)
            ]
        asked = {name: typed.type for name, typed in template.slots.items() if typed.source == finder}
        for context, parts in self._found[finder]:
            if all(part in parts for part in asked.values()):
                yield context, {name: parts[part] for name, part in asked.items()}
