"""Which lines of plain text are headings: underlined, numbered, hung out, in capitals, or alone."""

from collections.abc import Sequence
from typing import NamedTuple

from etl.text.characters import join_wrapped
from etl.text.plain_lines import LOOK_AHEAD, Line, Setting
from etl.text.plain_marks import (
    asks,
    framed_title,
    has_label,
    is_title_like,
    read_marker,
    section_depth,
    underline_level,
)

_MAX_HEADING = 120
_MAX_LONE = 80
# The first line of the text below a heading is at least so long, and half as long again as the heading.
_MIN_BODY = 50
_DEEPER = 2


class Heading(NamedTuple):
    """A heading as found: its level, its text, the lines it takes."""

    level: int
    text: str
    n_lines: int


def find_heading(lines: Sequence[Line], at: int, setting: Setting, ordinals: Sequence[int | None]) -> Heading | None:
    """Return the heading that begins with line `at`, which is not blank, or None.

    Args:
        lines: All lines of the text.
        at: The line that begins a block.
        setting: How the text is set.
        ordinals: Of each list that is open, the ordinal of its last item.
    """
    line = lines[at]
    if len(line.text) > _MAX_HEADING:
        return None
    after = lines[at + 1]
    if len(after.text) * 2 >= len(line.text) and (level := underline_level(after.text)):
        return Heading(level, join_wrapped(line.text), 2)
    if framed := framed_title(line.text):
        return Heading(*framed, 1)
    if not is_title_like(line.text):
        return None
    # Written out: every short line comes by here, and a generator costs three times as much.
    following = after
    for ahead in range(at + 2, at + LOOK_AHEAD):
        if following.text:
            break
        following = lines[ahead]
    if not following.text:
        return None
    depth = section_depth(line.text)
    if depth == 1 and _opens_chapter(line, after, following):
        return Heading(depth, join_wrapped(line.text), 1)
    if depth:
        return _find_section(lines, at, depth, following, ordinals)
    if read_marker(line.text) is not None or has_label(line.text):
        return None
    return _find_lone(lines, at, setting, following)


def _find_section(
    lines: Sequence[Line], at: int, depth: int, following: Line, ordinals: Sequence[int | None]
) -> Heading | None:
    line, after, second = lines[at : at + 3]
    if after.text and not second.text and asks(after.text) and not asks(line.text):
        text = join_wrapped(f"{line.text}\n{after.text}")
        is_alone = at == 0 or not lines[at - 1].text
        return Heading(depth, text, 2) if is_alone and is_title_like(text) and not section_depth(after.text) else None
    if after.text and (after.indent < line.indent + _DEEPER or after.text[0].islower()):
        return None
    if section_depth(following.text):
        return None
    if depth == 1:
        # An ordinal alone may be that of an item: of a list that is open, that goes on, or that holds text.
        number = read_marker(line.text)
        is_next = number is not None and any(n == (number.number or 0) - 1 for n in ordinals if n is not None)
        if is_next or following.indent > line.indent or read_marker(following.text) is not None:
            return None
    return Heading(depth, join_wrapped(line.text), 1)


def _opens_chapter(line: Line, after: Line, following: Line) -> bool:
    """Tell whether a numbered line stands alone above the first section of its number: "2. Usage" above "2.1 …"."""
    number = read_marker(line.text)
    return (
        not after.text
        and number is not None
        and section_depth(following.text) > 1
        and following.text.startswith(f"{number.number}.")
    )


def _find_lone(lines: Sequence[Line], at: int, setting: Setting, following: Line) -> Heading | None:
    line, after = lines[at], lines[at + 1]
    text = join_wrapped(line.text)
    if line.indent < setting.margin:
        return Heading(1 if line.indent == 0 else 2, text, 1) if following.indent > line.indent else None
    is_alone = not after.text and (at == 0 or not lines[at - 1].text)
    if asks(text) or (setting.is_wrapped and not is_alone):
        return None
    is_first = not any(before.text for before in lines[max(0, at - LOOK_AHEAD) : at]) and at < LOOK_AHEAD
    if (
        text.isupper()
        or (is_first and is_alone and len(text) <= _MAX_LONE)
        or _leads_on(line, setting, following, is_alone=is_alone)
    ):
        return Heading(1 if is_first else 2, text, 1)
    return None


def _leads_on(line: Line, setting: Setting, following: Line, *, is_alone: bool) -> bool:
    if is_alone and read_marker(following.text) is not None:
        return following.indent >= line.indent
    return (
        len(line.text) <= _MAX_LONE
        and line.indent <= setting.margin
        and following.indent == line.indent
        and len(following.text) >= max(_MIN_BODY, len(line.text) * 3 // 2)
        and not has_label(following.text)
    )
