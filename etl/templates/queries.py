"""Templates from what people ask: names that are known, and numbers, become typed slots; no model takes part.

The idea is that of FineInstructions (arXiv 2601.22146, section 3.1), whose templates a model wrote.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType
from typing import Final, NamedTuple

from etl.knowledge.gazetteer import Gazetteer
from etl.knowledge.models import KIND, KnowledgeBase
from etl.rules.imperatives import is_instruction
from etl.rules.sentences import least_chars
from etl.templates.query_kinds import kind_of

# Shorter queries ask for nothing in particular, longer ones are texts of their own.
MIN_CHARS: Final = 12
MAX_CHARS: Final = 400
# An input as long as a passage: the query is about a text.
MIN_INPUT: Final = 120
MAX_SLOTS: Final = 4
NUMBER: Final = "number"
_WITH_ARTICLE: Final = ("country", "currency")

TOO_SHORT: Final = "too_short"
TOO_LONG: Final = "too_long"
NOT_FIT: Final = "not_fit"
NO_SLOT: Final = "no_slot"
POINTS_ELSEWHERE: Final = "points_elsewhere"
REPEATED: Final = "repeated"

_NUMBER: Final = re.compile(r"(?<![\w.,:/$€£#%+-])(?:[2-9]|[1-9]\d|100)(?![\w/%:)-]|[.,]\d| ?[-–] ?\d)")
# What would be a slot, a control token or the label of a speaker in a template.
_UNFIT: Final = re.compile(r"[{}<>\[\]|｜\\]|(?:^|\s)(?:user|assistant|human|system|bot|ai|gpt)\s*[:：]", re.IGNORECASE)
_WORDS: Final = re.compile(r"[^\W_]+")
_POLITE: Final = re.compile(
    r"\A(?:please|kindly|could you|can you|would you|i want you to|请你?|麻烦你?)\s*", re.IGNORECASE
)
# What a query calls the text it came with; a template calls it the text, as what it is can be any.
_TEXT: Final[Mapping[str, tuple[re.Pattern[str], str]]] = MappingProxyType(
    {
        "en": (
            re.compile(
                r"\b(?:the|this|a)(?: (?:given|following|provided))? "
                r"(?:text|article|paper|passage|paragraph|abstract|news|story|excerpt|essay|document|blog post)\b",
                re.IGNORECASE,
            ),
            "the text",
        ),
        "zh": (re.compile("(?:下面|以下|这)?[这的]?[篇段]?(?:文章|文本|段落|短文|课文|材料|内容|文字)"), "这段文字"),
    }
)
_NAMES: Final = "abcdefgh"
# What a query points to and a template has not: "the following question".
_POINTS: Final = re.compile(
    r"\b(?:given|following|provided|requested|below|above|attached)\b|给定|以下|下列|如下|上述", re.IGNORECASE
)


class Query(NamedTuple):
    """What somebody asked.

    Attributes:
        text: The request.
        given: The text it came with, or empty.
    """

    text: str
    given: str = ""


@dataclass(frozen=True)
class MinedTemplate:
    """A template that a query became.

    Attributes:
        name: Its name and version.
        kind: What it asks for.
        request: The request with slots.
        slots: What each slot takes.
        queries: How many queries became it.
    """

    name: str
    kind: str
    request: str
    slots: Mapping[str, str]
    queries: int = 1


@dataclass
class Mined:
    """The templates of queries, and why the other queries became none."""

    templates: list[MinedTemplate] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def mine(queries: Iterable[Query], knowledge: KnowledgeBase, language: str) -> Mined:
    """Return the templates that queries in a language become, those that most queries became first.

    A query becomes one where it names something known, holds a number, or came with a text that a passage can stand
    for. The first name is one that a passage mentions, so that the template is offered to documents that know of it;
    other names are drawn from the knowledge base.
    """
    types = {entity.type for entity in knowledge.entities if KIND in entity.facts}
    gazetteer = Gazetteer(knowledge, types)
    mined = Mined()
    found: dict[str, tuple[str, dict[str, str]]] = {}
    counts: Counter[str] = Counter()
    for query in queries:
        text = " ".join(query.text.split())
        if reason := _unfit(text):
            mined.left_out[reason] += 1
            continue
        request, slots = _with_slots(text, gazetteer, language)
        if len(query.given.strip()) >= MIN_INPUT:
            request, slots = _about_a_text(request, slots, language)
        if not slots:
            mined.left_out[NO_SLOT] += 1
            continue
        if _POINTS.search(request):
            mined.left_out[POINTS_ELSEWHERE] += 1
            continue
        key = _plain(request, slots)
        counts[key] += 1
        if key in found:
            mined.left_out[REPEATED] += 1
        found.setdefault(key, (request, slots))
    for key, (request, slots) in sorted(found.items(), key=lambda each: (-counts[each[0]], each[0])):
        name = f"query_{sha256(key.encode()).hexdigest()[:10]}@1"
        mined.templates.append(MinedTemplate(name, kind_of(request, language), request, slots, counts[key]))
    return mined


def _unfit(text: str) -> str:
    if len(text) < least_chars(text, MIN_CHARS):
        return TOO_SHORT
    if len(text) > MAX_CHARS:
        return TOO_LONG
    return NOT_FIT if _UNFIT.search(text) else ""


def _with_slots(text: str, gazetteer: Gazetteer, language: str) -> tuple[str, dict[str, str]]:
    """Return a request with its names and numbers replaced, and what each slot takes."""
    pieces: list[str] = []
    slots: dict[str, str] = {}
    seen: dict[str, str] = {}
    reached = 0
    for start, end, kind in _places(text, gazetteer, language):
        said = text[start:end]
        if said not in seen:
            if len(seen) == MAX_SLOTS:
                continue
            seen[said] = _NAMES[len(seen)]
            is_first = kind != NUMBER and "p" not in slots
            if is_first:
                slots["p"] = "passage"
            slots[seen[said]] = f"mention {kind}" if is_first else kind
        before = text[reached:start]
        if kind in _WITH_ARTICLE:
            # A name brings the article that it stands with in a sentence.
            before = before.removesuffix("the ")
        pieces += [before, "{" + seen[said] + "}"]
        reached = end
    request = "".join([*pieces, text[reached:]])
    # A request that opens with a verb which few wordings know asks for something all the same.
    if is_instruction(request) and not _POLITE.match(request) and language == "en":
        request = f"Please {request[0].lower()}{request[1:]}"
    return request, slots


def _about_a_text(request: str, slots: dict[str, str], language: str) -> tuple[str, dict[str, str]]:
    """Return a request that came with a text as one about a passage; as it is where it does not speak of a text."""
    pattern, name = _TEXT.get(language, _TEXT["en"])
    found = pattern.search(request)
    if not found:
        return request, slots
    said = f"{name[0].upper()}{name[1:]}" if found.start() == 0 else name
    return request[: found.start()] + said + request[found.end() :], {"p": "passage", **slots}


def _places(text: str, gazetteer: Gazetteer, language: str) -> Iterator[tuple[int, int, str]]:
    named = [
        (mention.start, mention.end, mention.type)
        for mention in gazetteer.find(text, 0, len(text), language)
        if not mention.is_ambiguous
    ]
    taken = {at for start, end, _ in named for at in range(start, end)}
    numbers = ((found.start(), found.end(), NUMBER) for found in _NUMBER.finditer(text) if found.start() not in taken)
    yield from sorted([*named, *numbers])


def _plain(request: str, slots: Mapping[str, str]) -> str:
    """Return what requests that ask the same have in common: words without case, marks and politeness."""
    words = " ".join(_WORDS.findall(_POLITE.sub("", request.casefold())))
    return f"{words} {sorted(slots.items())}"
