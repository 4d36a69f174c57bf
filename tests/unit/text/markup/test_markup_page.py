"""Whole pages: what comes out of them, and that the encoding does not matter."""

import json
import time

import pytest

from etl.text.markup.page import may_state
from etl.text.markup.statements import StatedHowto, StatedQuestion
from etl.text.parse import parse

FAQ = (
    ("Is it open?", "<p>Yes, from nine to five.</p><p>On Sundays only the garden.</p>"),
    ("Is it free?", "<p>No.</p>"),
)
N_CHARS = 300_000
MAX_SECONDS = 10.0


def shown(in_question="", in_name="", in_answer="", in_text=""):
    return "<h1>The museum</h1>" + "".join(
        f"<div {in_question}><h2 {in_name}>{question}</h2><div {in_answer}><div {in_text}>{answer}</div></div></div>"
        for question, answer in FAQ
    )


def json_ld(**more):
    entities = [
        {"@type": "Question", "name": question, "acceptedAnswer": {"@type": "Answer", "text": answer}}
        for question, answer in FAQ
    ]
    data = {"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": entities, **more}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


MICRODATA = '<div itemscope itemtype="https://schema.org/FAQPage">' + shown(
    'itemscope itemprop="mainEntity" itemtype="https://schema.org/Question"',
    'itemprop="name"',
    'itemscope itemprop="acceptedAnswer" itemtype="https://schema.org/Answer"',
    'itemprop="text"',
)
RDFA = '<div vocab="http://schema.org/" typeof="FAQPage">' + shown(
    'property="mainEntity" typeof="Question"',
    'property="name"',
    'property="acceptedAnswer" typeof="Answer"',
    'property="text"',
)


def texts(html):
    parsed = parse(html, "html")
    return [
        (parsed.text[slice(*stated.extent)], [parsed.text[slice(*answer.extent)] for answer in stated.answers])
        for stated in parsed.markup
        if isinstance(stated, StatedQuestion)
    ]


@pytest.mark.parametrize("page", [json_ld() + shown(), MICRODATA, RDFA], ids=["json-ld", "microdata", "rdfa"])
def test_one_page_in_three_encodings_states_the_same(page):
    parsed = parse(page, "html")
    assert parsed[:4] == parse(shown(), "html")[:4]
    assert parsed.markup == parse(MICRODATA, "html").markup
    assert texts(page) == [
        ("Is it open?", ["Yes, from nine to five.\n\nOn Sundays only the garden."]),
        ("Is it free?", ["No."]),
    ]


def test_what_a_page_states_in_two_encodings_comes_once():
    assert parse(json_ld() + MICRODATA, "html").markup == parse(MICRODATA, "html").markup


def test_what_is_stated_twice_and_shown_nowhere_is_appended_once():
    parsed = parse(json_ld() + json_ld(name="again"), "html")
    assert parsed == parse(json_ld(), "html")


def test_a_page_with_other_questions_in_its_markup_keeps_its_own_title():
    parsed = parse(json_ld() + "<title>The museum - Town</title><p>Welcome.", "html")
    assert parsed.title == "The museum - Town"


def test_a_plain_text_that_stands_for_a_list_is_found_in_the_list():
    page = """<script type="application/ld+json">{"@type": "Question", "name": "How?", "acceptedAnswer": {"text":
    "1. Open the settings of your account. 2. Choose the language you speak best. 3. Save."}}</script><h2>How?</h2>
    <ol><li>Open the settings of your account.<li>Choose the language you speak best.<li>Save.</ol>
    <p>schema.org Question"""
    parsed = parse(page, "html")
    assert texts(page) == [("How?", ["Open the settings of your account.\nChoose the language you speak best.\nSave."])]
    assert parsed.n_markup == 0


def test_what_the_page_does_not_show_stands_at_the_end_of_its_text():
    parsed = parse(json_ld() + "<h1>The museum</h1><p>Welcome.", "html")
    assert parsed.text == (
        "The museum\n\nWelcome.\n\nIs it open?\n\nYes, from nine to five.\n\nOn Sundays only the garden."
        "\n\nIs it free?\n\nNo."
    )
    assert parsed.n_markup == len(parsed.text) - len("The museum\n\nWelcome.")
    assert [block.kind for block in parsed.blocks][2:] == ["heading", "paragraph", "paragraph", "heading", "paragraph"]
    assert all(parsed.text[block.start : block.end].strip() for block in parsed.blocks)
    assert [answers for _, answers in texts(json_ld())] == [answers for _, answers in texts(MICRODATA)]


def test_a_page_that_shows_nothing_is_what_its_markup_states():
    assert parse(json_ld(), "html").text.startswith("Is it open?\n\nYes")


def test_a_short_answer_is_looked_for_right_below_its_question_only():
    page = """<script type="application/ld+json">{"@type": "Question", "name": "Is it free?", "acceptedAnswer":
    {"text": "No."}}</script><p>No. 7</p><h2>Is it free?</h2><p>That depends.</p><p>schema.org Question"""
    parsed = parse(page, "html")
    assert parsed.markup[0].answers[0].extent == (len(parsed.text) - 3, len(parsed.text))
    assert parsed.n_markup == len("\n\nIs it free?\n\nNo.")


def test_a_question_that_is_listed_and_answered_below_is_where_its_answer_is():
    page = f"<ul><li>Is it open?<li>Is it free?</ul>{MICRODATA}"
    parsed = parse(json_ld() + "<ul><li>Is it open?<li>Is it free?</ul>" + shown(), "html")
    assert [stated.extent for stated in parsed.markup] == [stated.extent for stated in parse(page, "html").markup]
    assert parsed.markup[0].extent.start > parsed.text.index("Is it free?")


def test_answers_keep_their_votes_and_which_one_was_accepted():
    page = """<div itemscope itemtype="schema.org/Question"><h1 itemprop=name>Why is it blue?</h1>
    <div itemprop=suggestedAnswer itemscope itemtype="x/Answer">
    <b itemprop=upvoteCount>-2</b><p itemprop=text>Paint was cheap.</div>
    <div itemprop=acceptedAnswer itemscope itemtype="x/Answer">
    <b itemprop=upvoteCount>1.2k</b><p itemprop=text>Light scatters.</div>
    <div itemprop=suggestedAnswer itemscope itemtype="schema.org/Answer"><p itemprop=text>Nobody knows.</div></div>"""
    (question,) = parse(page, "html").markup
    assert [(answer.accepted, answer.votes) for answer in question.answers] == [
        (False, -2),
        (True, 1200),
        (False, None),
    ]


def test_wrong_choices_of_a_quiz_are_no_answers():
    page = """<script type="application/ld+json">{"@type": "Question", "eduQuestionType": "Flashcard",
    "name": "2 + 2?", "acceptedAnswer": {"text": "four"},
    "suggestedAnswer": [{"text": "three"}, {"text": "five"}]}</script> schema.org"""
    assert [answers for _, answers in texts(page)] == [["four"]]


def test_sections_of_a_howto_keep_their_names_and_its_steps_their_order():
    page = """<script type="application/ld+json">{"@context": "http://schema.org", "@type": "HowTo", "name": "Make tea",
    "step": [{"@type": "HowToSection", "name": "First", "itemListElement":
    [{"@type": "HowToStep", "text": "Boil water."}]},
    {"@type": "HowToSection", "name": "Then", "itemListElement": {"@type": "ItemList", "itemListElement": [
    {"@type": "HowToStep", "name": "Pour", "text": "Pour it over the leaves."}, "Wait."]}}]}</script>"""
    parsed = parse(page, "html")
    (howto,) = parsed.markup
    assert isinstance(howto, StatedHowto)
    assert parsed.text == "Make tea\n\nFirst\n\nBoil water.\n\nThen\n\nPour\n\nPour it over the leaves.\n\nWait."
    assert [[len(step.directions) for step in section.steps] for section in howto.sections] == [[1], [1, 1]]
    assert [block.number for block in parsed.blocks if block.kind == "item"] == [1, 1, 2]


def test_steps_without_a_name_that_the_page_hides_state_nothing():
    page = """<p>Text.</p><ol style="display:none" itemscope itemtype="http://schema.org/HowToSection">
    <li itemprop=itemListElement itemscope itemtype="http://schema.org/HowToStep">Press OK.</li></ol>"""
    parsed = parse(page, "html")
    assert (parsed.text, parsed.markup) == ("Text.", ())


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Any Question?</p>", False),
        ("<a href=https://schema.org/Thing>", False),
        ("<div itemscope itemtype=x/Question>", True),
        ("<i typeof=HowTo>", True),
    ],
)
def test_only_a_page_with_a_sign_of_such_markup_is_read_for_it(html, expected):
    assert may_state(html) is expected


@pytest.mark.parametrize(
    "unit",
    [
        '{"@type":"Question","name":"Why?","acceptedAnswer":{"text":"So."}},',
        '{"@type":"Question","name":"Why is it so, and not otherwise, pray?","acceptedAnswer":{"@id":"#a"}},',
        '{"@type":"HowTo","name":"a","step":["b","c"]},',
    ],
)
def test_statements_without_end_take_linear_time(unit):
    answer = '{"@id":"#a","text":"' + "There is no reason that anybody knows of. " * 50 + '"}'
    data = "[" + unit * (N_CHARS // len(unit)) + answer + "]"
    start = time.process_time()
    parse(
        f'<script type="application/ld+json">{data}</script><p>schema.org' + "<p>Why? There is no reason.</p>" * 5000,
        "html",
    )
    assert time.process_time() - start < MAX_SECONDS


@pytest.mark.parametrize(
    "unit", ["<div itemscope itemprop=text itemtype=schema.org/Question>Why ", "<i itemprop=name>x"]
)
def test_elements_within_elements_take_linear_time(unit):
    start = time.process_time()
    parse("<div itemscope itemtype=schema.org/Question>" + unit * (N_CHARS // len(unit)), "html")
    assert time.process_time() - start < MAX_SECONDS
