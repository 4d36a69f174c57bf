"""Parts of plain text that are read as they stand: indented and fenced code, quotations, tables with bars."""

from collections.abc import Sequence
from typing import NamedTuple

from etl.text.characters import join_wrapped
from etl.text.html_table import CELL_GAP
from etl.text.plain_lines import Line
from etl.text.plain_marks import PROMPTS, looks_like_code

_FENCES = ("```", "~~~")


class Part(NamedTuple):
    """The text of a part, and the line behind its last one."""

    text: str
    end: int


def read_indented(lines: Sequence[Line], at: int, least: int, *, is_wrapped: bool) -> Part:
    """Return the code that begins with line `at` and stands at column `least` or further right.

    Blank lines in it do not end it. If it is no code, its text is empty and `end` is where its lines end.
    """
    end = _end_of_run(lines, at, least)
    if not looks_like_code(lines[at:end], is_wrapped=is_wrapped):
        return Part("", end)
    while lines[begin := _skip_blanks(lines, end)].text and lines[begin].indent >= least:
        run_end = _end_of_run(lines, begin, least)
        if not looks_like_code(lines[begin:run_end], is_wrapped=is_wrapped):
            break
        end = run_end
    return Part(_dedent(lines[at:end]), end)


def read_prompt(lines: Sequence[Line], at: int, *, is_dense: bool) -> Part | None:
    """Return the commands, with what they print, that begin with line `at`, or None if there is no prompt.

    What they print goes to the next blank line, and so cannot be told in a text without any.
    """
    if not lines[at].text.startswith(PROMPTS):
        return None
    end = at + 1 if is_dense else _end_of_run(lines, at, 0)
    return Part(_dedent(lines[at:end]), end)


def find_fences(lines: Sequence[Line]) -> dict[int, int]:
    """Return the lines that open fenced code and the lines that close it."""
    fences: dict[int, int] = {}
    opened = -1
    for at, line in enumerate(lines):
        if line.text.startswith(_FENCES):
            if opened < 0:
                opened = at
            elif line.text.strip(line.text[0]) == "" and line.text[0] == lines[opened].text[0]:
                fences[opened] = at
                opened = -1
    return fences


def read_fenced(lines: Sequence[Line], at: int, close: int) -> Part:
    """Return the code between the fences at lines `at` and `close`."""
    return Part(_dedent(lines[at + 1 : close]), close + 1)


def read_quotes(lines: Sequence[Line], at: int) -> tuple[list[str], int]:
    """Return the paragraphs of the lines from `at` on that begin with ``>``, and the line behind them."""
    paragraphs: list[str] = []
    wrapped: list[str] = []
    while (text := lines[at].text).startswith(">"):
        bare = text.lstrip("> ")
        if bare:
            wrapped.append(bare)
        elif wrapped:
            paragraphs.append(join_wrapped("\n".join(wrapped)))
            wrapped = []
        at += 1
    if wrapped:
        paragraphs.append(join_wrapped("\n".join(wrapped)))
    return paragraphs, at


def read_table(lines: Sequence[Line], at: int) -> Part:
    """Return the rows of the lines from `at` on that begin with a bar."""
    rows: list[str] = []
    while (text := lines[at].text).startswith("|"):
        cells = [join_wrapped(cell) for cell in text.strip("|").split("|")]
        if any(cell.strip("-:=+ ") for cell in cells):
            rows.append(CELL_GAP.join(cells).strip())
        at += 1
    return Part("\n".join(rows), at)


def _dedent(lines: Sequence[Line]) -> str:
    margin = min((line.indent for line in lines if line.text), default=0)
    return "\n".join(" " * (line.indent - margin) + line.text if line.text else "" for line in lines).strip("\n")


def _end_of_run(lines: Sequence[Line], at: int, least: int) -> int:
    while lines[at].text and lines[at].indent >= least:
        at += 1
    return at


def _skip_blanks(lines: Sequence[Line], at: int) -> int:
    while at < len(lines) - 1 and not lines[at].text:
        at += 1
    return at
