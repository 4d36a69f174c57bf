"""What a knowledge base holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

# Stands for every language that has no name of its own.
ANY_LANGUAGE: Final = "any"
# The type of the entities that say what the entities of another type are, and the fact that refers to them.
KIND: Final = "kind"
# The type of the entities that say of which facts a thing has one value: their keys are such as country.capital.
FUNCTIONAL: Final = "functional_fact"
# A fact that begins with it is the id of another entity.
REFERENCE: Final = "@"


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing that is known.

    Attributes:
        type: What it is: country, currency, language, or whatever a user's file says.
        key: Its key, unique among those of its type.
        names: Its name by language; `ANY_LANGUAGE` for all others.
        phrases: How it stands inside a sentence, by language, where that is not its name: "the Netherlands".
        aliases: Other names that mean it and nothing else, in any language.
        ambiguous: Names that may mean something else too; a text that holds one is left alone.
        facts: What is known of it: a text, a number, or `REFERENCE` and the id of another entity.
        source: Where it comes from.
        license: The licence of that.
    """

    type: str
    key: str
    names: Mapping[str, str]
    source: str
    license: str
    phrases: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    ambiguous: frozenset[str] = frozenset()
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Type and key: what a pair records."""
        return f"{self.type}/{self.key}"

    @property
    def is_only_ambiguous(self) -> bool:
        """Whether no name of it is sure to mean it: it is known so that texts about it are left alone."""
        return bool(self.ambiguous) and self.ambiguous >= {*self.names.values(), *self.aliases}

    def name(self, language: str) -> str | None:
        """Return the name in a language, or None."""
        return self.names.get(language) or self.names.get(ANY_LANGUAGE)

    def phrase(self, language: str) -> str | None:
        """Return how it stands inside a sentence, or None."""
        return self.phrases.get(language) or self.name(language)


@dataclass(frozen=True, eq=False)
class KnowledgeBase:
    """Entities in the order of their files, with an id each of its own.

    Attributes:
        entities: The entities.
        digest: Hash of what they were read from.
    """

    entities: tuple[Entity, ...]
    digest: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KnowledgeBase) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __reduce__(self) -> tuple[type["KnowledgeBase"], tuple[tuple[Entity, ...], str]]:
        # What was looked up so far need not cross over to a worker.
        return KnowledgeBase, (self.entities, self.digest)

    @cached_property
    def by_id(self) -> Mapping[str, Entity]:
        """The entities by id."""
        return {entity.id: entity for entity in self.entities}

    @cached_property
    def by_type(self) -> Mapping[str, tuple[Entity, ...]]:
        """The entities of each type."""
        return _grouped((entity.type, entity) for entity in self.entities)

    @cached_property
    def by_fact(self) -> Mapping[tuple[str, str, str], tuple[Entity, ...]]:
        """The entities by type, name of a fact, and its value."""
        return _grouped(
            ((entity.type, name, value), entity) for entity in self.entities for name, value in entity.facts.items()
        )

    @cached_property
    def facts_of(self) -> Mapping[str, frozenset[str]]:
        """The names of the facts that are known of some entity of each type."""
        return {kind: frozenset(name for each in found for name in each.facts) for kind, found in self.by_type.items()}

    @cached_property
    def languages(self) -> frozenset[str]:
        """The codes of the languages in which something has a name."""
        return frozenset(language for entity in self.entities for language in entity.names) - {ANY_LANGUAGE}

    def referred(self, value: str) -> Entity | None:
        """Return the entity that the value of a fact refers to, or None where it is a text or a number."""
        return self.by_id.get(value[len(REFERENCE) :]) if value.startswith(REFERENCE) else None


def _grouped(pairs: Iterable[tuple[Any, Entity]]) -> dict[Any, tuple[Entity, ...]]:
    groups: dict[Any, list[Entity]] = {}
    for key, entity in pairs:
        groups.setdefault(key, []).append(entity)
    return {key: tuple(found) for key, found in groups.items()}
