"""What a template is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from etl.templates.parts import Parts, Slot, slots_of

# The method and the rule of every pair that a template makes.
TEMPLATE: Final = "template"

KNOWLEDGE_BASE: Final = "knowledge_base"
SPAN: Final = "span"
MODEL: Final = "model"
PLACEHOLDER: Final = "placeholder"
# What a template needs for its response; MODEL and PLACEHOLDER templates are filled with a placeholder or not at all.
RESPONSES: Final = (KNOWLEDGE_BASE, SPAN, MODEL, PLACEHOLDER)

PASSAGE: Final = "passage"
# All entities of a type that a passage names, and one of them.
MENTIONS: Final = "mentions"
MENTION: Final = "mention"
# The type of a mention that may be of any type whose kind is known.
ANY_TYPE: Final = "any"

FAMILY_OF_KIND: Final[Mapping[str, str]] = {
    "definition": "definition",
    "difference": "question_answering",
    "examples": "question_answering",
    "comparison": "reasoning",
    "classification": "classification",
    "sentiment": "sentiment",
    "extraction": "extraction",
    "translation": "translation",
    "summary": "summarization",
    "reasoning": "reasoning",
    "creative": "creative",
    "command": "question_answering",
}

_CONDITION: Final = re.compile(
    r"(?P<left>[a-z]{1,20})(?:\.(?P<fact>[a-z_]{1,40}))? (?P<sign>=|!=|<) "
    r"(?P<right>[a-z]{1,20})(?:\.(?P<other>[a-z_]{1,40}))?"
)


class Condition(NamedTuple):
    """What must hold between two slots: facts that are equal, differ, or are numbers in order."""

    left: str
    fact: str
    sign: Literal["=", "!=", "<"]
    right: str
    other: str


def condition_of(text: str) -> Condition | None:
    """Return a condition such as ``a.currency != b.currency`` or ``x.continent = c``; None where it is none."""
    found = _CONDITION.fullmatch(text)
    if not found:
        return None
    left, fact, sign, right, other = (group or "" for group in found.groups())
    return Condition(left, fact, sign, right, other)  # type: ignore[arg-type]


class Typed(NamedTuple):
    """What a slot takes.

    Attributes:
        type: A type of entities, or a part of an offer; empty for a passage.
        least: How many entities at least.
        most: How many at most.
        source: Where from: `KNOWLEDGE_BASE`; `MENTIONS` or `MENTION`, names that the passage holds; `PASSAGE`; or one
            of the offers of `etl.templates.offers`.
    """

    type: str
    least: int = 1
    most: int = 1
    source: str = KNOWLEDGE_BASE

    @property
    def is_many(self) -> bool:
        """Whether it takes a list."""
        return self.most > 1


@dataclass(frozen=True, slots=True)
class Template:
    """A request with slots, and how it is answered.

    Attributes:
        id: Language, name and version, such as ``en.definition.country@1``.
        language: Its language.
        kind: What it asks for: one of the kinds of the configuration.
        family: The family of its pairs.
        request: The request.
        answer: The answer; empty where a model is needed.
        slots: What each slot takes, in the order they are filled.
        where: What must hold between them.
        response: What the answer is made of, one of `RESPONSES`.
        steps: How many steps the answer takes, from 1.
        license: The licence of its wording.
    """

    id: str
    language: str
    kind: str
    family: str
    request: Parts
    answer: Parts
    slots: Mapping[str, Typed]
    where: tuple[Condition, ...]
    response: str
    steps: int
    license: str

    @property
    def needs_document(self) -> bool:
        """Whether it has a slot that only a document fills."""
        return any(typed.source != KNOWLEDGE_BASE for typed in self.slots.values())

    @property
    def finder(self) -> str:
        """What it needs of a document: `MENTIONS`, `MENTION` or an offer; empty where it needs no more than a text."""
        sources = (typed.source for typed in self.slots.values())
        return next((source for source in sources if source not in (KNOWLEDGE_BASE, PASSAGE)), "")

    @property
    def passage(self) -> str:
        """The name of its slot for a passage, or empty."""
        return next((name for name, typed in self.slots.items() if typed.source == PASSAGE), "")

    @property
    def used(self) -> list[Slot]:
        """The slots of request and answer."""
        return [*slots_of(self.request), *slots_of(self.answer)]

    def facts(self, name: str) -> frozenset[str]:
        """Return the facts that the entities of a slot must have."""
        asked = {slot.fact for slot in self.used if slot.name == name}
        asked |= {each.fact for each in self.where if each.left == name}
        asked |= {each.other for each in self.where if each.right == name}
        return frozenset(asked - {"", "count"})


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a language joins what fills a slot.

    Attributes:
        comma: Between the entities of a list.
        last: Between the last two.
        colon: Between an entity and what is said of it, in a table.
        numbers: Small numbers in words.
        placeholder: The response where there is none yet.
    """

    comma: str
    last: str
    colon: str
    numbers: Mapping[int, str]
    placeholder: str

    def join(self, texts: list[str]) -> str:
        """Return texts as a list within a sentence."""
        return self.comma.join(texts[:-1]) + self.last + texts[-1] if len(texts) > 1 else "".join(texts)


@dataclass(frozen=True)
class Templates:
    """Every template in the order of their ids, and the grammar of each language."""

    templates: tuple[Template, ...]
    grammars: Mapping[str, Grammar]
