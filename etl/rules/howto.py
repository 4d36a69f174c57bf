"""Instructions in steps: one pair for the whole, one for each step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from etl.config.howto import HowtoConfig
from etl.config.models import FaqConfig
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
from etl.rules.steps_table import with_rows_as_items
from etl.text.blocks import HEADING, PARAGRAPH, TERM, Block
from etl.text.plain_marks import ends_open, section_depth

# The terms of a definition list stand below every heading.
_TERMS_BELOW: Final = 100
_MAX_SECTION_CHARS: Final = 100
# A heading further out says nothing about a list.
_MAX_OUTER: Final = 8


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
        return "3"

    def __call__(self, document: Document) -> Iterator[Pair]:
        """Yield the pairs of the document in order, a whole before its steps; see `etl.rules.base.Rule`."""
        document = document._replace(blocks=with_rows_as_items(document.text, document.blocks))
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
            if first in answered or (run.loose and answered):
                # Steps that answer a question of the page belong to that question, whole; on a page of questions
                # the wording of lines alone makes no steps.
                continue
            reached = run.steps[-1].stop
            if title.text not in named:
                named.add(title.text)
                yield from self._whole(document, run, title)
            # On a page of questions, steps without an explanation belong to answers.
            next_steps = self.config.next_steps and not answered
            for pair in step_pairs(document, run, title, next_steps=next_steps):
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
            depth = _depth(text, block)
            if depth:
                if not NO_TITLE.match(text, block.start, block.end):
                    while stack and stack[-1][0] >= depth:
                        stack.pop()
                    stack.append((depth, i))
            elif stack and stack[-1][0] > _TERMS_BELOW + block.level:
                # Text outside of the definition list ends what its terms name.
                stack.pop()
            i += 1
        found.append(_over(blocks, stack[-_MAX_OUTER:], first))
    return found


def _depth(text: str, block: Block) -> int:
    """Return the depth of a block that names what follows it, 0 for any other."""
    if block.kind == HEADING:
        return block.level
    if block.kind == TERM:
        return _TERMS_BELOW + block.level
    if block.kind == PARAGRAPH and not block.level and block.end - block.start <= _MAX_SECTION_CHARS:
        # Text without blank lines leaves "2.4. Usage" a paragraph.
        depth = section_depth(text[block.start : block.end])
        return depth if depth > 1 and ends_open(text[block.start : block.end]) else 0
    return 0


def _over(blocks: Sequence[Block], stack: Sequence[tuple[int, int]], first: int) -> tuple[int, ...]:
    block = blocks[first]
    if block.kind != HEADING:
        return tuple(h for depth, h in stack if depth < _TERMS_BELOW + max(block.level, 1))
    outer = tuple(h for depth, h in stack if depth < block.level)
    # In plain text the title of numbered headings may have got their level, and the line right above them any.
    return outer or tuple(h for depth, h in stack if depth == block.level or h == first - 1)
