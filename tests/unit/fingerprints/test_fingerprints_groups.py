"""Groups are what hangs together, whatever the order of the edges."""

from hypothesis import given
from hypothesis import strategies as st

from etl.fingerprints.groups import connected

NODES = st.sampled_from("abcdefghij")
EDGES = st.lists(st.tuples(NODES, NODES), max_size=20)


def test_chains_and_rings_are_one_group_each():
    assert connected([("c", "d"), ("a", "b"), ("b", "c"), ("x", "y"), ("y", "z"), ("z", "x")]) == {
        "a": ["a", "b", "c", "d"],
        "x": ["x", "y", "z"],
    }


def test_no_edges_no_groups():
    assert connected([]) == {}


@given(EDGES, st.randoms(use_true_random=False))
def test_the_order_and_direction_of_edges_make_no_difference(edges, random):
    turned = [edge if random.random() < 0.5 else edge[::-1] for edge in random.sample(edges, len(edges))]
    assert connected(edges) == connected(turned)


@given(EDGES)
def test_every_node_is_in_one_group_and_both_ends_of_an_edge_in_the_same(edges):
    groups = connected(edges)
    nodes = [node for members in groups.values() for node in members]
    assert sorted(nodes) == sorted({node for edge in edges for node in edge})
    of = {node: name for name, members in groups.items() for node in members}
    assert all(of[one] == of[other] for one, other in edges)
    assert all(members[0] == name for name, members in groups.items())


def test_a_long_chain_takes_no_deep_recursion():
    n = 20_000
    edges = [(f"{number:06}", f"{number + 1:06}") for number in range(n)]
    assert [len(members) for members in connected(reversed(edges)).values()] == [n + 1]
