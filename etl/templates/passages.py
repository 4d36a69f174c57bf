"""Templates that need a document: what it has to offer fills their slots, and a passage of it may be the context."""

from collections.abc import Mapping
from typing import Final

from etl.config.knowledge import TemplatesConfig
from etl.knowledge.models import KnowledgeBase
from etl.rules.base import Document, Span
from etl.rules.ledger import Ledger
from etl.templates.draw import Filling, draw
from etl.templates.fill import Filled, answer, licence_of, wanted
from etl.templates.models import SPAN, TEMPLATE, Template, Templates
from etl.templates.offered import Filler, Fit, Offered
from etl.templates.offers.base import Piece, pieces
from etl.templates.parts import Parts, slots_of
from etl.templates.render import render

# Draws of what the knowledge base adds to a passage, and offers that are tried for a template.
_TRIES: Final = 4


def build_filler(templates: Templates, knowledge: KnowledgeBase, config: TemplatesConfig) -> Filler:
    """Return what fills the templates that a configuration asks for."""
    asked = tuple(template for template in wanted(templates, config) if template.needs_document)
    matches = max(config.per_document, config.matches_per_document) if config.per_document else 0
    return Filler(asked, templates.grammars, knowledge, matches)


def fill_from_document(document: Document, language: str, filler: Filler, salt: str, ledger: Ledger) -> list[Filled]:
    """Return the pairs that templates make of a document, at most `matches` of them and one a passage.

    The templates are tried in an order drawn by hash, and of each what the document offers it in another such order,
    so that templates that fit many places come no more often than others. What a rule has sold is not offered.

    Args:
        document: The document.
        language: The code of its language.
        filler: What fills templates.
        salt: What draws depend on: seed and document.
        ledger: What was sold of the document; what the pairs sell is entered.
    """
    spoken = filler.spoken.get(language, ())
    found: list[Filled] = []
    used: set[Span] = set()
    offered = Offered(document, language, filler, salt)
    for template in sorted(spoken, key=lambda each: draw(salt, each.id)):
        if len(found) >= filler.matches:
            break
        for fit in offered.to(template)[:_TRIES]:
            filled = None if fit[0] in used else _filled(template, fit, document, filler, salt)
            if filled is None:
                continue
            sold = filled.evidence[1:] if filled.response_source == SPAN else ()
            if ledger.has(TEMPLATE, sold):
                continue
            ledger.enter(TEMPLATE, sold)
            used.add(fit[0])
            found.append(filled)
            break
    return sorted(found, key=lambda filled: filled.evidence)


def _filled(template: Template, fit: Fit, document: Document, filler: Filler, salt: str) -> Filled | None:
    context, parts = fit
    text, knowledge, grammar = document.text, filler.knowledge, filler.grammars[template.language]
    given = {name: tuple(piece.entity for piece in found) for name, found in parts.items()}
    for ordinal in range(_TRIES):
        filling = filler.candidates[template.id].fill(salt, ordinal, given)
        if filling is None:
            continue
        instruction = render(template.request, template, filling, knowledge, grammar)
        said = _as_written(filling, parts, text) if template.response == SPAN else filling
        response, source = answer(template, said, knowledge, grammar)
        if instruction is not None and response is not None:
            break
    else:
        return None
    added = tuple(entity.id for name, found in filling.items() if name not in parts for entity in found)
    fillers = (*(piece.label for found in parts.values() for piece in found), *added)
    evidence = _evidence(template, context, parts)
    passage = text[context.start : context.end] if template.passage else ""
    return Filled(template, instruction, response, source, fillers, licence_of(template, filling), passage, evidence)


def _as_written(filling: Filling, parts: Mapping[str, tuple[Piece, ...]], text: str) -> Filling:
    """Return a filling with names as they stand in the text, where one may be an alias."""
    places = {name: [piece.span for piece in found if piece.span] for name, found in parts.items()}
    written = {name: tuple(each.entity for each in pieces(text, spans)) for name, spans in places.items()}
    return {**filling, **written}


def _evidence(template: Template, context: Span, parts: Mapping[str, tuple[Piece, ...]]) -> tuple[Span, ...]:
    """Return where the request stands, which is the passage if there is one, and then what was answered with."""
    asked = [context] if template.passage else _places(template.request, parts)[:1]
    every = [piece.span for each in parts.values() for piece in each if piece.span]
    answered = _places(template.answer, parts) or every
    return tuple(dict.fromkeys((*(asked or [context]), *answered)))


def _places(text: Parts, parts: Mapping[str, tuple[Piece, ...]]) -> list[Span]:
    return [piece.span for slot in slots_of(text) for piece in parts.get(slot.name, ()) if piece.span]
