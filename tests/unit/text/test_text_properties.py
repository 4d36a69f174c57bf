"""What holds for the parse of any string whatever."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.text.blocks import CHROME, KINDS, MARKS, Parsed
from etl.text.parse import FORMATS, parse

FRAGMENTS = st.sampled_from(
    [
        *("<p>", "</p>", "<b>", "</b>", "<ul><li>", "<li>", "</ul>", "<ol start=4>", "<dl><dt>", "<dd>", "<table><tr>"),
        *(
            "<td>",
            "<th>",
            "</table>",
            "<pre>",
            "</pre>",
            "<nav>",
            "</nav>",
            "<a href=x>",
            "</a>",
            "<br>",
            "<h1>",
            "</h1>",
        ),
        *("<div class='sidebar'>", "</div>", "<span hidden>", "</span>", "<!--", "<script>", "<summary>", "<title>"),
        *(
            "# ",
            "1. ",
            "- ",
            "> ",
            "```\n",
            "---\n",
            "| a | b |\n",
            "{{ x }}",
            "[a](b)",
            "*",
            "    ",
            "\t",
            "\n",
            "\n\n",
        ),
        *(
            "Q: ",
            "Why?",
            "word ",
            "中文",
            "é",
            "e\u0301",
            "&nbsp;",
            "&#0;",
            "&#xd800;",
            "&",
            "\u00a0",
            "\u200b",
            "\x00",
        ),
    ]
)
TEXTS = st.one_of(
    st.text(st.characters(), max_size=80),
    st.lists(FRAGMENTS, max_size=40).map("".join),
)


@pytest.mark.parametrize("format", FORMATS)
@given(raw=TEXTS, keep_chrome=st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_string_parses_into_canonical_text_and_blocks_that_cover_it(
    format: str, raw: str, keep_chrome: bool
) -> None:
    parsed = parse(raw, format, keep_chrome=keep_chrome)
    check_text(parsed.text)
    check_blocks(parsed)
    if not keep_chrome:
        assert all(block.kind != CHROME for block in parsed.blocks)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("raw", ["", " ", "\n\n\n", "\x00", "\u200b", "\ufeff"])
def test_a_document_without_a_visible_character_has_no_text_and_no_blocks(format: str, raw: str) -> None:
    assert parse(raw, format)[:2] == ("", [])


def test_an_unknown_format_is_an_error_that_names_the_valid_ones() -> None:
    with pytest.raises(ValueError, match="'pdf' is unknown; valid are text, markdown, html"):
        parse("x", "pdf")


def check_text(text: str) -> None:
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", text)
    assert not re.search(r"[ \t]$", text, re.MULTILINE)
    assert "\n" not in (text[:1], text[-1:])


def check_blocks(parsed: Parsed) -> None:
    at = 0
    for block in parsed.blocks:
        assert block.kind in KINDS
        assert block.mark in MARKS
        assert block.level >= 0
        assert at <= block.start < block.end <= len(parsed.text)
        assert not parsed.text[at : block.start].strip()
        at = block.end
    assert at == len(parsed.text)
