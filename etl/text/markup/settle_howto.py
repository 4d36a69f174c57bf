"""Where the how-tos of the markup and their steps stand."""

from collections.abc import Sequence
from typing import NamedTuple

from etl.text.blocks import Parsed
from etl.text.markup.canvas import TOP_LEVEL, Canvas
from etl.text.markup.locate import wanted
from etl.text.markup.statements import Extent, StatedHowto, StatedSection, StatedStep
from etl.text.markup.wording import WordedHowto, WordedSection, WordedStep


class _Step(NamedTuple):
    """A step, parsed: its name, which may be empty, and its directions."""

    name: Parsed
    directions: list[Parsed]


class _Section(NamedTuple):
    name: Parsed
    steps: list[_Step]


class HowtoSettler:
    """Gives each how-to of a page its place, once."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._known: set[tuple[str, ...]] = set()

    def settle(self, said: WordedHowto) -> StatedHowto | None:
        """Return a how-to with its places; None for one that says nothing and one that was there before.

        Steps without a name for the whole that the page does not show give None as well: they were hidden for a
        reason, and nothing says what they are for.
        """
        name = self._canvas.read(said.name)
        sections = [section for section in map(self._read_section, said.sections) if section.steps]
        wording = (wanted(name.text).letters, *_wordings(sections))
        if not sections or wording in self._known:
            return None
        self._known.add(wording)
        shown = self._find(name, sections)
        return shown or (self._append(name, sections) if name.text else None)

    def _read_section(self, said: WordedSection) -> _Section:
        steps = [step for step in map(self._read_step, said.steps) if step.name.text or step.directions]
        return _Section(self._canvas.read(said.name), steps)

    def _read_step(self, said: WordedStep) -> _Step:
        directions = [self._canvas.read(direction) for direction in said.directions]
        return _Step(self._canvas.read(said.name), [parsed for parsed in directions if parsed.text])

    def _find(self, name: Parsed, sections: Sequence[_Section]) -> StatedHowto | None:
        """Return a how-to whose steps all stand on the page, one behind the other; None for any other."""
        canvas, page = self._canvas, self._canvas.page
        found = _Finder(canvas, canvas.reached).find(sections)
        if found is None and canvas.reached:
            found = _Finder(canvas, 0).find(sections)
        if found is None:
            return None
        stated, first = found
        sought = wanted(name.text)
        stretch = page.find_last(sought, 0, first) or page.find(sought)
        extent = page.extent(stretch, sought) if stretch else None
        if extent is None and name.text:
            extent = canvas.append_heading(name)
        return StatedHowto(extent, stated)

    def _append(self, name: Parsed, sections: Sequence[_Section]) -> StatedHowto:
        canvas = self._canvas
        extent = canvas.append_heading(name)
        stated: list[StatedSection] = []
        for section in sections:
            heading = canvas.append_heading(section.name, TOP_LEVEL + 1) if section.name.text else None
            steps: list[StatedStep] = []
            for number, step in enumerate(section.steps, start=1):
                first, *others = [step.name, *step.directions] if step.name.text else step.directions
                places = [canvas.append_step(first, number), *map(canvas.append_below_step, others)]
                is_named = bool(step.name.text)
                steps.append(StatedStep(places[0] if is_named else None, tuple(places[is_named:])))
            stated.append(StatedSection(heading, tuple(steps)))
        return StatedHowto(extent, tuple(stated))


class _Finder:
    """Looks for the parts of a how-to, each behind the one before it."""

    def __init__(self, canvas: Canvas, start: int) -> None:
        self._canvas = canvas
        self._at = start
        self._first = -1

    def find(self, sections: Sequence[_Section]) -> tuple[tuple[StatedSection, ...], int] | None:
        """Return the sections with their places, and how many letters stand before the first step."""
        stated: list[StatedSection] = []
        for section in sections:
            title = self._next(section.name, counts=False)
            steps: list[StatedStep] = []
            for step in section.steps:
                name = self._next(step.name)
                directions = [place for place in map(self._next, step.directions) if place is not None]
                if len(directions) < len(step.directions) or (step.name.text and name is None):
                    return None
                steps.append(StatedStep(name, tuple(directions)))
            stated.append(StatedSection(title, tuple(steps)))
        self._canvas.reached = self._at
        return tuple(stated), self._first

    def _next(self, parsed: Parsed, *, counts: bool = True) -> Extent | None:
        page, sought = self._canvas.page, wanted(parsed.text)
        stretch = page.find(sought, self._at) or page.find_alike(sought, self._at)
        if stretch is None:
            return None
        self._at = stretch[1]
        if counts and self._first < 0:
            self._first = stretch[0]
        return page.extent(stretch, sought)


def _wordings(sections: Sequence[_Section]) -> list[str]:
    parts = [part for section in sections for step in section.steps for part in (step.name, *step.directions)]
    return [wanted(part.text).letters or part.text for part in parts]
