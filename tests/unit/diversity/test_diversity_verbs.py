"""The word an instruction begins with tells what it asks for."""

import re

import pytest

from etl.diversity.verbs import OTHER, patterns


def classed(instruction):
    found = [name for name, pattern in patterns().items() if re.search(pattern, instruction.lower())]
    return found[0] if found else OTHER


@pytest.mark.parametrize(
    ("instruction", "expected"),
    [
        ("Explain how tides work.", "explain"),
        ("Could you please describe it?", "explain"),
        ("Erkläre mir die Gezeiten.", "explain"),
        ("请解释光合作用", "explain"),
        ("List three rivers.", "list"),
        ("Listen to this.", "other"),
        ("列出三条河", "list"),
        ("Translate into French: hello", "translate"),
        ("翻译成英文:你好", "translate"),
        ("Classify the review.", "classify"),
        ("Class action lawsuits", "other"),
        ("Summarize the text.", "summarize"),
        ("Résume le texte.", "summarize"),
        ("総括", "other"),
        ("What is a tide?", "question"),
        ("¿Qué es la marea?", "question"),
        ("Où est la gare", "question"),
        ("Tides, why?", "question"),
        ("如何做饭", "question"),
        ("Write a poem about rain.", "other"),
        ("", "other"),
    ],
)
def test_the_first_words_tell_the_class(instruction, expected):
    assert classed(instruction) == expected


def test_the_patterns_are_linear():
    for hostile in ("please " * 100_000, "¿" * 1_000_000, " " * 1_000_000, "?" * 1_000_000):
        for pattern in patterns().values():
            re.search(pattern, hostile[:1000])
