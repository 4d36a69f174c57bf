import pytest

from etl.config.models import LabelledQaConfig
from etl.rules.labelled_qa import LabelledQa


@pytest.fixture
def labelled(page):
    def pairs(*specs, config=None):
        return [(p.instruction, p.response) for p in LabelledQa(config or LabelledQaConfig())(page(*specs))]

    return pairs


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Q: Is it free?", "A: Yes, it is."),
        ("Q1. Is it free?", "A1. Yes, it is."),
        ("Question: Is it free?", "Answer: Yes, it is."),
        ("Frage: Is it free?", "Antwort: Yes, it is."),
        ("F: Is it free?", "A: Yes, it is."),
        ("Pregunta: Is it free?", "Respuesta: Yes, it is."),
        ("P: Is it free?", "R: Yes, it is."),
        ("Pergunta: Is it free?", "Resposta: Yes, it is."),
        ("Domanda: Is it free?", "Risposta: Yes, it is."),
        ("Вопрос: Is it free?", "Ответ: Yes, it is."),
        ("Soru: Is it free?", "Cevap: Yes, it is."),
        ("سؤال: Is it free?", "جواب: Yes, it is."),
        ("질문: Is it free?", "답변: Yes, it is."),
        ("प्रश्न: Is it free?", "उत्तर: Yes, it is."),
        ("質問：Is it free?", "回答：Yes, it is."),
        ("问：Is it free?", "答：Yes, it is."),
        ("问: Is it free?", "答: Yes, it is."),
    ],
)
def test_labels_are_known_in_many_languages_and_are_taken_off(labelled, spec, question, answer):
    assert labelled(spec["p"](question), spec["p"](answer)) == [("Is it free?", "Yes, it is.")]


def test_question_and_answer_may_share_one_block(labelled, spec):
    assert labelled(spec["p"]("Q: Why? A: Because it is.")) == [("Why?", "Because it is.")]
    assert labelled(spec["p"]("问：多少钱？答：五元。问：在哪里？答：这里。")) == [
        ("多少钱？", "五元。"),
        ("在哪里？", "这里。"),
    ]


def test_an_answer_goes_on_until_the_next_question(labelled, spec):
    p = spec["p"]
    assert labelled(p("Q: Why?"), p("A: Because."), p("And so."), p("Q: Who?"), p("A: Me."), p("And you."))[0] == (
        "Why?",
        "Because.\n\nAnd so.",
    )


def test_the_last_answer_is_no_longer_than_those_before_it(labelled, spec):
    p = spec["p"]
    got = labelled(p("Q: Why?"), p("A: Because."), p("Q: Who?"), p("A: Me."), p("Unrelated prose."), p("More of it."))
    assert got[-1] == ("Who?", "Me.")


def test_a_question_label_without_an_answer_label_makes_no_pair(labelled, spec):
    p = spec["p"]
    assert labelled(p("Q: Why?"), p("Because."), p("Q: Who?"), p("Me.")) == []


def test_labels_of_different_languages_do_not_belong_together(labelled, spec):
    assert labelled(spec["p"]("Frage: Warum?"), spec["p"]("Respuesta: Porque.")) == []


def test_numbers_that_differ_do_not_belong_together(labelled, spec):
    assert labelled(spec["p"]("Q1: Why?"), spec["p"]("A2: Because.")) == []


def test_precision_and_recall_are_no_question_and_answer(labelled, spec):
    assert labelled(spec["p"]("P: 0.92"), spec["p"]("R: 0.88")) == []


def test_a_drive_letter_inside_a_sentence_is_no_label(labelled, spec):
    assert labelled(spec["p"]("Q: What is drive A: used for?"), spec["p"]("Floppy disks.")) == []


def test_limits_hold(labelled, spec):
    p = spec["p"]
    config = LabelledQaConfig(max_question_chars=10, max_answer_chars=20)
    got = labelled(
        p("Q: Why?"), p("A: " + "x" * 30), p("Q: " + "y" * 20), p("A: b"), p("Q: Who?"), p("A: Me."), config=config
    )
    assert got == [("Who?", "Me.")]
