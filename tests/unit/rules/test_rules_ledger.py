from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from etl.rules.base import Document, Pair, Span
from etl.rules.ledger import EVIDENCE_SOLD, find_pairs, response_evidence

DOCUMENT = Document("x" * 100, [])


@dataclass(frozen=True)
class Fixed:
    name: str
    evidences: tuple
    version: str = "1"

    def __call__(self, document):
        for spans in self.evidences:
            yield Pair("Ask", "Answer", tuple(Span(*span) for span in spans), "definition")


def reasons(*rules):
    return [(found.rule.name, found.ordinal, found.reason) for found in find_pairs(DOCUMENT, rules)]


def test_the_first_rule_keeps_what_two_rules_find():
    assert reasons(
        Fixed("faq", (((0, 5), (5, 20)),)), Fixed("definition", (((7, 9), (9, 15)), ((30, 35), (35, 50))))
    ) == [
        ("faq", 0, None),
        ("definition", 0, EVIDENCE_SOLD),
        ("definition", 1, None),
    ]


def test_what_an_instruction_was_made_from_is_not_sold():
    assert reasons(Fixed("title", (((10, 50), (0, 5)),)), Fixed("text", (((0, 5), (10, 50)),))) == [
        ("title", 0, None),
        ("text", 0, None),
    ]


def test_spans_that_only_touch_share_nothing():
    assert reasons(Fixed("a", (((0, 1), (10, 20)),)), Fixed("b", (((0, 1), (20, 30)), ((0, 1), (5, 10))))) == [
        ("a", 0, None),
        ("b", 0, None),
        ("b", 1, None),
    ]


def test_one_rule_does_not_sell_twice_either():
    assert reasons(Fixed("faq", (((0, 1), (10, 20)), ((2, 3), (12, 18))))) == [
        ("faq", 0, None),
        ("faq", 1, EVIDENCE_SOLD),
    ]


def test_a_whole_how_to_and_its_steps_are_no_second_sale_but_the_same_step_twice_is():
    steps = Fixed("howto", (((0, 5), (10, 40)), ((10, 12), (12, 20)), ((20, 22), (22, 40)), ((10, 12), (12, 20))))
    assert [reason for *_, reason in reasons(steps)] == [None, None, None, EVIDENCE_SOLD]
    assert reasons(steps, Fixed("completion", (((10, 12), (25, 30)),)))[-1] == ("completion", 0, EVIDENCE_SOLD)


def test_a_refused_pair_sells_nothing():
    assert reasons(
        Fixed("a", (((0, 1), (10, 20)),)), Fixed("b", (((0, 1), (15, 40)),)), Fixed("c", (((0, 1), (30, 40)),))
    ) == [("a", 0, None), ("b", 0, EVIDENCE_SOLD), ("c", 0, None)]


def test_a_pair_with_one_span_sells_it_and_a_pair_without_spans_sells_nothing():
    assert reasons(Fixed("a", (((10, 20),), ())), Fixed("b", ((), ((10, 20),)))) == [
        ("a", 0, None),
        ("a", 1, None),
        ("b", 0, None),
        ("b", 1, EVIDENCE_SOLD),
    ]


SPANS = st.tuples(st.integers(0, 90), st.integers(1, 10)).map(lambda drawn: (drawn[0], drawn[0] + drawn[1]))
RULES = st.lists(st.lists(st.lists(SPANS, max_size=3).map(tuple), max_size=6).map(tuple), min_size=1, max_size=4).map(
    lambda drawn: [Fixed(f"rule_{n}", evidences) for n, evidences in enumerate(drawn)]
)


@given(RULES)
def test_no_character_is_sold_twice_and_every_refusal_has_a_buyer(rules):
    sold = set()
    for found in find_pairs(DOCUMENT, rules):
        characters = {c for span in response_evidence(found.pair) for c in range(*span)}
        assert (found.reason == EVIDENCE_SOLD) == bool(characters & sold)
        if found.reason is None:
            sold |= characters


@given(RULES)
def test_every_pair_of_every_rule_is_found_once_and_in_order(rules):
    found = [(f.rule, f.ordinal, f.pair) for f in find_pairs(DOCUMENT, rules)]
    assert found == [(rule, n, pair) for rule in rules for n, pair in enumerate(rule(DOCUMENT))]
