"""Overlays: mappings merge, anything else replaces; --set reaches everywhere a key leads."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.config.overlay import merge, override
from etl.config.read import parse
from etl.config.tree import Node, Place, plain
from etl.errors import ConfigError

FILE = Place("job.yaml", Path("/job"), Path("/job"), line=1)
CWD = Path("/here")

KEYS = st.text(alphabet="abcxyz_09", min_size=1, max_size=3)
SCALARS = st.none() | st.booleans() | st.integers(-99, 99) | st.text(alphabet="ab 1:#'\"\n", max_size=6)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=10,
)
MAPPINGS = st.dictionaries(KEYS, VALUES, max_size=4)


def tree(value: Any) -> Node:
    return parse(json.dumps(value), FILE)


def laid(base: Any, over: Any) -> Any:
    return plain(merge(tree(base), tree(over)))


def test_mappings_merge_and_lists_and_scalars_replace() -> None:
    base = {"a": {"x": 1, "y": [1, 2]}, "b": 3}
    assert laid(base, {"a": {"y": [9], "z": None}}) == {"a": {"x": 1, "y": [9], "z": None}, "b": 3}


def test_null_replaces_a_mapping_and_a_mapping_replaces_null() -> None:
    assert laid({"a": {"x": 1}}, {"a": None}) == {"a": None}
    assert laid({"a": None}, {"a": {"x": 1}}) == {"a": {"x": 1}}


@given(MAPPINGS)
def test_an_empty_overlay_and_the_same_overlay_change_nothing(base: Any) -> None:
    assert laid(base, {}) == base
    assert laid(base, base) == base


@given(MAPPINGS, MAPPINGS, MAPPINGS)
def test_a_later_overlay_wins_and_laying_on_twice_is_laying_on_once(a: Any, b: Any, c: Any) -> None:
    assert laid(laid(a, b), b) == laid(a, b)
    assert laid(a, c).keys() == a.keys() | c.keys()
    for key, value in c.items():
        if not isinstance(value, dict):
            assert laid(laid(a, b), c)[key] == value


def places(value: Any, above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, below in entries for place in ((*above, str(key)), *places(below, (*above, str(key))))]


@given(MAPPINGS, SCALARS, st.data())
def test_what_set_writes_stands_at_its_key_and_nothing_else_changes(
    base: dict[str, Any], value: Any, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from([*places(base), ("new",), ("new", "deep")]))
    expected = copy.deepcopy(base)
    here: Any = expected
    for key in path[:-1]:
        here = here[int(key)] if isinstance(here, list) else here.setdefault(key, {})
    here[int(path[-1]) if isinstance(here, list) else path[-1]] = value
    assert plain(override(tree(base), f"{'.'.join(path)}={json.dumps(value)}", CWD)) == expected


BASE = {"sources": [{"path": "a"}, {"path": "b"}], "mixture": {"ratio": 0.05, "unit": "tokens"}, "none": None}


@pytest.mark.parametrize(
    ("argument", "key", "value"),
    [
        ("mixture.ratio=0.1", "mixture", {"ratio": 0.1, "unit": "tokens"}),
        ("mixture={ratio: 0.1}", "mixture", {"ratio": 0.1, "unit": "tokens"}),
        ("mixture=null", "mixture", None),
        ("sources.1.path=x=y", "sources", [{"path": "a"}, {"path": "x=y"}]),
        ("sources.0={table: t}", "sources", [{"path": "a", "table": "t"}, {"path": "b"}]),
        ("sources=[{path: c}]", "sources", [{"path": "c"}]),
        ("none.a.b=1", "none", {"a": {"b": 1}}),
        (" mixture . unit = rows", "mixture", {"ratio": 0.05, "unit": "rows"}),
        ("none=s3a://bucket/*.gz", "none", "s3a://bucket/*.gz"),
    ],
)
def test_set_values_are_yaml_and_keys_reach_into_lists(argument: str, key: str, value: Any) -> None:
    assert plain(override(tree(BASE), argument, CWD)) == {**BASE, key: value}


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("mixture", "--set: expected key=value such as --set mixture.ratio=0.05, got 'mixture'"),
        ("=1", "--set: expected key=value such as --set mixture.ratio=0.05, got '=1'"),
        ("a..b=1", "--set: expected key=value such as --set mixture.ratio=0.05, got 'a..b=1'"),
        ("mixture.ratio=", "--set mixture.ratio: there is no value after '='; write null to unset the key"),
        ("mixture.ratio.x=1", "--set mixture.ratio.x: mixture.ratio is the number 0.05, which has no keys"),
        (
            "sources.2.path=x",
            "--set sources.2.path: sources is a list and '2' is no index of it; valid indexes: 0 to 1",
        ),
        ("sources.-1.path=x", "'-1' is no index of it"),
        ("sources.٠.path=x", "is no index of it"),
        ("none=*.gz", "quote a text that YAML reads otherwise: --set 'input.sources.0.path=\"*.gz\"'"),
        (
            "none=!!python/name:os.system x",
            "the tag 'tag:yaml.org,2002:python/name:os.system' is not allowed",
        ),
        (".".join("a" * 51) + "=1", "--set: the key has 51 parts; at most 50 are valid"),
    ],
)
def test_a_set_argument_that_leads_nowhere_says_what_would_be_valid(argument: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        override(tree(BASE), argument, CWD)
    assert message in str(caught.value)


@pytest.mark.parametrize("argument", ["api_key:hunter2", "hf_token hunter2", "password.=hunter2"])
def test_a_malformed_argument_that_looks_secret_is_not_repeated(argument: str) -> None:
    with pytest.raises(ConfigError) as caught:
        override(tree(BASE), argument, CWD)
    assert "hunter2" not in str(caught.value)


def test_what_set_writes_knows_that_it_came_from_the_command_line() -> None:
    changed = override(tree(BASE), "sources.0.path=x", CWD)
    first, second = changed.value["sources"].value
    assert str(first.value["path"].place) == "--set sources.0.path"
    assert first.value["path"].place.inputs == CWD
    assert str(second.value["path"].place) == "job.yaml:1"
