"""Plain text: blocks from the look of lines."""

from collections.abc import Callable

import pytest

from etl.text.parse import parse

Rows = Callable[..., list[tuple[str, str]]]
WRAPPED = """\
This paragraph has been wrapped by hand at a width of about seventy signs,
as was the custom when screens were narrow, and goes on for three lines, so
that nobody can doubt it.
"""


def test_hard_wrapped_lines_are_joined_and_blank_lines_end_a_paragraph(rows: Rows) -> None:
    found = rows(f"{WRAPPED}\n{WRAPPED}", "text")
    assert found == [("paragraph", " ".join(WRAPPED.split()))] * 2


def test_lines_of_text_without_wrapping_are_blocks_of_their_own(rows: Rows) -> None:
    found = rows(
        "Home\nWhy is it so?\nIt is so because somebody has made it so, and nobody since has changed it.", "text"
    )
    assert [text for _, text in found][:2] == ["Home", "Why is it so?"]
    assert len(found) == 3


@pytest.mark.parametrize(
    ("text", "level"),
    [("Title\n=====", 1), ("Title\n-----", 2), ("Title\n~~~~~", 3), ("== Title ==", 2), ("*** Title ***", 2)],
)
def test_underlined_and_framed_lines_are_headings_without_their_signs(text: str, level: int) -> None:
    parsed = parse(f"{text}\n\n{WRAPPED}", "text")
    first = parsed.blocks[0]
    assert (first.kind, first.level, parsed.text[first.start : first.end]) == ("heading", level, "Title")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("1.2 Some section", "heading"),
        ("3. Which one is it?", "heading"),
        ("SOME TITLE", "heading"),
        ("A short title", "heading"),
        ("A short sentence.", "paragraph"),
        ("What is this?", "paragraph"),
        ("in lower case", "paragraph"),
        ("Q: What is this?", "paragraph"),
    ],
)
def test_a_line_alone_before_a_paragraph_is_a_heading_if_it_looks_like_one(rows: Rows, line: str, kind: str) -> None:
    assert rows(f"{WRAPPED}\n{line}\n\n{WRAPPED}", "text")[1] == (kind, line)


def test_numbered_lines_are_items_while_the_list_goes_on(rows: Rows) -> None:
    text = f"{WRAPPED}\n1. First\n\n2. Second\n\n{WRAPPED}"
    assert [kind for kind, _ in rows(text, "text")] == ["paragraph", "item", "item", "paragraph"]


@pytest.mark.parametrize(
    ("marker", "number"),
    [("-", None), ("*", None), ("•", None), ("1.", 1), ("12)", 12), ("(3)", 3), ("a)", 1), ("④", 4), ("5、", 5)],
)
def test_list_markers_are_no_text_and_give_the_ordinal(marker: str, number: int | None) -> None:
    parsed = parse(f"{marker} the item", "text")
    assert (parsed.text, parsed.blocks[0].kind, parsed.blocks[0].number) == ("the item", "item", number)


def test_items_nest_by_indentation_and_continue_by_it() -> None:
    parsed = parse("1. one\n   goes on\n\n   more\n   - inner\n2. two\n", "text")
    assert [(block.kind, block.level, block.number) for block in parsed.blocks] == [
        ("item", 1, 1),
        ("paragraph", 1, None),
        ("item", 2, None),
        ("item", 1, 2),
    ]
    assert parsed.text == "one goes on\n\nmore\n\ninner\ntwo"


@pytest.mark.parametrize("label", ["A:", "Answer:", "答：", "Réponse :", "Ответ:"])
def test_a_label_begins_a_block_within_wrapped_lines(rows: Rows, label: str) -> None:
    found = rows(f"{WRAPPED}{label} it is.\n\n{WRAPPED}", "text")
    assert found[1] == ("paragraph", f"{label} it is.")


def test_a_short_question_is_not_glued_to_the_lines_below_it(rows: Rows) -> None:
    assert rows(f"{WRAPPED}\nWhat is this?\n{WRAPPED}", "text")[1] == ("paragraph", "What is this?")


@pytest.mark.parametrize(
    ("indented", "kind"),
    [
        ("    $ make all", "code"),
        ("    if (x) {\n        y();\n    }", "code"),
        ("    Indented words that form a whole sentence\n    are a paragraph.", "paragraph"),
    ],
)
def test_indented_lines_are_code_unless_they_read_as_prose(rows: Rows, indented: str, kind: str) -> None:
    assert rows(f"{WRAPPED}\n{indented}\n\n{WRAPPED}", "text")[1][0] == kind


def test_code_keeps_its_blank_lines_and_inner_indentation(rows: Rows) -> None:
    assert rows(f"{WRAPPED}\n    a = {{\n\n      1;\n    }}\n\n{WRAPPED}", "text")[1] == ("code", "a = {\n\n  1;\n}")


def test_fenced_code_is_verbatim(rows: Rows) -> None:
    assert rows("```\n# no heading\n- no   item\n```", "text") == [("code", "# no heading\n- no   item")]


def test_quotes_and_bars_are_read(rows: Rows) -> None:
    assert rows("> said\n> so\n>\n> twice", "text") == [("quote", "said so"), ("quote", "twice")]
    assert rows("| a | b |\n|---|---|\n| c | d |", "text") == [("table", "a | b\nc | d")]


def test_terms_hang_over_their_definitions() -> None:
    parsed = parse(f"{WRAPPED}\n-a, --all\n       Do not leave out anything that is there.\n\n{WRAPPED}", "text")
    assert [block.kind for block in parsed.blocks] == ["paragraph", "term", "definition", "paragraph"]


@pytest.mark.parametrize(
    ("text", "title"),
    [(f"The title\n\n{WRAPPED}", "The title"), (WRAPPED, None), (f"NAME\n    {WRAPPED}".replace("\n", "\n    "), None)],
)
def test_the_title_is_a_heading_that_begins_the_text(text: str, title: str | None) -> None:
    assert parse(text, "text").title == title
