"""The gazetteer: finds the names of a knowledge base in text, in any script, in time that hardly depends on how many.

An Aho-Corasick automaton (Aho and Corasick 1975, CACM 18(6)) sees every name in one pass; of names that overlap the
first and then the longest stays.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from etl.knowledge.models import ANY_LANGUAGE, Entity, KnowledgeBase

ANNOTATOR: Final = "gazetteer"
VERSION: Final = "1"
# Shorter names are found everywhere; scripts without spaces say as much in fewer characters.
MIN_NAME: Final = 3
MIN_SPACELESS: Final = 2
# Scripts that put no space between words, or write what belongs to a name without one: kana, Han, Hangul, Thai, Lao,
# Tibetan, Burmese, Khmer.
_SPACELESS: Final = re.compile(
    r"[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
    r"\U00020000-\U0003ffff]"
)
# No text of Unicode holds them, but JSON can; the automaton reads UTF-8, which has none.
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")

_COMPOUND_BEFORE: Final = re.compile(r"[^\W_][-./@&]$|[-_@#/]$")
_COMPOUND_AFTER: Final = re.compile(r"[-./@&][^\W_]|[/_@]")


class Mention(NamedTuple):
    """A name found in a text.

    Attributes:
        start: Its first code point.
        end: One past its last.
        type: What kind of entity it names.
        entity: The id of the entity; empty where it could be several.
        is_ambiguous: Whether it may mean something else.
    """

    start: int
    end: int
    type: str
    entity: str
    is_ambiguous: bool


class _Sense(NamedTuple):
    """What a name means in a language."""

    language: str
    type: str
    entity: str
    is_ambiguous: bool


class Gazetteer:
    """The names of a knowledge base, ready to be found. Names are compared as they are written, with their case."""

    def __init__(self, knowledge: KnowledgeBase, types: Iterable[str] | None = None) -> None:
        """Prepare the names of the entities of some types; None for all."""
        wanted = None if types is None else frozenset(types)
        senses: dict[str, list[_Sense]] = {}
        for entity in knowledge.entities:
            if wanted is None or entity.type in wanted:
                for name, language in _sought(entity):
                    sense = _Sense(language, entity.type, entity.id, name in entity.ambiguous)
                    senses.setdefault(name, []).append(sense)
        self._senses = senses

    @property
    def names(self) -> Iterable[str]:
        """The names that are looked for, each once."""
        return self._senses.keys()

    @cached_property
    def _automaton(self) -> AhoCorasick:
        # The compact automaton takes a fraction of the memory of the others, and of the time to build.
        return AhoCorasick(self._senses, implementation=Implementation.ContiguousNFA, store_patterns=False)

    def find(self, text: str, start: int, end: int, language: str) -> list[Mention]:
        """Return the names in ``text[start:end]`` in order, none of which overlap.

        A name begins and ends where a word does, in scripts that have spaces. Only names of the language, and names
        of no language, are looked for: an English text about an island is not about Iceland.
        """
        if not self._senses:
            return []
        stretch = _SURROGATE.sub("\ufffd", text[start:end])
        found = self._automaton.find_matches_as_indexes(stretch, overlapping=True)
        return self.resolve(stretch, ((first, last) for _, first, last in found), start, language)

    def resolve(self, stretch: str, spans: Iterable[tuple[int, int]], start: int, language: str) -> list[Mention]:
        """Return the names among spans of a stretch that begins at `start`, as `find` does, whoever found the spans.

        A span that holds no name is left out, so more spans than names do no harm.
        """
        found: list[Mention] = []
        for first, last in spans:
            known = self._senses.get(stretch[first:last], ())
            senses = [sense for sense in known if sense.language in (language, ANY_LANGUAGE)]
            if senses and _is_word(stretch, first, last):
                mention = _mention(start + first, start + last, senses)
                # In GOV.UK or Canada-France Telescope a name is a part of another one.
                compound = _COMPOUND_BEFORE.search(stretch[max(0, first - 2) : first]) or _COMPOUND_AFTER.match(
                    stretch, last
                )
                found.append(mention._replace(is_ambiguous=True) if compound else mention)
        return _without_overlaps(found)


def _sought(entity: Entity) -> Iterable[tuple[str, str]]:
    """Yield each name of an entity that is long enough to be looked for, with its language."""
    seen = set()
    named = [(name, language) for language, name in entity.names.items()]
    for name, language in named:
        least = MIN_SPACELESS if _SPACELESS.search(name) else MIN_NAME
        if (len(name) >= least or name in entity.ambiguous) and (name, language) not in seen:
            seen.add((name, language))
            yield name, language
    for alias in entity.aliases:
        if len(alias) >= MIN_SPACELESS and (alias, ANY_LANGUAGE) not in seen:
            seen.add((alias, ANY_LANGUAGE))
            yield alias, ANY_LANGUAGE


def _mention(start: int, end: int, senses: list[_Sense]) -> Mention:
    # A state and its capital of one name are two senses: which of them is meant nobody can tell.
    entities = {sense.entity for sense in senses}
    first = senses[0]
    if len(entities) == 1:
        return Mention(start, end, first.type, first.entity, any(sense.is_ambiguous for sense in senses))
    return Mention(start, end, first.type, "", True)


def _is_word(text: str, start: int, end: int) -> bool:
    return not (_joins(text[start - 1 : start], text[start]) or _joins(text[end : end + 1], text[end - 1]))


def _joins(neighbour: str, edge: str) -> bool:
    """Say whether the character beside a name belongs to the same word as the edge of the name."""
    if not neighbour or not (edge.isalnum() or unicodedata.category(edge)[0] == "M") or _SPACELESS.match(edge):
        return False
    if _SPACELESS.match(neighbour):
        return False
    return neighbour.isalnum() or neighbour == "_" or unicodedata.category(neighbour)[0] == "M"


def _without_overlaps(found: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda mention: (mention.start, -mention.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
