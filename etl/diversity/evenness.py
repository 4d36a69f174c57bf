"""How even the shares of the values of a column are, and which fall short."""

import math
from collections import Counter
from collections.abc import Mapping


def entropy(counts: Mapping[str | None, int]) -> float:
    """Return the Shannon entropy of the shares in bits: 0 for one value, log2(n) for n values alike.

    >>> entropy({"a": 5, "b": 5}), entropy({"a": 7})
    (1.0, 0.0)
    """
    return entropy_of_sizes(Counter(counts.values()))


def entropy_of_sizes(sizes: Mapping[int, int]) -> float:
    """Return the same from how many values have so many rows, by that number.

    >>> entropy_of_sizes({5: 2}), entropy_of_sizes({})
    (1.0, 0.0)
    """
    total = sum(size * n for size, n in sizes.items())
    return abs(math.fsum(-n * size / total * math.log2(size / total) for size, n in sizes.items() if size))


def short_of(counts: Mapping[str | None, int], min_shares: Mapping[str, float]) -> dict[str, float]:
    """Return the share of each value that has less than its smallest share.

    >>> short_of({"a": 99, "b": 1}, {"b": 0.05, "c": 0.01, "a": 0.5})
    {'b': 0.01, 'c': 0.0}
    """
    total = sum(counts.values()) or 1
    shares = {value: counts.get(value, 0) / total for value in min_shares}
    return {value: share for value, share in shares.items() if share < min_shares[value]}


def largest_shares(counts: Mapping[str | None, int], most: int) -> list[tuple[str, float]]:
    """Return the most frequent values with their shares, equal ones by name; a missing value is an empty text.

    >>> largest_shares({"a": 1, "b": 2, None: 1}, 2)
    [('b', 0.5), ('', 0.25)]
    """
    total = sum(counts.values()) or 1
    ordered = sorted(((value or "", n) for value, n in counts.items()), key=lambda each: (-each[1], each[0]))
    return [(value, n / total) for value, n in ordered[:most]]
