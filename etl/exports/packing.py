"""Packing: short rows stand together in one, as long as a training context, and each can be cut out again.

Best fit among a few open packs: a row goes where it leaves the least room (Ding et al. 2024, "Fewer Truncations
Improve Language Modeling", who never cut a document either). Rows come in the order of their shard, so packs are the
same whenever the shards are.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

# More of them waste less room, and each is looked at for every row; with 32 nearly all packs are full.
_OPEN_PACKS: Final = 32
# A blank line ends a text, as it ends a paragraph within one. It is not counted: how many tokens it is, and whether
# it is one with what stands beside it, only the trainer's tokenizer knows.
_BETWEEN: Final = "\n\n"


class Piece(NamedTuple):
    """A row to be packed: its id, its text, and its tokens."""

    row_id: str
    text: str
    n_tokens: int


class Pack(NamedTuple):
    """Rows that stand together, with a blank line between them.

    Attributes:
        text: All texts.
        n_tokens: The sum of their tokens.
        row_ids: The rows, in the order of the text.
        starts: Where each begins in the text, in code points.
        tokens: How many tokens each has.
    """

    text: str
    n_tokens: int
    row_ids: list[str]
    starts: list[int]
    tokens: list[int]


def pack(pieces: Iterable[Piece], context_tokens: int) -> Iterator[Pack]:
    """Yield packs of at most so many tokens; a longer row is a pack of its own, as nothing is cut or lost.

    >>> [each.row_ids for each in pack([Piece("a", "x", 3), Piece("b", "y", 9), Piece("c", "z", 2)], 5)]
    [['b'], ['a', 'c']]
    """
    packs: list[list[Piece]] = []
    rooms: list[int] = []
    for piece in pieces:
        if piece.n_tokens >= context_tokens:
            yield _joined([piece])
            continue
        fitting = [(room, place) for place, room in enumerate(rooms) if room >= piece.n_tokens]
        if fitting:
            place = min(fitting)[1]
            packs[place].append(piece)
            rooms[place] -= piece.n_tokens
        else:
            if len(packs) == _OPEN_PACKS:
                fullest = rooms.index(min(rooms))
                del rooms[fullest]
                yield _joined(packs.pop(fullest))
            packs.append([piece])
            rooms.append(context_tokens - piece.n_tokens)
    yield from map(_joined, packs)


def _joined(pieces: list[Piece]) -> Pack:
    starts = []
    at = 0
    for piece in pieces:
        starts.append(at)
        at += len(piece.text) + len(_BETWEEN)
    return Pack(
        _BETWEEN.join(piece.text for piece in pieces),
        sum(piece.n_tokens for piece in pieces),
        [piece.row_id for piece in pieces],
        starts,
        [piece.n_tokens for piece in pieces],
    )
