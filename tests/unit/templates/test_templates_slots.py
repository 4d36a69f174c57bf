"""Matches with templates whose number of slots is rare among them are drawn more readily."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.config.knowledge import TemplatesConfig
from etl.templates.slots import weights_of

SHARES = [0.32, 0.41, 0.27]


def test_the_weight_is_the_wanted_share_by_that_of_the_matches():
    assert weights_of([0.5, 0.5], {1: 90, 2: 10}) == {1: pytest.approx(5 / 9), 2: pytest.approx(5.0)}


def test_what_is_wanted_no_more_or_matched_never_does_not_matter():
    assert weights_of(SHARES, {2: 82, 3: 54}) == {2: pytest.approx(1.0), 3: pytest.approx(1.0)}
    assert weights_of(SHARES, {}) == {}


def test_a_slot_count_that_nobody_wants_is_drawn_last_and_not_never():
    of = weights_of([1.0, 0.0], {1: 50, 2: 50})
    assert 0 < of[2] < of[1] / 100


@given(st.dictionaries(st.integers(1, 3), st.integers(1, 10**12), min_size=1))
def test_every_match_has_a_weight_and_weighted_they_have_the_wanted_shares(matched):
    of = weights_of(SHARES, matched)
    assert set(of) == set(matched)
    whole = sum(of[each] * n for each, n in matched.items())
    wanted = sum(SHARES[each - 1] for each in matched)
    for each, n in matched.items():
        assert of[each] * n / whole == pytest.approx(SHARES[each - 1] / wanted)


def test_shares_that_want_nothing_are_impossible():
    with pytest.raises(ValueError, match="one above 0"):
        TemplatesConfig(slot_shares=[0.0, 0.0])
