"""Blocks as the flat integers of ``documents.blocks``, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.text.blocks import (
    CHROME,
    HEADING,
    ITEM,
    KINDS,
    LINK,
    MARKS,
    PARAGRAPH,
    STRONG,
    SUMMARY,
    WIDTH,
    Block,
    decode,
    encode,
)

INT32 = 2**31 - 1
OFFSETS = st.integers(0, INT32)
BLOCKS = st.builds(
    Block,
    kind=st.sampled_from(KINDS),
    start=OFFSETS,
    end=OFFSETS,
    level=OFFSETS,
    number=st.none() | OFFSETS,
    mark=st.sampled_from(MARKS),
)


def test_a_block_is_its_kind_place_level_number_and_mark() -> None:
    blocks = [Block(HEADING, 0, 5, level=2, mark=STRONG), Block(ITEM, 7, 9, level=1, number=3), Block(CHROME, 11, 12)]
    flat = [0, 0, 5, 2, -1, 1, 2, 7, 9, 1, 3, 0, 8, 11, 12, 0, -1, 0]
    assert encode(blocks) == flat
    assert decode(flat) == blocks


def test_a_number_of_0_is_not_no_number() -> None:
    blocks = [Block(ITEM, 0, 1, number=0), Block(PARAGRAPH, 2, 3)]
    assert [block.number for block in decode(encode(blocks))] == [0, None]


def test_no_blocks_are_no_integers() -> None:
    assert encode([]) == []
    assert decode([]) == []


def test_the_numbers_of_kinds_and_marks_stay_what_tables_hold() -> None:
    # Written by earlier runs: a new one goes to the end.
    assert KINDS == ("heading", "paragraph", "item", "term", "definition", "table", "code", "quote", "chrome")
    assert MARKS == ("", STRONG, SUMMARY, LINK)


@given(st.lists(BLOCKS, max_size=20))
def test_blocks_come_back_as_they_were(blocks: list[Block]) -> None:
    flat = encode(blocks)
    assert len(flat) == len(blocks) * WIDTH
    assert all(type(number) is int and -1 <= number <= INT32 for number in flat)
    back = decode(flat)
    assert back == blocks
    assert all(type(block) is Block for block in back)


@given(st.lists(BLOCKS, min_size=1, max_size=5), st.integers(1, WIDTH - 1))
def test_integers_that_lack_a_part_of_a_block_are_refused(blocks: list[Block], lacking: int) -> None:
    with pytest.raises(ValueError, match="zip"):
        decode(encode(blocks)[:-lacking])


@pytest.mark.parametrize("wrong", [Block("footnote", 0, 1), Block(HEADING, 0, 1, mark="italic")])
def test_a_kind_or_mark_that_is_none_is_refused(wrong: Block) -> None:
    with pytest.raises(KeyError):
        encode([wrong])


def test_integers_beyond_the_kinds_and_marks_are_refused() -> None:
    for flat in ([len(KINDS), 0, 1, 0, -1, 0], [0, 0, 1, 0, -1, len(MARKS)]):
        with pytest.raises(IndexError):
            decode(flat)
