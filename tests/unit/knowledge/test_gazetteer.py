"""The gazetteer finds names as words, in any script, and never fails on a character."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.knowledge.gazetteer import Gazetteer
from etl.knowledge.load import load_knowledge
from etl.knowledge.models import Entity, KnowledgeBase


def entity(key, names, aliases=(), ambiguous=(), kind="state"):
    return Entity(kind, key, names, "me", "MIT", aliases=aliases, ambiguous=frozenset(ambiguous))


NAMES = Gazetteer(
    KnowledgeBase(
        (
            entity("IS", {"en": "Iceland", "de": "Island"}),
            entity("NE", {"en": "Niger"}),
            entity("NG", {"en": "Nigeria"}),
            entity("GW", {"en": "Guinea-Bissau"}),
            entity("GN", {"en": "Guinea"}),
            entity("GE", {"en": "Georgia"}, ambiguous=("Georgia",)),
            entity("GB", {"en": "United Kingdom"}, aliases=("UK",)),
            entity("JP", {"en": "Japan", "zh": "日本", "ko": "일본", "ar": "اليابان", "th": "ญี่ปุ่น"}),
        ),
        "test",
    )
)


def found(text, language="en"):
    return [text[each.start : each.end] for each in NAMES.find(text, 0, len(text), language)]


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Iceland's fish, from Niger", "en", ["Iceland", "Niger"]),
        ("Nigerian and Nigeria_1 and xNiger", "en", []),
        ("Nigeria, then Guinea-Bissau.", "en", ["Nigeria", "Guinea-Bissau"]),
        ("an Island in the sea", "en", []),
        ("eine Reise nach Island", "de", ["Island"]),
        ("我在日本旅行", "zh", ["日本"]),
        ("일본은 섬이다", "ko", ["일본"]),
        ("ไปญี่ปุ่นกัน", "th", ["ญี่ปุ่น"]),
        ("في اليابان مدن", "ar", ["اليابان"]),
        ("Niger\u0301 is another word", "en", []),
        ("the UK, here", "en", ["UK"]),
        ("", "en", []),
    ],
)
def test_names_are_found_as_words_in_the_language_of_the_text(text, language, names):
    assert found(text, language) == names


def test_places_are_those_of_the_whole_text_beyond_the_first_plane_too():
    text = "😀😀 Japan 😀"
    assert [(each.start, each.end, each.entity) for each in NAMES.find(text, 2, len(text), "en")] == [
        (3, 8, "state/JP")
    ]


@pytest.mark.parametrize("text", ["Georgia", "GOV.UK", "Canada-Japan Society", "UK/Iceland"])
def test_a_name_that_may_mean_something_else_says_so(text):
    assert NAMES.find(text, 0, len(text), "en")[0].is_ambiguous


def test_a_name_of_two_entities_is_ambiguous():
    both = KnowledgeBase((entity("a", {"en": "Luxembourg"}), entity("b", {"en": "Luxembourg"}, kind="city")), "two")
    mention = Gazetteer(both).find("Luxembourg", 0, 10, "en")[0]
    assert (mention.entity, mention.is_ambiguous) == ("", True)


def test_no_names_find_nothing():
    assert Gazetteer(KnowledgeBase((), "none")).find("Japan", 0, 5, "en") == []


@given(st.text(st.characters(), max_size=200))
def test_any_text_is_read_and_mentions_lie_in_order_without_overlaps(text):
    shipped = Gazetteer(load_knowledge(), ("country", "place"))
    mentions = shipped.find(text + " Japan \ud800", 0, len(text) + 8, "en")
    assert all(one.end <= other.start for one, other in pairwise(mentions))
    assert any(mention.entity == "country/JP" for mention in mentions)
