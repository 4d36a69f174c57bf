"""No value keeps more than its share of what is left, and no more is dropped than that takes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.diversity.caps import Limit, most_of, plan_caps
from etl.diversity.evenness import entropy, short_of


def limit(column="source", max_share=None, **max_shares):
    return Limit(column, max_share, max_shares)


def test_one_source_of_three_is_cut_to_half():
    plan, unmet = plan_caps({("a",): 100, ("b",): 10, ("c",): 10}, [limit(max_share=0.5)])
    assert {kind[0]: (kept.stay, kept.went) for kind, kept in plan.items()} == {
        "a": (20, (80,)),
        "b": (10, (0,)),
        "c": (10, (0,)),
    }
    assert unmet == []


def test_a_limit_that_no_dropping_can_meet_drops_nothing_and_is_told():
    plan, unmet = plan_caps({("a",): 100}, [limit(max_share=0.5)])
    assert plan[("a",)].stay == 100
    assert unmet == ["source"]


def test_a_value_may_have_a_limit_of_its_own():
    plan, _ = plan_caps({("how_to",): 50, ("definition",): 50}, [limit("family", how_to=0.2)])
    assert plan[("how_to",)].stay == 12
    assert plan[("definition",)].stay == 50


def test_pairs_without_a_value_are_free():
    plan, unmet = plan_caps({(None,): 1000, ("t1",): 30, ("t2",): 5}, [limit("template_id", max_share=0.01)])
    assert {kind[0]: kept.stay for kind, kept in plan.items()} == {None: 1000, "t1": 10, "t2": 5}
    assert unmet == []


def test_what_a_source_loses_its_families_lose_in_proportion():
    counts = {("a", "x"): 60, ("a", "y"): 30, ("b", "x"): 30}
    plan, _ = plan_caps(counts, [limit(max_share=0.5), limit("family", max_share=0.9)])
    assert {kind: kept.stay for kind, kept in plan.items()} == {("a", "x"): 20, ("a", "y"): 10, ("b", "x"): 30}


COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 500), max_size=6)


@given(COUNTS, st.floats(0.05, 1))
def test_the_shares_of_what_is_left_are_below_the_limit_or_a_row_above(counts, share):
    plan, unmet = plan_caps({(value,): n for value, n in counts.items()}, [limit(max_share=share)])
    left = {kind[0]: kept.stay for kind, kept in plan.items()}
    present = [value for value, n in counts.items() if n]
    assert bool(unmet) == (bool(present) and len(present) * share < 1)
    for value, n in left.items():
        assert n + sum(plan[(value,)].went) == counts[value]
        if not unmet:
            assert n <= share * sum(left.values()) + len(counts)


@settings(max_examples=50)
@given(
    st.dictionaries(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), st.integers(1, 300), min_size=1),
    st.floats(0.34, 1),
    st.floats(0.34, 1),
)
def test_every_row_stays_or_goes_for_one_limit(counts, one, other):
    limits = [limit(max_share=one), limit("family", max_share=other)]
    plan, _ = plan_caps(counts, limits)
    assert all(kept.stay >= 0 and kept.stay + sum(kept.went) == counts[kind] for kind, kept in plan.items())
    assert plan == plan_caps(dict(reversed(counts.items())), limits)[0]


def test_shares_that_add_up_to_the_whole_leave_what_the_scarcest_allows():
    assert most_of({"a": 10, "b": 100}, {"a": 0.5, "b": 0.5}) == {"a": 10, "b": 10}
    assert most_of({"a": 0}, {"a": 0.5}) == {"a": 0}


@pytest.mark.parametrize(("counts", "bits"), [({}, 0.0), ({"a": 1}, 0.0), ({"a": 2, "b": 2, "c": 2, "d": 2}, 2.0)])
def test_entropy_is_in_bits(counts, bits):
    assert entropy(counts) == bits


def test_a_value_that_does_not_occur_falls_short_with_a_share_of_zero():
    assert short_of({}, {"reasoning": 0.1}) == {"reasoning": 0.0}
    assert short_of({"reasoning": 1, None: 9}, {"reasoning": 0.1}) == {}
