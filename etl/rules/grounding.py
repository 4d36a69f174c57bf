"""How much of a response stands verbatim in the evidence it claims."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from etl.rules.base import Span

# Shorter stretches recur by chance ("of the "), so a stretch this long, or a whole segment, counts as
# verbatim.
_SHINGLE: Final = 16
# Numbers of list items are written by the renderer, so each is judged apart from the text it stands before.
_ORDINAL: Final = re.compile(r"\d{1,4}[.)](?=\s)")
_NUMBERS: Final = re.compile(r"\d{1,4}[.)]")
# A response follows its evidence: the next line stands within so many characters behind the one before it.
_NEAR: Final = 2_000


def grounding(response: str, text: str, evidence: Sequence[Span]) -> float:
    """Return the share of the response's non-space characters that stand verbatim in the evidence.

    White space is disregarded on both sides. A stretch counts when it stands inside one span and is at least
    16 non-space characters long, or is a whole line of the response. Time and memory are linear in the lengths
    of the response and of the evidence.

    Args:
        response: The response to judge; one without non-space characters scores 0.
        text: Canonical text of the document.
        evidence: Spans of `text`.

    Returns:
        A share from 0.0 to 1.0.

    >>> grounding("Paris is a city.", "In France. Paris is  a city.", [Span(11, 28)])
    1.0
    """
    if not response or response.isspace():
        return 0.0
    # Most responses stand in the text as they are.
    if any(text.find(response, span.start, span.end) >= 0 for span in evidence):
        return 1.0
    whole = _squeeze(response)
    sources = [_squeeze(text[span.start : span.end]) for span in evidence]
    if any(whole in source for source in sources if len(source) >= len(whole)):
        return 1.0
    # No white space is left in the sources, so nothing that is looked for reaches over a line break.
    joined = "\n".join(sources)
    numbers: set[str] | None = None
    known: dict[int, set[str]] = {}
    found = at = 0
    limit = len(joined)
    for segment, is_ordinal in _segments(response):
        if is_ordinal:
            if numbers is None:
                numbers = _numbers_of(joined)
            found += len(segment) if segment in numbers else 0
            continue
        # Most lines stand whole where they are expected; shingles, which cost more, are made for the others only.
        place = joined.find(segment, at, limit)
        if place >= 0:
            found += len(segment)
            at = place + len(segment)
            limit = at + _NEAR
            continue
        size = min(_SHINGLE, len(segment))
        if size not in known:
            known[size] = {s[i : i + size] for s in sources for i in range(len(s) - size + 1)}
        found += _covered(segment, size, known[size])
        limit = at + _NEAR
    return found / len(whole)


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _numbers_of(text: str) -> set[str]:
    """Return every stretch of `text` that reads as the number of an item, those inside of longer numbers too."""
    found = _NUMBERS.findall(text)
    return {number[i:] for number in found for i in range(len(number) - 1)}


def _segments(response: str) -> Iterator[tuple[str, bool]]:
    """Yield the lines without white space, the number of an item apart, and whether it is such a number."""
    for raw in response.split("\n"):
        line = raw.strip()
        ordinal = _ORDINAL.match(line)
        if ordinal:
            yield ordinal.group(), True
            line = line[ordinal.end() :]
        squeezed = _squeeze(line)
        if squeezed:
            yield squeezed, False


def _covered(segment: str, size: int, known: set[str]) -> int:
    """Count the characters of `segment` that lie in one of its stretches of `size` that are known."""
    covered = 0
    reached = 0
    for i in range(len(segment) - size + 1):
        if segment[i : i + size] in known:
            covered += i + size - max(i, reached)
            reached = i + size
    return covered
