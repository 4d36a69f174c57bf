"""From what markup says to places in the canonical text; what stands nowhere on the page is put at its end.

Most markup repeats what the page shows, so its texts are looked for there, each near those before it. Some says
what the page hides behind a click or only tells to search engines. That is appended: the question or the name as a
heading, the answer or the steps below it, as the page would show them. So evidence is always a span of the text.
"""

from collections.abc import Iterable
from typing import Final

from etl.text.blocks import HEADING, ITEM, Block, Parsed
from etl.text.drafts import assemble
from etl.text.html_reader import read_html
from etl.text.markup.locate import MIN_UNIQUE_LETTERS, Page, Wanted, wanted
from etl.text.markup.statements import (
    Extent,
    StatedAnswer,
    StatedHowto,
    StatedQuestion,
    StatedSection,
    StatedStep,
    Statement,
)
from etl.text.markup.wording import Worded, WordedHowto, WordedQuestion, WordedStep

# An appended heading stands above whatever the page was about.
_LEVEL: Final = 1
_GAP: Final = "\n\n"
# How many letters may lie between a question and a short answer, and between a question and a long one.
_NEAR: Final = 120
_FAR: Final = 20_000
_MAX_PLACES: Final = 8
# All texts of the markup together may be this many times as long as the page itself.
_MAX_REPEATED: Final = 4
_FREE_CHARS: Final = 10_000

Stretch = tuple[int, int]


def settle(parsed: Parsed, worded: Iterable[Worded], n_chars: int) -> Parsed:
    """Return the parse with `markup`, in the order of the text, each statement once, and `n_markup`.

    Args:
        parsed: The page without its markup.
        worded: What the markup says.
        n_chars: Length of the page; bounds how much of its markup is read.
    """
    settler = _Settler(parsed, _MAX_REPEATED * n_chars + _FREE_CHARS)
    statements = [found for said in worded for found in [settler.settle(said)] if found is not None]
    statements.sort(key=_place)
    text, blocks = settler.text, settler.blocks
    n_markup = len(text) - len(parsed.text)
    return parsed._replace(text=text, blocks=blocks, markup=tuple(statements), n_markup=n_markup)


def _place(statement: Statement) -> tuple[int, int]:
    if isinstance(statement, StatedQuestion):
        return statement.extent
    step = statement.sections[0].steps[0]
    return statement.name or step.name or step.directions[0]


class _Settler:
    def __init__(self, parsed: Parsed, budget: int) -> None:
        self.blocks = list(parsed.blocks)
        self._pieces = [parsed.text]
        self._length = len(parsed.text)
        self._page = Page(parsed.text)
        self._budget = budget
        self._reached = 0
        self._known: set[tuple[str, str]] = set()
        self._sold: set[tuple[str, Extent]] = set()

    @property
    def text(self) -> str:
        """The canonical text with what was appended."""
        return "".join(self._pieces)

    def settle(self, said: Worded) -> Statement | None:
        """Return a statement with its places; None for one without words and one that was there before."""
        return self._question(said) if isinstance(said, WordedQuestion) else self._howto(said)

    def _question(self, said: WordedQuestion) -> StatedQuestion | None:
        asked, body = self._read(said.html), self._read(said.body)
        sought = wanted(asked.text)
        key = sought.letters or asked.text
        answers: list[tuple[Parsed, Wanted, bool, int | None]] = []
        for answer in said.answers:
            parsed = self._read(answer.html)
            answered = wanted(parsed.text)
            if parsed.text and (key, answered.letters or parsed.text) not in self._known:
                self._known.add((key, answered.letters or parsed.text))
                answers.append((parsed, answered, answer.accepted, answer.votes))
        if not asked.text or not answers:
            return None
        question: Stretch | None = None
        found: list[Stretch | None] = []
        for _, answered, _, _ in answers:
            stretch, asking = self._find_answer(sought, answered, question)
            question = question or asking
            found.append(stretch)
        question = question or self._page.find(sought, self._reached) or self._page.find(sought)
        extent = self._page.extent(question, sought) if question else None
        heading: Extent | None = None
        if extent is None or None in found:
            # An answer that stands nowhere is appended below its question, also where the page shows that.
            heading = self._append_heading(asked)
        stated: list[StatedAnswer] = []
        for (parsed, answered, accepted, votes), stretch in zip(answers, found, strict=True):
            place = self._append(parsed) if stretch is None else self._page.extent(stretch, answered)
            if (key, place) not in self._sold:
                self._sold.add((key, place))
                stated.append(StatedAnswer(place, accepted, votes))
        at = extent or heading
        if at is None or not stated:
            return None
        return StatedQuestion(at, self._body(body, question, at, stated), tuple(stated))

    def _find_answer(
        self, question: Wanted, answer: Wanted, asked: Stretch | None
    ) -> tuple[Stretch | None, Stretch | None]:
        """Return where an answer and its question stand; `asked` is where the question is known to stand."""
        page = self._page
        if len(answer.letters) >= MIN_UNIQUE_LETTERS:
            start = asked[1] if asked else self._reached
            stretch = (
                page.find(answer, start) or page.find(answer) or page.find_alike(answer, start) or page.find_alike(answer)
            )
            if stretch is None:
                return None, asked
            self._reached = stretch[1]
            near = page.find_last(question, stretch[0] - _FAR, stretch[0])
            return stretch, asked or near
        at = asked or page.find(question, self._reached) or page.find(question)
        for _ in range(_MAX_PLACES):
            if at is None:
                break
            reach = at[1] + (_FAR if asked else _NEAR) + len(answer.letters)
            stretch = page.find(answer, at[1], reach)
            if stretch is not None:
                self._reached = stretch[1]
                return stretch, at
            at = page.find(question, at[1])
        return None, asked

    def _body(
        self, body: Parsed, question: Stretch | None, asked: Extent, answers: list[StatedAnswer]
    ) -> Extent | None:
        """Return where the body of a question stands; one that stands nowhere on the page is left out."""
        sought = wanted(body.text)
        if not sought.letters or question is None:
            return None
        stretch = self._page.find(sought, question[1]) or self._page.find_alike(sought, question[1])
        if stretch is None:
            return None
        extent = self._page.extent(stretch, sought)
        overlaps = any(extent.start < place.end and place.start < extent.end for place, _, _ in answers)
        return None if overlaps or extent.start < asked.end else extent

    def _howto(self, said: WordedHowto) -> StatedHowto | None:
        name = self._read(said.name)
        sections = [
            (self._read(section.name), [self._step(step) for step in section.steps]) for section in said.sections
        ]
        letters = " ".join(wanted(part.text).letters for _, steps in sections for step in steps for part in step)
        if not letters.strip() or (name.text, letters) in self._known:
            return None
        self._known.add((name.text, letters))
        return self._shown(name, sections) or self._appended(name, sections)

    def _step(self, step: WordedStep) -> list[Parsed]:
        return [self._read(step.name), *(self._read(direction) for direction in step.directions)]

    def _shown(self, name: Parsed, sections: list[tuple[Parsed, list[list[Parsed]]]]) -> StatedHowto | None:
        """Return a how-to whose steps all stand on the page, one behind the other; None for any other."""
        found = self._in_order(sections, self._reached) or (self._in_order(sections, 0) if self._reached else None)
        if found is None:
            return None
        stated, first = found
        sought = wanted(name.text)
        at = self._page.find_last(sought, 0, first) or self._page.find(sought)
        extent = self._page.extent(at, sought) if at else None
        if extent is None and name.text:
            extent = self._append_heading(name)
        return StatedHowto(extent, stated)

    def _in_order(
        self, sections: list[tuple[Parsed, list[list[Parsed]]]], start: int
    ) -> tuple[tuple[StatedSection, ...], int] | None:
        at, first = start, -1
        stated: list[StatedSection] = []
        for section, steps in sections:
            title, at, _ = self._next(section, at)
            places: list[StatedStep] = []
            for named, *directions in steps:
                label, at, begin = self._next(named, at)
                if named.text and label is None:
                    return None
                first = begin if first < 0 and label else first
                ways: list[Extent] = []
                for direction in directions:
                    way, at, begin = self._next(direction, at)
                    if direction.text and way is None:
                        return None
                    if way is not None:
                        ways.append(way)
                        first = begin if first < 0 else first
                if label or ways:
                    places.append(StatedStep(label, tuple(ways)))
            if places:
                stated.append(StatedSection(title, tuple(places)))
        if not stated:
            return None
        self._reached = at
        return tuple(stated), first

    def _next(self, parsed: Parsed, at: int) -> tuple[Extent | None, int, int]:
        sought = wanted(parsed.text)
        stretch = self._page.find(sought, at) or self._page.find_alike(sought, at)
        if stretch is None:
            return None, at, at
        return self._page.extent(stretch, sought), stretch[1], stretch[0]

    def _appended(self, name: Parsed, sections: list[tuple[Parsed, list[list[Parsed]]]]) -> StatedHowto:
        extent = self._append_heading(name) if name.text else None
        stated: list[StatedSection] = []
        for title, steps in sections:
            heading = self._append_heading(title, _LEVEL + 1) if title.text else None
            places: list[StatedStep] = []
            for named, *directions in steps:
                parts = [part for part in (named, *directions) if part.text]
                if not parts:
                    continue
                extents = [self._append(parts[0], number=len(places) + 1), *(self._append(part, 1) for part in parts[1:])]
                places.append(
                    StatedStep(extents[0], tuple(extents[1:])) if named.text else StatedStep(None, tuple(extents))
                )
            if places:
                stated.append(StatedSection(heading, tuple(places)))
        return StatedHowto(extent, tuple(stated))

    def _read(self, html: str) -> Parsed:
        self._budget -= len(html)
        if not html or self._budget < 0:
            return Parsed("", [], None, 0)
        return assemble(read_html(html, find_chrome=False).drafts, None)

    def _append_heading(self, parsed: Parsed, level: int = _LEVEL) -> Extent:
        line = " ".join(parsed.text.split())
        return self._append(Parsed(line, [Block(HEADING, 0, len(line), level)], None, 0))

    def _append(self, parsed: Parsed, level: int = 0, *, number: int | None = None) -> Extent:
        """Put a text at the end of the canonical text; with a number, as a step of that number."""
        gap = _GAP if self._length else ""
        start = self._length + len(gap)
        self._pieces += [gap, parsed.text]
        self._length = start + len(parsed.text)
        for i, block in enumerate(parsed.blocks):
            moved = block._replace(start=block.start + start, end=block.end + start, level=block.level + level)
            if number is not None and not i:
                moved = moved._replace(kind=ITEM, level=1, number=number)
            self.blocks.append(moved)
        return Extent(start, self._length)
