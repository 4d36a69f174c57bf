"""One decision for both engines: what a candidate comes to."""

from hypothesis import given
from hypothesis import strategies as st

from etl.config.entities import PATTERNS
from etl.entities.found import Found, Span, find, resolve
from etl.entities.patterns import find as find_patterns
from etl.knowledge.gazetteer import Gazetteer
from etl.knowledge.models import Entity, KnowledgeBase

NAMES = ("Peru", "New York", "York", "中国", "国和")
KNOWN = Gazetteer(KnowledgeBase(tuple(Entity("place", name, {"any": name}, "s", "CC0-1.0") for name in NAMES), "test"))


def test_names_have_a_key_and_patterns_have_none():
    assert find("Peru has 3% of it.", "en", KNOWN, PATTERNS) == [
        Found("place", 0, 4, "place/Peru", False, "gazetteer", "1"),
        Found("percent", 9, 11, None, False, "pattern", "1"),
    ]


@given(
    st.lists(st.sampled_from(["Peru", "New York", "中国", "和", " ", "5 May 2021", "3%", ".", "x", "😀"]), max_size=12)
)
def test_candidates_in_any_number_and_order_come_to_the_same(parts):
    text = "".join(parts)
    every = [Span(start, end, None) for start in range(len(text)) for end in range(start + 1, len(text) + 1)]
    shaped = [Span(start, end, name) for each in PATTERNS for start, end, name in find_patterns(text, [each])]
    assert resolve(text, "en", KNOWN, [*reversed(shaped), *reversed(every)]) == find(text, "en", KNOWN, PATTERNS)
