"""The way of one document in words: what is shown, how much of it, and what never reaches a terminal."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.report.way import Way, way_text
from etl.text.blocks import HEADING, ITEM, PARAGRAPH, STRONG, Block

TEXT = "Why is it wet?\n\nIt rains."
DOCUMENT = {
    "doc_id": "d1",
    "source": "web",
    "source_id": "page-1",
    "url": "https://example.org/rain",
    "title": "Rain",
    "lang": None,
    "license": "CC0-1.0",
    "format": "html",
    "text": TEXT,
    "n_chars": 1234,
    "n_chrome": 56,
    "n_markup": 0,
}
PAIR = {
    "pair_id": "p1",
    "rule": "faq",
    "rule_version": "1",
    "family": "question_answering",
    "grounding": 0.98765,
    "instruction": "Why is it wet?",
    "response": "It rains.",
    "evidence": [{"start": 0, "end": 14}, {"start": 16, "end": 25}],
}
REJECT = {"stage": "select", "reason": "too_short", "detail": "3 words", "payload": '{"instruction": "Why?"}'}
RAW_ROW = {"row_id": "r1", "stream": "raw", "split": "train", "n_tokens": 1200, "text": TEXT}
PAIR_ROW = {
    "row_id": "r2",
    "stream": "instruction",
    "split": "train",
    "n_tokens": 8,
    "text": "Why is it wet?\nIt rains.",
}
BLOCKS = [Block(HEADING, 0, 14, level=2, mark=STRONG), Block(PARAGRAPH, 16, 25)]

# What a terminal acts on: escape sequences of both kinds, a bell, a carriage return, a word written backwards.
HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\r\x08\u202eevil\u202c\u200b\x7f\ud800\x00"


def way(**parts: Any) -> Way:
    whole: dict[str, Any] = {
        "document": DOCUMENT,
        "raw": "<h2>Why is it wet?</h2>\n<p>It rains.",
        "blocks": BLOCKS,
        "pairs": [PAIR],
        "rejects": [REJECT],
        "mixture": [RAW_ROW, PAIR_ROW],
    }
    return Way(**(whole | parts))


def section(text: str, heading: str) -> list[str]:
    """The lines under a heading, without the heading."""
    parts = [part.splitlines() for part in text.split("\n\n")]
    return next(lines[1:] for lines in parts if lines[0].startswith(heading))


def test_the_whole_way_is_told_from_raw_to_mixture() -> None:
    assert way_text(way()) == (
        "doc_id     d1\n"
        "source     web\n"
        "source_id  page-1\n"
        "url        https://example.org/rain\n"
        "title      Rain\n"
        "license    CC0-1.0\n"
        "format     html\n"
        "size       1,234 characters, 56 of page chrome left out\n"
        "\n"
        "raw\n"
        "  <h2>Why is it wet?</h2>\n"
        "  <p>It rains.\n"
        "\n"
        "blocks: 2\n"
        "             0–14  heading 2 (strong): Why is it wet?\n"
        "            16–25  paragraph: It rains.\n"
        "\n"
        "pairs: 1\n"
        "  p1  faq 1, question_answering, grounding 0.988\n"
        "    instruction  Why is it wet?\n"
        "    response     It rains.\n"
        "    evidence     0–14: Why is it wet?\n"
        "    evidence     16–25: It rains.\n"
        "\n"
        "rejects: 1\n"
        "  select, too_short: 3 words\n"
        '    {"instruction": "Why?"}\n'
        "\n"
        "mixture: 2 rows\n"
        "  r1  raw, train, 1,200 tokens: Why is it wet? ⏎  ⏎ It rains.\n"
        "  r2  instruction, train, 8 tokens: Why is it wet? ⏎ It rains.\n"
    )


def test_what_never_became_a_document_has_raw_text_and_rejects_only() -> None:
    text = way_text(way(document=None, blocks=[], pairs=[], mixture=[]))
    assert text.startswith("\nraw\n  <h2>")
    assert "blocks" not in text
    assert "pairs" not in text
    assert section(text, "rejects: 1") == ["  select, too_short: 3 words", '    {"instruction": "Why?"}']
    assert section(text, "mixture: 0 rows") == []


def test_a_source_that_is_gone_is_said() -> None:
    assert section(way_text(way(raw=None)), "raw") == ["  the source cannot be read any more"]


def test_a_document_that_was_not_drawn_is_said() -> None:
    assert section(way_text(way(mixture=[PAIR_ROW])), "mixture: 1")[-1] == "  its raw text was not drawn"


def test_an_item_has_its_level_and_number_and_a_first_number_may_be_0() -> None:
    blocks = [Block(ITEM, 0, 3, level=1, number=0), Block(ITEM, 4, 6, level=2)]
    assert [line.strip() for line in section(way_text(way(blocks=blocks)), "blocks: 2")] == [
        "0–3  item 1 #0: Why",
        "4–6  item 2: is",
    ]


@pytest.mark.parametrize("missing", [None, ""])
def test_a_reject_without_detail_and_payload_is_one_line(missing: str | None) -> None:
    text = way_text(way(rejects=[REJECT | {"detail": missing, "payload": missing}]))
    assert section(text, "rejects") == ["  select, too_short"]


# --- how much ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "row", "shown", "lines_each"),
    [("blocks", BLOCKS[0], 60, 1), ("pairs", PAIR, 40, 5), ("rejects", REJECT, 40, 2), ("mixture", RAW_ROW, 40, 1)],
)
def test_of_many_the_first_are_shown_and_the_others_are_counted(
    part: str, row: Any, shown: int, lines_each: int
) -> None:
    lines = section(way_text(way(**{part: [row] * (shown + 1)})), f"{part}: {shown + 1}")
    assert len(lines) == shown * lines_each + 1
    assert lines[-1] == "  … and 1 more"
    assert len(section(way_text(way(**{part: [row] * shown})), part)) == shown * lines_each
    assert section(way_text(way(**{part: [row] * (shown + 2345)})), part)[-1] == "  … and 2,345 more"


def test_of_a_long_raw_text_the_head_is_shown_and_its_length() -> None:
    assert section(way_text(way(raw="x" * 600)), "raw") == ["  " + "x" * 600]
    assert section(way_text(way(raw="x" * 601)), "raw") == ["  " + "x" * 600, "  … 601 characters in all"]


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("x" * 160, "x" * 160),
        ("x" * 161, "x" * 159 + "…"),
        ("x" * 1_000_000, "x" * 159 + "…"),
        ("one\ntwo\r\nthree\u2028four", "one ⏎ two ⏎ three ⏎ four"),
        ("\n" * 1000, (" ⏎ " * 60)[:159] + "…"),
    ],
)
def test_texts_in_a_line_are_cut_to_160_characters(given_text: str, shown: str) -> None:
    line = section(way_text(way(pairs=[PAIR | {"response": given_text}])), "pairs")[2]
    assert line == f"    response     {shown}"


# --- what never reaches a terminal ------------------------------------------------------------------------------


def hostile(text: str) -> Way:
    """The way of a document whose every text that comes from outside is `text`."""
    from_outside = ("source_id", "url", "title", "lang", "license", "text")
    return way(
        document=DOCUMENT | dict.fromkeys(from_outside, text),
        raw=text,
        blocks=[Block(PARAGRAPH, 0, len(text))],
        pairs=[PAIR | {"instruction": text, "response": text, "evidence": [{"start": 0, "end": len(text)}]}],
        rejects=[REJECT | {"detail": text, "payload": text}],
        mixture=[RAW_ROW | {"text": text}],
    )


def test_escape_sequences_of_a_corpus_become_blanks() -> None:
    text = way_text(hostile(f"one{HOSTILE}two"))
    assert not {char for char in HOSTILE if not char.isprintable()} & set(text)
    # Five fields, raw text, a block, three texts of a pair, two of a reject, one of the mixture.
    assert text.count("]0;owned  [2J 31m") == 5 + 1 + 1 + 3 + 2 + 1


@given(st.text(st.characters(), max_size=1500))
@settings(deadline=None)
def test_whatever_a_text_holds_the_way_is_printable_bounded_and_can_be_written(text: str) -> None:
    said = way_text(hostile(text))
    assert all(char.isprintable() or char == "\n" for char in said)
    assert all(len(line) <= 600 + 2 for line in said.split("\n"))
    assert said.encode().decode() == said
    assert [line for line in said.splitlines() if line and not line.startswith(" ")][9:] == [
        "raw",
        "blocks: 1",
        "pairs: 1",
        "rejects: 1",
        "mixture: 1 rows",
    ]
