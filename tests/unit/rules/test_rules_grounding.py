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
