"""Chains of texts, each an example for the next (Instruction Pre-Training, section 2.1: M-shot examples).

N texts are asked in M rounds of ceil(N / M) slots; a text of round r has those of its slot in the rounds before as
its history, as far back as each of them inherited from the one before it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from etl.recipes.draws import number


class Place(NamedTuple):
    """Where in the chains a text is."""

    round: int
    slot: int


class Link(NamedTuple):
    """What came of a text: whether its history stood in its prompt, and how many pairs it yielded."""

    with_history: bool
    n_pairs: int

    @property
    def inherits(self) -> bool:
        """Whether it goes on with its chain: without a pair, or without its history, a text breaks it."""
        return self.with_history and self.n_pairs > 0


def places(ids: Sequence[str], rounds: int, seed: int) -> dict[str, Place]:
    """Return the place of each text; their order is that of a hash of seed and id."""
    order = sorted(ids, key=lambda each: (number(each, f"chain {seed}", 2**64), each))
    slots = -(-len(order) // max(1, rounds))
    return {each: Place(*divmod(position, slots)) for position, each in enumerate(order)}


def history_of(item_id: str, at: Mapping[str, Place], links: Mapping[str, Link]) -> list[str]:
    """Return the texts that are examples for one, the earliest first.

    Only texts that yielded pairs are examples; going back ends behind the first that did not inherit.
    """
    by_place = {place: each for each, place in at.items()}
    place, found = at[item_id], list[str]()
    for earlier in range(place.round - 1, -1, -1):
        before = by_place.get(Place(earlier, place.slot))
        if before is None or links[before].n_pairs == 0:
            break
        found.append(before)
        if not links[before].inherits:
            break
    return found[::-1]


def linked(ids: Sequence[str], at: Mapping[str, Place], links: Mapping[str, Link]) -> list[list[str]]:
    """Return the chains, each one M-shot example: every text stands in exactly one, in the order of its rounds."""
    chains: list[list[str]] = []
    for each in sorted(ids, key=lambda each: (at[each].slot, at[each].round)):
        # The first text of a slot has no one to inherit from.
        if chains and at[chains[-1][-1]].slot == at[each].slot and at[each].round > 0 and links[each].inherits:
            chains[-1].append(each)
        else:
            chains.append([each])
    return chains


def run_chain(
    ids: Sequence[str], rounds: int, seed: int, ask: Callable[[str, list[str]], Link]
) -> tuple[dict[str, Place], dict[str, Link]]:
    """Ask for every text, round by round; `ask` gets a text and its history and returns what came of it."""
    at = places(ids, rounds, seed)
    links: dict[str, Link] = {}
    for each in sorted(ids, key=lambda each: at[each]):
        links[each] = ask(each, history_of(each, at, links))
    return at, links
