"""Pages of one question and its answers, as forums and question sites print them, without markup to say so."""

from collections.abc import Iterator
from dataclasses import dataclass

from etl.config.markup import ThreadConfig
from etl.rules.answers import render, span_of, trim_tail
from etl.rules.base import Document, Pair, Span
from etl.rules.families import FAMILY_OF_RULE
from etl.rules.labels import label_at
from etl.rules.numbering import number_length
from etl.rules.questions import has_question_mark
from etl.rules.thread_parts import ThreadParts, read_thread
from etl.rules.votes import best_answers


@dataclass(frozen=True, slots=True)
class Thread:
    """Pairs the question of a thread with its accepted and best answers; comments and signatures are left out."""

    config: ThreadConfig

    @property
    def name(self) -> str:
        """The key ``thread``."""
        return "thread"

    @property
    def version(self) -> str:
        """The version of the rule's output."""
        return "1"

    def __call__(self, document: Document) -> Iterator[Pair]:
        """Yield the pairs of the document in the order of its text; see `etl.rules.base.Rule`."""
        thread = read_thread(document)
        if thread is None:
            return
        text = document.text
        question = _bare(text, thread)
        instruction = " ".join(text[question.start : question.end].split())
        # A heading "Answer" alone also stands in textbooks, below an exercise.
        if not instruction or not (thread.is_counted or has_question_mark(instruction)):
            return
        if len(instruction) > self.config.max_question_chars:
            return
        spans, context = [question], ""
        if thread.body and thread.body[-1].end - thread.body[0].start <= self.config.max_body_chars:
            context = render(text, thread.body)
            spans.append(span_of(thread.body))
        for answer in best_answers(thread.answers, self.config.max_answers, self.config.min_votes):
            blocks = trim_tail(text, answer.blocks)
            response = render(text, blocks) if blocks else ""
            if response and len(response) <= self.config.max_answer_chars:
                evidence = (*spans, span_of(blocks))
                family = FAMILY_OF_RULE["thread"]
                yield Pair(instruction, response, evidence, family, context, answer.votes, answer.accepted)


def _bare(text: str, thread: ThreadParts) -> Span:
    """Return the span of the question without a number or a label before it."""
    start, end = thread.title.start, thread.title.end
    label = label_at(text, start, end)
    if label is not None and label.asks and not label.dotted and label.end < end:
        start = label.end
    length = number_length(text[start:end])
    return Span(start + length if start + length < end else start, end)
