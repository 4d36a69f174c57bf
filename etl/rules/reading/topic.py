"""Topics: a sentence that says what the text or the section it stands in is about."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from etl.rules.base import Document, Pair, Span
from etl.rules.families import FAMILY_OF_RULE
from etl.rules.reading.draw import draw
from etl.rules.reading.places import HEAD_CHARS, block_index
from etl.rules.reading.requests import request
from etl.rules.reading.sentences import sentences_near
from etl.rules.reading.standing import is_whole, joined
from etl.rules.reading.titles import Title, bare_title, title_of
from etl.text.blocks import HEADING, PARAGRAPH, Block

VERSION: Final = "1"

# Group 1 is what a section calls itself, group 2 what a whole text does.
_ANNOUNCEMENTS: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "en": re.compile(
            r"(?:This|The present) (?:(section|chapter|topic)|(guide|page|document|tutorial|article"
            r"|manual|book|lesson|post"
            r"|HOWTO|FAQ|paper|reference|appendix)) (?:briefly )?(?:describes|explains|covers|discusses"
            r"|introduces|is about|outlines"
            r"|shows (?:you )?how|provides|presents|contains information|deals with|demonstrates"
            r"|summarizes|walks you through) "
        ),
        "de": re.compile(
            r"Diese[rs]? (?:(Abschnitt|Kapitel|Unterkapitel)|(Seite|Anleitung|Dokument|Artikel|Handbuch"
            r"|Buch|Handbuchseite)) "
            r"(?:beschreibt|erklärt|behandelt|erläutert|handelt von|zeigt|gibt|enthält) "
        ),
        "fr": re.compile(
            r"(?:Ce(?:tte)?|Cet) (?:(section|chapitre|rubrique)|(page|guide|document|tutoriel|article|manuel|livre)) "
            r"(?:décrit|explique|présente|traite|couvre|aborde|montre|fournit) "
        ),
        "es": re.compile(
            r"Est[ea] (?:(sección|capítulo|apartado)|(página|guía|documento|tutorial|artículo|manual|libro)) "
            r"(?:describe|explica|trata|presenta|cubre|muestra|aborda|proporciona) "
        ),
        "zh": re.compile("本(?:([节章])|(文|页|文档|指南|教程|手册|书))(?:将)?(?:介绍|描述|说明|讲述|解释|讨论|阐述)"),
    }
)


# A text says what it is about on its first page.
_MAX_DISTANCE_TEXT: Final = 3000
_POINTING: Final = re.compile(
    r"\b(?:these|those|do (?:that|this|so|it)|below|above|following|folgende\w*|suivant\w*|siguientes?)\b",
    re.IGNORECASE,
)


def find_topics(document: Document, lang: str, most: int) -> Iterator[Pair]:
    """Yield the question what a text or section is about, by its title, and the sentence that says it."""
    announcement = _ANNOUNCEMENTS.get(lang)
    if announcement is None:
        return
    text = document.text
    places = [found.start() for found in announcement.finditer(text, 0, HEAD_CHARS)]
    yield from draw(text, places, lambda place: _pair(document, lang, place), most)


def _pair(document: Document, lang: str, place: int) -> Pair | None:
    text, blocks = document.text, document.blocks
    index = block_index(blocks, place)
    block = blocks[index]
    announced = _ANNOUNCEMENTS[lang].match(text, place)
    if block.kind != PARAGRAPH or block.level or place >= block.end or announced is None:
        return None
    near = sentences_near(text, block.start, block.end, place, lang)
    span = next((span for span in near if span.start == place), None)
    title = _named(document, index, block, is_section=announced.group(1) is not None)
    if span is None or title is None:
        return None
    sentence = joined(text[span.start : span.end])
    if not is_whole(sentence, lang) or _POINTING.search(sentence):
        return None
    instruction = request("topic", lang, sentence, title=title.text)
    if instruction is None:
        return None
    return Pair(instruction, sentence, (title.span, span), FAMILY_OF_RULE["reading_topic"])


def _named(document: Document, index: int, block: Block, *, is_section: bool) -> Title | None:
    """Return the title of the section or text that the sentence speaks of.

    A text announces itself before its first section, and a section right below its heading; further down the
    words point to something else.
    """
    if is_section:
        above = document.blocks[index - 1] if index else None
        if above is None or above.kind != HEADING:
            return None
        bare = bare_title(joined(document.text[above.start : above.end]))
        return Title(bare, Span(above.start, above.end), index - 1) if bare else None
    title = title_of(document)
    return title if title and title.span.end <= block.start <= title.span.end + _MAX_DISTANCE_TEXT else None
