import re

from hypothesis import given
from hypothesis import strategies as st

from etl.rules.base import Span
from etl.rules.grounding import grounding

TEXT = "Paris is the capital of France.\n\nLyon is another city there."


def test_a_response_that_stands_in_the_evidence_scores_one():
    assert grounding("Paris is the\ncapital of France.", TEXT, [Span(0, 31)]) == 1.0


def test_a_response_of_which_nothing_stands_there_scores_zero():
    assert grounding("Berlin lies in Germany.", TEXT, [Span(0, 31)]) == 0.0


def test_a_response_of_which_half_stands_there_scores_a_half():
    first = "Paris is the capital of France."  # 26 non-space characters
    other = "Zürich belongs to Schwitzerland"  # 28, cut to 26
    assert grounding(f"{first}\n{other[:-2]}", TEXT, [Span(0, 31)]) == 0.5


def test_text_outside_the_evidence_counts_for_nothing():
    assert grounding("Lyon is another city there.", TEXT, [Span(0, 31)]) == 0.0


def test_numbers_that_the_evidence_lacks_count_against_the_response():
    # "Tea" and "Pot" are 6 of 10 characters.
    assert grounding("1. Tea\n2. Pot", "Tea\nPot", [Span(0, 7)]) == 0.6


def test_nothing_scores_zero():
    assert grounding(" \n", TEXT, [Span(0, 31)]) == 0.0
    assert grounding("Paris", TEXT, []) == 0.0


def test_the_number_of_an_item_stands_in_a_longer_one():
    assert grounding("1. Tea", "Tea, see 21.", [Span(0, 12)]) == 1.0
    assert grounding("12. Tea\n9. Pot", "Tea, 12345) and Pot 9.", [Span(0, 22)]) == 8 / 11


def test_lines_out_of_order_and_far_apart_count_as_well():
    far = "x" * 5_000
    text = f"The first line of it.\n{far}\nThe second line of it."
    assert grounding("The second line of it.\nThe first line of it.", text, [Span(0, len(text))]) == 1.0


_WORDS = st.lists(st.sampled_from(["ab", "1. ab", "12) b", "1.", "abababababababababab", "b a"]), max_size=8)


@given(_WORDS, _WORDS)
def test_it_is_the_share_of_characters_in_known_stretches(response: list[str], source: list[str]):
    text, said = "\n".join(source), "\n".join(response)
    known = "".join(text.split())
    pieces = [piece for line in response for piece in re.findall(r"\d+[.)](?=\s)|.+", line.strip())]
    bare = ["".join(piece.split()) for piece in pieces]
    share = sum(_covered(piece, known) for piece in bare) / max(1, sum(map(len, bare)))
    whole = "".join(said.split())
    expected = 1.0 if whole and whole in known else share
    assert grounding(said, text, [Span(0, len(text))]) == expected


def _covered(piece: str, known: str) -> int:
    size = min(16, len(piece))
    starts = [i for i in range(len(piece) - size + 1) if piece[i : i + size] in known]
    return len({at for start in starts for at in range(start, start + size)})
