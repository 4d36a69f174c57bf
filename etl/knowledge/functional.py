"""Functional facts: what has one value for each thing, and where a knowledge base gives a thing two.

Which facts are functional is itself known: an entity of type `FUNCTIONAL` with the key ``country.capital`` says that a
country has one capital, and its names are the words that texts use for it. What has several values, as the official
languages of a country, has no such entity and is never judged.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from etl.knowledge.models import FUNCTIONAL, Entity, KnowledgeBase

_WORD: Final = re.compile(r"\w+")
_PREFIXES: Final = ("the ", "a ", "an ")


class Fact(NamedTuple):
    """A fact of which things of a type have one value, and the words for it: "capital", "capital city", "首都"."""

    type: str
    name: str
    words: tuple[str, ...]


class Conflict(NamedTuple):
    """Two values of a functional fact for what has the same name.

    Attributes:
        fact: The fact.
        name: The name both entities have, plain.
        written: The name of the first of them, as it is written.
        entities: The ids of the two entities.
        values: What each of them states.
        sources: Where each of them comes from.
    """

    fact: Fact
    name: str
    written: str
    entities: tuple[str, str]
    values: tuple[str, str]
    sources: tuple[str, str]

    def __str__(self) -> str:
        """Say what is stated where, in one line."""
        one, other = (
            f"{value} ({entity}, {source})"
            for value, entity, source in zip(self.values, self.entities, self.sources, strict=True)
        )
        return f"the {self.fact.name} of {self.written} is {one} and {other}"


def functional_facts(knowledge: KnowledgeBase) -> tuple[Fact, ...]:
    """Return the functional facts in the order they are known."""
    named = ((entity.key.partition("."), entity) for entity in knowledge.by_type.get(FUNCTIONAL, ()))
    return tuple(Fact(kind, name, words_of(entity)) for (kind, _, name), entity in named)


def words_of(entity: Entity) -> tuple[str, ...]:
    """Return all names and aliases of an entity, each once, in a fixed order."""
    return tuple(dict.fromkeys((*entity.names.values(), *entity.aliases)))


def plain(name: str) -> str:
    """Return a name as names are compared: without case, marks on letters, article and white space at the ends.

    >>> plain("The Brasília"), plain("  Côte d’Ivoire")
    ('brasilia', "cote d'ivoire")
    """
    decomposed = unicodedata.normalize("NFKD", name.strip().casefold().replace("’", "'"))
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    for prefix in _PREFIXES:
        bare = bare.removeprefix(prefix)
    return bare


def is_part(one: str, other: str) -> bool:
    """Return whether a plain name is another one or a part of it, in whole words.

    >>> is_part("washington", "washington, d.c."), is_part("7", "79"), is_part("华盛顿", "华盛顿哥伦比亚特区")
    (True, False, True)
    """
    if not (one.isascii() and other.isascii()):
        return one in other
    return set(_WORD.findall(one)) <= set(_WORD.findall(other))


def sure_names(entity: Entity) -> frozenset[str]:
    """Return the plain names of an entity that mean nothing else."""
    unsure = {plain(name) for name in entity.ambiguous}
    return frozenset(map(plain, words_of(entity))) - unsure


def value_names(knowledge: KnowledgeBase, value: str) -> tuple[str, ...]:
    """Return how the value of a fact is written: the names of the entity it refers to, or the text itself."""
    referred = knowledge.referred(value)
    return (value,) if referred is None else (*words_of(referred), *referred.phrases.values())


def conflicts(knowledge: KnowledgeBase) -> tuple[Conflict, ...]:
    """Return the conflicts between entities of one type and one name, in a fixed order, each two entities once.

    Two values are one where a plain name of one is a plain name of the other or a part of it. Entities that list the
    name as ambiguous are not taken for each other, so two towns of one name are no conflict where both say so.
    """
    return tuple(conflict for fact in functional_facts(knowledge) for conflict in _conflicts_of(fact, knowledge))


def _conflicts_of(fact: Fact, knowledge: KnowledgeBase) -> Iterator[Conflict]:
    first: dict[str, Entity] = {}
    seen: set[tuple[str, str]] = set()
    for entity in knowledge.by_type.get(fact.type, ()):
        value = entity.facts.get(fact.name)
        if value is None:
            continue
        for name in sorted(sure_names(entity)):
            other = first.setdefault(name, entity)
            pair = (other.id, entity.id)
            if other is entity or pair in seen or _are_one(other.facts[fact.name], value, knowledge):
                continue
            seen.add(pair)
            said = tuple(value_names(knowledge, each)[0] for each in (other.facts[fact.name], value))
            yield Conflict(fact, name, words_of(other)[0], pair, (said[0], said[1]), (other.source, entity.source))


def _are_one(one: str, other: str, knowledge: KnowledgeBase) -> bool:
    written = [set(map(plain, value_names(knowledge, value))) for value in (one, other)]
    return any(is_part(left, right) or is_part(right, left) for left in written[0] for right in written[1])
