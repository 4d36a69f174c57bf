"""Definitions: a sentence that says of a term what it is, "A kernel is a program that …"."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from etl.rules.base import Document, Pair, Span
from etl.rules.families import FAMILY_OF_RULE
from etl.rules.reading.definition_words import CLAUSES, NO_PREDICATES, NO_TERMS, PEOPLE
from etl.rules.reading.draw import draw
from etl.rules.reading.places import block_index, occurrences
from etl.rules.reading.sentences import sentences_near
from etl.rules.reading.standing import joined, stands_alone
from etl.text.blocks import PARAGRAPH

VERSION: Final = "1"

_MAX_TERM_CHARS: Final = 50
_MAX_TERM_WORDS: Final = 5
# What stands before a sentence, or between blocks: a term begins a sentence, so one of these is near.
_BEFORE: Final = re.compile(r"[.!?:]\s|\n|[。！？]|\A")
_COPULAS: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "en": re.compile(r" (?:is an? |is defined as |refers to |are )"),
        "de": re.compile(r" (?:ist eine? |bezeichnet (?:eine?n? |die |das |den ))"),
        "fr": re.compile(r" (?:est une? |désigne (?:une? |l['’]|le |la |les ))"),
        "es": re.compile(r" (?:es una? |se define como )"),
        "zh": re.compile("(?:是一[种个款套类项]|是指|指的是)"),
    }
)
# What to search the text for; the pattern of the copula judges what is found.
_SIGNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": (" is a", " are ", " is defined as ", " refers to "),
        "de": (" ist ein", " bezeichnet "),
        "fr": (" est un", " désigne "),
        "es": (" es un", " se define como "),
        "zh": ("是一", "是指", "指的是"),
    }
)
_ARTICLES: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "en": re.compile(r"(?:An?|The) "),
        "de": re.compile(r"(?:Eine?|Der|Die|Das) "),
        "fr": re.compile(r"(?:Une?|Les?|La) |L['’]"),
        "es": re.compile(r"(?:Una?|El|La) "),
        "zh": re.compile("(?!)"),
    }
)
_QUESTIONS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "en": ("What is {}?", "Who is {}?"),
        "de": ("Was ist {}?", "Wer ist {}?"),
        "fr": ("Que désigne « {} » ?", "Qui est {} ?"),
        "es": ("¿Qué es {}?", "¿Quién es {}?"),
        "zh": ("什么是{}？", "{}是谁？"),
    }
)
_PLURAL: Final = "What are {}?"
# "Ann is a designer, and Bob is a writer": a sentence about two things defines neither.
_TWO_SUBJECTS: Final = re.compile(r";|, (?:and|while|und|et|y) (?:[A-Z]\w+ ){1,3}(?:is|are|ist|sind|est|es) ")
_DEFINITE: Final = frozenset({"the", "der", "die", "das", "el", "la", "le", "les", "l'", "l’"})
# A term: letters, digits and a few joints; an abbreviation of it may follow in parentheses.
_TERM: Final = re.compile(r"[\w+#.'’/-]+(?: [\w+#.'’/-]+)*(?: \([\w .&-]{1,40}\))?\Z")


def find_definitions(document: Document, lang: str, most: int) -> Iterator[Pair]:
    """Yield the question for a term and the sentence that defines it, at most `most` of a document."""
    if lang not in _COPULAS:
        return
    text = document.text
    places = occurrences(text, _SIGNS[lang])
    places = (place for place in places if _BEFORE.search(text, max(0, place - _MAX_TERM_CHARS - 2), place))
    yield from draw(text, places, lambda place: _pair(document, lang, place), most)


def _pair(document: Document, lang: str, place: int) -> Pair | None:
    text, blocks = document.text, document.blocks
    block = blocks[block_index(blocks, place)]
    copula = _COPULAS[lang].match(text, place)
    if block.kind != PARAGRAPH or place >= block.end or copula is None:
        return None
    near = sentences_near(text, block.start, block.end, place, lang)
    at = next((n for n, span in enumerate(near) if span.start < place < span.end), None)
    if at is None or not 0 < place - near[at].start <= _MAX_TERM_CHARS:
        return None
    span = near[at]
    sentence = joined(text[span.start : span.end])
    if not stands_alone(sentence, lang):
        return None
    if _is_no_predicate(joined(text[copula.end() : span.end]), lang):
        return None
    question = _question(joined(text[span.start : place]), copula.group().strip(), sentence, text, lang)
    if question is None:
        return None
    return Pair(question, sentence, (Span(span.start, place), span), FAMILY_OF_RULE["reading_definition"])


def _is_no_predicate(predicate: str, lang: str) -> bool:
    if _TWO_SUBJECTS.search(predicate) or NO_PREDICATES[lang].match(predicate):
        return True
    return not CLAUSES[lang].search(predicate)


def _question(subject: str, copula: str, sentence: str, text: str, lang: str) -> str | None:
    """Return the question for a term, or None where the subject of the sentence is no term."""
    article = _ARTICLES[lang].match(subject)
    bare = subject[article.end() :] if article else subject
    if not _TERM.match(bare) or bare.count(" ") >= _MAX_TERM_WORDS or NO_TERMS[lang].search(bare):
        return None
    if article and article.group().strip().lower() in _DEFINITE and not _is_name(bare, lang):
        return None
    what, who = _QUESTIONS[lang]
    if lang == "en" and copula == "are":
        if article or not bare.endswith("s"):
            return None
        return _PLURAL.format(_in_question(bare, text))
    if lang == "fr":
        return (who if not article and PEOPLE[lang].search(sentence) else what).format(bare)
    if not article:
        is_person = PEOPLE[lang].search(sentence) is not None and bare[:1].isupper()
        if is_person and " " not in bare:
            return None
        return (who if is_person else what).format(_in_question(bare, text) if lang != "zh" else bare)
    named = article.group().strip()
    return what.format((named if lang == "de" and named in _NEVER else named.lower()) + " " + bare)


_NEVER: Final[frozenset[str]] = frozenset()


def _is_name(bare: str, lang: str) -> bool:
    """Return whether a term with a definite article names one thing of its own: "The Internet", "The GPL"."""
    if lang == "de":
        return False
    return all(word[:1].isupper() or not word.isalpha() for word in bare.split() if len(word) > len("and"))


def _in_question(bare: str, text: str) -> str:
    """Return a term without the capital it owes to its place, where the text has it in small letters too."""
    first, _, rest = bare.partition(" ")
    if not first[1:].islower() or first[:1] == first[:1].lower():
        return bare
    small = first.lower() + (" " + rest if rest else "")
    return small if f" {small}" in text else bare
