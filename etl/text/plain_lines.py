"""Lines of plain text, and how a whole text was set: its width, its margin, its wrapping."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

LOOK_AHEAD: Final = 4
"""So many blank lines follow the last line of a text, so that looking ahead needs no check for the end."""

_TAB = 8
# Only lines this long tell prose from code and menus where the setting of a text is measured.
_MIN_PROSE = 30
_MAX_WRAP = 140
_MIN_MARGIN_SHARE = 0.2
# In wrapped text many lines go on amid a sentence; scripts without capitals show it by full lines only.
_MIN_LOWER_SHARE = 0.3
_MIN_FULL_SHARE = 0.8
_MIN_BLANK_SHARE = 0.05
_FULL = 0.85
_NEARLY_FULL = 0.7
_FIRST_WORD = re.compile(r"\S{1,40}")


class Line(NamedTuple):
    """A line: the column it begins at, and its text without blanks at either end; empty if blank."""

    indent: int
    text: str


BLANK: Final = Line(0, "")


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text is set.

    Attributes:
        width: Characters that nine of ten lines do not exceed.
        margin: The column that running text begins at.
        is_wrapped: Whether lines end where the width says so; if not, every line is a block.
        is_dense: Whether there are hardly any blank lines, so that paragraphs begin without one.
    """

    width: int
    margin: int
    is_wrapped: bool
    is_dense: bool


def read_lines(text: str) -> list[Line]:
    """Return the lines of `text` and `LOOK_AHEAD` blank lines."""
    lines: list[Line] = []
    add = lines.append
    # The constructor of a named tuple costs three times as much as this one, and a corpus has millions of lines.
    new = tuple.__new__
    for raw in text.split("\n"):
        bare = raw.strip()
        if not bare:
            add(BLANK)
        elif raw[0] == bare[0]:
            add(new(Line, (0, bare)))
        else:
            lead = raw[: raw.index(bare[0])]
            add(new(Line, (len(lead.expandtabs(_TAB)) if "\t" in lead else len(lead), bare)))
    lines += [BLANK] * LOOK_AHEAD
    return lines


def measure(lines: Sequence[Line]) -> Setting:
    """Return how the text that `lines` make up is set."""
    widths = sorted(line.indent + len(line.text) for line in lines if line.text)
    if not widths:
        return Setting(0, 0, False, False)
    width = widths[len(widths) * 9 // 10]
    margins: Counter[int] = Counter()
    n_cased = n_lower = n_uncased = n_full = 0
    before = BLANK
    for line in lines:
        if len(before.text) >= _MIN_PROSE:
            margins[before.indent] += 1
            if line.text:
                initial = line.text[0]
                if initial.isupper():
                    n_cased += 1
                elif initial.islower():
                    n_cased += 1
                    n_lower += is_nearly_full(before, line, width)
                elif initial.isalpha():
                    n_uncased += 1
                    n_full += is_full(before, line, width)
        before = line
    least = _MIN_MARGIN_SHARE * margins.total()
    margin = min((at for at, n in margins.items() if n > least), default=0)
    if n_cased >= n_uncased:
        is_wrapped = n_lower > 0 and n_lower >= _MIN_LOWER_SHARE * n_cased
    else:
        is_wrapped = n_full >= _MIN_FULL_SHARE * n_uncased
    is_dense = len(lines) - LOOK_AHEAD - len(widths) < _MIN_BLANK_SHARE * len(lines)
    return Setting(width, margin, is_wrapped and width <= _MAX_WRAP, is_dense)


def is_full(line: Line, after: Line, width: int) -> bool:
    """Tell whether the width of the text ended `line`: the first word of `after` would not have fitted."""
    return _length_with_word(line, after) > _FULL * width


def is_nearly_full(line: Line, after: Line, width: int) -> bool:
    """Tell whether `line` may have been ended by a ragged width; if not, its author ended it."""
    return _length_with_word(line, after) > _NEARLY_FULL * width


def _length_with_word(line: Line, after: Line) -> int:
    word = _FIRST_WORD.match(after.text)
    return line.indent + len(line.text) + 1 + (word.end() if word else 0)
