"""What a parsed document is: its canonical plain text and the blocks that stand in it.

Every later stage reads blocks; nothing downstream parses markup again.
"""

from typing import Final, NamedTuple

from etl.text.markup.statements import Statement

HEADING: Final = "heading"
PARAGRAPH: Final = "paragraph"
ITEM: Final = "item"
TERM: Final = "term"
DEFINITION: Final = "definition"
TABLE: Final = "table"
CODE: Final = "code"
QUOTE: Final = "quote"
CHROME: Final = "chrome"

KINDS: Final = (HEADING, PARAGRAPH, ITEM, TERM, DEFINITION, TABLE, CODE, QUOTE, CHROME)

STRONG: Final = "strong"
SUMMARY: Final = "summary"
LINK: Final = "link"

MARKS: Final = ("", STRONG, SUMMARY, LINK)


class Block(NamedTuple):
    """One block of a document: ``text[start:end]`` is its text, without markers such as ``1.`` or ``#``.

    Attributes:
        kind: One of `KINDS`. ``term`` and ``definition`` are the two halves of a definition list.
        start: First code point of the block in the canonical text.
        end: One past its last code point; never equal to `start`.
        level: Of a heading its level from 1; of anything else the depth of the list it stands in, 0 outside
            lists. A paragraph of level 1 after an item of level 1 is the continuation of that item.
        number: The ordinal of an item of an ordered list, as counted by the list; None for anything else.
        mark: ``strong`` where the whole block is set in bold, ``summary`` for the summary of a ``details``
            element, ``link`` where the whole block is one link; else empty.
    """

    kind: str
    start: int
    end: int
    level: int = 0
    number: int | None = None
    mark: str = ""


class Parsed(NamedTuple):
    r"""A parsed document.

    Attributes:
        text: Canonical plain text: NFC, ``\\n`` line ends, no control characters but ``\\n`` and ``\\t``; blocks
            in reading order, separated by a blank line (items of one list by a single line break).
        blocks: The blocks, ordered and not overlapping; together they cover every visible character.
        title: The title the document itself states (``<title>``, a first heading of level 1), or None.
        n_chrome: Code points of page chrome (navigation, footer, cookie line) that were left out of `text`.
        markup: What the page states in schema.org markup, as places in `text`.
        n_markup: Code points at the end of `text` that stand only in the markup of the page.
    """

    text: str
    blocks: list[Block]
    title: str | None
    n_chrome: int
    markup: tuple[Statement, ...] = ()
    n_markup: int = 0


_KIND_NUMBERS: Final = {kind: number for number, kind in enumerate(KINDS)}
_MARK_NUMBERS: Final = {mark: number for number, mark in enumerate(MARKS)}
# Integers a block takes in the table; `number` is -1 where a block has none.
WIDTH: Final = 6


def encode(blocks: list[Block]) -> list[int]:
    """Return blocks as the flat integers of ``documents.blocks``: kind, start, end, level, number, mark of each.

    An array of integers costs a tenth of an array of structs on its way through Arrow and Parquet.

    >>> encode([Block(HEADING, 0, 5, level=1)])
    [0, 0, 5, 1, -1, 0]
    """
    flat: list[int] = []
    extend = flat.extend
    for kind, start, end, level, number, mark in blocks:
        extend((_KIND_NUMBERS[kind], start, end, level, -1 if number is None else number, _MARK_NUMBERS[mark]))
    return flat


def decode(flat: list[int]) -> list[Block]:
    """Return the blocks that `encode` made integers of.

    >>> decode([0, 0, 5, 1, -1, 0]) == [Block(HEADING, 0, 5, level=1)]
    True
    """
    fields = iter(flat)
    return [
        Block(KINDS[kind], start, end, level, None if number < 0 else number, MARKS[mark])
        for kind, start, end, level, number, mark in zip(*[fields] * WIDTH, strict=True)
    ]
