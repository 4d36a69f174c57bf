"""What a mixture came to: planned and achieved shares."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.mixture.plan import NO_FALLBACK, Draw, SplitPlan
from etl.mixture.shares import ALL_SOURCES, INSTRUCTION, RAW, Share, Taken, shares_of

SPLITS = ("train", "validation")


def plan(ratio: float, fallback: str = NO_FALLBACK) -> SplitPlan:
    return SplitPlan(Draw(1, 0), Draw(0, 1), ratio, fallback)


@st.composite
def tallies(draw: st.DrawFn) -> list[Taken]:
    """At most one tally of each split, source and stream, in any order."""
    places = st.tuples(st.sampled_from(SPLITS), st.sampled_from("abc"), st.sampled_from([RAW, INSTRUCTION]))
    amount = st.integers(0, 10**12)
    return [
        Taken(*place, *(amounts := draw(st.tuples(amount, amount, amount, amount, amount))), float(amounts[1]))
        for place in draw(st.lists(places, unique=True))
    ]


def test_streams_and_sources_have_their_shares_of_the_whole_split() -> None:
    taken = [
        Taken("train", "web", RAW, 90, 600, 90, 600, 40, 600.0),
        Taken("train", "wiki", RAW, 10, 300, 10, 300, 80, 300.0),
        Taken("train", "web", INSTRUCTION, 50, 400, 12, 100, 20, 400.0),
    ]
    assert shares_of(taken, {"train": plan(0.25)}, "tokens") == [
        Share("train", ALL_SOURCES, RAW, 0.75, 0.9, "tokens", 0.08, "none", 100, 900),
        Share("train", "web", RAW, 0.5, 0.6, "tokens", 0.08, "none", 90, 600),
        Share("train", "wiki", RAW, 0.25, 0.3, "tokens", 0.08, "none", 10, 300),
        Share("train", ALL_SOURCES, INSTRUCTION, 0.25, 0.1, "tokens", 0.08, "none", 12, 100),
        Share("train", "web", INSTRUCTION, 0.25, 0.1, "tokens", 0.08, "none", 12, 100),
    ]


def test_sources_are_planned_to_give_by_their_weights() -> None:
    taken = [
        Taken("train", "web", RAW, 10, 300, 5, 150, 40, 300.0),
        Taken("train", "wiki", RAW, 10, 300, 10, 300, 40, 600.0),
    ]
    shares = shares_of(taken, {"train": plan(0.1)}, "tokens")
    assert [(share.source, pytest.approx(share.planned)) for share in shares if share.stream == RAW] == [
        (ALL_SOURCES, 0.9),
        ("web", 0.3),
        ("wiki", 0.6),
    ]


def test_a_split_in_which_there_is_nothing_has_both_streams_and_no_share() -> None:
    assert shares_of([], {"train": plan(0.05, "no_pairs")}, "rows") == [
        Share("train", ALL_SOURCES, RAW, 0.95, 0.0, "rows", 0.0, "no_pairs", 0, 0),
        Share("train", ALL_SOURCES, INSTRUCTION, 0.05, 0.0, "rows", 0.0, "no_pairs", 0, 0),
    ]


def test_a_source_that_offered_nothing_is_planned_to_give_nothing() -> None:
    shares = shares_of([Taken("train", "empty", RAW, 3, 0, 3, 0, 0, 0.0)], {"train": plan(0.05)}, "tokens")
    assert [(share.source, share.planned, share.achieved) for share in shares if share.stream == RAW] == [
        (ALL_SOURCES, 0.95, 0.0),
        ("empty", 0.0, 0.0),
    ]


def test_a_row_larger_than_all_that_was_taken_makes_any_share_right() -> None:
    shares = shares_of([Taken("train", "web", RAW, 2, 900, 1, 100, 800, 900.0)], {"train": plan(0.05)}, "tokens")
    assert {share.tolerance for share in shares} == {1.0}


def test_splits_come_in_order_each_with_its_own_tolerance_and_fallback() -> None:
    taken = [
        Taken("validation", "web", RAW, 1, 10, 1, 10, 5, 10.0),
        Taken("train", "web", RAW, 1, 100, 1, 100, 1, 100.0),
        Taken("gone", "web", RAW, 1, 100, 1, 100, 1, 100.0),
    ]
    shares = shares_of(taken, {"validation": plan(0.0, "x"), "train": plan(0.0, "y")}, "tokens")
    assert [(*share[:3], share.tolerance, share.fallback) for share in shares] == [
        ("train", ALL_SOURCES, RAW, 0.01, "y"),
        ("train", "web", RAW, 0.01, "y"),
        ("train", ALL_SOURCES, INSTRUCTION, 0.01, "y"),
        ("validation", ALL_SOURCES, RAW, 0.5, "x"),
        ("validation", "web", RAW, 0.5, "x"),
        ("validation", ALL_SOURCES, INSTRUCTION, 0.5, "x"),
    ]


@given(tallies(), st.floats(0, 1))
def test_parts_add_up_to_their_whole(taken: list[Taken], ratio: float) -> None:
    shares = shares_of(taken, {split: plan(ratio) for split in SPLITS}, "bytes")
    for split in SPLITS:
        wholes = [share for share in shares if share.split == split and share.source == ALL_SOURCES]
        assert [whole.stream for whole in wholes] == [RAW, INSTRUCTION]
        assert sum(whole.planned for whole in wholes) == pytest.approx(1)
        assert sum(whole.achieved for whole in wholes) == pytest.approx(1 if any(w.units for w in wholes) else 0)
        for whole in wholes:
            assert 0 <= whole.tolerance <= 1
            parts = [
                share
                for share in shares
                if (share.split, share.stream) == (split, whole.stream) and share.source != ALL_SOURCES
            ]
            offers = any(row.weighted_units for row in taken if (row.split, row.stream) == (split, whole.stream))
            assert sum(part.rows for part in parts) == whole.rows
            assert sum(part.units for part in parts) == whole.units
            assert sum(part.achieved for part in parts) == pytest.approx(whole.achieved)
            assert sum(part.planned for part in parts) == pytest.approx(whole.planned if offers else 0)


@given(st.data(), tallies(), st.floats(0, 1))
def test_the_order_of_tallies_changes_nothing(data: st.DataObject, taken: list[Taken], ratio: float) -> None:
    splits = {split: plan(ratio) for split in SPLITS}
    assert shares_of(data.draw(st.permutations(taken)), splits, "tokens") == shares_of(taken, splits, "tokens")
