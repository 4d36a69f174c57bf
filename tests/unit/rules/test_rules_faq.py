import pytest

from etl.config.models import FaqConfig
from etl.rules.faq import Faq


@pytest.fixture
def faq(page):
    def pairs(*specs, config=None, **kwargs):
        document = page(*specs, **kwargs)
        return [(p.instruction, p.response) for p in Faq(config or FaqConfig())(document)]

    return pairs


def test_question_headings_are_answered_by_what_stands_below_them(faq, spec):
    h, p = spec["h"], spec["p"]
    assert faq(h("What is it?"), p("A tool."), p("A good one."), h("Is it free?"), p("Yes.")) == [
        ("What is it?", "A tool.\n\nA good one."),
        ("Is it free?", "Yes."),
    ]


def test_an_answer_reaches_over_lower_headings_and_ends_at_the_next_of_its_level(faq, spec):
    h, p = spec["h"], spec["p"]
    got = faq(
        h("What is it?"), p("A tool."), h("Parts", 3), p("Two."), h("Legal"), p("No."), h("Is it free?"), p("Yes.")
    )
    assert got == [("What is it?", "A tool.\n\nParts\n\nTwo."), ("Is it free?", "Yes.")]


def test_one_question_heading_among_others_proves_nothing(faq, spec):
    h, p = spec["h"], spec["p"]
    assert faq(h("Intro"), p("a."), h("What changes?"), p("b."), h("Parts"), p("c."), h("Thanks"), p("d.")) == []


def test_one_question_heading_is_enough_on_a_page_that_calls_itself_one_of_questions(faq, spec):
    h, p = spec["h"], spec["p"]
    assert faq(h("FAQ", 1), h("What changes?"), p("Nothing.")) == [("What changes?", "Nothing.")]


@pytest.mark.parametrize("name", ["Frequently Asked Questions", "Häufig gestellte Fragen", "常见问题", "よくある質問"])
def test_the_name_of_such_a_page_is_known_in_many_languages(faq, spec, name):
    h, p = spec["h"], spec["p"]
    assert len(faq(h(name, 1), p("Is it?"), p("Yes."), p("Was it?"), p("No."))) == 2


def test_a_question_without_answer_makes_no_pair(faq, spec):
    h, p = spec["h"], spec["p"]
    assert faq(h("What is it?"), h("Is it free?"), p("Yes."), h("Who made it?")) == [("Is it free?", "Yes.")]


def test_a_table_of_contents_that_repeats_the_questions_makes_no_pairs(faq, spec):
    h, p, li = spec["h"], spec["p"], spec["li"]
    got = faq(
        *(li("What is it?"), li("Is it free?"), p("Welcome to this page.")),
        *(h("What is it?"), p("A tool."), h("Is it free?"), p("Yes.")),
    )
    assert got == [("What is it?", "A tool."), ("Is it free?", "Yes.")]


def test_rhetorical_questions_amid_prose_make_no_pairs(faq, spec):
    p = spec["p"]
    assert (
        faq(p("But what of the night, which fell on us so early, who would light it?"), p("Nobody."), p("So it went."))
        == []
    )


def test_dialogue_makes_no_pairs(faq, spec):
    p = spec["p"]
    lines = [
        p('"Who are you?"'),
        p('"A friend."'),
        p('"What do you want?"'),
        p('"Bread."'),
        p('"Why?"'),
        p('"Hunger."'),
    ]
    assert faq(*lines) == []


def test_plain_lines_ask_where_three_of_them_are_worded_as_questions(faq, spec):
    p = spec["p"]
    lines = [p("What is it?"), p("A tool."), p("Is it free?"), p("Yes."), p("Who made it?"), p("We did.")]
    assert len(faq(*lines)) == 3
    assert faq(*lines[:4]) == []


def test_a_summary_that_asks_is_answered_by_its_details(faq, spec):
    got = faq(("paragraph", "Is it free?", {"mark": "summary"}), spec["p"]("Yes."))
    assert got == [("Is it free?", "Yes.")]


def test_terms_that_ask_are_answered_by_their_definitions(faq):
    term, definition = (lambda s: ("term", s, {"level": 1})), (lambda s: ("definition", s, {"level": 1}))
    got = faq(term("Is it free?"), definition("Yes."), term("Is it fast?"), definition("Very."))
    assert got == [("Is it free?", "Yes."), ("Is it fast?", "Very.")]


def test_numbers_before_questions_are_no_part_of_them(faq, spec):
    h, p = spec["h"], spec["p"]
    assert faq(h("1.1. What is it?"), p("A tool."), h("1.2. Is it free?"), p("Yes."))[1] == ("Is it free?", "Yes.")


def test_items_of_an_answer_keep_their_lines_and_numbers(faq, spec):
    h, p, n = spec["h"], spec["p"], spec["n"]
    got = faq(h("FAQ", 1), h("How do I start?"), n(1, "Open it."), n(2, "Use it."), p("Done."))
    assert got == [("How do I start?", "1. Open it.\n2. Use it.\n\nDone.")]


def test_a_footer_ends_the_last_answer(faq, spec):
    h, p = spec["h"], spec["p"]
    got = faq(h("What is it?"), p("A tool."), h("Is it free?"), p("Yes."), p("© 2020 Somebody"), p("Contact us."))
    assert got[-1] == ("Is it free?", "Yes.")


def test_choices_of_a_quiz_answer_nothing(faq, spec):
    p, li = spec["p"], spec["li"]
    lines = [p("What is red?"), li("A"), li("B"), li("C"), p("Is it old?"), li("D"), li("E"), li("F")]
    assert faq(spec["h"]("Q&A", 1), *lines) == []


def test_a_statement_among_the_questions_of_such_a_page_is_an_entry_too(faq, spec):
    h, p = spec["h"], spec["p"]
    got = faq(
        h("FAQ", 1), h("What is it?"), p("A tool."), h("It does not start at all"), p("Wait."), h("Is it?"), p("Yes.")
    )
    assert got[1] == ("It does not start at all", "Wait.")


def test_a_longer_answer_than_allowed_is_no_answer(faq, spec):
    h, p = spec["h"], spec["p"]
    got = faq(h("What is it?"), p("x" * 30), h("Is it free?"), p("Yes."), config=FaqConfig(max_answer_chars=20))
    assert got == [("Is it free?", "Yes.")]


def test_evidence_is_the_question_and_the_blocks_of_the_answer(page, spec):
    h, p = spec["h"], spec["p"]
    document = page(h("1. What is it?"), p("A tool."), h("2. Is it free?"), p("Yes."))
    pair = next(iter(Faq(FaqConfig())(document)))
    assert [document.text[s.start : s.end] for s in pair.evidence] == ["What is it?", "A tool."]
    assert pair.family == "question_answering"


def test_a_list_of_the_questions_behind_the_answers_takes_none_of_them_away(faq, spec):
    p, li = spec["p"], spec["li"]
    lines = [p("FAQ"), p("What is it?"), p("A tool."), p("Is it free?"), p("Yes, as in beer and as in speech.")]
    got = faq(*lines, li("What is it?"), li("Is it free?"), p("Previous topic of all."), p("Last of all."))
    assert got == [("What is it?", "A tool."), ("Is it free?", "Yes, as in beer and as in speech.")]


def test_without_markup_a_heading_inside_an_answer_is_part_of_it(faq, spec):
    h, p = spec["h"], spec["p"]
    got = faq(p("FAQ"), p("What is it?"), p("A tool:"), h("It cuts"), p("And saws."), p("Is it free?"), p("Yes."))
    assert got == [("What is it?", "A tool:\n\nIt cuts\n\nAnd saws."), ("Is it free?", "Yes.")]
