"""Groups: who is connected with whom, directly or through others."""

from collections.abc import Iterable


def connected(edges: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the connected groups of two or more: the members in order by the smallest of them.

    Union and find with halved paths, so the time is near linear in the number of edges and the order of the edges
    makes no difference.

    >>> connected([("b", "c"), ("a", "b"), ("x", "y")])
    {'a': ['a', 'b', 'c'], 'x': ['x', 'y']}
    """
    parents: dict[str, str] = {}

    def root(node: str) -> str:
        while (parent := parents.setdefault(node, node)) != node:
            parents[node] = node = parents[parent]
        return node

    for one, other in edges:
        low, high = sorted((root(one), root(other)))
        parents[high] = low
    groups: dict[str, list[str]] = {}
    for node in sorted(parents):
        groups.setdefault(root(node), []).append(node)
    return groups
