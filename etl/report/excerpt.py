"""The piece of a document that a pair was made from, short enough to be read."""

from collections.abc import Iterable
from typing import Final

_LEAD: Final = "… "
_JOIN: Final = " … "
_TAIL: Final = " …"
# Room that each piece gets at least: a few words of evidence besides its margin and its ellipsis.
_MIN_PIECE: Final = 40
# How far the edge of a piece moves inwards to meet a gap between words.
_MAX_NUDGE: Final = 20

Spans = list[tuple[int, int]]


def make_excerpt(
    text: str, evidence: Iterable[tuple[int, int]], margin: int = 120, max_chars: int = 1500
) -> tuple[str, Spans]:
    """Return the text around the evidence, and where in it the evidence stands.

    Pieces that lie apart are joined by an ellipsis; where they are too long together, the longest are cut at
    their ends first. Spans outside the text are clipped, empty ones ignored; without evidence the excerpt is
    empty.

    Args:
        text: Text of the document.
        evidence: Spans of it, in code points, in any order; they may overlap.
        margin: Code points shown before and after each span; fewer where there are many spans.
        max_chars: Most code points of the excerpt, ellipses included; at least 40.

    Raises:
        ValueError: If `max_chars` is below 40 or `margin` below 0.

    >>> make_excerpt("Yes. What is a lake? A table of files. No.", [(5, 20), (21, 38)], margin=0)
    ('… What is a lake? A table of files. …', [(2, 17), (18, 35)])
    """
    if max_chars < _MIN_PIECE or margin < 0:
        raise ValueError(f"max_chars must be at least {_MIN_PIECE} and margin at least 0")
    valid = ((max(0, start), min(len(text), end)) for start, end in evidence)
    found = _merge(sorted(span for span in valid if span[0] < span[1]), gap=0)
    spans = found[: max_chars // _MIN_PIECE]
    if not spans:
        return "", []
    # Margins take half of the room at most, so every piece shows some of its evidence.
    margin = min(margin, max_chars // (4 * len(spans)))
    pieces = _merge([_widen(text, span, margin) for span in spans], gap=len(_JOIN))
    cut = _fit(pieces, max_chars - len(_LEAD) - len(_TAIL) - len(_JOIN) * (len(pieces) - 1))
    parts: list[str] = [_LEAD] if cut[0][0] > 0 else []
    highlights: Spans = []
    length = sum(map(len, parts))
    for number, (start, end) in enumerate(cut):
        if number:
            parts.append(_JOIN)
            length += len(_JOIN)
        highlights += [
            (length + max(low, start) - start, length + min(high, end) - start)
            for low, high in spans
            if max(low, start) < min(high, end)
        ]
        parts.append(text[start:end])
        length += end - start
    if cut[-1][1] < len(text):
        parts.append(_TAIL)
    return "".join(parts), highlights


def _merge(spans: Spans, gap: int) -> Spans:
    """Join ordered spans that overlap, or lie apart by less than `gap`."""
    merged: Spans = []
    for start, end in spans:
        if merged and start < merged[-1][1] + gap:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _widen(text: str, span: tuple[int, int], margin: int) -> tuple[int, int]:
    """Add the margin to both sides of a span, without cutting through a word where a gap is near."""
    start, end = max(0, span[0] - margin), min(len(text), span[1] + margin)
    if 0 < start < span[0] and not text[start - 1].isspace():
        limit = min(start + _MAX_NUDGE, span[0])
        start = next((i + 1 for i in range(start, limit) if text[i].isspace()), start)
    if span[1] < end < len(text) and not text[end].isspace():
        limit = max(end - _MAX_NUDGE, span[1])
        end = next((i for i in range(end - 1, limit - 1, -1) if text[i].isspace()), end)
    return start, end


def _fit(pieces: Spans, room: int) -> Spans:
    """Cut pieces at their ends to `room` code points together; short ones stay whole."""
    shortest_first = sorted(range(len(pieces)), key=lambda i: pieces[i][1] - pieces[i][0])
    cut = list(pieces)
    for done, i in enumerate(shortest_first):
        start, end = pieces[i]
        end = min(end, start + room // (len(pieces) - done))
        cut[i] = (start, end)
        room -= end - start
    return cut
