"""How many pairs of each kind stay so that no value has more than its share of what is left."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

# A kind of pairs: its values in the columns that have limits, in the order of the limits; None where it has none.
Kind = tuple[str | None, ...]
# The limits of one column can shift shares in another; after so many rounds the few rows in question stay.
_ROUNDS: Final = 50


class Limit(NamedTuple):
    """The largest shares of the values of one column: of any value, or of those named."""

    column: str
    max_share: float | None
    max_shares: Mapping[str, float]

    def share_of(self, value: str | None) -> float:
        """Return the largest share of a value; 1 where there is no limit, as for rows without a value."""
        if value is None:
            return 1.0
        return self.max_shares.get(value, 1.0 if self.max_share is None else self.max_share)


class Kept(NamedTuple):
    """How many of a kind stay, and how many go for each column; `went` is in the order of the limits."""

    stay: int
    went: tuple[int, ...]


def plan_caps(counts: Mapping[Kind, int], limits: Sequence[Limit]) -> tuple[dict[Kind, Kept], list[str]]:
    """Return what stays of each kind, and the columns whose limits cannot be met.

    A limit cannot be met by dropping rows where too few values share the whole: one source is all of it, whatever is
    dropped. Such a limit drops nothing. What a value loses, its kinds lose in proportion.
    """
    stay = dict(counts)
    went: dict[Kind, list[int]] = {kind: [0] * len(limits) for kind in counts}
    unmet: dict[str, None] = {}
    for _ in range(_ROUNDS):
        before = dict(stay)
        for place, limit in enumerate(limits):
            for kind, n in _cut(stay, place, limit, unmet).items():
                went[kind][place] += stay[kind] - n
                stay[kind] = n
        if stay == before:
            break
    return {kind: Kept(stay[kind], tuple(went[kind])) for kind in counts}, list(unmet)


def _cut(stay: Mapping[Kind, int], place: int, limit: Limit, unmet: dict[str, None]) -> dict[Kind, int]:
    """Return the new numbers of the kinds that a limit cuts."""
    counts: dict[str | None, int] = {}
    for kind, n in stay.items():
        counts[kind[place]] = counts.get(kind[place], 0) + n
    allowed = most_of(counts, {value: limit.share_of(value) for value in counts})
    if allowed is None:
        unmet[limit.column] = None
        return {}
    cut: dict[Kind, int] = {}
    for value, most in allowed.items():
        if most < counts[value]:
            kinds = {kind: n for kind, n in stay.items() if kind[place] == value}
            cut.update(_in_proportion(kinds, most))
    return cut


def most_of(counts: Mapping[str | None, int], shares: Mapping[str | None, float]) -> dict[str | None, int] | None:
    """Return how many of each value may stay, as many as possible; None where no number but zero would do.

    >>> most_of({"a": 100, "b": 10, "c": 10}, {"a": 0.5, "b": 0.5, "c": 0.5})
    {'a': 20, 'b': 10, 'c': 10}
    """
    present = {value: n for value, n in counts.items() if n}
    if not present:
        return dict(counts)
    if sum(min(shares[value], 1.0) for value in present) < 1:
        return None
    # Values that exceed their share have exactly their share of the whole; the whole is what the others leave open.
    exceeding: set[str | None] = set()
    while True:
        open_share = 1 - sum(shares[value] for value in exceeding)
        others = sum(n for value, n in present.items() if value not in exceeding)
        if open_share <= 0 or not others:
            # Shares add up to the whole: the scarcest value says how much that is.
            total = min(present[value] / shares[value] for value in present)
            break
        total = others / open_share
        more = {value for value, n in present.items() if value not in exceeding and n > shares[value] * total}
        if not more:
            break
        exceeding |= more
    # A billionth more, so that 0.1 * 30 is 3 and not 2.
    return {value: min(n, int(shares[value] * total + 1e-9)) for value, n in counts.items()}


def _in_proportion(counts: Mapping[Kind, int], most: int) -> dict[Kind, int]:
    """Return whole numbers that add up to `most`, by largest remainder; ties go by name."""
    total = sum(counts.values())
    parts = {kind: divmod(n * most, total) for kind, n in counts.items()}
    left = most - sum(whole for whole, _ in parts.values())
    order = sorted(parts, key=lambda kind: (-parts[kind][1], tuple(value or "" for value in kind)))
    more = set(order[:left])
    return {kind: whole + (kind in more) for kind, (whole, _) in parts.items()}
