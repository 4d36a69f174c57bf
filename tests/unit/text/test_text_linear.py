"""Time grows with the length of a document and with nothing else."""

import time

import pytest

from etl.text.html_reader import MAX_LISTS
from etl.text.parse import parse

N_CHARS = 200_000
# The slowest of these take a tenth of this on an idle machine; anything quadratic takes a minute.
MAX_SECONDS = 10.0
UNITS = {
    "html": (
        *(
            "<div>",
            "<p>",
            "<ul><li>x",
            "<li>x",
            "<table><tr><td>",
            "<b>x",
            "<a href=x>y",
            "<nav>x",
            "<pre><div>x",
            "<br>x",
        ),
        *("<!--", "<script>", "<a b='", '<a b="', "<title>", "&#9", "</div>", "<span hidden>", "<", "\u0301\u0327"),
    ),
    "markdown": (
        "1. ",
        "> ",
        "*",
        "[",
        "![",
        "`",
        "{{",
        "{% ",
        "](",
        "|a",
        "- a\n",
        "[^1]: a\n",
        "---\n",
        "\u0301\u0327",
    ),
    "text": (
        "?",
        "1. ",
        "> ",
        "x",
        "中",
        " ",
        "\t\n",
        "- a\n",
        "a\n  b\n",
        "    x\n\n",
        "Q: x\n",
        "---\n",
        "```\n",
        "|",
    ),
}


@pytest.mark.parametrize(("format", "unit"), [(format, unit) for format, units in UNITS.items() for unit in units])
def test_a_document_of_one_thing_repeated_parses_in_linear_time(format: str, unit: str) -> None:
    start = time.process_time()
    parse(unit * (N_CHARS // len(unit)), format)
    assert time.process_time() - start < MAX_SECONDS


def test_elements_nested_a_hundred_thousand_deep_parse() -> None:
    parsed = parse("<div>" * 100_000 + "deep" + "</div>" * 100_000, "html")
    assert parsed.text == "deep"


def test_lists_nested_ten_thousand_deep_keep_their_level() -> None:
    parsed = parse("<ul><li>" * 10_000 + "deep", "html")
    assert [block.level for block in parsed.blocks] == [10_000]


def test_lists_nested_deeper_than_anyone_nests_them_are_text_of_the_deepest() -> None:
    deep = MAX_LISTS + 5
    parsed = parse("<ol><li>" * deep + "<p>deep</p>" + "</li></ol>" * deep + "<ol><li>behind</li></ol>", "html")
    assert [(parsed.text[b.start : b.end], b.level, b.number) for b in parsed.blocks] == [
        ("deep", MAX_LISTS, 1),
        ("behind", 1, 1),
    ]
