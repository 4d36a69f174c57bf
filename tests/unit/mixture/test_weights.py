"""What weights do to the rows of sources."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.mixture.weights import Weighed, weigh

WEIGHTS = st.dictionaries(st.sampled_from("abcd"), st.floats(0.001, 1000))


def test_the_heaviest_is_taken_whole_and_stands_first() -> None:
    assert weigh({"a": 4.0, "b": 2.0}, "abc") == {
        "a": Weighed(4.0, 1.0, 0.25),
        "b": Weighed(2.0, 0.5, 0.5),
        "c": Weighed(1.0, 0.25, 1.0),
    }


def test_a_weight_of_zero_takes_no_part() -> None:
    assert weigh({"a": 0.0}, "ab") == {"a": Weighed(0.0, 0.0, 1.0), "b": Weighed(1.0, 1.0, 1.0)}


@pytest.mark.parametrize("weights", [{}, {"a": 1.0}, {"a": 3.0, "b": 3.0}])
def test_equal_weights_do_nothing(weights: dict[str, float]) -> None:
    assert weigh(weights, "ab") == {}


@given(WEIGHTS, st.sampled_from([0.5, 2.0, 4.0]))
def test_scaling_all_weights_changes_no_part_and_no_place(weights: dict[str, float], by: float) -> None:
    whole = {name: weights.get(name, 1.0) for name in "abcd"}
    one, other = weigh(whole, "abcd"), weigh({name: weight * by for name, weight in whole.items()}, "abcd")
    assert {name: each[1:] for name, each in one.items()} == {name: each[1:] for name, each in other.items()}
    assert all(0 < each.part <= 1 and 0 < each.pace <= 1 for each in one.values())
