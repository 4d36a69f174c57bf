"""Packs hold every row once, whole, within the context, and say where each begins."""

from hypothesis import given
from hypothesis import strategies as st

from etl.exports.packing import Pack, Piece, pack

PIECES = st.lists(st.tuples(st.text(max_size=8), st.integers(0, 30)), max_size=120).map(
    lambda rows: [Piece(f"r{number}", text, tokens) for number, (text, tokens) in enumerate(rows)]
)


def test_rows_stand_together_with_a_blank_line_between_them() -> None:
    pieces = [Piece("a", "One.", 2), Piece("b", "雨。", 3), Piece("c", "Long.", 9), Piece("d", "Three.", 4)]
    assert list(pack(pieces, 6)) == [
        Pack("Long.", 9, ["c"], [0], [9]),
        Pack("One.\n\n雨。", 5, ["a", "b"], [0, 6], [2, 3]),
        Pack("Three.", 4, ["d"], [0], [4]),
    ]


def test_a_row_goes_where_it_leaves_the_least_room() -> None:
    pieces = [Piece("a", "", 5), Piece("b", "", 7), Piece("c", "", 3), Piece("d", "", 5)]
    assert [each.row_ids for each in pack(pieces, 10)] == [["a", "d"], ["b", "c"]]


@given(PIECES, st.integers(1, 40))
def test_every_row_is_there_once_and_can_be_cut_out_again(pieces: list[Piece], context_tokens: int) -> None:
    packs = list(pack(pieces, context_tokens))
    found = {}
    for each in packs:
        assert each.n_tokens == sum(each.tokens)
        assert each.n_tokens <= context_tokens or len(each.row_ids) == 1
        ends = [start - 2 for start in each.starts[1:]] + [len(each.text)]
        for row_id, start, end, tokens in zip(each.row_ids, each.starts, ends, each.tokens, strict=True):
            found[row_id] = Piece(row_id, each.text[start:end], tokens)
    assert sum(len(each.row_ids) for each in packs) == len(pieces)
    assert [found[piece.row_id] for piece in pieces] == pieces


def test_packs_are_nearly_full() -> None:
    pieces = [Piece(str(number), "", 1 + number * number * 7 % 600) for number in range(3000)]
    packs = list(pack(pieces, 2048))
    assert sum(each.n_tokens for each in packs) / (2048 * len(packs)) > 0.97
