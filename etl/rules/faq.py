"""Questions that stand as blocks of their own, each with the blocks that answer it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from etl.config.models import FaqConfig
from etl.rules.answers import cut_at_footer, render, span_of, trim_tail
from etl.rules.base import Document, Pair, Span
from etl.rules.families import FAMILY_OF_RULE
from etl.rules.faq_blocks import taken_apart
from etl.rules.faq_evidence import named_from
from etl.rules.faq_listing import lists_articles, lists_exercises, lists_options
from etl.rules.faq_page import Asked, find_questions
from etl.rules.labels import label_at
from etl.rules.once import once
from etl.rules.questions import has_question_mark
from etl.rules.shapes import NUMBERED, PLAIN, shape_of
from etl.text.blocks import HEADING, ITEM, LINK, PARAGRAPH, STRONG, SUMMARY, TERM, Block

_SPEAKER: Final = re.compile(r"[A-Z][\w.]{0,15}(?: [\w.()]{1,15}){0,3}: ")
_MIN_CHOICES: Final = 3
_MAX_CHOICE_CHARS: Final = 120
_SENTENCE_ENDS: Final = ".!:。！："
# Shapes that do not say where the last of their answers ends, and how many blocks it gets at least.
_OPEN_ENDED: Final = frozenset((PLAIN, (SUMMARY, 0), (STRONG, 0)))
_MIN_OPEN_ENDED: Final = 2


@dataclass(frozen=True, slots=True)
class Faq:
    """Pairs each question heading, summary, term, or block of its own with what stands below it."""

    config: FaqConfig

    @property
    def name(self) -> str:
        """The key ``faq``."""
        return "faq"

    @property
    def version(self) -> str:
        """The version of the rule's output."""
        return "2"

    def __call__(self, document: Document) -> Iterator[Pair]:
        """Yield the pairs of the document in order; see `etl.rules.base.Rule`."""
        document, answered = _answered(document, self.config.max_question_chars)
        text, blocks = document.text, document.blocks
        pairs: dict[str, Pair] = {}
        for question, answer in answered:
            response = render(text, answer)
            if len(response) > self.config.max_answer_chars:
                continue
            block = blocks[question.place]
            instruction = text[question.start : block.end].strip()
            evidence = (Span(question.start, block.end), span_of(answer))
            # A question that stands twice is listed in one place and answered in the other, at more length.
            key = " ".join(instruction.lower().split())
            if key in pairs:
                if len(pairs[key].response) > len(response):
                    continue
                del pairs[key]
            pairs[key] = Pair(instruction, response, evidence, FAMILY_OF_RULE["faq"])
        yield from pairs.values()


def answered_blocks(document: Document, config: FaqConfig) -> set[int]:
    """Return the indices of the blocks that answer a question of the page, long answers included."""
    _, answered = _answered(document, config.max_question_chars)
    starts = [block.start for block in document.blocks] if answered else []
    return {bisect_right(starts, block.start) - 1 for _, answer in answered for block in answer}


@once
def _answered(document: Document, max_chars: int) -> tuple[Document, list[tuple[Asked, Sequence[Block]]]]:
    """Return the page taken apart and its answered questions, each with the blocks right behind it that answer it."""
    document = taken_apart(document, max_chars)
    text, blocks = document.text, document.blocks
    asked = find_questions(document, max_chars)
    if not asked:
        return document, []
    # On a page of questions without markup a heading between two of them is part of the answer before it: the
    # parser went by looks, and what does head a section is trimmed off the end.
    unbroken = any(question.shape == PLAIN for question in asked) and named_from(document) is not None
    listed: set[str] = set()
    found: list[tuple[Asked, Sequence[Block]]] = []
    below: list[Sequence[Block]] = []
    for question, following in zip_longest(asked, asked[1:]):
        stop = following.place if following else len(blocks)
        wording = text[question.start : blocks[question.place].end].lower()
        over_headings = unbroken and following is not None and question.shape == following.shape == PLAIN
        run = _run(text, blocks, question, stop, over_headings=over_headings)
        if following is None and question.shape in _OPEN_ENDED and len(found) > 1:
            # Nothing says where the last answer ends: it gets no more blocks than the longest before it.
            run = run[: max(_MIN_OPEN_ENDED, *(len(answer) for _, answer in found))]
        answer = _answer(text, blocks, question, run, repeated=wording in listed)
        listed.add(wording)
        if answer:
            found.append((question, answer))
            below.append(run)
    if lists_articles(text, below) or lists_exercises(text, below):
        return document, []
    told = lists_options(text, below)
    return document, [pair for pair, is_quiz in zip(found, told, strict=True) if not is_quiz]


def _run(text: str, blocks: Sequence[Block], question: Asked, stop: int, *, over_headings: bool) -> Sequence[Block]:
    """Return the blocks between a question and whatever ends its answer."""
    asking = blocks[question.place]
    end = question.place + 1
    while end < stop and (
        (over_headings and blocks[end].kind == HEADING) or not _ends(text, blocks[end], question, asking)
    ):
        end += 1
    return blocks[question.place + 1 : end]


def _answer(
    text: str, blocks: Sequence[Block], question: Asked, run: Sequence[Block], *, repeated: bool
) -> Sequence[Block]:
    """Return what of the blocks below a question answers it; empty where nothing does."""
    answer = trim_tail(text, cut_at_footer(text, run))
    if not answer or all(block.mark == LINK or block.kind == HEADING for block in answer):
        return ()
    if _closes_a_list(text, blocks, question, answer[0], repeated) or _are_choices(text, question, answer):
        return ()
    first = label_at(text, answer[0].start, answer[0].end)
    if first is not None and first.answers:
        return ()
    # "MK: Why did you join?", "HA: For a few years ...": talk, and neither line makes sense without its
    # speaker.
    talk = _SPEAKER.match(text, question.start) and _SPEAKER.match(text, answer[0].start)
    return () if talk else answer


def _closes_a_list(text: str, blocks: Sequence[Block], question: Asked, behind: Block, repeated: bool) -> bool:
    """Return whether the question ends a list of questions, so that what stands behind answers none.

    A plain line that repeats an earlier one stands behind such a list instead of ending it.
    """
    asking, before = blocks[question.place], blocks[question.place - 1]
    if not question.place or shape_of(text, before) != question.shape:
        return False
    if question.shape[0] == ITEM:
        continues = asking.number is None or before.number == asking.number - 1
        return continues and behind.level < asking.level
    return question.shape == PLAIN and not repeated and has_question_mark(text[before.start : before.end])


def _are_choices(text: str, question: Asked, answer: Sequence[Block]) -> bool:
    """Return whether all that stands behind a question is what a quiz offers to choose from."""
    if question.shape[0] not in (ITEM, PARAGRAPH, NUMBERED) or len(answer) < _MIN_CHOICES:
        return False
    return all(
        block.kind == ITEM
        and block.end - block.start <= _MAX_CHOICE_CHARS
        and text[block.end - 1] not in _SENTENCE_ENDS
        for block in answer
    )


def _ends(text: str, block: Block, question: Asked, asking: Block) -> bool:
    """Return whether `block` belongs to something else than the answer to `question`."""
    kind = question.shape[0]
    if block.kind == HEADING:
        return kind != HEADING or block.level <= asking.level
    if kind == TERM:
        return block.kind == TERM and block.level <= asking.level
    if kind == ITEM:
        if block.kind != ITEM or asking.number is None:
            return block.kind == ITEM and block.level <= asking.level
        return block.level <= asking.level and block.number == asking.number + 1
    return kind == NUMBERED and shape_of(text, block) == question.shape
