"""Instructions in steps: one pair for the whole, one for each step that is explained."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from etl.config.models import FaqConfig, HowtoConfig
from etl.rules.answers import cut_at_footer, render, span_of, trim_tail
from etl.rules.base import Document, Pair, Span
from etl.rules.families import FAMILY_OF_RULE
from etl.rules.faq import answered_blocks
from etl.rules.howto_title import Title, find_title
from etl.rules.imperatives import is_instruction
from etl.rules.questions import has_question_mark
from etl.rules.sentences import colon_end, lead_end
from etl.rules.step_words import NO_TITLE
from etl.rules.steps import Run, Step, find_runs
from etl.text.blocks import HEADING, LINK, Block

_MIN_INSTRUCTIONS: Final = 0.5
_MIN_INSTRUCTIONS_UNDER_A_REQUEST: Final = 0.2
_MAX_LINKS: Final = 0.5
_MAX_QUESTIONS: Final = 0.3
_MIN_MEDIAN_CHARS: Final = 8
_MIN_LEAD_CHARS: Final = 6
_MIN_EXPLANATION_CHARS: Final = 8


@dataclass(frozen=True, slots=True)
class Howto:
    """Pairs what a sequence of steps is for with the steps, and each explained step with its explanation."""

    config: HowtoConfig

    @property
    def name(self) -> str:
        """The key ``howto``."""
        return "howto"

    @property
    def version(self) -> str:
        """The version of the rule's output."""
        return "1"

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
            title = find_title(document, first, headings)
            if title is None or not _is_howto(document.text, document.blocks, run, title):
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
            yield from self._explained(document, run)

    def _whole(self, document: Document, run: Run, title: Title) -> Iterator[Pair]:
        blocks = document.blocks[run.steps[0].place : run.steps[-1].stop]
        response = render(document.text, trim_tail(document.text, blocks))
        if len(response) <= self.config.max_answer_chars:
            yield Pair(title.text, response, (*title.spans, span_of(blocks)), FAMILY_OF_RULE["howto"])

    def _explained(self, document: Document, run: Run) -> Iterator[Pair]:
        for step in run.steps:
            pair = _explained_step(document.text, document.blocks, step)
            if pair is not None and len(pair.response) <= self.config.max_answer_chars:
                yield pair


def _is_howto(text: str, blocks: Sequence[Block], run: Run, title: Title) -> bool:
    steps = [blocks[step.place] for step in run.steps]
    if title.excluded or sum(block.mark == LINK for block in steps) > _MAX_LINKS * len(steps):
        return False
    if sorted(block.end - block.start for block in steps)[len(steps) // 2] < _MIN_MEDIAN_CHARS:
        return False
    asking = sum(has_question_mark(text[block.start : block.end]) for block in steps)
    if asking > _MAX_QUESTIONS * len(steps):
        return False
    if run.labelled:
        return True
    share = sum(is_instruction(text[step.start : blocks[step.place].end]) for step in run.steps) / len(steps)
    if run.shape[0] == HEADING:
        return title.asks and share >= _MIN_INSTRUCTIONS
    return share >= (_MIN_INSTRUCTIONS_UNDER_A_REQUEST if title.asks or title.announced else _MIN_INSTRUCTIONS)


def _explained_step(text: str, blocks: Sequence[Block], step: Step) -> Pair | None:
    """Return the pair of a step and what stands behind its first sentence; None where nothing does."""
    end = blocks[step.place].end
    wording = text[step.start : end]
    body = trim_tail(text, cut_at_footer(text, blocks[step.place + 1 : step.stop]))
    cut = lead_end(wording)
    if cut == len(wording) and not body:
        cut = colon_end(wording)
    lead = wording[:cut].rstrip(" :：")
    rest = Block("", end - len(wording[cut:].lstrip()), end)
    behind = [rest, *body] if rest.start < end else list(body)
    if not behind or len(lead) < _least(lead, _MIN_LEAD_CHARS) or (lead.isascii() and " " not in lead):
        return None
    response = render(text, behind)
    if len(response) < _least(response, _MIN_EXPLANATION_CHARS):
        return None
    evidence = (Span(step.start, step.start + cut), span_of(behind))
    return Pair(lead, response, evidence, FAMILY_OF_RULE["howto"])


def _least(text: str, chars: int) -> int:
    """Return how long `text` has to be at least: scripts without spaces say as much in half the characters."""
    return chars if text.isascii() else chars // 2


def _headings_above(text: str, blocks: Sequence[Block], firsts: Sequence[int]) -> list[tuple[int, ...]]:
    """Return, for each index, the headings it stands under: the outermost first, levels rising, captions left out."""
    found: list[tuple[int, ...]] = []
    stack: list[int] = []
    i = 0
    for first in firsts:
        level = blocks[first].level if blocks[first].kind == HEADING else 0
        while i < first:
            if blocks[i].kind == HEADING and not NO_TITLE.match(text, blocks[i].start, blocks[i].end):
                while stack and blocks[stack[-1]].level >= blocks[i].level:
                    stack.pop()
                stack.append(i)
            i += 1
        found.append(tuple(h for h in stack if not level or blocks[h].level < level))
    return found
