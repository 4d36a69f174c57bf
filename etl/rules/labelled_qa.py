"""Questions and answers that carry labels such as ``Q:`` and ``A:``, at the start of blocks or inside one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from etl.config.models import LabelledQaConfig
from etl.rules.answers import cut_at_footer, render, span_of, trim_tail
from etl.rules.base import Document, Pair, Span
from etl.rules.families import FAMILY_OF_RULE
from etl.rules.labels import INITIALS, Label, label_at, labels_within
from etl.rules.questions import is_question
from etl.text.blocks import CHROME, CODE, HEADING, Block

_MIN_CHARS: Final = 2


@dataclass(frozen=True, slots=True)
class LabelledQa:
    """Pairs each labelled question with the labelled answer that follows it."""

    config: LabelledQaConfig

    @property
    def name(self) -> str:
        """The key ``labelled_qa``."""
        return "labelled_qa"

    @property
    def version(self) -> str:
        """The version of the rule's output."""
        return "2"

    def __call__(self, document: Document) -> Iterator[Pair]:
        """Yield the pairs of the document in order; see `etl.rules.base.Rule`."""
        labels = _labels(document)
        couples = [
            (n, asking, answering)
            for n, ((_, asking), (_, answering)) in enumerate(pairwise(labels))
            if _belong(asking, answering)
        ]
        if not couples:
            return
        yield from self._pairs(document, labels, couples)

    def _pairs(
        self,
        document: Document,
        labels: Sequence[tuple[int, Label]],
        couples: Sequence[tuple[int, Label, Label]],
    ) -> Iterator[Pair]:
        text, blocks = document.text, document.blocks
        longest = 1
        for n, asking, answering in couples:
            instruction = text[asking.end : answering.start].strip()
            if not self._is_request(instruction, asking, document.lang):
                continue
            first = labels[n + 1][0]
            if n + 2 < len(labels):
                stop, cut = labels[n + 2][0] + 1, labels[n + 2][1].start
            else:
                # Nothing says where the last answer ends: it gets no more blocks than the longest before it.
                stop, cut = first + longest, len(text)
            answer = _clipped(text, blocks[first:stop], answering.end, cut)
            longest = max(longest, len(answer))
            if not answer:
                continue
            response = render(text, answer)
            if len(response) <= self.config.max_answer_chars:
                evidence = (_stripped(text, asking.end, answering.start), span_of(answer))
                yield Pair(instruction, response, evidence, FAMILY_OF_RULE["labelled_qa"])

    def _is_request(self, instruction: str, label: Label, lang: str | None) -> bool:
        if not _MIN_CHARS <= len(instruction) <= self.config.max_question_chars:
            return False
        # A single letter other than Q stands before much else (R: recall, D: Democrat): the wording must ask.
        return not label.doubtful or is_question(instruction, lang)


def _labels(document: Document) -> list[tuple[int, Label]]:
    """Return every label with the index of its block; inside a block only where it starts with one."""
    text = document.text
    found: list[tuple[int, Label]] = []
    for i, (kind, start, end, *_) in enumerate(document.blocks):
        # The first letter rules out most blocks without a call.
        if text[start] not in INITIALS or kind in (CODE, CHROME):
            continue
        label = label_at(text, start, end)
        if label is not None:
            found.append((i, label))
            found.extend((i, inner) for inner in labels_within(text, label.end, end))
    return found


def _belong(asking: Label, answering: Label) -> bool:
    if not asking.asks & answering.answers or asking.dotted != answering.dotted:
        return False
    return asking.number is None or answering.number is None or asking.number == answering.number


def _stripped(text: str, start: int, end: int) -> Span:
    body = text[start:end]
    return Span(start + len(body) - len(body.lstrip()), start + len(body.rstrip()))


def _clipped(text: str, blocks: Sequence[Block], start: int, end: int) -> Sequence[Block]:
    """Return the blocks of an answer from `start` to `end`, cut where something else begins."""
    kept: list[Block] = []
    for block in blocks:
        if kept and block.kind == HEADING:
            break
        span = _stripped(text, max(block.start, start), min(block.end, end))
        if span.start < span.end:
            kept.append(block._replace(start=span.start, end=span.end))
    return trim_tail(text, cut_at_footer(text, kept))
