"""Lines of a stream that comes in pieces of any size."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.readers.csv import _RowEnds
from etl.readers.decompress import CorruptFileError
from etl.readers.lines import Line, read_lines


class Dribble:
    """Hands out the given pieces, then ends or fails."""

    def __init__(self, pieces, error=None):
        self.pieces = [piece for piece in pieces if piece]
        self.error = error

    def read(self, size):
        if self.pieces:
            return self.pieces.pop(0)
        if self.error:
            raise self.error
        return b""


PIECES = st.lists(st.lists(st.sampled_from(b'ab",\n\r'), max_size=6).map(bytes), max_size=12)


def expected_lines(data, limit):
    offset = 0
    lines = data.split(b"\n")
    for number, line in enumerate(lines):
        if line or number < len(lines) - 1:
            yield Line(offset, line, len(line) > limit)
        offset += len(line) + 1


@given(pieces=PIECES, limit=st.integers(1, 12))
def test_lines_do_not_depend_on_how_the_stream_is_cut(pieces, limit):
    assert list(read_lines(Dribble(pieces), limit)) == list(expected_lines(b"".join(pieces), limit))


@given(pieces=PIECES, stop=st.integers(0, 40))
def test_with_a_stop_all_lines_that_begin_before_it_come_whole(pieces, stop):
    found = [line for line in read_lines(Dribble(pieces), 100, stop=stop) if line.offset < stop]
    assert found == [line for line in expected_lines(b"".join(pieces), 100) if line.offset < stop]


def test_a_line_longer_than_allowed_keeps_a_head_only():
    found = list(read_lines(Dribble([b"x" * 50_000] * 4 + [b"\nnext\n"]), 10))
    assert [(line.offset, len(line.data), line.too_long) for line in found] == [
        (0, 16384, True),
        (200_001, 4, False),
    ]


def test_reading_ends_at_the_stop_within_a_line_too_long():
    stream = Dribble([b"x" * 100] * 1000)
    list(read_lines(stream, 50, stop=1000))
    assert len(stream.pieces) == 990


def test_damage_names_the_line_it_fell_into():
    lines = read_lines(Dribble([b"one\ntw"], CorruptFileError("broken")), 100)
    assert next(lines) == Line(0, b"one", False)
    with pytest.raises(CorruptFileError) as raised:
        next(lines)
    assert (raised.value.offset, raised.value.head) == (4, b"tw")


@given(pieces=PIECES)
def test_rows_end_where_the_standard_library_ends_them(pieces):
    data = b"".join(pieces).replace(b"\r", b"")
    split = [
        line.data.decode() for line in read_lines(Dribble(pieces_without_cr(pieces)), 1000, find_end=_RowEnds(b","))
    ]
    rows = [row for line in split for row in [next(csv.reader([line]), [])]]
    assert rows == list(csv.reader(io.StringIO(data.decode(), newline="")))


def pieces_without_cr(pieces):
    return [piece.replace(b"\r", b"") for piece in pieces]
