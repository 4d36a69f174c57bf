import pytest

from etl.rules.questions import asks_outright, has_question_mark, is_question


@pytest.mark.parametrize(
    "text",
    [
        "How does it work?",
        "How to install it",
        "Is it free? (really?)",
        "Warum ist das so?",
        "Pourquoi ça ne marche pas ?",
        "¿Qué es esto?",
        "Como instalar o programa",
        "Come si installa?",
        "Hoe werkt het",
        "Как это работает",
        "Nasıl kurulur?",
        "كيف يعمل هذا؟",
        "چگونه نصب کنم؟",
        "如何安装",
        "什么是证书？",
        "これは何ですか",
        "어떻게 설치하나요",
        "यह क्या है?",
        "Πώς λειτουργεί;",
        "Ինչպե՞ս",
    ],
)
def test_a_block_worded_as_a_question_is_one_in_every_language(text):
    assert is_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "It works.",
        "It works. Why it works is simple.",
        "http://example.org/search?",
        "example.org/search?q=1",
        "SELECT * FROM t WHERE x = ?",
        "int f();",
        "# what does this do?",
        "what(1, 2);",
        "?",
        "",
        "Installation",
        "How it works, in short, is this:",
    ],
)
def test_statements_addresses_and_code_are_no_questions(text):
    assert not is_question(text)


def test_the_language_given_restricts_the_openers():
    assert is_question("Wie man es installiert", "de")
    assert not is_question("Wie man es installiert", "en")
    assert is_question("Wie man es installiert", "xx")


def test_a_greek_semicolon_asks_only_in_greek():
    assert has_question_mark("Τι είναι;")
    assert not has_question_mark("return x;")


def test_a_tale_that_ends_in_a_question_asks_outright_only_in_the_first_person():
    assert asks_outright("I get an error. How do I stop it?")
    assert not asks_outright("Then came the winter of that year, and who would feed them?")
