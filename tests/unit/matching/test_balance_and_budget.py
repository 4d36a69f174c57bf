"""Draws keep the complexity of people's requests; pairs never have more tokens than the documents before them."""

import hashlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.matching.balance import slot_bin, weights
from etl.matching.budget import Budgeted, over_budget

Documents = list[tuple[int, list[int]]]


def budgeted(documents: Documents) -> list[Budgeted]:
    return [Budgeted(tokens, [(f"{n}.{k}", each) for k, each in enumerate(pairs)]) for n, (tokens, pairs) in
            enumerate(documents)]  # fmt: skip


def test_a_bin_that_is_rare_among_matches_is_drawn_more_often() -> None:
    assert weights({1: 50, 2: 50}, {1: 90, 2: 10}) == {1: pytest.approx(5 / 9), 2: pytest.approx(5.0)}
    assert weights({1: 50, 2: 50}, {1: 7, 2: 7}) == {1: 1.0, 2: 1.0}
    assert weights({1: 50}, {}) == {}


def test_templates_with_very_many_slots_share_a_bin() -> None:
    assert [slot_bin(each) for each in (0, 1, 8, 9, 100)] == [0, 1, 8, 8, 8]


def test_the_weighted_draw_is_nearer_to_the_natural_shares_than_an_unweighted_one() -> None:
    natural, matched = {0: 20, 1: 50, 2: 30}, Counter({0: 70, 1: 25, 2: 5})
    of = weights(natural, matched)
    pool = [0] * 28 + [1] * 10 + [2] * 2

    def drawn(weighted: bool) -> Counter[int]:
        counts: Counter[int] = Counter()
        for document in range(500):
            keys = []
            for place, each in enumerate(pool):
                u = (int.from_bytes(hashlib.sha256(f"{document} {place}".encode()).digest()[:6]) + 1) / 2**48
                keys.append((u ** (1 / (of[each] if weighted else 1.0)), place))
            counts.update(pool[place] for _, place in sorted(keys)[-6:])
        return counts

    def distance(counts: Counter[int]) -> float:
        return sum(abs(counts[each] / counts.total() - natural[each] / 100) for each in natural) / 2

    assert distance(drawn(weighted=True)) < distance(drawn(weighted=False)) / 2


def test_a_pair_that_does_not_fit_is_skipped_or_ends_its_document() -> None:
    documents = budgeted([(10, [8, 4, 2]), (5, [5])])
    assert over_budget(documents, "skip") == (["0.1"], 0)
    assert over_budget(documents, "end") == (["0.1", "0.2"], 2)


def test_credit_that_is_left_goes_to_the_next_document() -> None:
    assert over_budget(budgeted([(10, []), (5, [15])]), "skip") == ([], 0)


@given(
    st.lists(st.tuples(st.integers(0, 50), st.lists(st.integers(1, 40), max_size=4)), max_size=12),
    st.sampled_from(["skip", "end"]),
)
def test_pairs_never_have_more_tokens_than_the_documents_so_far(documents: Documents, when_over: str) -> None:
    refused, left = over_budget(budgeted(documents), when_over)  # type: ignore[arg-type]
    spent = given_out = 0
    for number, (tokens, pairs) in enumerate(documents):
        given_out += tokens
        spent += sum(each for k, each in enumerate(pairs) if f"{number}.{k}" not in refused)
        assert spent <= given_out
    assert left == given_out - spent
