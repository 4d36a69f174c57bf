"""What the items of a page mean: questions with answers, and how-tos, as pieces of HTML."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final, NamedTuple

from etl.text.markup.items import Item

_NAMES: Final = ("name", "question", "headline", "title")
_STEP_LISTS: Final = ("step", "steps", "itemlistelement", "item")
_SECTION: Final = "howtosection"
_TIPS: Final = frozenset({"howtotip", "howtotool", "howtosupply"})
# Answers a quiz offers to choose from are wrong but for the accepted one.
_QUIZ: Final = "eduquestiontype"
# Sections within sections: one level is common, a reference to itself would be endless.
_MAX_DEPTH: Final = 4
_VOTES: Final = re.compile(
    r"\s*([+\-−]?)\s?(\d{1,3}(?:[., \u00a0]\d{3})+|\d{1,9})(?:[.,](\d))?\s?(k?)\s*", re.IGNORECASE
)


class WordedAnswer(NamedTuple):
    """An answer as HTML."""

    html: str
    accepted: bool
    votes: int | None


class WordedQuestion(NamedTuple):
    """A question, its body if it has one, its answers: all HTML."""

    html: str
    body: str
    answers: tuple[WordedAnswer, ...]


class WordedStep(NamedTuple):
    """Name, which may be empty, and directions of a step, all HTML."""

    name: str
    directions: tuple[str, ...]


class WordedSection(NamedTuple):
    """Steps under a name, which may be empty."""

    name: str
    steps: tuple[WordedStep, ...]


class WordedHowto(NamedTuple):
    """A how-to; its name may be empty."""

    name: str
    sections: tuple[WordedSection, ...]


Worded = WordedQuestion | WordedHowto


def read_wording(items: Iterable[Item]) -> Iterator[Worded]:
    """Yield what the items state, in their order; sections of steps without a how-to around them come last."""
    sections: list[Item] = []
    used: set[int] = set()
    for item in items:
        if _is_question(item):
            question = _question(item)
            if question is not None:
                yield question
        elif "howto" in item.kinds:
            howto = WordedHowto(_first(item.texts(*_NAMES)), tuple(_sections(item, used, 0)))
            if howto.sections:
                yield howto
        elif _SECTION in item.kinds:
            sections.append(item)
    for item in sections:
        if id(item) in used:
            continue
        steps = tuple(_steps(item, used))
        if steps:
            yield WordedHowto(_first(item.texts(*_NAMES)), (WordedSection("", steps),))


def _is_question(item: Item) -> bool:
    return "question" in item.kinds or (not item.kinds and bool(item.values("acceptedanswer", "suggestedanswer")))


def _question(item: Item) -> WordedQuestion | None:
    names = item.texts(*_NAMES)
    bodies = item.texts("text", "articlebody", "description")
    asked = _first(names) or _join(bodies)
    body = _join(bodies) if names else ""
    answers = tuple(_answers(item))
    if not asked or not answers:
        return None
    return WordedQuestion(asked, "" if body == asked else body, answers)


def _answers(item: Item) -> Iterator[WordedAnswer]:
    accepted = item.values("acceptedanswer")
    suggested = [] if _QUIZ in item.properties else item.values("suggestedanswer")
    seen: set[int] = set()
    for value, is_accepted in chain(((value, True) for value in accepted), ((value, False) for value in suggested)):
        if isinstance(value, str):
            yield WordedAnswer(value, is_accepted, None)
        elif id(value) not in seen:
            seen.add(id(value))
            html = (
                _join(value.texts("text", "articlebody", "description")) or value.content or _first(value.texts("name"))
            )
            if html.strip():
                yield WordedAnswer(html, is_accepted, _votes(value))


def _votes(item: Item) -> int | None:
    """Return the votes an answer states, such as ``12``, ``-1``, ``1,204`` or ``1.2k``."""
    for text in item.texts("upvotecount", "votecount"):
        found = _VOTES.fullmatch(re.sub(r"<[^<>]*>", "", text))
        if found:
            sign, digits, tenths, thousands = found.groups()
            votes = int(re.sub(r"\D", "", digits))
            if thousands:
                votes = votes * 1000 + int(tenths or 0) * 100
            return -votes if sign in ("-", "−") else votes
    return None


def _sections(item: Item, used: set[int], depth: int) -> Iterator[WordedSection]:
    """Yield the sections of a how-to; steps outside of sections are a section without a name."""
    loose: list[WordedStep] = []
    for value in _listed(item):
        if isinstance(value, Item) and _SECTION in value.kinds and depth < _MAX_DEPTH:
            if loose:
                yield WordedSection("", tuple(loose))
                loose = []
            used.add(id(value))
            name = _first(value.texts(*_NAMES))
            for inner in _sections(value, used, depth + 1):
                yield inner if inner.name else inner._replace(name=name)
        else:
            loose += _step(value)
    if loose:
        yield WordedSection("", tuple(loose))


def _steps(item: Item, used: set[int]) -> Iterator[WordedStep]:
    for section in _sections(item, used, 1):
        yield from section.steps


def _listed(item: Item) -> list[str | Item]:
    """Return the parts of a how-to, a section or a step, lists between them taken apart."""
    found: list[str | Item] = []
    for value in item.values(*_STEP_LISTS):
        is_list = isinstance(value, Item) and not value.kinds.isdisjoint({"itemlist", "listitem"})
        found += value.values("itemlistelement", "item") or [value] if is_list and isinstance(value, Item) else [value]
    return found


def _step(value: str | Item) -> Iterator[WordedStep]:
    if isinstance(value, str):
        yield WordedStep("", (value,))
        return
    if not value.kinds.isdisjoint(_TIPS):
        return
    name = _first(value.texts("name", "headline"))
    directions: list[str] = value.texts("text", "description")
    if not directions:
        for inner in _listed(value):
            directions += [inner] if isinstance(inner, str) else inner.texts("text", "name", "description")
    if not directions and not name and value.content.strip():
        directions = [value.content]
    if directions == [name]:
        name = ""
    if name or directions:
        yield WordedStep(name, tuple(directions))


def _first(texts: list[str]) -> str:
    return texts[0] if texts else ""


def _join(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else "".join(f"<div>{text}</div>" for text in texts)
