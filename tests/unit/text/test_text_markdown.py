"""Markdown: what is read, and what of site generators is left out."""

from collections.abc import Callable

import pytest

from etl.text.parse import parse

Rows = Callable[..., list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Title\n===\n\ntwo\nlines", [("heading", "Title"), ("paragraph", "two lines")]),
        ("a [link](x), ![image](y) and `co|de`", [("paragraph", "a link, and co|de")]),
        ("hard  \nbreak", [("paragraph", "hard\nbreak")]),
        ("| a | b |\n|---|---|\n| c | d |", [("table", "a | b\nc | d")]),
        ("- [x] done", [("item", "done")]),
        ("Term\n: its meaning", [("term", "Term"), ("definition", "its meaning")]),
        ("<div class=nav>\n\nno *chrome* here\n\n</div>", [("paragraph", "no chrome here")]),
        ("```sh\na   b\n\nc\n```", [("code", "a   b\n\nc")]),
    ],
)
def test_markdown_becomes_blocks(rows: Rows, markdown: str, expected: list[tuple[str, str]]) -> None:
    assert rows(markdown, "markdown") == expected


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ('a {{< ref "b" >}} c', "a c"),
        ("a {{<ref>}} c", "a c"),
        ("{% include b.html %}\n\nc", "c"),
        ("a\n{: .note}", "a"),
        ("# a {#id}", "a"),
        ("[a]({{ site.url }}/b) and [c]({% link d.md %}#e)", "a and c"),
        ("`{{ kept }}` {{ gone }}", "{{ kept }}"),
        ("    {{ kept }}", "{{ kept }}"),
        ("{% highlight sh %}\na  b\n{% endhighlight %}", "a  b"),
        ("{{< highlight sh >}}\na  b\n{{< /highlight >}}", "a  b"),
        ("a {brace} and {{unclosed", "a {brace} and {{unclosed"),
    ],
)
def test_marks_of_site_generators_are_left_out_save_in_code(markdown: str, text: str) -> None:
    assert parse(markdown, "markdown").text == text


@pytest.mark.parametrize(
    ("markdown", "title"),
    [
        ('---\ntitle: "A: b"\n---\n# C', "A: b"),
        ("+++\ntitle = 'A'\n+++\nb", "A"),
        ("---\ndate: 1\n---\n# C", "C"),
        ("text\n\n---\ntitle: no\n---", None),
    ],
)
def test_front_matter_is_no_text_and_gives_the_title(markdown: str, title: str | None) -> None:
    parsed = parse(markdown, "markdown")
    assert parsed.title == title
    assert "date" not in parsed.text


def test_the_fences_of_a_pandoc_division_are_no_content() -> None:
    parsed = parse(
        "Before.\n\n::::::: challenge\n\nWhat is it?\n\n:::: {.solution}\n\nA file.\n\n::::\n:::::::\n", "markdown"
    )
    assert parsed.text == "Before.\n\nWhat is it?\n\nA file."


def test_a_reference_to_a_control_character_is_no_text() -> None:
    assert parse("One &#2;two.", "markdown").text == "One two."
