"""Titles: the heading a text stands under, and whether it is one."""

import re
from itertools import pairwise
from typing import Final, NamedTuple

from etl.rules.base import Document, Span
from etl.text.blocks import HEADING

_MIN_CHARS: Final = 8
_MIN_WIDE_CHARS: Final = 4
_MAX_CHARS: Final = 110
_MAX_BEFORE: Final = 2
_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# "Title: …" and its like, a number in front, a score in brackets behind.
_TITLE_LABEL: Final = r"(?:title|titel|titre|título|标题|論文の概要|题目)\s*[:：]\s*"
_LABELLED: Final = re.compile(_TITLE_LABEL, re.IGNORECASE)
_MAX_LABELLED: Final = 160
_LABEL: Final = re.compile(
    rf"(?:{_TITLE_LABEL}|(?:\d{{1,3}}\.)+\d{{0,3}}\s+|(?:chapter|kapitel|chapitre|capítulo)"
    r"\s+\d+\s*[.:–-]?\s*|第[\d一二三四五六七八九十]+[章节]\s*)",
    re.IGNORECASE,
)
_SCORE: Final = re.compile(r"\s*\[\d+(?:\.\d+)?\]\s*$|\s*[#¶]+\s*$")
# Headings that any text may have.
_GENERIC: Final = re.compile(
    r"(?:introduction|overview|about(?: us)?|readme|faqs?|contents?|table of contents|index|home|preface"
    r"|abstract|summary|notes?"
    r"|news|blog|description|synopsis|name|options?|examples?|usage|see also|author|documentation"
    r"|getting started|welcome"
    r"|references?|conclusions?|background|general(?: information)?|installation|configuration|license"
    r"|copyright|changelog"
    r"|release notes|prerequisites|requirements|einleitung|einführung|überblick|übersicht|beschreibung"
    r"|inhalt\w*|vorwort"
    r"|zusammenfassung|présentation|sommaire|vue d['’]ensemble|introducción|descripción|índice|resumen|contenidos?"
    r"|简介|概述|介绍|目录|前言|摘要|说明|概览"
    r"|the basics|overview and .*|versión.*|untitled.*|what's new|manual page|how it works"
    r"|frequently asked questions.*|.*\(\d\w?\).*|version .*|\W*)\Z",
    re.IGNORECASE,
)
_QUOTES: Final = "\"“”'‘„«»"
# A title wrapped by hand ends in a word that asks for the next line.
_CUT: Final = re.compile(r" (?:for|of|the|and|a|an|to|in|with|on|der|die|das|und|von|de|la|le|et|y|el)\Z")
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_BAD_END: Final = (":", ",", ";", "：", "，", "…", "...", "-", "|", "(")


class Title(NamedTuple):
    """The title of a text, bare, the span of its block, and the index of that block."""

    text: str
    span: Span
    at: int


def title_of(document: Document) -> Title | None:
    """Return the title a text opens with: a heading, at most two blocks behind its start, or a line with a label.

    None where the text has neither, or where what it has is no title of its own (`bare_title`).
    """
    text = document.text
    for index, block in enumerate(document.blocks[: _MAX_BEFORE + 1]):
        labelled = index == 0 and block.end - block.start <= _MAX_LABELLED and _LABELLED.match(text, block.start)
        if block.kind == HEADING or labelled:
            title = bare_title(" ".join(text[block.start : block.end].split()))
            return None if title is None else Title(title, Span(block.start, block.end), index)
    return None


def bare_title(heading: str) -> str | None:
    """Return a heading without label, number and score; None where it is no title of its own.

    >>> bare_title("Title: Notes on Tea [97.0]"), bare_title("1.2 Overview"), bare_title("Chapter 3: Brewing Tea")
    ('Notes on Tea', None, 'Brewing Tea')
    """
    title = _SCORE.sub("", _LABEL.sub("", heading.strip(), count=1)).strip().strip(_QUOTES).strip()
    least = _MIN_WIDE_CHARS if _WIDE.search(title) else _MIN_CHARS
    if (
        not least <= len(title) <= _MAX_CHARS
        or _GENERIC.match(title)
        or title.endswith(_BAD_END)
        or "|" in title
        or _CUT.search(title)
    ):
        return None
    if not _WIDE.search(title) and " " not in title:
        return None
    return title


def speaks_of(body: str, title: str) -> bool:
    """Return whether a text takes up words of its title: two of them, or all where there are fewer.

    In scripts without spaces, pairs of neighbouring characters stand for words.
    """
    lowered = body.lower()
    if _WIDE.search(title):
        wide = [pair for pair in map("".join, pairwise(title)) if _WIDE.match(pair[0]) and _WIDE.match(pair[1])]
        return sum(pair in body for pair in wide) >= min(2, len(wide)) > 0
    words = {word.lower() for word in _WORD.findall(title)}
    stems = {word[:_STEM_CHARS] for word in words}
    return len(stems) > 0 and sum(stem in lowered for stem in stems) >= min(2, len(stems))


# Long enough to tell words apart, short enough to find "configured" for "configuration".
_STEM_CHARS: Final = 6
