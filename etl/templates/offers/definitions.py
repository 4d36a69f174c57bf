"""Definitions that a document gives: the term, the sentence, and what that sentence says of the term."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from etl.rules.base import Document, Span
from etl.rules.reading.definition import find_definitions
from etl.rules.reading.places import block_index
from etl.templates.offers.base import MAX_OFFERS, Offer, pieces

DEFINITION_PARTS: Final = ("term", "sentence", "rest")
_ARTICLE: Final = re.compile(r"(?:An?|The) ")
# Where what is said of a term begins; definitions in other words have no such part.
_COPULA: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {"en": re.compile(r" is (?=an? )"), "zh": re.compile("是(?=一[种个款套类项])")}
)
# "CVS (Concurrent Versions System)": a term in quotes is one name.
_BRACKETED: Final = re.compile(r" ?[(（].*")


def offer_definitions(document: Document, language: str) -> Iterator[Offer]:
    """Yield the sentences of a document that define a term."""
    if language not in _COPULA:
        return
    text = document.text
    for pair in find_definitions(document, language, MAX_OFFERS):
        subject, sentence = pair.evidence
        article = _ARTICLE.match(text, subject.start, subject.end) if language == "en" else None
        begin = article.end() if article else subject.start
        end = begin + len(_BRACKETED.sub("", text[begin : subject.end]).rstrip())
        if end <= begin or "\n" in text[begin:end]:
            continue
        block = document.blocks[block_index(document.blocks, sentence.start)]
        term = text[begin:end]
        parts = {"term": pieces(text, [Span(begin, end)]), "sentence": pieces(text, [sentence])}
        copula = _COPULA[language].search(text, subject.end, sentence.end)
        if copula and copula.start() == subject.end and term.lower() not in text[copula.end() : sentence.end].lower():
            parts["rest"] = pieces(text, [Span(copula.end(), sentence.end)])
        yield Offer(Span(block.start, block.end), parts)
