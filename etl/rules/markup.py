"""Questions and how-tos that a page states in schema.org markup, in any of its three encodings."""

from collections.abc import Iterator
from dataclasses import dataclass

from etl.config.markup import MarkupConfig
from etl.rules.answers import render
from etl.rules.base import Document, Pair, Span
from etl.rules.excerpt import Excerpts
from etl.rules.families import QUESTION_ANSWERING
from etl.rules.labels import label_at
from etl.rules.markup_howto import howto_pairs
from etl.rules.numbering import number_length
from etl.rules.votes import best_answers
from etl.text.markup.statements import Extent, StatedQuestion

# A number before a question takes no more than this.
_MAX_NUMBER: int = 24


@dataclass(frozen=True, slots=True)
class Markup:
    """Pairs each question of the markup with its answers, and what a how-to is for with its steps."""

    config: MarkupConfig

    @property
    def name(self) -> str:
        """The key ``markup``."""
        return "markup"

    @property
    def version(self) -> str:
        """The version of the rule's output."""
        return "1"

    def __call__(self, document: Document) -> Iterator[Pair]:
        """Yield the pairs of the document in the order of its text; see `etl.rules.base.Rule`."""
        if not document.markup:
            return
        excerpts = Excerpts(document.blocks)
        for statement in document.markup:
            if isinstance(statement, StatedQuestion):
                yield from self._answered(document, excerpts, statement)
            else:
                yield from howto_pairs(document, excerpts, statement, self.config)

    def _answered(self, document: Document, excerpts: Excerpts, stated: StatedQuestion) -> Iterator[Pair]:
        text = document.text
        question = bare(text, stated.extent)
        instruction = " ".join(text[question.start : question.end].split())
        if not instruction or len(instruction) > self.config.max_question_chars:
            return
        spans, context = [question], ""
        if stated.body is not None and stated.body.end - stated.body.start <= self.config.max_body_chars:
            body = Span(*stated.body)
            spans.append(body)
            context = render(text, excerpts.cut(body))
        for answer in best_answers(stated.answers, self.config.max_answers, self.config.min_votes):
            place = bare(text, answer.extent)
            response = render(text, excerpts.cut(place))
            if response and len(response) <= self.config.max_answer_chars:
                evidence = (*spans, place)
                yield Pair(instruction, response, evidence, QUESTION_ANSWERING, context, answer.votes, answer.accepted)


def bare(text: str, extent: Extent) -> Span:
    """Return the span of what the markup states, without a number or a label such as ``Q:`` before it."""
    start, end = extent
    length = number_length(text[start : min(end, start + _MAX_NUMBER)])
    if start + length < end:
        start += length
    label = label_at(text, start, end)
    if label is not None and not label.doubtful and not label.dotted and label.end < end:
        start = label.end
    return Span(start, end)
