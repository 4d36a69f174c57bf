"""Excerpts: a model marks what it quotes by its first and last words, and the document's own text takes their place.

FineInstructions, section 3.3: ``<excerpt>opening words<...>closing words</excerpt>``; what is quoted whole, without
the dots, is accepted too. White space is disregarded where words are looked for.
"""

from typing import Final, NamedTuple

OPEN, CLOSE, DOTS = "<excerpt>", "</excerpt>", "<...>"
# Why an excerpt, and with it the answer, is refused.
NOT_FOUND: Final = "excerpt_not_found"
AMBIGUOUS: Final = "excerpt_ambiguous"
MALFORMED: Final = "excerpt_malformed"


class ExcerptError(Exception):
    """An excerpt that is not exactly one place of the document; `reason` is one of the constants above."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail[:200]


class _Squeezed(NamedTuple):
    """A text without white space, and where each of its characters stood."""

    text: str
    places: list[int]


def expand(answer: str, document: str) -> str:
    """Return an answer with every excerpt written out as it stands in the document.

    Raises:
        ExcerptError: An excerpt stands nowhere, or in several places, or its marks do not match.

    >>> expand("It says: <excerpt>one<...>three</excerpt>!", "Count: one two three four")
    'It says: one two three!'
    """
    if OPEN not in answer and CLOSE not in answer:
        return answer
    squeezed: _Squeezed | None = None
    parts: list[str] = []
    at = 0
    while (start := answer.find(OPEN, at)) >= 0:
        end = answer.find(CLOSE, start)
        quoted = answer[start + len(OPEN) : end]
        if end < 0 or OPEN in quoted or CLOSE in answer[at:start]:
            raise ExcerptError(MALFORMED, "marks that open and close an excerpt do not match")
        squeezed = squeezed or _squeezed(document)
        first, last = _place(quoted, squeezed)
        parts += [answer[at:start], document[first:last]]
        at = end + len(CLOSE)
    if CLOSE in answer[at:]:
        raise ExcerptError(MALFORMED, "marks that open and close an excerpt do not match")
    return "".join([*parts, answer[at:]])


def _place(quoted: str, document: _Squeezed) -> tuple[int, int]:
    """Return where an excerpt stands in the document."""
    opening, dots, closing = quoted.partition(DOTS)
    if DOTS in closing:
        raise ExcerptError(MALFORMED, "more than one omission in an excerpt")
    head, tail = "".join(opening.split()), "".join(closing.split())
    if not head or (dots and not tail):
        raise ExcerptError(MALFORMED, "an excerpt without opening or closing words")
    start = document.text.find(head)
    end = document.text.find(tail, start + len(head)) if start >= 0 else -1
    if start < 0 or end < 0:
        raise ExcerptError(NOT_FOUND, quoted)
    again = document.text.find(head, start + 1) if dots else -1
    # Behind another beginning the same end may be reached, and what is meant is one of two.
    if again >= 0 and document.text.find(tail, again + len(head)) >= 0:
        raise ExcerptError(AMBIGUOUS, quoted)
    last = (end + len(tail) if dots else start + len(head)) - 1
    return document.places[start], document.places[last] + 1


def _squeezed(text: str) -> _Squeezed:
    places = [place for place, sign in enumerate(text) if not sign.isspace()]
    return _Squeezed("".join(text.split()), places)
