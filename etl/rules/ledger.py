"""The ledger of evidence: what a rule has sold as a response, no later pair of the document sells again.

Rules look at a document one by one and know nothing of each other, so a sentence could become the answer of a
question, the definition of a term and the end of a paragraph. Training on it three times is repetition in disguise,
so the first rule in the order keeps it; the others' pairs are found all the same, with a reason.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from etl.rules.base import Document, Pair, Rule, Span
from etl.rules.families import TRANSLATION
from etl.rules.reading.translation import refusal

EVIDENCE_SOLD: Final = "evidence_sold"
# Rules that make a whole and its parts on purpose: their own pairs may lie inside one another, but two of the very
# same evidence are a second sale here too.
NESTING_RULES: Final = frozenset({"howto", "markup"})


class Found(NamedTuple):
    """A pair as a rule found it.

    Attributes:
        rule: The rule that found it.
        ordinal: Its place among the pairs of that rule in the document, from 0; refused pairs count too, so the
            place depends on no other rule.
        pair: The pair.
        reason: Why it is refused: what its rule objects to (`refusal`), or `EVIDENCE_SOLD`; None for a pair that
            stands.
    """

    rule: Rule
    ordinal: int
    pair: Pair
    reason: str | None


def find_pairs(document: Document, rules: Iterable[Rule]) -> Iterator[Found]:
    """Yield the pairs of every rule, in the order of the rules; one that sells evidence again carries a reason.

    The evidence of a response are all spans of the pair but the first; of a pair with one span that span; a pair
    without spans sells nothing. Two pairs meet where these share a character. Refused pairs sell nothing.

    Args:
        document: The document that all rules read.
        rules: The rules, the one that keeps what several of them find first.
    """
    ledger = Ledger()
    for rule in rules:
        nests = rule.name in NESTING_RULES
        for ordinal, pair in enumerate(rule(document)):
            spans = response_evidence(pair)
            reason = refusal(pair) if pair.family == TRANSLATION else None
            if reason is None and ledger.has(rule.name, spans, nests=nests):
                reason = EVIDENCE_SOLD
            if reason is None:
                ledger.enter(rule.name, spans)
            yield Found(rule, ordinal, pair, reason)


def response_evidence(pair: Pair) -> tuple[Span, ...]:
    """Return the spans that the response of a pair was made from."""
    return pair.evidence[1:] or pair.evidence


class Ledger:
    """What was sold so far, by rule."""

    def __init__(self) -> None:
        """Begin with nothing sold."""
        self._sold: dict[str, _Stretches] = {}
        self._entries: set[tuple[str, tuple[Span, ...]]] = set()

    def has(self, rule: str, spans: tuple[Span, ...], *, nests: bool = False) -> bool:
        """Return whether one of the spans was sold already, by the rule itself only where its pairs do not nest."""
        if spans and (rule, spans) in self._entries:
            return True
        return any(
            stretches.meets(span)
            for seller, stretches in self._sold.items()
            if not (nests and seller == rule)
            for span in spans
        )

    def enter(self, rule: str, spans: Sequence[Span]) -> None:
        """Note that a rule has sold these spans."""
        self._entries.add((rule, tuple(spans)))
        stretches = self._sold.setdefault(rule, _Stretches())
        for span in spans:
            stretches.add(span)


class _Stretches:
    """A set of code points as stretches in order, no two of which touch."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def meets(self, span: Span) -> bool:
        after = bisect_right(self._ends, span.start)
        return after < len(self._starts) and self._starts[after] < span.end

    def add(self, span: Span) -> None:
        if span.start >= span.end:
            return
        first = bisect_left(self._ends, span.start)
        last = bisect_right(self._starts, span.end)
        start, end = span
        if first < last:
            start, end = min(start, self._starts[first]), max(end, self._ends[last - 1])
        self._starts[first:last] = [start]
        self._ends[first:last] = [end]
