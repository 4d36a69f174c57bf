"""Claims against what is known: a text that gives a thing another value of a functional fact than the knowledge base.

A claim contradicts where all of this holds:

- the fact is functional (`etl.knowledge.functional`), and the thing is named by a name that means nothing else;
- the knowledge base knows the fact of that thing, and no two of its entities disagree on it;
- the value is neither one of the names of the known value nor a part or a longer form of it;
- the value is one: the value of another thing or a thing of the same type, a number where all values are numbers, or
  a name in capital letters where all values are such names, spelled nothing like the right one. "The capital of
  France is lovely" is no claim.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from etl.gates.base import Refusal
from etl.knowledge.functional import (
    Conflict,
    Fact,
    conflicts,
    functional_facts,
    is_part,
    plain,
    sure_names,
    value_names,
    words_of,
)
from etl.knowledge.models import KnowledgeBase
from etl.knowledge.sentences import Claim, Wording, claims_in, clauses_of, thing_asked_for, wording_of

CONTRADICTION: Final = "contradicts_knowledge"
KNOWLEDGE_CONFLICT: Final = "knowledge_conflict"

_NAME: Final = re.compile(r"[A-Z][\w'’-]*(?: (?:[A-Z][\w'’-]*|de|del|da|do|la|le|of|the)){0,4}")
_NO_NAMES: Final = frozenset(("yes", "no", "none", "unknown", "it", "this", "that", "one", "not", "i", "there", "true"))
_ANSWER_LEAD: Final = re.compile(r"(?:It is|It's|That is|That's|Answer:|A:) ")
# From this likeness on a name is another spelling of the right one: Kiev and Kyiv, Jaunde and Yaounde.
_SPELLED_ALIKE: Final = 0.6
_MAX_NAME: Final = 60


class _Known(NamedTuple):
    """What is known of a functional fact.

    Attributes:
        fact: The fact.
        wording: How texts say it.
        values: The plain names of the value by the plain name of the thing.
        told: The value as it is shown, by the same.
        all_values: The plain names of what could be a value: of all things of its type, and of all values.
        are_numbers: Whether every value is a number.
        are_names: Whether every value is written with a capital letter in English.
        unsure: What conflicts say, by the plain name of the thing.
    """

    fact: Fact
    wording: Wording
    values: Mapping[str, frozenset[str]]
    told: Mapping[str, str]
    all_values: frozenset[str]
    are_numbers: bool
    are_names: bool
    unsure: Mapping[str, str]


@dataclass(frozen=True)
class Claims:
    """What claims are compared with.

    Attributes:
        known: What is known of each functional fact.
        in_conflict: By the id of each entity on which the knowledge base disagrees with itself, how the values it
            states are written, and what the conflict is.
    """

    known: tuple[_Known, ...]
    in_conflict: Mapping[str, tuple[tuple[str, str], ...]]

    @property
    def look(self) -> str:
        """A pattern that the lower-case text of every claim matches, for a first look."""
        return "|".join(each.wording.first_look for each in self.known)

    def refuse(self, instruction: str, response: str) -> Refusal | None:
        """Return the first contradiction of a pair, or None.

        The sentences of the response count, and a response that is nothing but the value a request asks for. What the
        request itself says does not: "True or false: the capital of France is Lyon." claims nothing.
        """
        lowered = f"{instruction}\n{response}".lower()
        looked_for = [known for known in self.known if re.search(known.wording.first_look, lowered)]
        clauses = list(clauses_of(response)) if looked_for else []
        for known in looked_for:
            for claim in (*_answers(known, instruction, response), *claims_in(known.wording, clauses)):
                refusal = _judge(known, claim)
                if refusal is not None:
                    return refusal
        return None

    def refuse_filled(self, fillers: Iterable[str], text: str) -> Refusal | None:
        """Return the conflict that a pair made from entities with these ids tells one side of, or None."""
        stated = (each for filler in fillers for each in self.in_conflict.get(filler, ()))
        return next((Refusal(KNOWLEDGE_CONFLICT, told) for name, told in stated if _holds(text, name)), None)


def _holds(text: str, name: str) -> bool:
    # A euro is not in Europe.
    if name not in text:
        return False
    return not name.isascii() or re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def build_claims(knowledge: KnowledgeBase) -> Claims:
    """Return what claims are compared with, for the functional facts of a knowledge base."""
    found = conflicts(knowledge)
    in_conflict: dict[str, tuple[tuple[str, str], ...]] = {}
    for conflict in found:
        for key in conflict.entities:
            names = value_names(knowledge, knowledge.by_id[key].facts[conflict.fact.name])
            in_conflict[key] = (*in_conflict.get(key, ()), *((name, str(conflict)) for name in names))
    return Claims(tuple(_known(fact, knowledge, found) for fact in functional_facts(knowledge)), in_conflict)


def _known(fact: Fact, knowledge: KnowledgeBase, found: tuple[Conflict, ...]) -> _Known:
    values: dict[str, frozenset[str]] = {}
    told: dict[str, str] = {}
    unsure_names: set[str] = set()
    shown: list[str] = []
    types: set[str] = set()
    for entity in knowledge.by_type.get(fact.type, ()):
        unsure_names |= set(map(plain, entity.ambiguous))
        value = entity.facts.get(fact.name)
        if value is None:
            continue
        names = value_names(knowledge, value)
        referred = knowledge.referred(value)
        types |= set() if referred is None else {referred.type}
        shown.append(names[0])
        for name in sure_names(entity):
            values[name] = values.get(name, frozenset()) | frozenset(map(plain, names))
            told.setdefault(name, names[0])
    alike = {plain(name) for kind in types for each in knowledge.by_type[kind] for name in words_of(each)}
    return _Known(
        fact,
        wording_of(fact.words),
        {name: of for name, of in values.items() if name not in unsure_names},
        told,
        frozenset(alike.union(*values.values())),
        all(map(str.isdecimal, shown)),
        all(_NAME.match(each) for each in shown),
        {conflict.name: str(conflict) for conflict in found if conflict.fact == fact},
    )


def _answers(known: _Known, instruction: str, response: str) -> Iterator[Claim]:
    thing = thing_asked_for(known.wording, instruction)
    if thing is not None and "\n" not in response.strip():
        answer = _ANSWER_LEAD.sub("", response.strip(), count=1).rstrip(".。! ")
        yield Claim(thing, answer)


def _judge(known: _Known, claim: Claim) -> Refusal | None:
    thing, written = plain(claim.thing), claim.value.strip("\"'“”‘’*_` ")
    value = plain(written)
    right = known.values.get(thing)
    if right is None or not value or len(value) > _MAX_NAME or not _is_value(known, written, value):
        return None
    if thing in known.unsure:
        return Refusal(KNOWLEDGE_CONFLICT, known.unsure[thing])
    if any(is_part(value, name) or is_part(name, value) for name in right):
        return None
    if value not in known.all_values and any(
        SequenceMatcher(None, value, name).ratio() >= _SPELLED_ALIKE for name in right
    ):
        return None
    said = f"the {known.fact.name} of {claim.thing.strip()} is {known.told[thing]}, not {written}"
    return Refusal(CONTRADICTION, said)


def _is_value(known: _Known, written: str, value: str) -> bool:
    if value in known.all_values or (known.are_numbers and value.isdecimal()):
        return True
    first, _, _ = value.partition(" ")
    return known.are_names and first not in _NO_NAMES and _NAME.fullmatch(written) is not None
