import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.config.markup import MarkupConfig
from etl.config.models import FaqConfig, RulesConfig
from etl.rules import build_rules
from etl.rules.base import Document
from etl.rules.families import FAMILIES
from etl.rules.grounding import grounding
from etl.rules.ledger import find_pairs
from etl.rules.markup import Markup
from etl.text.parse import parse

ANSWER = (
    '<div itemprop="{role}Answer" itemscope itemtype="x/Answer">'
    '<i itemprop="upvoteCount">{votes}</i><p itemprop="text">{text}</div>'
)


def document_of(html):
    parsed = parse(html, "html")
    return Document(parsed.text, parsed.blocks, parsed.title, markup=parsed.markup)


def pairs_of(html, **config):
    return list(Markup(MarkupConfig(**config))(document_of(html)))


def thread(*answers):
    said = "".join(ANSWER.format(role=role, votes=votes, text=text) for role, votes, text in answers)
    return f"""<div itemscope itemtype="https://schema.org/Question"><h1 itemprop="name">Why is the sky blue?</h1>
    <div itemprop="text">I asked my teacher and she laughed.</div>{said}</div>"""


def test_a_document_without_markup_gives_no_pair():
    assert pairs_of("<h1>Why?</h1><p>So.") == []


def test_an_answer_keeps_its_votes_and_whether_it_was_accepted():
    (pair,) = pairs_of(thread(("accepted", "12", "Air scatters blue light most.")))
    assert (pair.votes, pair.accepted) == (12, True)
    assert (pair.instruction, pair.response) == ("Why is the sky blue?", "Air scatters blue light most.")
    assert pair.context == "I asked my teacher and she laughed."


def test_the_accepted_answer_and_those_with_most_votes_are_taken_in_the_order_of_the_page():
    page = thread(
        ("suggested", "3", "Because of the sea below it."),
        ("suggested", "40", "Light of short waves is scattered."),
        ("accepted", "5", "Air scatters blue light most."),
        ("suggested", "-1", "It is not."),
    )
    assert [pair.votes for pair in pairs_of(page)] == [3, 40, 5]
    assert [pair.votes for pair in pairs_of(page, max_answers=2)] == [40, 5]
    assert [pair.votes for pair in pairs_of(page, max_answers=9, min_votes=-1)] == [3, 40, 5, -1]
    assert [pair.votes for pair in pairs_of(page, min_votes=10)] == [40, 5]


def test_answers_of_equal_wording_on_one_page_are_told_apart_by_their_place():
    page = thread(("suggested", "3", "Because of the sea."), ("suggested", "2", "Because of the sea."))
    assert [pair.votes for pair in pairs_of(page)] == [3]


def test_what_is_too_long_is_left_out():
    page = thread(("accepted", "1", "Air scatters blue light most, as every book says."))
    assert pairs_of(page, max_answer_chars=20) == []
    assert pairs_of(page, max_question_chars=10) == []
    assert [pair.context for pair in pairs_of(page, max_body_chars=5)] == [""]


@pytest.mark.parametrize("asked", ["3. Is it open?", "Q: Is it open?", "Frage 2: Is it open?", "(3) Is it open?"])
def test_numbers_and_labels_before_a_question_are_no_part_of_it(asked):
    page = f"""<script type="application/ld+json">{{"@type": "Question", "name": "{asked}", "acceptedAnswer":
    {{"text": "Yes, from nine to five."}}}}</script><h3>{asked}</h3><p>Yes, from nine to five.</p> schema.org"""
    assert [pair.instruction for pair in pairs_of(page)] == ["Is it open?"]


def test_a_howto_without_a_name_is_for_what_the_heading_above_says():
    page = """<h1>Guide</h1><h2>To insert a row</h2><ol itemprop="HowTo" itemscope itemtype="http://schema.org/HowToSection">
    <li itemprop="itemListElement" itemscope itemtype="http://schema.org/HowToStep"><p>Select a row.</p></li>
    <li itemprop="itemListElement" itemscope itemtype="http://schema.org/HowToStep"><p>Choose Insert.</p></li></ol>"""
    (pair,) = pairs_of(page)
    assert (pair.instruction, pair.response) == ("To insert a row", "1. Select a row.\n2. Choose Insert.")


def test_a_step_without_a_name_is_a_request_only_where_it_is_worded_as_one():
    page = """<div itemscope itemtype="http://schema.org/HowTo"><h1 itemprop="name">Print a page</h1>
    <p itemprop="step">Choose File - Print. A dialog opens and shows the pages.</p>
    <p itemprop="step">The dialog opens. It shows the pages.</p></div>"""
    assert [pair.instruction for pair in pairs_of(page)] == ["Print a page", "Choose File - Print."]


def test_too_few_steps_are_no_howto():
    page = '<div itemscope itemtype="x/HowTo"><h1 itemprop="name">Wait</h1><p itemprop="step">Wait a day.</div>'
    assert pairs_of(page) == []
    assert [pair.response for pair in pairs_of(page, min_steps=1)] == ["1. Wait a day."]


def test_what_the_markup_states_is_not_sold_again_by_rules_that_see_it():
    page = """<script type="application/ld+json">{"@type": "FAQPage", "mainEntity": {"@type": "Question",
    "name": "Is it open?", "acceptedAnswer": {"text": "Yes, from nine to five."}}}</script>
    <h1>FAQ</h1><h2>Is it open?</h2><p>Yes, from nine to five.</p><h2>Is it free?</h2><p>On Sundays.</p> schema.org"""
    rules = build_rules(RulesConfig(markup=MarkupConfig(), faq=FaqConfig()))
    found = [(found.rule.name, found.pair.instruction, found.reason) for found in find_pairs(document_of(page), rules)]
    assert found == [
        ("markup", "Is it open?", None),
        ("faq", "Is it open?", "evidence_sold"),
        ("faq", "Is it free?", None),
    ]


PIECES = st.sampled_from(
    [
        *(
            '<div itemscope itemtype="schema.org/Question">',
            '<div itemprop="acceptedAnswer" itemscope itemtype="x/Answer">',
        ),
        *('<p itemprop="text">', '<b itemprop="name">', '<i itemprop="upvoteCount">7</i>', "</div>", "</p>", "</b>"),
        *(
            '<div itemscope itemtype="x/HowTo">',
            '<li itemprop="step">',
            "Why?",
            "So. 1. It is",
            "点击。",
            "é\u0301",
            " ",
        ),
        '<script type="application/ld+json">{"@type":"Question","name":"Why?","acceptedAnswer":"So. It is"}</script>',
        '<script type="application/ld+json">{"@type":"HowTo","name":"Why?","step":["So.", {"name":"It is"}]}</script>',
        *('<meta itemprop="name" content="1.">', "<nav>", "<table><tr><td>", "<pre>", "<li>", "<h2>", "<span hidden>"),
    ]
)


@given(st.lists(PIECES, max_size=25))
@settings(max_examples=400, deadline=None)
def test_any_markup_gives_pairs_whose_evidence_lies_in_the_text(pieces):
    document = document_of("".join(pieces))
    assert all(a.end <= b.start for a, b in zip(document.blocks, document.blocks[1:], strict=False))
    for pair in Markup(MarkupConfig(min_steps=1))(document):
        assert pair.instruction.strip() and pair.response.strip()
        assert pair.family in FAMILIES
        assert all(0 <= span.start < span.end <= len(document.text) for span in pair.evidence)
        assert grounding(pair.response, document.text, pair.evidence) > 0
