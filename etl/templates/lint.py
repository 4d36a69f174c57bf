"""What templates must satisfy: each asks for something, and everything in it can be filled from what is known."""

import re
from collections.abc import Iterator
from typing import Final

from etl.knowledge.models import KIND, KnowledgeBase
from etl.surface.models import QUESTION_MARKS, Demands
from etl.templates.models import (
    ANY_TYPE,
    KNOWLEDGE_BASE,
    MENTION,
    MENTIONS,
    MODEL,
    PASSAGE,
    PLACEHOLDER,
    SPAN,
    Template,
    Templates,
)
from etl.templates.offers import PARTS
from etl.templates.parts import (
    BY_NAME,
    BY_NUMBER,
    COUNT,
    FORMS,
    LINES,
    NUMBERED,
    REVERSED,
    SORTED,
    TABLE,
    literal_of,
    slots_of,
)

# Without these signs no literal can complete a control token of a tokenizer, whatever a name brings.
_TOKEN_SIGNS: Final = frozenset("<>[]|｜")
_SPEAKERS: Final = re.compile(r"(?:^|[\s#*])(?:user|assistant|human|system|bot|ai|gpt)\s*[:：]", re.IGNORECASE)
_COLONS: Final = (":", "：")
_LISTED: Final = (LINES, TABLE, BY_NUMBER, BY_NAME, SORTED, REVERSED, NUMBERED)


def problems(templates: Templates, knowledge: KnowledgeBase, demands: dict[str, Demands]) -> Iterator[str]:
    """Yield a sentence for everything that is wrong with templates: which one, what, and what would be valid.

    Args:
        templates: The templates.
        knowledge: What their slots are filled from.
        demands: How each language demands, by language.
    """
    yield from _used_twice(templates)
    for template in templates.templates:
        found = (
            *_texts(template),
            *_slots(template),
            *_response(template),
            *_types(template, knowledge),
            *_signal(template, demands.get(template.language, Demands())),
        )
        for problem in found:
            yield f"template {template.id}: {problem}"


def _used_twice(templates: Templates) -> Iterator[str]:
    names: set[str] = set()
    said: dict[object, str] = {}
    for template in templates.templates:
        name = template.id.rpartition("@")[0]
        if name in names:
            yield f"template {template.id}: the name is used twice; valid: a name of its own, in one version"
        names.add(name)
        text = (template.language, template.request, template.answer, tuple(template.slots.items()), template.where)
        if text in said:
            yield f"template {template.id}: says what {said[text]} says; valid: one of them"
        said.setdefault(text, template.id)


def _texts(template: Template) -> Iterator[str]:
    for text in (literal_of(template.request), literal_of(template.answer)):
        if signs := sorted(_TOKEN_SIGNS & set(text)):
            yield f"holds {signs[0]}, which could complete a control token; valid: other signs, such as ( and )"
        if found := _SPEAKERS.search(text):
            yield f"{found[0].strip()!r} names the speaker of a chat; valid: a label such as Question:"


def _slots(template: Template) -> Iterator[str]:
    valid = ", ".join(template.slots) or "a key of slots"
    used = {slot.name for slot in template.used} | {slot.tongue for slot in template.used if slot.tongue}
    for condition in template.where:
        used |= {condition.left, condition.right}
    for name in sorted(used - set(template.slots)):
        yield f"there is no slot {name}; valid: {valid}"
    # A passage is the context of a pair: the request says that there is a text and does not hold it.
    unseen = {name for name, typed in template.slots.items() if typed.source == PASSAGE}
    for name in sorted(set(template.slots) - used - unseen):
        yield f"the slot {name} is never used; valid: slots that stand in request, answer or where"
    for slot in template.used:
        typed = template.slots.get(slot.name)
        if typed is None:
            continue
        if typed.source == PASSAGE:
            yield "the passage stands in the text; valid: a request about the text, which is the context of the pair"
        if slot.form and slot.form not in FORMS:
            yield f"the form {slot.form} is unknown; valid: {', '.join(FORMS)}"
        if slot.form in _LISTED and not typed.is_many:
            yield f"the form {slot.form} needs a list; valid: a slot such as country*3-5"
    yield from _document_slots(template)


def _document_slots(template: Template) -> Iterator[str]:
    sources = {typed.source for typed in template.slots.values()} - {KNOWLEDGE_BASE, PASSAGE}
    if len(sources) > 1:
        yield f"the slots {' and '.join(sorted(sources))} never come together; valid: slots of one of them"
    if sources & {MENTIONS, MENTION} and not template.passage:
        yield "mentions without the passage that names them; valid: a slot passage beside them"
    if sum(typed.source == PASSAGE for typed in template.slots.values()) > 1:
        yield "there is more than one passage; valid: one"
    for name, typed in template.slots.items():
        if typed.source in PARTS and template.facts(name):
            yield f"nothing is known of the slot {name}, which is a part of a document; valid: no facts of it"
        if typed.source in PARTS and template.response == KNOWLEDGE_BASE:
            yield f"the slot {name} is a part of a document; valid: response span, model or placeholder"


def _response(template: Template) -> Iterator[str]:
    has_answer = bool(template.answer)
    if template.response in (MODEL, PLACEHOLDER) and has_answer:
        yield f"response {template.response} has an answer; valid: no answer, or another response"
    if template.response in (KNOWLEDGE_BASE, SPAN) and not has_answer:
        yield f"response {template.response} has no answer; valid: answer: with slots"
    if template.response == SPAN and not template.finder:
        yield "response span needs a document; valid: slots such as mentions country or list items"
    elif template.response == SPAN and not _is_of_document(template):
        yield "response span is what the document says; valid: an answer such as {x:lines}"


def _is_of_document(template: Template) -> bool:
    """Say whether all that an answer is filled with stands in the document, as it stands there."""
    return all(
        template.slots[slot.name].source != KNOWLEDGE_BASE and slot.fact in ("", COUNT) and not slot.tongue
        for slot in slots_of(template.answer)
        if slot.name in template.slots
    )


def _types(template: Template, knowledge: KnowledgeBase) -> Iterator[str]:
    for name, typed in template.slots.items():
        if typed.source == PASSAGE or typed.source in PARTS:
            continue
        if typed.type == ANY_TYPE and typed.source == MENTION:
            if wrong := template.facts(name) - {KIND}:
                yield f"not everything has the fact {min(wrong)}; valid of mention any: {KIND}"
            continue
        known = knowledge.facts_of.get(typed.type)
        if known is None:
            types = ", ".join(sorted(knowledge.facts_of))
            yield f"the slot {name} takes {typed.type}, and nothing is known of that type; valid: {types}"
            continue
        for fact in sorted(template.facts(name) - known - {COUNT}):
            yield f"no {typed.type} has the fact {fact}; valid: {', '.join(sorted(known)) or 'none'}"


def _signal(template: Template, demands: Demands) -> Iterator[str]:
    text = literal_of(template.request).strip()
    lowered = text.lower()
    asks = (
        any(mark in text for mark in QUESTION_MARKS)
        or text.endswith(_COLONS)
        or lowered.startswith(demands.starts)
        or any(word in lowered for word in demands.ends)
    )
    if not asks:
        yield (
            "nothing says that something is asked; valid: a question mark, a colon at the end, or a word that demands "
            f"at the beginning, such as {', '.join(demands.starts[:3]) or 'those of the wordings of the language'}"
        )
