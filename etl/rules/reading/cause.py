"""Causes: a sentence that states something and gives its reason behind "because", "due to" and their like."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from etl.rules.base import Document, Pair, Span
from etl.rules.families import FAMILY_OF_RULE
from etl.rules.reading.draw import draw
from etl.rules.reading.places import block_index, occurrences
from etl.rules.reading.requests import request
from etl.rules.reading.sentences import sentences_near
from etl.rules.reading.standing import joined, stands_alone
from etl.text.blocks import ITEM, PARAGRAPH

VERSION: Final = "1"

_CONNECTIVES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": (" because ", " due to ", " owing to ", " on account of "),
        "de": (" weil ", " aufgrund "),
        "fr": (" parce que ", " parce qu'", " parce qu’", " en raison d", " à cause d"),
        "es": (" porque ", " debido a", " a causa de"),
    }
)
# Behind these the connective gives no reason for the whole: it is denied, weighed or a complement.
_NO_EFFECT: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "en": re.compile(
            r"(?:\b(?:not|only|just|simply|merely|partly|mainly|mostly|largely|primarily|perhaps|maybe"
            r"|often|usually|probably"
            r"|possibly|precisely|exactly|especially|particularly|even|and|or|but|is|are|was|were|be"
            r"|been|being|isn't|that's"
            r"|it's|either|whether|if|when|also|in part|either|than|as|attributable|itself|amount"
            r"|payments?|tax|money|balance"
            r"|required|chiefly|solely|partially|typically|likely|apparently|themselves|generally|again"
            r"|that|which|who|errors?|problems?"
            r"|issues?)|[,;:–—-])\Z",
            re.IGNORECASE,
        ),
        "de": re.compile(
            r"(?:\b(?:nicht|nur|auch|vor allem|und|oder|aber|zum Teil|teilweise|besonders)|[;:–—-])\Z", re.IGNORECASE
        ),
        "fr": re.compile(
            r"(?:\b(?:pas|seulement|surtout|et|ou|mais|est|sont|était|soit|notamment|juste|simplement"
            r"|c['’]est|peut-être|parfois|souvent|principalement)|[,;:–—-])\Z",
            re.IGNORECASE,
        ),
        "es": re.compile(
            r"(?:\b(?:no|sólo|solo|y|o|pero|es|son|era|fue|quizás|principalmente|simplemente|ser|sea)|[,;:–—-])\Z",
            re.IGNORECASE,
        ),
    }
)
# An effect that hangs on a condition, a question or a clause of saying is not the effect of this reason.
_HYPOTHETICAL: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "en": re.compile(
            r"\b(?:if|whether|unless|because|due to|when|while|although|though|since|why|;)\b|;", re.IGNORECASE
        ),
        "de": re.compile(r"\b(?:wenn|ob|falls|weil|obwohl|während|da|warum)\b|;", re.IGNORECASE),
        "fr": re.compile(r"\b(?:si|parce|quand|lorsque|bien que|alors que|pourquoi)\b|;", re.IGNORECASE),
        "es": re.compile(r"\b(?:si|porque|cuando|aunque|mientras|por qué)\b|;", re.IGNORECASE),
    }
)
# In "Taylor, who disliked it because …, left" the reason belongs to the clause and the sentence goes on behind it.
_OPEN_CLAUSE: Final = re.compile(r", (?:who|which|whose|where|as|der|die|das|qui|dont|quien|cuyo|que)\b[^,]*\Z")
_MIN_EFFECT_CHARS: Final = 25
_MIN_REASON_CHARS: Final = 18


def find_causes(document: Document, lang: str, most: int) -> Iterator[Pair]:
    """Yield the request to give the reason for a statement, and the reason the text gives."""
    if lang not in _CONNECTIVES:
        return
    text = document.text
    yield from draw(text, occurrences(text, _CONNECTIVES[lang]), lambda place: _pair(document, lang, place), most)


def _pair(document: Document, lang: str, place: int) -> Pair | None:
    text, blocks = document.text, document.blocks
    block = blocks[block_index(blocks, place)]
    if block.kind not in (PARAGRAPH, ITEM) or place >= block.end:
        return None
    near = sentences_near(text, block.start, block.end, place, lang)
    span = next((span for span in near if span.start < place < span.end), None)
    if span is None or not stands_alone(joined(text[span.start : span.end]), lang):
        return None
    reason = Span(place + 1, span.end)
    before = Span(span.start, place - (text[place - 1] == ","))
    effect = joined(text[before.start : before.end])
    because = joined(text[reason.start : reason.end])
    if len(effect) < _MIN_EFFECT_CHARS or len(because) < _MIN_REASON_CHARS:
        return None
    if _NO_EFFECT[lang].search(effect) or _HYPOTHETICAL[lang].search(effect) or _OPEN_CLAUSE.search(effect):
        return None
    if (
        any(effect.count(a) != effect.count(b) for a, b in ("()", "“”"))
        or effect.count('"') % 2
        or any(dash in effect or dash in because for dash in "—–")
    ):
        return None
    instruction = request("cause", lang, effect)
    if instruction is None:
        return None
    evidence = (before, reason)
    return Pair(instruction, because, evidence, FAMILY_OF_RULE["reading_cause"], context=effect + " …")
