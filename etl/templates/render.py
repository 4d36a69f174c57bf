"""The text that a template makes of what fills its slots."""

import re
from collections.abc import Sequence
from typing import Final

from etl.knowledge.models import Entity, KnowledgeBase
from etl.templates.draw import Filling, tongue_of
from etl.templates.models import Grammar, Template
from etl.templates.parts import BY_NAME, BY_NUMBER, COUNT, LINES, NUMBERED, PHRASE, REVERSED, SORTED, TABLE, Parts, Slot

# Behind these a phrase begins a sentence; empty is the beginning of the text.
_SENTENCE_END: Final = re.compile(r"(?:^|[.!?][\"”)]? |\n|\n- )$")
_OWN_CAPITAL: Final = re.compile(r"[a-z]+[A-Z]")
_REACH: Final = 4
_NUMBER: Final = "number"


def render(
    parts: Parts, template: Template, filling: Filling, knowledge: KnowledgeBase, grammar: Grammar
) -> str | None:
    """Return a text with its slots filled; None where an entity has no name in the language that is asked for."""
    text: list[str] = []
    tail = ""
    for part in parts:
        piece = part if isinstance(part, str) else _piece(part, template, filling, knowledge, grammar)
        if piece is None:
            return None
        if isinstance(part, Slot) and _is_phrase(part, filling) and _SENTENCE_END.search(tail):
            # A name such as iOS or openSUSE has its capital elsewhere.
            piece = piece if _OWN_CAPITAL.match(piece) else piece[:1].upper() + piece[1:]
        text.append(piece)
        tail = (tail + piece)[-_REACH:]
    return "".join(text)


def _is_phrase(slot: Slot, filling: Filling) -> bool:
    """Say whether a slot takes a capital where it begins a sentence; the words of a document stay as they are."""
    return slot.form == PHRASE and not slot.tongue and all(entity.key for entity in filling[slot.name])


def _piece(slot: Slot, template: Template, filling: Filling, knowledge: KnowledgeBase, grammar: Grammar) -> str | None:
    entities = filling[slot.name]
    if slot.fact == COUNT:
        return grammar.numbers.get(len(entities), str(len(entities)))
    if slot.tongue:
        named = _named(entities, slot, tongue_of(filling[slot.tongue][0]), template.language, grammar)
        return None if named is None else "\n".join(named) if slot.form == TABLE else grammar.join(named)
    language = template.language
    if slot.form == TABLE:
        rows = [(entity.name(language) or "", _said(entity, slot, language, knowledge)) for entity in entities]
        return "\n".join(f"{name}{grammar.colon}{said}" for name, said in rows)
    said = [_said(entity, slot, language, knowledge) for entity in _ordered(entities, slot.form, language)]
    if slot.form == NUMBERED:
        said = [f"{number}. {each}" for number, each in enumerate(said, 1)]
    return "\n".join(said) if slot.form in (LINES, SORTED, REVERSED, NUMBERED) else grammar.join(said)


def _named(entities: Sequence[Entity], slot: Slot, tongue: str, language: str, grammar: Grammar) -> list[str] | None:
    """Return the names of entities in another language, in a table beside their own; None where one has none."""
    named = []
    for entity in entities:
        name = entity.names.get(tongue)
        if name is None:
            return None
        named.append(f"{entity.name(language)}{grammar.colon}{name}" if slot.form == TABLE else name)
    return named


def _said(entity: Entity, slot: Slot, language: str, knowledge: KnowledgeBase) -> str:
    if slot.fact:
        value = entity.facts[slot.fact]
        referred = knowledge.referred(value)
        if referred is None:
            return value
        entity = referred
    bare = slot.form not in (PHRASE, BY_NUMBER)
    return (entity.name(language) if bare else entity.phrase(language)) or ""


def _ordered(entities: Sequence[Entity], form: str, language: str) -> Sequence[Entity]:
    if form == BY_NUMBER:
        return sorted(entities, key=lambda entity: int(entity.facts.get(_NUMBER, "0")))
    if form == REVERSED:
        return entities[::-1]
    if form in (BY_NAME, SORTED):
        return sorted(entities, key=lambda entity: (entity.name(language) or "").casefold())
    return entities
