"""Texts are examples for one another in chains drawn by hand."""

from hypothesis import given
from hypothesis import strategies as st

from etl.recipes.chain import Link, history_of, linked, places, run_chain

Seen = tuple[list[list[int]], dict[int, list[int]]]


def run(n: int, rounds: int, pairs: dict[int, int], too_long: tuple[int, ...] = ()) -> Seen:
    """Return chains and histories as positions in the order of the texts; each yields a pair unless `pairs` says."""
    ids = [f"t{number}" for number in range(n)]
    order = [each for each, _ in sorted(places(ids, rounds, 7).items(), key=lambda item: item[1])]
    position = {each: number for number, each in enumerate(order)}
    seen: dict[int, list[int]] = {}

    def ask(each: str, history: list[str]) -> Link:
        at = position[each]
        seen[at] = [position[earlier] for earlier in history]
        return Link(bool(history) and at not in too_long, pairs.get(at, 1))

    found, links = run_chain(ids, rounds, 7, ask)
    chains = [[position[each] for each in chain] for chain in linked(ids, found, links)]
    return chains, seen


def test_texts_that_all_yield_pairs_make_whole_chains() -> None:
    chains, seen = run(6, 3, {})
    assert chains == [[0, 2, 4], [1, 3, 5]]
    assert seen == {0: [], 1: [], 2: [0], 3: [1], 4: [0, 2], 5: [1, 3]}


def test_a_text_without_a_pair_breaks_its_chain() -> None:
    chains, seen = run(6, 3, {2: 0})
    assert chains == [[0], [2], [4], [1, 3, 5]]
    assert seen[4] == []


def test_a_text_whose_history_is_too_long_begins_a_chain() -> None:
    chains, seen = run(6, 3, {}, too_long=(2,))
    assert chains == [[0], [2, 4], [1, 3, 5]]
    assert seen[4] == [2]


def test_rounds_that_do_not_divide_the_texts_leave_the_last_ones_short() -> None:
    chains, _ = run(5, 3, {})
    assert chains == [[0, 2, 4], [1, 3]]


def test_one_round_has_no_history() -> None:
    chains, seen = run(4, 1, {})
    assert chains == [[0], [1], [2], [3]]
    assert set(map(tuple, seen.values())) == {()}


@given(st.integers(0, 30), st.integers(1, 6), st.sets(st.integers(0, 29)))
def test_every_text_stands_in_exactly_one_chain(n: int, rounds: int, without: set[int]) -> None:
    chains, _ = run(n, rounds, dict.fromkeys(without, 0))
    assert sorted(each for chain in chains for each in chain) == list(range(n))


def test_the_order_is_that_of_a_hash_not_of_the_input() -> None:
    ids = [f"t{number}" for number in range(9)]
    assert places(ids, 3, 1) == places(ids[::-1], 3, 1)
    assert places(ids, 3, 1) != places(ids, 3, 2)
    assert history_of("t0", places(["t0"], 2, 1), {}) == []
