"""Blocks before they have a place: what the three parsers build, and how a canonical text is made of them."""

from collections.abc import Sequence
from typing import NamedTuple

from etl.text.blocks import DEFINITION, ITEM, TERM, Block, Parsed
from etl.text.characters import compose

_INVISIBLE = " \n\t\u200b\u200c\u200d\u200e\u200f\u2060"


class Draft(NamedTuple):
    """A block and its text.

    Attributes:
        kind: As in `Block`; so are `level`, `number` and `mark`.
        text: Its text: no blanks at line ends, not empty.
        list_id: Which outermost list of the document it stands in, counted from 1; 0 outside lists.
        region: Which region of page chrome it stands in, counted from 1; 0 for content.
    """

    kind: str
    text: str
    level: int = 0
    number: int | None = None
    mark: str = ""
    list_id: int = 0
    region: int = 0


def assemble(drafts: Sequence[Draft], title: str | None, n_chrome: int = 0) -> Parsed:
    """Return the document that `drafts` make up, in their order; those without a visible character are dropped."""
    pieces: list[str] = []
    blocks: list[Block] = []
    at = 0
    before = None
    # The constructor of a named tuple costs three times as much as this one, and a corpus has millions of blocks.
    new = tuple.__new__
    for draft in drafts:
        kind, text, level, number, mark, list_id, _ = draft
        if not text.isascii():
            text = compose(text)
        if not text.strip(_INVISIBLE):
            continue
        if before is not None:
            gap = "\n" if list_id and _one_list(before, draft) else "\n\n"
            pieces.append(gap)
            at += len(gap)
        pieces.append(text)
        end = at + len(text)
        blocks.append(new(Block, (kind, at, end, level, number, mark)))
        at = end
        before = draft
    return Parsed("".join(pieces), blocks, compose(title) if title else None, n_chrome)


def _one_list(before: Draft, draft: Draft) -> bool:
    if before.list_id != draft.list_id or not draft.list_id:
        return False
    if before.kind == ITEM:
        return draft.kind == ITEM
    return before.kind == TERM and draft.kind in (TERM, DEFINITION)
