"""Options are read however they are written, and the place of the right one says nothing."""

from collections import Counter

import pytest

from etl.recipes.base import ParseError
from etl.recipes.options import Choice, read_choice, written

QUESTION = "Which is a colour?\nA. red\nB. dog\nC. sky"


@pytest.mark.parametrize(
    "answer", ["red", "A", "(A)", "A.", "A. red", "A) red", "The answer is A.", "Red.", "**A**", "Option A"]
)
def test_the_answer_may_be_the_option_or_its_label(answer: str) -> None:
    assert read_choice(QUESTION, answer) == Choice("Which is a colour?", ("red", "dog", "sky"), 0)


@pytest.mark.parametrize(
    "question",
    [
        "Which is a colour?\nOptions:\n- red\n- dog\n- sky",
        "Which is a colour?\n(A) red\n(B) dog\n(C) sky",
        "Which is a colour?\nChoices:\n\n1. red\n2. dog\n3. sky",
    ],
)
def test_options_may_have_labels_numbers_or_bullets(question: str) -> None:
    found = read_choice(question, "dog")
    assert found is not None
    assert (found.question, found.options, found.right) == ("Which is a colour?", ("red", "dog", "sky"), 1)


@pytest.mark.parametrize("question", ["Why?", "Why?\nBecause.", "Why?\nA. one only", "Why?\nA. one\nand more\nB. two"])
def test_a_question_without_options_is_no_choice(question: str) -> None:
    assert read_choice(question, "A") is None


@pytest.mark.parametrize("answer", ["blue", "D", "", "A dog or the sky"])
def test_an_answer_that_is_no_option_is_refused(answer: str) -> None:
    with pytest.raises(ParseError, match="answer_matches_no_option"):
        read_choice(QUESTION, answer)


def test_equal_options_are_refused() -> None:
    with pytest.raises(ParseError, match="repeated_option"):
        read_choice("Which?\nA. red\nB. Red.", "A")


def test_an_option_that_is_a_label_is_read_as_the_option() -> None:
    found = read_choice("Which vitamin?\nA. B\nB. C\nC. A", "B")
    assert found is not None
    assert found.options[found.right] == "B"


def test_reasoning_stands_before_the_answer() -> None:
    found = read_choice(QUESTION, "Red is seen by the eye. Therefore, the answer is A. red")
    assert found == Choice("Which is a colour?", ("red", "dog", "sky"), 0, "Red is seen by the eye.")
    _, answer = written(found, "id")
    assert answer.startswith("Red is seen by the eye.\nThe answer is ")
    assert answer.endswith(". red")


def test_the_right_option_stands_anywhere_equally_often() -> None:
    choice = Choice("Which?", ("red", "dog", "sky", "sea"), 0)
    counts = Counter(written(choice, f"{number:032x}")[1][0] for number in range(5000))
    expected = 5000 / 4
    chi_square = sum((counts[label] - expected) ** 2 / expected for label in "ABCD")
    # 99.9% of all fair draws stay below this for 3 degrees of freedom.
    assert chi_square < 16.27
    assert written(choice, "x") == written(choice, "x")
