"""YAML text into a tree: what is read, and what is refused with file and line."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.config.read import MAX_BYTES, MAX_DEPTH, parse, read_file
from etl.config.tree import Place, plain
from etl.errors import ConfigError

PLACE = Place("job.yaml", Path("/job"), Path("/job"), line=1)


def read(text: str) -> object:
    return plain(parse(text, PLACE))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("no", "no"),
        ("12:30", "12:30"),
        ("2024-01-31", "2024-01-31"),
        ("~", None),
        ("042", 42),
        ("0x1F", 31),
        ("0o17", 15),
        ("-7", -7),
        ("1e-3", 0.001),
        (".5", 0.5),
        ("1_000", "1_000"),
        ("-.inf", float("-inf")),
        ("'42'", "42"),
        ("<<", "<<"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_plain_scalars_follow_yaml_1_2(text: str, value: object) -> None:
    assert read(f"[{text}]") == [value]
    assert type(read(f"[{text}]")[0]) is type(value)


def test_keys_are_texts_whatever_they_look_like() -> None:
    assert read("{2024: 1, true: 2, null: 3}") == {"2024": 1, "true": 2, "null": 3}


def test_an_alias_repeats_its_anchor_and_keeps_the_line_of_its_own_key() -> None:
    tree = parse("a: &x {k: 1}\nb: *x\n", PLACE)
    assert plain(tree) == {"a": {"k": 1}, "b": {"k": 1}}
    assert str(tree.value["b"].place) == "job.yaml:2"


def test_a_value_is_placed_at_the_line_of_its_key() -> None:
    tree = parse("a:\n  b:\n    - 1\n    - c: 2\n", PLACE)
    inner = tree.value["a"].value["b"]
    assert [inner.place.line, inner.value[0].place.line, inner.value[1].value["c"].place.line] == [2, 3, 4]


def test_a_key_without_a_value_is_blank_and_null_is_not() -> None:
    tree = parse("a:\nb: null\nc: ''\n", PLACE)
    assert [node.blank for node in tree.value.values()] == [True, False, False]


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{key}: &{key} [{', '.join([f'*{before}'] * 10)}]\n" for before, key in zip("abcdefgh", "bcdefghi", strict=True)
)

LONG_KEYS = "- &a {" + "k" * 900 + ": 1}\n" + "- *a\n" * 5000


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", "job.yaml:3: the key 'a' stands here twice; first on line 1"),
        (
            "a:\n  !!python/object:os.system x",
            "job.yaml:2: the tag 'tag:yaml.org,2002:python/object:os.system' is",
        ),
        ("a: !!binary aGk=", "job.yaml:1: the tag 'tag:yaml.org,2002:binary' is not allowed"),
        ("{!x k: 1}", "job.yaml:1: a key must be a plain text"),
        ("[[1]: 2]", "job.yaml:1: a key must be a plain text"),
        ("a: 1\n---\nb: 2", "job.yaml:2: a second YAML document"),
        ("a: 1\nb: *.gz", "job.yaml:2: is not valid YAML: while scanning an alias"),
        ("a: *b", "job.yaml:1: undefined alias; a text that begins with * needs quotes"),
        ("a: &a [*a]", "job.yaml:1: undefined alias"),
        ("a:\n\tb: 1", "YAML indents with spaces, not tabs"),
        ("a: b: c", "job.yaml:1: is not valid YAML: mapping values are not allowed here; a text with ': '"),
        ("a: @x", "a text that begins with @, % or ` needs quotes"),
        ("a: 1\nb: \x07", "job.yaml:2: is not valid YAML: it contains a control character"),
        ('a: "\\UFFFFFFFF"', "job.yaml:1: is not valid YAML: an escape"),
        ("[" * (MAX_DEPTH + 2), "job.yaml:1: values nest deeper than 50 levels"),
        (BOMB.replace("[", "{x: [").replace("]", "]}"), "characters once its aliases are written out"),
        (LONG_KEYS, "characters once its aliases are written out"),
        (BOMB, "characters once its aliases are written out"),
    ],
)
def test_what_is_refused_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(text)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.text(alphabet=st.sampled_from("ab:-[]{},&*!|>'\"%@`#? \n\t0.\\xU~\ud800é"), max_size=60))
def test_any_text_is_read_or_refused_in_one_sentence(text: str) -> None:
    try:
        read(text)
    except ConfigError as error:
        assert len(str(error).splitlines()) == 1


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_what_a_json_writer_writes_comes_back(value: object) -> None:
    assert read(json.dumps({"v": value})) == {"v": value}


def write(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "job.yaml: is empty; a configuration is a YAML mapping of keys to values"),
        (
            b"# only a comment\n---\n",
            "job.yaml: is empty; a configuration is a YAML mapping of keys to values",
        ),
        (b"- a\n", "job.yaml: is no mapping; a configuration is a YAML mapping of keys to values"),
        (b"null\n", "job.yaml: is no mapping; a configuration is a YAML mapping of keys to values"),
        (b"a: 1\nb: \xff\n", "job.yaml:2: is not UTF-8; save the file as UTF-8"),
        (
            b"#" * (MAX_BYTES + 1),
            "job.yaml: is larger than 1000000 bytes, the most a configuration file may have",
        ),
    ],
)
def test_a_file_that_is_no_configuration_is_refused_in_one_sentence(tmp_path: Path, data: bytes, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_file(write(tmp_path, data), Place("job.yaml", tmp_path, tmp_path))
    assert str(caught.value) == message


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, b"\xef\xbb\xbfa: 1\n")
    assert plain(read_file(path, Place("job.yaml", tmp_path, tmp_path))) == {"a": 1}


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    place = Place("job.yaml", tmp_path, tmp_path)
    with pytest.raises(ConfigError, match=r"^job\.yaml: there is no such file"):
        read_file(tmp_path / "none.yaml", place)
    with pytest.raises(ConfigError, match=r"^job\.yaml: is a folder"):
        read_file(tmp_path, place)
