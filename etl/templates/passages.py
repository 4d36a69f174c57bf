"""Templates that need a document: a passage of it is the context, the names in it fill the slots."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from etl.config.knowledge import TemplatesConfig
from etl.knowledge.gazetteer import Gazetteer, Mention
from etl.knowledge.models import Entity, KnowledgeBase
from etl.rules.base import Document, Span
from etl.templates.draw import draw
from etl.templates.fill import Filled, answer, licence_of, wanted
from etl.templates.models import MENTIONS, SPAN, Grammar, Template, Templates
from etl.templates.render import render
from etl.text.blocks import PARAGRAPH, QUOTE

# Prose long enough to read and short enough to stand before a question; scripts without spaces say more in less.
MIN_CHARS: Final = 120
MIN_SPACELESS: Final = 60
MAX_CHARS: Final = 1500
# What is looked at in a document, so that a book costs no more than a chapter.
MAX_PASSAGES: Final = 200
_PROSE: Final = (PARAGRAPH, QUOTE)
_SPACELESS_LANGUAGES: Final = ("zh", "ja", "th")


@dataclass(frozen=True)
class Filler:
    """What fills templates with the passages of documents.

    Attributes:
        templates: The templates that need a document, of all languages.
        grammars: The grammar of each language.
        knowledge: What is known.
        per_document: How many pairs at most a document.
    """

    templates: tuple[Template, ...]
    grammars: Mapping[str, Grammar]
    knowledge: KnowledgeBase
    per_document: int

    @cached_property
    def spoken(self) -> Mapping[str, tuple[Template, ...]]:
        """The templates by language."""
        languages = dict.fromkeys(template.language for template in self.templates)
        return {code: tuple(each for each in self.templates if each.language == code) for code in languages}

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """What finds the names that templates ask for, and those that may be mistaken for them."""
        asked = {typed.type for each in self.templates for typed in each.slots.values() if typed.source == MENTIONS}
        mistaken = {entity.type for entity in self.knowledge.entities if entity.is_only_ambiguous}
        return _gazetteer(self.knowledge, frozenset(asked | mistaken))

    def __reduce__(self) -> tuple[type["Filler"], tuple[object, ...]]:
        # The automaton is built in each worker, once: it cannot cross over.
        return Filler, (self.templates, self.grammars, self.knowledge, self.per_document)


@lru_cache(maxsize=1)
def _gazetteer(knowledge: KnowledgeBase, types: frozenset[str]) -> Gazetteer:
    return Gazetteer(knowledge, types)


def build_filler(templates: Templates, knowledge: KnowledgeBase, config: TemplatesConfig) -> Filler:
    """Return what fills the templates that a configuration asks for."""
    asked = tuple(template for template in wanted(templates, config) if template.needs_document)
    return Filler(asked, templates.grammars, knowledge, config.per_document)


class _Passage(NamedTuple):
    span: Span
    mentions: list[Mention]


def fill_from_document(document: Document, language: str, filler: Filler, salt: str) -> list[Filled]:
    """Return the pairs that templates make of a document, at most `per_document` and one a passage, drawn by hash.

    A passage with a name that may mean something else is left alone, because its list of names would be wrong.

    Args:
        document: The document.
        language: The code of its language.
        filler: What fills it.
        salt: What draws depend on: seed and document.
    """
    spoken = filler.spoken.get(language, ())
    if not spoken or filler.per_document <= 0:
        return []
    knowledge, gazetteer, grammar = filler.knowledge, filler.gazetteer, filler.grammars[language]
    found: list[tuple[int, Filled]] = []
    for passage in _passages(document, language, gazetteer):
        fitting = []
        for template in spoken:
            mentions = _mentions(template, passage.mentions)
            if mentions:
                fitting.append((draw(salt, template.id, passage.span.start), template, mentions))
        if not fitting:
            continue
        place, template, mentions = min(fitting, key=lambda each: each[0])
        name = next(name for name, typed in template.slots.items() if typed.source == MENTIONS)
        filling = {name: tuple(knowledge.by_id[mention.entity] for mention in mentions)}
        if not _is_known(template, name, filling[name], knowledge):
            continue
        instruction = render(template.request, template, filling, knowledge, grammar)
        response, source = answer(template, filling, knowledge, grammar)
        if template.response == SPAN:
            response = "\n".join(document.text[mention.start : mention.end] for mention in mentions)
        if instruction is None or response is None:
            continue
        fillers = tuple(f"{mention.entity}@{mention.start}-{mention.end}" for mention in mentions)
        evidence = (passage.span, *(Span(mention.start, mention.end) for mention in mentions))
        context = document.text[passage.span.start : passage.span.end]
        licence = licence_of(template, filling)
        found.append((place, Filled(template, instruction, response, source, fillers, licence, context, evidence)))
    drawn = sorted(found, key=lambda each: each[0])[: filler.per_document]
    return sorted((filled for _, filled in drawn), key=lambda filled: filled.evidence)


def _passages(document: Document, language: str, gazetteer: Gazetteer) -> Iterator[_Passage]:
    least = MIN_SPACELESS if language in _SPACELESS_LANGUAGES else MIN_CHARS
    prose = [b for b in document.blocks if b.kind in _PROSE and least <= b.end - b.start <= MAX_CHARS]
    for block in prose[:MAX_PASSAGES]:
        mentions = gazetteer.find(document.text, block.start, block.end, language)
        if len(mentions) > 1 and not any(mention.is_ambiguous for mention in mentions):
            yield _Passage(Span(block.start, block.end), mentions)


def _mentions(template: Template, mentions: list[Mention]) -> list[Mention]:
    """Return the first mention of each entity of the type that a template takes; empty where their number is wrong."""
    typed = next(typed for typed in template.slots.values() if typed.source == MENTIONS)
    first: dict[str, Mention] = {}
    for mention in mentions:
        if mention.type == typed.type:
            first.setdefault(mention.entity, mention)
    return list(first.values()) if typed.least <= len(first) <= typed.most else []


def _is_known(template: Template, name: str, entities: Sequence[Entity], knowledge: KnowledgeBase) -> bool:
    for fact in template.facts(name):
        for entity in entities:
            value = entity.facts.get(fact)
            if value is None:
                return False
            referred = knowledge.referred(value)
            if referred is not None and referred.name(template.language) is None:
                return False
    return True
