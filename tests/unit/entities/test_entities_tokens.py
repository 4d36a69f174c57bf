"""Texts and names are cut alike, so that a matcher of whole tokens misses no name."""

import re
import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from etl.entities.tokens import RUN, STAND_IN, cut, lines
from etl.knowledge.gazetteer import Gazetteer
from etl.knowledge.models import Entity, KnowledgeBase

ALPHABET = "Aa1_ -.é\u0301中国ก한٣\u00a0\u2009😀𝐀𠮷Łλж"


def test_a_run_holds_word_characters_of_scripts_with_spaces_only():
    run = re.compile(f"[{RUN}]")
    for number in range(sys.maxunicode + 1):
        character = chr(number)
        if run.match(character):
            assert character.isalnum() or unicodedata.category(character)[0] == "M", hex(number)
            assert number < 0xE00, hex(number)


def test_a_name_is_a_line_of_tokens_and_one_of_blanks_is_none():
    assert list(lines(["New York", "C++", "中国", "𠮷野家", " "])) == [
        "New York",
        "C + +",
        "中 国",
        f"{STAND_IN} 野 家",
    ]


@given(st.text(ALPHABET, min_size=1, max_size=6).map(str.strip).filter(bool), st.text(ALPHABET, max_size=8))
def test_every_name_that_is_found_is_a_run_of_whole_tokens(name, around):
    gazetteer = Gazetteer(KnowledgeBase((Entity("t", "k", {"any": name}, "s", "CC0-1.0", aliases=(name,)),), name))
    text = f"{around}{name}{around[::-1]}"
    for mention in gazetteer.find(text, 0, len(text), "en"):
        before, named, after = (cut(part) for part in (text[: mention.start], name, text[mention.end :]))
        assert [*before, *named, *after] == cut(text)
