"""Translations: a passage and its translation in the same text, set off by a label, or an example with an arrow."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from etl.rules.base import Document, Pair, Span
from etl.rules.families import FAMILY_OF_RULE
from etl.rules.reading.alignment import flaw
from etl.rules.reading.draw import draw
from etl.rules.reading.language import guess
from etl.rules.reading.places import HEAD_CHARS, block_index, occurrences
from etl.rules.reading.sentences import sentences
from etl.rules.reading.standing import joined
from etl.text.blocks import HEADING, ITEM, PARAGRAPH, QUOTE, Block

VERSION: Final = "1"

# "翻译:" in front of the translation of the block before; "Title(参考訳):" in front of that of "Title:".
_LABEL: Final = re.compile(
    r"(?:(\w[\w ]{0,30})\s?[(（])?(?:翻译|译文|中文翻译|参考译文|参考訳|訳"
    r"|日本語訳|和訳|translation|traduction|übersetzung|traducción)"
    r"(?(1)[)）])\s?[:：]\s?",
    re.IGNORECASE,
)
# Hardly a document has one of these.
_SIGNS: Final = ("翻译", "译文", "译成", "译为", "訳", "ranslat", "raduc", "bersetz")
# One set of first characters, in which case counts, lets the search pass over most of a text at once.
_ARROW: Final = re.compile(
    r"((?-i:[翻译tTüÜ])(?:(?:(?<=翻)译成|(?<=译)[成为])\w{1,12}"
    r"|(?:(?<=t)(?:ranslate|raduce)|(?<=ü)bersetze) (?:[\w ]{1,12} )?(?:in ?to|to|ins|en|al) \w{1,20}))"
    r"\s?[:：]\s?([^\n>]{1,200}?)\s?(?:->|→|=>)\s?([^\n\"”'»」]{1,200})",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(r"\w[\w ()]{0,30}[:：](?!//)")
_INTO: Final[Mapping[str, str]] = MappingProxyType(
    {
        "en": "Translate into English.",
        "de": "Übersetze ins Deutsche.",
        "fr": "Traduisez en français.",
        "es": "Traduce al español.",
        "zh": "请翻译成中文。",
        "ja": "日本語に翻訳してください。",
        "ko": "한국어로 번역하세요.",
        "ru": "Переведите на русский язык.",
    }
)
_SENTENCE_ENDS: Final = (".", "!", "?", "。", "！", "？", "।", "؟")
_MIN_CHARS: Final = 12
_MAX_CHARS: Final = 4000
_MAX_LINES: Final = 60
_PROSE: Final = (PARAGRAPH, ITEM, QUOTE)


def find_translations(document: Document, lang: str, most: int) -> Iterator[Pair]:
    """Yield the request to translate a passage, and its translation as the text has it.

    Pairs with a flaw (`refusal`) are yielded besides, so that they can be counted as refused.
    """
    text = document.text
    marks = list(occurrences(text, _SIGNS))
    if not marks:
        return
    pairs = dict(_labelled(document, marks))
    has_arrow = any(arrow in text for arrow in ("->", "→", "=>"))
    arrows = {found.start(): found for found in _ARROW.finditer(text, 0, HEAD_CHARS)} if has_arrow else {}
    for place, found in arrows.items():
        pairs[place] = _example(found)
    flawed = {place: pair for place, pair in pairs.items() if refusal(pair) is not None}
    sound = [place for place in pairs if place not in flawed]
    kept = draw(text, sound, lambda place: pairs[place], max(most, _MAX_LINES if marks else most))
    yield from sorted([*flawed.values(), *kept], key=lambda pair: pair.evidence[0])


def refusal(pair: Pair) -> str | None:
    """Return why a translation is refused, one of the reasons of `etl.rules.reading.alignment`, or None."""
    source = pair.context
    return flaw(source, pair.response, guess(source), guess(pair.response)) if source else None


def _example(found: re.Match[str]) -> Pair:
    command, source, target = found.group(1), found.group(2), found.group(3).strip()
    evidence = (Span(found.start(1), found.end(2)), Span(found.start(3), found.start(3) + len(found.group(3).rstrip())))
    return Pair(f"{command}: {source}", target, evidence, FAMILY_OF_RULE["reading_translation"])


def _labelled(document: Document, marks: list[int]) -> Iterator[tuple[int, Pair]]:
    text, blocks = document.text, document.blocks
    for index in sorted({block_index(blocks, mark) for mark in marks}):
        block = blocks[index]
        label = _LABEL.match(text, block.start, block.end) if block.kind in _PROSE else None
        if label is None:
            continue
        source = _source(document, index, label)
        targets = _targets(document, index, label)
        if source is not None and targets:
            for pair in _aligned(text, source, targets):
                yield pair.evidence[-1].start, pair


def _source(document: Document, index: int, label: re.Match[str]) -> Span | None:
    """Return what is translated: the field of the same name, or the block right before the translation."""
    text = document.text
    for block in reversed(document.blocks[max(0, index - 3) : index]):
        if block.kind == HEADING or block.kind not in _PROSE:
            return None
        name = label.group(1)
        if name is None:
            return Span(block.start, block.end)
        if text.startswith(name, block.start):
            field = _FIELD.match(text, block.start, block.end)
            if field and field.group()[:-1].strip() == name.strip():
                start = field.end() + len(text[field.end() : block.end]) - len(text[field.end() : block.end].lstrip())
                return Span(start, block.end)
    return None


def _targets(document: Document, index: int, label: re.Match[str]) -> list[Span]:
    """Return the lines of a translation: what follows the label, and for a field the lines behind it as well."""
    text = document.text
    block = document.blocks[index]
    stretches = [Span(label.end(), block.end)]
    if label.group(1) is not None:
        stretches += [Span(other.start, other.end) for other in _unlabelled(document, index + 1)]
    lang = guess(text[label.end() : block.end])
    lines: list[Span] = []
    for start, end in stretches:
        at = start
        for line in text[start:end].split("\n"):
            if lines and not line.rstrip().endswith(_SENTENCE_ENDS):
                # A line that ends no sentence is the title of what comes next.
                return lines
            if guess(line) not in (lang, ""):
                return lines
            if line.strip():
                lines.append(Span(at, at + len(line.rstrip())))
            at += len(line) + 1
    return lines[:_MAX_LINES]


def _unlabelled(document: Document, index: int) -> Iterator[Block]:
    for block in document.blocks[index : index + _MAX_LINES]:
        if block.kind != PARAGRAPH or _FIELD.match(document.text, block.start, block.end):
            return
        yield block


def _aligned(text: str, source: Span, targets: list[Span]) -> Iterator[Pair]:
    """Yield one pair of a translation in one piece, and one a sentence where it has a line for each."""
    whole = text[source.start : source.end]
    lang = guess(whole)
    if len(targets) == 1:
        sources = [source]
    else:
        sources = list(sentences(text, source.start, source.end, lang))
        if len(sources) != len(targets):
            return
    for a, b in zip(sources, targets, strict=True):
        original, rendered = joined(text[a.start : a.end]), joined(text[b.start : b.end])
        into = guess(rendered)
        known = into in _INTO and lang and lang != into
        if known and _MIN_CHARS <= len(original) <= _MAX_CHARS and len(rendered) >= _MIN_CHARS // 2:
            yield Pair(_INTO[into], rendered, (a, b), FAMILY_OF_RULE["reading_translation"], context=original)
