"""Where the questions of the markup and their answers stand."""

from typing import Final, NamedTuple

from etl.text.blocks import Parsed
from etl.text.markup.canvas import Canvas
from etl.text.markup.locate import MIN_UNIQUE_LETTERS, Stretch, Wanted, wanted
from etl.text.markup.statements import Extent, StatedAnswer, StatedQuestion
from etl.text.markup.wording import WordedAnswer, WordedQuestion

# How many letters may lie between a question and a short answer, and between a question and a long one.
_NEAR: Final = 120
_FAR: Final = 20_000
# So many places of a question are tried for one that a short answer follows.
_MAX_PLACES: Final = 8


class _Read(NamedTuple):
    """An answer as the markup says it, parsed, and what to look for."""

    said: WordedAnswer
    parsed: Parsed
    sought: Wanted


class QuestionSettler:
    """Gives each question of a page its place, once."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._page = canvas.page
        self._worded: set[tuple[str, str]] = set()
        self._placed: set[tuple[str, Extent]] = set()

    def settle(self, said: WordedQuestion) -> StatedQuestion | None:
        """Return a question with its places; None for one without words and one that was there before."""
        asked = self._canvas.read(said.html)
        sought = wanted(asked.text)
        key = sought.letters or asked.text
        answers = self._read_answers(said, key)
        if not asked.text or not answers:
            return None
        stretches, question = self._find(sought, answers)
        body, below = self._canvas.read(said.body), None
        if question is not None:
            below = self._find_below(body, question)
        extent = self._page.extent(question, sought) if question else None
        if extent is None or None in stretches:
            # An answer that stands nowhere is appended below its question, also where the page shows that.
            heading = self._canvas.append_heading(asked)
            extent = extent or heading
            if below is None and body.text:
                below = self._canvas.append(body)
        stated = tuple(sorted(self._place(key, answers, stretches), key=lambda answer: answer.extent))
        if below is not None and any(_overlap(below, answer.extent) for answer in stated):
            below = None
        return StatedQuestion(extent, below, stated) if stated else None

    def _read_answers(self, said: WordedQuestion, key: str) -> list[_Read]:
        """Return the answers that were not there before, with the same question."""
        found: list[_Read] = []
        for answer in said.answers:
            parsed = self._canvas.read(answer.html)
            sought = wanted(parsed.text)
            wording = (key, sought.letters or parsed.text)
            if parsed.text and wording not in self._worded:
                self._worded.add(wording)
                found.append(_Read(answer, parsed, sought))
        return found

    def _find(self, sought: Wanted, answers: list[_Read]) -> tuple[list[Stretch | None], Stretch | None]:
        """Return where the answers stand on the page, and where their question does."""
        question: Stretch | None = None
        found: list[Stretch | None] = []
        for answer in answers:
            stretch, nearest = self._find_answer(sought, answer.sought, question)
            question = question or nearest
            found.append(stretch)
        return found, question or self._page.find(sought, self._canvas.reached) or self._page.find(sought)

    def _find_answer(
        self, question: Wanted, answer: Wanted, asked: Stretch | None
    ) -> tuple[Stretch | None, Stretch | None]:
        """Return where an answer and its question stand; `asked` is where the question is known to stand."""
        page = self._page
        if len(answer.letters) >= MIN_UNIQUE_LETTERS:
            start = asked[1] if asked else self._canvas.reached
            stretch = page.find(answer, start) or page.find(answer)
            stretch = stretch or page.find_alike(answer, start) or page.find_alike(answer)
            if stretch is None:
                return None, asked
            self._canvas.reached = stretch[1]
            return stretch, asked or page.find_last(question, stretch[0] - _FAR, stretch[0])
        at = asked or page.find(question, self._canvas.reached) or page.find(question)
        for _ in range(_MAX_PLACES):
            if at is None:
                break
            reach = at[1] + (_FAR if asked else _NEAR) + len(answer.letters)
            stretch = page.find(answer, at[1], reach)
            if stretch is not None:
                self._canvas.reached = stretch[1]
                return stretch, at
            at = page.find(question, at[1])
        return None, asked

    def _find_below(self, body: Parsed, question: Stretch) -> Extent | None:
        sought = wanted(body.text)
        stretch = self._page.find(sought, question[1]) or self._page.find_alike(sought, question[1])
        return self._page.extent(stretch, sought) if stretch else None

    def _place(self, key: str, answers: list[_Read], stretches: list[Stretch | None]) -> list[StatedAnswer]:
        """Return the answers with their places, those that stand nowhere appended."""
        placed: list[StatedAnswer] = []
        for answer, stretch in zip(answers, stretches, strict=True):
            at = self._page.extent(stretch, answer.sought) if stretch else self._canvas.append(answer.parsed)
            if (key, at) not in self._placed:
                self._placed.add((key, at))
                placed.append(StatedAnswer(at, answer.said.accepted, answer.said.votes))
        return placed


def _overlap(one: Extent, other: Extent) -> bool:
    return one.start < other.end and other.start < one.end
