"""Questions that stand as blocks of their own, each with the blocks that answer it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.config.models import FaqConfig
from etl.rules.answers import cut_at_footer, render, span_of, trim_tail
from etl.rules.base import Document, Pair, Span
from etl.rules.faq_page import NUMBERED, Asked, find_questions, shape_of
from etl.rules.families import FAMILY_OF_RULE
from etl.rules.labels import label_at
from etl.text.blocks import HEADING, ITEM, LINK, PARAGRAPH, TERM, Block


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
        return "1"

    def __call__(self, document: Document) -> Iterator[Pair]:
        """Yield the pairs of the document in order; see `etl.rules.base.Rule`."""
        asked = find_questions(document, self.config.max_question_chars)
        text, blocks = document.text, document.blocks
        pairs: dict[str, Pair] = {}
        for n, question in enumerate(asked):
            stop = asked[n + 1].index if n + 1 < len(asked) else len(blocks)
            answer = _answer(text, blocks, question, stop)
            if not answer:
                continue
            response = render(text, answer)
            if len(response) > self.config.max_answer_chars:
                continue
            block = blocks[question.index]
            instruction = text[question.start : block.end].strip()
            evidence = (Span(question.start, block.end), span_of(answer))
            # A question that stands twice is first listed, then answered: the later place holds the answer.
            key = " ".join(instruction.lower().split())
            pairs.pop(key, None)
            pairs[key] = Pair(instruction, response, evidence, FAMILY_OF_RULE["faq"])
        yield from pairs.values()


def _answer(text: str, blocks: Sequence[Block], question: Asked, stop: int) -> Sequence[Block]:
    """Return the blocks between a question and whatever ends its answer; empty where there is no answer."""
    asking = blocks[question.index]
    end = question.index + 1
    while end < stop and not _ends(text, blocks[end], question, asking):
        end += 1
    answer = trim_tail(text, cut_at_footer(text, blocks[question.index + 1 : end]))
    if not answer or all(block.mark == LINK or block.kind == HEADING for block in answer):
        return ()
    first = label_at(text, answer[0].start, answer[0].end)
    if first is not None and first.answers:
        return ()
    return answer


def _ends(text: str, block: Block, question: Asked, asking: Block) -> bool:
    """Return whether `block` belongs to something else than the answer to `question`."""
    kind = question.shape[0]
    if block.kind == HEADING:
        return kind != HEADING or block.level <= asking.level
    if kind == TERM:
        return block.kind == TERM and block.level <= asking.level
    if kind == ITEM:
        return block.level == 0 if block.kind == PARAGRAPH else block.kind == ITEM and block.level <= asking.level
    return kind == NUMBERED and block.kind == PARAGRAPH and shape_of(text, block) == question.shape
