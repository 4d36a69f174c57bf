"""Templates that need no document, filled from the knowledge base alone."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from etl.config.knowledge import TemplatesConfig
from etl.knowledge.models import KnowledgeBase
from etl.rules.base import Span
from etl.templates.draw import Candidates, Filling
from etl.templates.models import MODEL, PLACEHOLDER, Grammar, Template, Templates
from etl.templates.render import render

# Fillings that are tried for each pair that is wanted; several of them may say the same.
_ATTEMPTS: Final = 20


class Filled(NamedTuple):
    """A pair that a template makes.

    Attributes:
        template: The template.
        instruction: The request with its slots filled.
        response: The response.
        response_source: What the response is made of: knowledge_base, span or placeholder.
        fillers: What each slot was filled with: the id of an entity, and the place of its name where it has one.
        license: The licences of template and fillers, as an SPDX expression.
        context: The passage, or empty.
        evidence: Where passage and names stand in the document; empty where there is none.
    """

    template: Template
    instruction: str
    response: str
    response_source: str
    fillers: tuple[str, ...]
    license: str
    context: str = ""
    evidence: tuple[Span, ...] = ()


def wanted(templates: Templates, config: TemplatesConfig) -> list[Template]:
    """Return the templates that a configuration asks for, in the order of their ids."""
    return [
        template
        for template in templates.templates
        if template.language in config.languages
        and template.kind in config.kinds
        and (config.placeholders or template.response not in (MODEL, PLACEHOLDER))
    ]


def fill_from_knowledge(
    templates: Templates, knowledge: KnowledgeBase, config: TemplatesConfig, seed: int
) -> Iterator[Filled]:
    """Yield the pairs of each template that needs no document, at most `per_template`, no two of them alike."""
    for template in wanted(templates, config):
        if not template.needs_document:
            yield from _fill(template, templates.grammars[template.language], knowledge, config.per_template, seed)


def _fill(template: Template, grammar: Grammar, knowledge: KnowledgeBase, most: int, seed: int) -> Iterator[Filled]:
    candidates = Candidates(knowledge, template)
    seen: set[str] = set()
    for ordinal in range(most * _ATTEMPTS):
        if len(seen) >= most:
            return
        filling = candidates.fill(seed, ordinal)
        if filling is None:
            continue
        instruction = render(template.request, template, filling, knowledge, grammar)
        response, source = answer(template, filling, knowledge, grammar)
        if instruction is None or response is None or instruction in seen:
            continue
        seen.add(instruction)
        fillers = tuple(entity.id for each in filling.values() for entity in each)
        yield Filled(template, instruction, response, source, fillers, licence_of(template, filling))


def answer(template: Template, filling: Filling, knowledge: KnowledgeBase, grammar: Grammar) -> tuple[str | None, str]:
    """Return the response of a filled template, and what it is made of."""
    if template.response in (MODEL, PLACEHOLDER):
        return grammar.placeholder, PLACEHOLDER
    return render(template.answer, template, filling, knowledge, grammar), template.response


def licence_of(template: Template, filling: Filling) -> str:
    """Return the licences of a template and what fills it, joined by AND."""
    licences = {template.license} | {entity.license for each in filling.values() for entity in each}
    # What a document says has none here: that of the document is added where its pairs are.
    return " AND ".join(sorted(licences - {""}))
