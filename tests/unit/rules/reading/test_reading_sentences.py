import pytest

from etl.rules.reading.sentences import sentences, sentences_near
from etl.rules.reading.standing import is_prose, joined, leans, stands_alone


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", ["Dr. Smith paid $3.14 to J. R. Doe.", "He left, e.g. by train.", "It was late."]),
        ("de", ["Das ist z. B. gut.", "Am 3. Oktober kam er."]),
        ("fr", ["Le chat dort.", "Il est gris."]),
        ("zh", ["什么是后训练?", "大语言模型。", "好!", "完。"]),
        ("ja", ["これはペンです。", "そうですか?", "はい。"]),
        ("ru", ["Он пришёл.", "Она ушла!"]),
        ("ar", ["هل هذا؟", "نعم."]),
        ("hi", ["यह है।", "वह है।"]),
    ],
)
def test_sentences_end_at_the_terminators_of_their_script_and_not_at_abbreviations(lang, expected):
    text = ("" if lang in ("zh", "ja") else " ").join(expected)
    assert [text[a:b] for a, b in sentences(text, 0, len(text), lang)] == expected


def test_spans_are_those_of_the_whole_text_without_white_space_around():
    text = "# Head\n\n  First one.  \n Second one.  Tail"
    spans = list(sentences(text, 8, 36, "en"))
    assert [text[a:b] for a, b in spans] == ["First one.", "Second one."]


def test_a_line_break_in_the_middle_of_a_sentence_ends_none():
    text = "The line is\nwrapped here. Next."
    assert [joined(text[a:b]) for a, b in sentences(text, 0, len(text), "en")] == ["The line is wrapped here.", "Next."]


def test_sentences_near_a_place_are_whole():
    text = "Start of it. " * 1000
    near = sentences_near(text, 0, len(text), 6500, "en")
    assert {text[a:b] for a, b in near} == {"Start of it."}
    assert all(abs(a - 6500) < 700 for a, _ in near)


@pytest.mark.parametrize(
    "sentence",
    [
        "It manages the memory and the processes of the machine.",
        "Therefore the server must be started before the client.",
        "The following commands start the server and the client.",
        "Such a server must be started before the client connects.",
        "and the server must be started before the client connects.",
        "The server must be started before the client connects",
        "Start the server now.",
        "The server (and its client must be started before the rest.",
        "The value of x = 5 makes {braces} that no reader wants here.",
        "Copyright 2020 by the authors of the server, all of them.",
        "See https://example.org/ for all the details on the server.",
    ],
)
def test_what_leans_on_its_neighbours_or_is_no_prose_does_not_stand_alone(sentence):
    assert not stands_alone(sentence, "en")


@pytest.mark.parametrize(
    ("lang", "alone", "dangling"),
    [
        ("en", "The kernel manages memory for all of the processes.", "They manage memory for all of the processes."),
        (
            "de",
            "Der Kernel verwaltet den Speicher für alle Prozesse.",
            "Dieser verwaltet den Speicher für alle Prozesse.",
        ),
        (
            "fr",
            "Le noyau gère la mémoire pour tous les processus.",
            "Il gère la mémoire pour tous les processus ouverts.",
        ),
        (
            "es",
            "El núcleo gestiona la memoria de todos los procesos.",
            "Este gestiona la memoria de todos los procesos.",
        ),
        ("zh", "操作系统的内核管理所有进程的内存。", "它管理所有进程的内存和所有的设备。"),
    ],
)
def test_a_sentence_with_its_own_subject_stands_alone_in_each_language(lang, alone, dangling):
    assert stands_alone(alone, lang)
    assert not stands_alone(dangling, lang)


def test_a_language_without_words_has_no_sentence_that_stands_alone():
    assert not stands_alone("Jądro zarządza pamięcią wszystkich procesów systemu.", "pl")
    assert not leans("To jest zdanie.", "pl")


def test_prose_is_letters_for_the_most_part():
    assert is_prose("The server starts, and the client connects to it.")
    assert not is_prose("10 20 30 40 50 60 70 80 of 90")
