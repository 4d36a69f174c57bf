"""Sentences that give a thing the value of a fact: which thing and which value, as they are written.

A sentence counts only where nothing stands around the claim: "The capital of France is Lyon." does, "Many believe that
the capital of France is Lyon" or "Is Lyon the capital of France?" do not. So what is found is meant as a statement,
and what is said in other words is not found. All is found in time linear in the text.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

# A longer clause says more than a claim.
_MAX_CLAUSE: Final = 200
# What ends a clause; a stop within a number or an abbreviation does not.
_END: Final = re.compile(r"[.!;,](?=\s|$)|[。，；！？\n?]")
_LEADING: Final = re.compile(r"(?:[-*•>] |\d{1,3}\) |(?:Answer|A): |[“\"'(])*", re.I)
# The claim follows them: "Yes, the capital of France is Paris."
_OPENINGS: Final = frozenset(("yes", "no", "in fact", "actually", "是的", "不是"))
_ARTICLE: Final = r"(?:the |The )?"


class Claim(NamedTuple):
    """A thing and a value, as written."""

    thing: str
    value: str


class Wording(NamedTuple):
    """How a text says one fact: what a clause of it looks like, and a request that asks for it."""

    first_look: str
    clauses: tuple[re.Pattern[str], ...]
    requests: tuple[re.Pattern[str], ...]


def wording_of(words: Iterable[str]) -> Wording:
    """Return the wording of a fact that is called by one of the given words."""
    listed = sorted(words, key=lambda word: (-len(word), word))
    spaced = "|".join(re.escape(word) for word in listed if word.isascii()) or "(?!)"
    others = "|".join(re.escape(word) for word in listed if not word.isascii()) or "(?!)"
    of = rf"(?:{spaced}) (?:of|for) "
    clauses = (
        rf"{_ARTICLE}{of}(?P<thing>.+?) is (?P<value>.+)",
        rf"(?P<thing>.+?)['’]s (?:{spaced}) is (?P<value>.+)",
        rf"(?P<value>.+?) is {_ARTICLE}{of}(?P<thing>.+)",
        rf"(?P<thing>.+?) is an? .{{1,80}}? whose (?:{spaced}) is (?P<value>.+)",
        rf"(?P<thing>.+?)的(?:{others})(?:是|为)(?P<value>.+)",
        rf"(?P<value>.+?)是(?P<thing>.+?)的(?:{others})",
    )
    requests = (
        rf"(?:What(?: is|['’]s)|Which \w{{1,20}} is|(?:Name|Give|State|Tell me)) {_ARTICLE}{of}(?P<thing>.+)",
        rf"(?:What(?: is|['’]s)|Name|Give|State|Tell me) (?P<thing>.+?)['’]s (?:{spaced})",
        rf"(?P<thing>.+?)的(?:{others})(?:是什么|是哪里|是哪个城市|是哪座城市|是多少|在哪里)",
    )
    return Wording(
        "|".join(re.escape(word.lower()) for word in listed),
        tuple(re.compile(each) for each in clauses),
        tuple(re.compile(each, re.I) for each in requests),
    )


def clauses_of(text: str) -> Iterator[str]:
    """Yield the first clause of each sentence and line of a text, those that are short enough for a claim.

    >>> list(clauses_of("Bern is the capital of Switzerland, I think. Is it? - Yes, it is."))
    ['Bern is the capital of Switzerland', 'Yes', 'it is']
    """
    start, begins = 0, True
    for end in (*_END.finditer(text), None):
        stop = len(text) if end is None else end.start()
        sign = "\n" if end is None else end[0]
        clause = ""
        if begins and sign not in ("?", "？") and 0 < stop - start <= _MAX_CLAUSE:
            clause = text[start:stop].strip()
            clause = clause[_LEADING.match(clause).end() :]  # type: ignore[union-attr]
            if clause:
                yield clause
        begins = (begins and clause.lower() in _OPENINGS) or sign not in (",", "，", ";", "；")
        start = stop if end is None else end.end()


def claims_in(wording: Wording, clauses: Iterable[str]) -> Iterator[Claim]:
    """Yield what the clauses claim; a clause claims one thing at most."""
    for clause in clauses:
        found = next(filter(None, (pattern.fullmatch(clause) for pattern in wording.clauses)), None)
        if found is not None:
            yield Claim(found["thing"], found["value"])


def thing_asked_for(wording: Wording, request: str) -> str | None:
    """Return of what a request asks for the fact and for nothing else, or None.

    >>> thing_asked_for(wording_of(["capital"]), "What is the capital of France?")
    'France'
    """
    plain = request.strip().rstrip("?？.。 ")
    if len(plain) > _MAX_CLAUSE or "\n" in plain:
        return None
    found = next(filter(None, (pattern.fullmatch(plain) for pattern in wording.requests)), None)
    return None if found is None else found["thing"]
