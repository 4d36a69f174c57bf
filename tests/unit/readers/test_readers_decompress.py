"""Compressed files: whole, damaged and cut short."""

import gzip
import io
import tracemalloc

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from etl.readers.decompress import CorruptFileError, GzipStream, ZstdStream
from etl.readers.open import open_stream

# Incompressible enough that damage in the middle has data before it.
DATA = b"".join(b"%d;" % (number * 7919 % 100_003) for number in range(40_000))


def drain(stream, size=1000):
    """What a stream gives, and its error message if it ends with one."""
    data = bytearray()
    try:
        while piece := stream.read(size):
            assert len(piece) <= size
            data += piece
    except CorruptFileError as error:
        return bytes(data), str(error)
    return bytes(data), None


def gz(data):
    return drain(GzipStream(io.BytesIO(data)))


def zst(data):
    return drain(ZstdStream(io.BytesIO(data)))


@given(parts=st.lists(st.binary(max_size=200), min_size=1, max_size=4), size=st.integers(1, 300))
def test_members_and_frames_follow_one_another(parts, size):
    members = io.BytesIO(b"".join(map(gzip.compress, parts)))
    frames = io.BytesIO(b"".join(map(zstandard.compress, parts)))
    assert drain(GzipStream(members), size) == (b"".join(parts), None)
    assert drain(ZstdStream(frames), size) == (b"".join(parts), None)


def test_zeros_after_a_member_are_padding_and_anything_else_is_damage():
    whole = gzip.compress(DATA)
    assert gz(whole + b"\0" * 100_000) == (DATA, None)
    data, error = gz(whole + b"garbage")
    assert data == DATA
    assert "damaged" in error


def test_skippable_frames_are_skipped():
    skippable = b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd"
    assert zst(skippable + zstandard.compress(DATA) + skippable) == (DATA, None)


@pytest.mark.parametrize("cut", [11, 1000, 20_000, -1])
def test_a_gz_cut_short_gives_what_was_there_and_says_so(cut):
    whole = gzip.compress(DATA)
    data, error = gz(whole[:cut])
    assert DATA.startswith(data)
    assert error == "the compressed data ends too early"
    assert len(data) > len(DATA) * (cut % len(whole)) // len(whole) * 0.8 - 1000


@pytest.mark.parametrize("cut", [11, 20_000, -1])
def test_a_zst_cut_short_gives_what_was_there_and_says_so(cut):
    data, error = zst(zstandard.compress(DATA)[:cut])
    assert DATA.startswith(data)
    assert error == "the compressed data ends too early"


@pytest.mark.parametrize("place", [0.5, 0.9])
def test_damage_in_the_middle_keeps_what_stands_before_it(place):
    whole = bytearray(gzip.compress(DATA))
    at = int(len(whole) * place)
    whole[at : at + 200] = b"\xff" * 200
    data, error = gz(bytes(whole))
    assert "damaged" in error
    common = next((index for index, (a, b) in enumerate(zip(data, DATA, strict=False)) if a != b), len(data))
    assert common > len(DATA) * place * 0.9


def test_a_wrong_checksum_is_damage():
    whole = bytearray(gzip.compress(DATA))
    whole[-5] ^= 1
    assert gz(bytes(whole))[0] == DATA
    assert "damaged" in gz(bytes(whole))[1]
    frame = bytearray(zstandard.ZstdCompressor(write_checksum=True).compress(DATA))
    frame[-1] ^= 1
    assert "damaged" in zst(bytes(frame))[1]


@pytest.mark.parametrize(("stream", "compress"), [(GzipStream, gzip.compress), (ZstdStream, zstandard.compress)])
def test_a_bomb_is_unpacked_piece_by_piece(stream, compress):
    bomb = compress(b"\0" * 120_000_000)
    tracemalloc.start()
    size = 0
    unpacking = stream(io.BytesIO(bomb))
    while piece := unpacking.read(65536):
        size += len(piece)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size == 120_000_000
    assert peak < 50_000_000


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.gz", b"plain text"),
        ("a.gz", b""),
        ("a.zst", b"plain text"),
        ("a.txt", gzip.compress(b"a")),
        ("a.txt", zstandard.compress(b"a")),
        ("a.txt", b"BZh91AY&SY"),
        ("a.txt", b"PK\x03\x04"),
    ],
)
def test_name_and_content_must_agree(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(CorruptFileError), open_stream(str(tmp_path / name)):
        pass


def test_a_file_can_be_opened_in_the_middle(tmp_path):
    (tmp_path / "a").write_bytes(b"0123456789abc")
    with open_stream(str(tmp_path / "a"), 10) as stream:
        assert stream.read(100) == b"abc"
