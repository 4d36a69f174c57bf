"""Which entities fill the slots of a template: drawn by hash, so that the same knowledge gives the same pairs."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final

from etl.knowledge.models import ANY_LANGUAGE, REFERENCE, Entity, KnowledgeBase
from etl.templates.models import PASSAGE, Condition, Template

# Draws for one entity before the whole filling is given up: conditions between slots may be hard to meet.
_TRIES: Final = 20

Filling = Mapping[str, tuple[Entity, ...]]


def draw(*parts: object) -> int:
    """Return a number that depends on the parts only.

    >>> draw(42, "en.definition.country@1", 0) == draw(42, "en.definition.country@1", 0)
    True
    """
    text = "\0".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big")


class Candidates:
    """The entities that a slot of a template can take, found once for all fillings of it."""

    def __init__(self, knowledge: KnowledgeBase, template: Template) -> None:
        """Look through the entities of the types of the template."""
        self._knowledge = knowledge
        self._template = template
        self._of = {
            name: tuple(each for each in knowledge.by_type.get(typed.type, ()) if self._fits(each, name))
            for name, typed in template.slots.items()
        }
        self._fitting = {name: frozenset(entity.id for entity in found) for name, found in self._of.items()}

    def fill(self, seed: int | str, ordinal: int, given: Filling | None = None) -> Filling | None:
        """Return the entities of each slot for one of the fillings of the template, or None where none was found.

        Args:
            seed: What the draw depends on beside the template.
            ordinal: Which of the fillings.
            given: What slots of a passage or a document are filled with already.
        """
        filling: dict[str, tuple[Entity, ...]] = dict(given or {})
        for name, typed in self._template.slots.items():
            if name in filling or typed.source == PASSAGE:
                continue
            found = self._draw(filling, name, seed, ordinal)
            if found is None:
                return None
            filling[name] = found
        return filling

    def _draw(self, filling: Filling, name: str, seed: int | str, ordinal: int) -> tuple[Entity, ...] | None:
        typed = self._template.slots[name]
        salt = (seed, self._template.id, ordinal, name)
        wanted = typed.least + draw(*salt, "count") % (typed.most - typed.least + 1)
        candidates = self._narrowed(filling, name)
        taken = {entity.id for each in filling.values() for entity in each}
        tongues = {slot.tongue for slot in self._template.used if slot.name == name and slot.tongue}
        found: list[Entity] = []
        for attempt in range(_TRIES * wanted):
            if len(found) == wanted or not candidates:
                break
            entity = candidates[draw(*salt, attempt) % len(candidates)]
            if entity.id in taken or entity.id not in self._fitting[name]:
                continue
            if not all(entity.names.get(tongue_of(filling[tongue][0])) for tongue in tongues if tongue in filling):
                continue
            if all(self._holds(each, {**filling, name: (entity,)}) for each in self._template.where):
                taken.add(entity.id)
                found.append(entity)
        return tuple(found) if len(found) == wanted else None

    def _narrowed(self, filling: Filling, name: str) -> Sequence[Entity]:
        """Return what a slot can take, without looking through a type for the few entities with a certain fact."""
        for each in self._template.where:
            if each.sign == "=" and each.left == name and each.right in filling:
                value = _value(filling[each.right][0], each.other)
                kind = self._template.slots[name].type
                return self._knowledge.by_fact.get((kind, each.fact, value or ""), ())
            if each.sign == "=" and each.right == name and not each.other and each.left in filling:
                referred = self._knowledge.referred(_value(filling[each.left][0], each.fact) or "")
                return () if referred is None else (referred,)
        return self._of[name]

    def _fits(self, entity: Entity, name: str) -> bool:
        """Say whether all that is written of an entity is known: its facts, in the language of the template."""
        language = self._template.language
        if entity.name(language) is None or entity.is_only_ambiguous:
            return False
        for fact in self._template.facts(name):
            value = entity.facts.get(fact)
            if value is None:
                return False
            referred = self._knowledge.referred(value)
            if referred is not None and referred.name(language) is None:
                return False
        is_tongue = any(slot.tongue == name for slot in self._template.used)
        return not is_tongue or (tongue_of(entity) != language and tongue_of(entity) in self._knowledge.languages)

    def _holds(self, condition: Condition, filling: Filling) -> bool:
        if condition.left not in filling or condition.right not in filling:
            return True
        for left in filling[condition.left]:
            for right in filling[condition.right]:
                if not _compare(_value(left, condition.fact), condition.sign, _value(right, condition.other)):
                    return False
        return True


def tongue_of(entity: Entity) -> str:
    """Return the code of the language that an entity is; `ANY_LANGUAGE` for what is no language."""
    return entity.facts.get("code", ANY_LANGUAGE)


def _value(entity: Entity, fact: str) -> str | None:
    return entity.facts.get(fact) if fact else REFERENCE + entity.id


def _compare(left: str | None, sign: str, right: str | None) -> bool:
    if left is None or right is None:
        return False
    if sign == "<":
        return left.isdecimal() and right.isdecimal() and int(left) < int(right)
    return (left == right) is (sign == "=")
