"""HTML: what becomes of which element."""

from collections.abc import Callable

import pytest

from etl.text.parse import parse

Rows = Callable[..., list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a<p>b", [("paragraph", "a"), ("paragraph", "b")]),
        ("<p>a<br>b<br><br>c", [("paragraph", "a\nb"), ("paragraph", "c")]),
        ("foo<b>bar</b> <i>baz</i>", [("paragraph", "foobar baz")]),
        ("<P CLASS=x>upper case</P>", [("paragraph", "upper case")]),
        ("a < b &lt; c &amp;amp;", [("paragraph", "a < b < c &amp;")]),
        ("&#0; &#xD800; &#99999999999999999999999;", [("paragraph", "\ufffd \ufffd \ufffd")]),
        ("<a title='>'>x</a>", [("paragraph", "x")]),
        ("<p>a<script>b</p></script>c", [("paragraph", "ac")]),
        ("<p>a<!-- <p> -->b", [("paragraph", "ab")]),
        ("a<svg><title>no</title></svg>b", [("paragraph", "ab")]),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>", [("paragraph", "漢")]),
        ("<p>word<sup class='footnote-ref'><a href='#1'>1</a></sup>", [("paragraph", "word")]),
        ("<blockquote>a<p>b</blockquote>c", [("quote", "a"), ("quote", "b"), ("paragraph", "c")]),
        ("<pre>\n a &lt;\n\n b  \n</pre>", [("code", " a <\n\n b")]),
        ("<pre><div>a</div><div>b</div></pre>", [("code", "a\nb")]),
        ("<h2>a</h2>b", [("heading", "a"), ("paragraph", "b")]),
        ("<h2>a<p>b", [("heading", "a"), ("paragraph", "b")]),
        ("<li>no list", [("item", "no list")]),
        ("<td>no table", [("paragraph", "no table")]),
    ],
)
def test_elements_become_blocks(rows: Rows, html: str, expected: list[tuple[str, str]]) -> None:
    assert rows(html, "html") == expected


def test_items_carry_their_level_and_the_ordinal_of_their_list() -> None:
    parsed = parse("<ol start=3><li>a<ul><li>b</ul><li value=9>c<li>d</ol>", "html")
    assert [(block.level, block.number) for block in parsed.blocks] == [(1, 3), (2, None), (1, 9), (1, 10)]


def test_items_of_one_list_stand_on_consecutive_lines_and_lists_apart() -> None:
    assert parse("<ul><li>a<ul><li>b</ul></ul><ul><li>c</ul>", "html").text == "a\nb\n\nc"


def test_a_paragraph_in_an_item_continues_it() -> None:
    parsed = parse("<ul><li><p>a<p>b</ul><p>c", "html")
    assert [(block.kind, block.level) for block in parsed.blocks] == [("item", 1), ("paragraph", 1), ("paragraph", 0)]


@pytest.mark.parametrize(
    ("html", "mark"),
    [
        ("<p><b>bold</b>", "strong"),
        ("<p>1. <strong>bold</strong>:", "strong"),
        ("<p><b>bold</b> and not", ""),
        ("<p><a href=x>link</a>", "link"),
        ("<p>\n  <a href=x>link</a>\n", "link"),
        ("<a href=x><div>card</div></a>", "link"),
        ("<p><a href=x>link</a> and not", ""),
        ("<p><a href='#'>toggle</a>", ""),
        ("<p><a name=x>anchor</a>", ""),
        ("<h2><a href='#x'>itself</a></h2>", ""),
        ("<details><summary>asked</summary></details>", "summary"),
    ],
)
def test_marks_say_what_the_whole_block_is(html: str, mark: str) -> None:
    (block,) = parse(html, "html").blocks
    assert block.mark == mark


def test_bold_that_is_never_closed_does_not_mark_what_follows() -> None:
    assert [block.mark for block in parse("<p>a <b>b<p>c<p>d", "html").blocks] == ["", "", ""]


def test_rows_of_data_become_lines_of_one_table() -> None:
    parsed = parse("<table><tr><td>a<td>b<tr><td>c<td>d</table>", "html")
    assert (parsed.text, parsed.blocks[0].kind, len(parsed.blocks)) == ("a | b\nc | d", "table", 1)


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td><h2>a</h2><td>b</table>",
        "<table><tr><td>a<td><table><tr><td>b</table></table>",
        "<table><tr><td>a<td><p>b<p>c</table>",
        "<table><tr><td>a<tr><td>b</table>",
    ],
)
def test_a_table_that_lays_out_the_page_leaves_the_blocks_of_its_cells(html: str) -> None:
    assert "table" not in [block.kind for block in parse(html, "html").blocks]


NOTE = "<table><tr><td rowspan=2><img alt=Tip><th>Tip<tr><td>{}</table>"


def test_a_note_set_in_a_table_beside_its_image_leaves_the_blocks_of_its_text() -> None:
    parsed = parse(NOTE.format("<p>Do this:</p><ol><li>Mix.<li>Bake.</ol>"), "html")
    assert [(block.kind, block.level, block.number) for block in parsed.blocks] == [
        ("paragraph", 0, None),
        ("paragraph", 0, None),
        ("item", 1, 1),
        ("item", 1, 2),
    ]
    assert parsed.text == "Tip\n\nDo this:\n\nMix.\nBake."


def test_a_list_in_a_note_goes_on_in_the_list_around_it() -> None:
    html = "<ol><li>Mix." + NOTE.format("<p>Stir.</p>") + "<li>Bake.</ol>"
    assert [(block.kind, block.level, block.number) for block in parse(html, "html").blocks] == [
        ("item", 1, 1),
        ("paragraph", 1, None),
        ("paragraph", 1, None),
        ("item", 1, 2),
    ]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<table><tr><th>a<th>b<tr><td>c<td><ul><li>d<li>e</ul></table>", "a | b\nc | d e"),
        ("<table><tr><th>a<th>b<tr><td>c<td><ol><li>d<li>e</ol></table>", "a | b\nc | d e"),
        ("<table><tr><th><th>b<tr><td>c<td>d</table>", "| b\nc | d"),
    ],
)
def test_a_table_of_data_stays_one_whatever_a_cell_holds(html: str, text: str) -> None:
    parsed = parse(html, "html")
    assert ([block.kind for block in parsed.blocks], parsed.text) == (["table"], text)


def test_an_end_tag_in_a_cell_closes_nothing_outside_of_the_table() -> None:
    html = "<ul><li>a<table><tr><td>b</li></ul></div><td>c</table><li>d</ul>"
    assert [(block.kind, block.level) for block in parse(html, "html").blocks] == [
        ("item", 1),
        ("table", 1),
        ("item", 1),
    ]


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>A &amp; B</title><h1>Other</h1>", "A & B"),
        ("<title>Why? | Site</title><h1>Why?</h1>", "Why?"),
        ("<title>Why? | Site</title><h1>Else</h1>", "Why? | Site"),
        ("<h1>Only a heading</h1>", "Only a heading"),
        ("<h2>None</h2>", None),
    ],
)
def test_the_title_is_the_stated_one_without_the_site(html: str, title: str | None) -> None:
    assert parse(html, "html").title == title
