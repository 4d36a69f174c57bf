"""Instructions in steps: one pair for the whole, one for each step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.config.models import FaqConfig, HowtoConfig
from etl.rules.answers import render, span_of, trim_tail
from etl.rules.base import Document, Pair
from etl.rules.families import FAMILY_OF_RULE
from etl.rules.faq import answered_blocks
from etl.rules.howto_admission import is_howto
from etl.rules.howto_steps import step_pairs
from etl.rules.howto_title import Title, find_title
from etl.rules.step_words import NO_TITLE
from etl.rules.steps import find_runs
from etl.rules.steps_run import Run
from etl.text.blocks import HEADING, TERM, Block

# The terms of a definition list stand below every heading.
_TERMS_BELOW = 100


@dataclass(frozen=True, slots=True)
class Howto:
    """Pairs what a sequence of steps is for with the steps, and each step with its explanation or the next step."""

    config: HowtoConfig

    @property
    def name(self) -> str:
        """The key ``howto``."""
        return "howto"

    @property
    def version(self) -> str:
        """The version of the rule's output."""
        return "2"

    def __call__(self, document: Document) -> Iterator[Pair]:
        """Yield the pairs of the document in order, a whole before its steps; see `etl.rules.base.Rule`."""
        runs = find_runs(document.text, document.blocks)
        if not runs:
            return
        above = _headings_above(document.text, document.blocks, [run.steps[0].place for run in runs])
        answered: set[int] | None = None
        named: set[str] = set()
        reached = -1
        for run, headings in zip(runs, above, strict=True):
            first = run.steps[0].place
            if first < reached or not self.config.min_steps <= len(run.steps) <= self.config.max_steps:
                continue
            title = find_title(document, first, headings, named)
            if title is None or not is_howto(document.text, document.blocks, run, title):
                continue
            if answered is None:
                answered = answered_blocks(document, FaqConfig())
            if first in answered:
                # Steps that answer a question of the page belong to that question, whole.
                continue
            reached = run.steps[-1].stop
            if title.text not in named:
                named.add(title.text)
                yield from self._whole(document, run, title)
            for pair in step_pairs(document, run, title, next_steps=self.config.next_steps):
                if len(pair.response) <= self.config.max_answer_chars:
                    yield pair

    def _whole(self, document: Document, run: Run, title: Title) -> Iterator[Pair]:
        blocks = document.blocks[run.steps[0].place : run.steps[-1].stop]
        response = render(document.text, trim_tail(document.text, blocks))
        if len(response) <= self.config.max_answer_chars:
            yield Pair(title.text, response, (*title.spans, span_of(blocks)), FAMILY_OF_RULE["howto"])


def _headings_above(text: str, blocks: Sequence[Block], firsts: Sequence[int]) -> list[tuple[int, ...]]:
    """Return, for each index, the headings and terms it stands under: the outermost first, captions left out."""
    found: list[tuple[int, ...]] = []
    stack: list[tuple[int, int]] = []
    i = 0
    for first in firsts:
        while i < first:
            block = blocks[i]
            if block.kind in (HEADING, TERM):
                if not NO_TITLE.match(text, block.start, block.end):
                    depth = block.level if block.kind == HEADING else _TERMS_BELOW + block.level
                    while stack and stack[-1][0] >= depth:
                        stack.pop()
                    stack.append((depth, i))
            elif stack and stack[-1][0] > _TERMS_BELOW + block.level:
                # Text outside of the definition list ends what its terms name.
                stack.pop()
            i += 1
        found.append(_over(blocks, stack, first))
    return found


def _over(blocks: Sequence[Block], stack: Sequence[tuple[int, int]], first: int) -> tuple[int, ...]:
    block = blocks[first]
    if block.kind != HEADING:
        return tuple(h for depth, h in stack if depth < _TERMS_BELOW + max(block.level, 1))
    outer = tuple(h for depth, h in stack if depth < block.level)
    # In plain text the title of numbered headings may have got their level, and the line right above them any.
    return outer or tuple(h for depth, h in stack if depth == block.level or h == first - 1)
