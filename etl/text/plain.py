"""Plain text: blocks from blank lines, indentation and the look of lines, in one pass over the lines."""

from dataclasses import dataclass, field
from typing import NamedTuple

from etl.text.blocks import CODE, DEFINITION, HEADING, ITEM, PARAGRAPH, QUOTE, TABLE, TERM, Parsed
from etl.text.characters import join_wrapped
from etl.text.drafts import Draft, assemble
from etl.text.plain_headings import find_heading
from etl.text.plain_lines import LOOK_AHEAD, Line, Setting, is_full, is_nearly_full, measure, read_lines
from etl.text.plain_marks import (
    Marker,
    asks,
    ends_open,
    has_label,
    is_code_line,
    read_marker,
    section_depth,
    underline_level,
)
from etl.text.plain_verbatim import (
    Part,
    find_fences,
    read_fenced,
    read_indented,
    read_prompt,
    read_quotes,
    read_table,
)

# Text this much further right than its surroundings may be code, or the explanation of what stands before it.
_DEEPER = 2
_MAX_TERM = 60
_SOFT_HYPHENATION = "\u2010\n"


def parse_plain(text: str) -> Parsed:
    r"""Return the parse of plain text, hard-wrapped or one block a line; `text` holds no control characters.

    >>> parsed = parse_plain("1. Why is\n   it so?\n2. How?")
    >>> parsed.text, [(block.kind, block.number) for block in parsed.blocks]
    ('Why is it so?\nHow?', [('item', 1), ('item', 2)])
    """
    lines = read_lines(text)
    reader = _Reader(lines, measure(lines), find_fences(lines) if "```" in text or "~~~" in text else {})
    reader.read()
    return assemble(reader.drafts, reader.title)


class _Level(NamedTuple):
    """An open list: the column of its markers, the column of its text, its last ordinal."""

    indent: int
    content: int
    ordinal: int | None


@dataclass(slots=True)
class _Reader:
    """Goes over the lines once; `at` is the next one, `drafts` what came of those before it."""

    lines: list[Line]
    setting: Setting
    fences: dict[int, int]
    drafts: list[Draft] = field(default_factory=list)
    title: str | None = None
    _at: int = 0
    _levels: list[_Level] = field(default_factory=list)
    _n_lists: int = 0
    _term_indent: int = -1  # column of the term whose definition is being read
    _prose_until: int = 0  # lines before this one were found to be no code

    def read(self) -> None:
        """Read all blocks of the text."""
        end = len(self.lines) - LOOK_AHEAD
        while self._at < end:
            line = self.lines[self._at]
            if self._at in self.fences:
                self._add_part(CODE, read_fenced(self.lines, self._at, self.fences[self._at]))
            elif not line.text or underline_level(line.text):
                self._at += 1
            else:
                self._read_block(line)

    def _read_block(self, line: Line) -> None:
        heading = find_heading(self.lines, self._at, self.setting, [level.ordinal for level in self._levels])
        if heading is not None:
            # The first heading of a manual page is the name of its first section.
            if not self.drafts and (line.indent >= self.setting.margin or not heading.text.isupper()):
                self.title = heading.text
            self._levels.clear()
            self._term_indent = -1
            self._add(HEADING, heading.text, heading.level)
            self._at += heading.n_lines
            return
        marker = read_marker(line.text)
        if marker is not None:
            self._read_item(line, marker)
            return
        self._close_levels(line.indent)
        if self._read_verbatim(line):
            return
        if self._is_term(line, self.lines[self._at + 1]):
            if not self._levels:
                self._n_lists += 1
            self._add(TERM, join_wrapped(line.text), len(self._levels) + 1)
            self._term_indent = line.indent
            self._at += 1
            return
        is_definition = self._term_indent >= 0 and self.drafts[-1].kind == TERM
        self._add(DEFINITION if is_definition else PARAGRAPH, self._gather(line), self._depth())

    def _read_verbatim(self, line: Line) -> bool:
        text = line.text
        least = (self._levels[-1].content if self._levels else self.setting.margin) + _DEEPER
        if line.indent < least and (commands := self._read_prompt()) is not None:
            self._add_part(CODE, commands)
        elif text[0] == ">":
            paragraphs, self._at = read_quotes(self.lines, self._at)
            for paragraph in paragraphs:
                self._add(QUOTE, paragraph, self._depth())
        elif text[0] == "|" and "|" in text[1:]:
            self._add_part(TABLE, read_table(self.lines, self._at))
        elif line.indent >= least and self._at >= self._prose_until:
            part = read_indented(self.lines, self._at, least, is_wrapped=self.setting.is_wrapped)
            if not part.text:
                self._prose_until = part.end
                return False
            self._add_part(CODE, part)
        else:
            return False
        return True

    def _read_prompt(self) -> Part | None:
        return read_prompt(self.lines, self._at, is_dense=self.setting.is_dense)

    def _read_item(self, line: Line, marker: Marker) -> None:
        goes_on = False
        while self._levels and line.indent <= self._levels[-1].indent + 1:
            level = self._levels.pop()
            restarts = marker.number == 1 and level.ordinal is not None
            goes_on = not self._levels and abs(line.indent - level.indent) <= 1 and not restarts
        if not self._levels and not goes_on:
            self._n_lists += 1
        content = line.indent + marker.width
        self._levels.append(_Level(line.indent, content, marker.number))
        self._term_indent = -1
        text = self._gather(Line(content, line.text[marker.width :]))
        self._add(ITEM, text, len(self._levels), marker.number)

    def _close_levels(self, indent: int) -> None:
        while self._levels and indent <= self._levels[-1].indent:
            self._levels.pop()
        if indent <= self._term_indent:
            self._term_indent = -1

    def _is_term(self, line: Line, after: Line) -> bool:
        return (
            after.indent >= line.indent + _DEEPER
            and len(line.text) <= _MAX_TERM
            and ends_open(line.text)
            and not is_code_line(line.text)
            and not (self.setting.is_wrapped and is_full(line, after, self.setting.width))
            and read_marker(after.text) is None
        )

    def _gather(self, first: Line) -> str:
        """Return the text of the paragraph that begins with the next line, read as `first`; go behind it."""
        wrapped = [[first.text]]
        before = first
        self._at += 1
        while (line := self.lines[self._at]).text and self._continues(first, before, line):
            if is_nearly_full(before, line, self.setting.width):
                wrapped[-1].append(line.text)
            else:
                wrapped.append([line.text])
            before = line
            self._at += 1
        return "\n".join(join_wrapped("\n".join(part).replace(_SOFT_HYPHENATION, "")) for part in wrapped)

    def _continues(self, first: Line, before: Line, line: Line) -> bool:
        text = line.text
        is_lower = text[0].islower()
        if not self.setting.is_wrapped:
            return is_lower and line.indent >= first.indent > 0 and read_marker(text) is None
        if text[0] == ">" or has_label(text) or underline_level(text) or self._at in self.fences:
            return False
        is_short = not is_full(before, line, self.setting.width)
        is_marked = read_marker(text) is not None or section_depth(text) > 1
        if is_marked and (self._levels or is_short or not ends_open(before.text)):
            return False
        if underline_level(self.lines[self._at + 1].text):
            return False
        if not is_short:
            return ends_open(before.text) or not (self.setting.is_dense and self._begins_question(text))
        if asks(before.text) or line.indent >= before.indent + _DEEPER:
            return False
        # A line left of an item that ended early is no part of the item.
        return is_lower or not (self.setting.is_dense or (self._levels and line.indent < first.indent))

    def _begins_question(self, text: str) -> bool:
        following = self.lines[self._at + 1].text
        return not text[0].islower() and (asks(text) or (following != "" and asks(following)))

    def _depth(self) -> int:
        return len(self._levels) + (self._term_indent >= 0)

    def _add(self, kind: str, text: str, level: int, number: int | None = None) -> None:
        in_list = level if kind != HEADING else 0
        # The constructor of a named tuple costs three times as much.
        draft = tuple.__new__(Draft, (kind, text, level, number, "", self._n_lists if in_list else 0, 0))
        self.drafts.append(draft)

    def _add_part(self, kind: str, part: Part) -> None:
        if part.text:
            self._add(kind, part.text, self._depth())
        self._at = part.end
