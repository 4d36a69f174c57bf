"""Instances of Self-Instruct as models write them: labels first for classification, inputs first otherwise."""

import re
from collections.abc import Iterator
from typing import Final

from etl.recipes.base import UNPARSABLE, ParseError
from etl.recipes.outputs import usable
from etl.recipes.self_instruct import Instance

_EXAMPLE: Final = re.compile(r"^[ \t]*+example[ \t]*+\d{0,3}[.:\uff1a]?+[ \t]*+$", re.IGNORECASE | re.MULTILINE)
_OUTPUT: Final = re.compile(r"^[ \t]*+output[ \t]*+[:\uff1a][ \t]*+", re.IGNORECASE | re.MULTILINE)
_INPUT: Final = re.compile(r"^[ \t]*+input[ \t]*+[:\uff1a][ \t]*+", re.IGNORECASE | re.MULTILINE)
_LABEL: Final = re.compile(r"^[ \t]*+(?:class )?label[ \t]*+[:\uff1a][ \t]*+", re.IGNORECASE | re.MULTILINE)
_NO_INPUT: Final = frozenset({"", "none", "n/a", "no input", "(none)", "<noinput>"})


def read_instances(output: str, *, label_first: bool, truncated: bool) -> list[Instance]:
    """Return the instances of an output; the last one of an output that was cut off is none.

    Raises:
        ParseError: There is none.
    """
    text = usable(output, truncated=False)
    found = list(_label_first(text) if label_first else _input_first(text))
    if truncated:
        found = found[:-1]
    if not found:
        raise ParseError(UNPARSABLE, "there is no instance")
    return found


def _label_first(text: str) -> Iterator[Instance]:
    for block in _split(text, _LABEL):
        label, _, given = block.partition("\n")
        yield Instance(_INPUT.sub("", given, count=1).strip(), label.strip())


def _input_first(text: str) -> Iterator[Instance]:
    blocks = list(_split(text, _EXAMPLE)) or [text]
    for block in blocks:
        found = _OUTPUT.search(block)
        if found is None:
            # An instruction that needs no input is answered at once.
            if len(blocks) == 1 and block.strip():
                yield Instance("", block.strip())
            continue
        given = _INPUT.sub("", block[: found.start()], count=1).strip()
        yield Instance("" if given.casefold() in _NO_INPUT else given, block[found.end() :].strip())


def _split(text: str, mark: re.Pattern[str]) -> Iterator[str]:
    """Yield what stands behind each mark, up to the next."""
    marks = list(mark.finditer(text))
    ends = [found.start() for found in marks[1:]] + [len(text)] * bool(marks)
    for found, end in zip(marks, ends, strict=True):
        yield text[found.end() : end]
