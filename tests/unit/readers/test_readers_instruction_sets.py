"""Rows of instruction sets become pairs, or failures that say why not."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.config.instruction_sets import Family, InstructionSetConfig
from etl.readers.instruction_sets import pair_or_failure, read_pairs
from etl.readers.listing import list_files
from etl.readers.reasons import REASONS
from etl.readers.record import Failure, Unit
from etl.readers.set_pairs import ImportedPair
from etl.rules.families import FAMILIES

Read = Callable[..., list[ImportedPair | Failure]]


def a_set(form: str = "alpaca", **fields: Any) -> InstructionSetConfig:
    return InstructionSetConfig(**{"name": "s", "path": "unused", "format": form, **fields})


def pair_of(values: dict[str, Any], form: str = "alpaca", **fields: Any) -> ImportedPair | Failure:
    return pair_or_failure(values, a_set(form, **fields), 100, "a.jsonl@0")


def turn(*texts: str, keys: tuple[str, str] = ("role", "content"), roles: str = "user assistant") -> dict[str, Any]:
    spoken = zip(roles.split(), texts, strict=True)
    return {"messages": [{keys[0]: role, keys[1]: text} for role, text in spoken]}


SAID = ("Why?", "Because.")


@pytest.mark.parametrize(
    ("values", "form", "fields", "expected"),
    [
        ({"instruction": "Why?", "input": "", "output": "Because."}, "alpaca", {}, (*SAID, None)),
        ({"instruction": "Why?", "input": "Rain.", "output": "Because."}, "alpaca", {}, (*SAID, "Rain.")),
        ({"instruction": " Why?\r\n", "output": "Be\x00cause."}, "alpaca", {}, (*SAID, None)),
        ({"question": "Why?", "answer": "Because."}, "columns", {}, (*SAID, None)),
        ({"q": "Why?", "a": "Because.", "c": "Rain."}, "columns",
         {"instruction_col": "q", "response_col": "a", "context_col": "c"}, (*SAID, "Rain.")),
        (turn(*SAID), "messages", {}, (*SAID, None)),
        (turn(*SAID, keys=("from", "value"), roles="human gpt"), "messages", {}, (*SAID, None)),
        (turn("Rain.", *SAID, roles="system user assistant"), "messages", {}, (*SAID, "Rain.")),
        ({"chat": turn(*SAID)["messages"]}, "messages", {"messages_col": "chat"}, (*SAID, None)),
    ],
)  # fmt: skip
def test_a_row_is_request_answer_and_context(
    values: dict[str, Any], form: str, fields: dict[str, Any], expected: tuple[str, str, str | None]
) -> None:
    found = pair_of(values, form, **fields)
    assert isinstance(found, ImportedPair)
    assert (found.instruction, found.response, found.context) == expected


@pytest.mark.parametrize(
    ("values", "form", "reason"),
    [
        ({"instruction": "Why?"}, "alpaca", "missing_field"),
        ({"instruction": None, "output": "x"}, "alpaca", "missing_field"),
        ({"instruction": ["Why?"], "output": "x"}, "alpaca", "wrong_type"),
        ({"instruction": "W" * 101, "output": "x"}, "alpaca", "text_too_long"),
        ({}, "messages", "missing_field"),
        ({"messages": "Why?"}, "messages", "wrong_type"),
        ({"messages": ["Why?"]}, "messages", "wrong_type"),
        ({"messages": [{"role": "user"}]}, "messages", "wrong_type"),
        ({"messages": []}, "messages", "missing_field"),
        (turn("Why?", roles="user"), "messages", "missing_field"),
        (turn(*SAID, roles="assistant user"), "messages", "missing_field"),
        (turn(*SAID, *SAID, roles="user assistant user assistant"), "messages", "multi_turn"),
        (turn(*SAID, "And?", roles="user assistant user"), "messages", "multi_turn"),
    ],
)
def test_a_row_that_is_no_pair_says_why(values: dict[str, Any], form: str, reason: str) -> None:
    found = pair_of(values, form)
    assert isinstance(found, Failure)
    assert (found.reason, found.source_id) == (reason, "a.jsonl@0")
    assert reason in REASONS


def test_id_language_and_licence_come_from_the_row_or_the_set() -> None:
    row = {"instruction": "Why?", "output": "x", "n": 7, "l": "de", "c": "MIT"}
    found = pair_of(row, id_col="n", lang_col="l", license_col="c")
    assert isinstance(found, ImportedPair)
    assert (found.source_id, found.lang, found.license) == ("7", "de", "MIT")
    found = pair_of(row, lang="en", license="CC0-1.0")
    assert isinstance(found, ImportedPair)
    assert (found.source_id, found.lang, found.license) == ("a.jsonl@0", "en", "CC0-1.0")


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["role", "content", "from", "value", "messages", "instruction", "output"]), inner, max_size=4
    ),
)  # fmt: skip


@given(
    st.dictionaries(st.sampled_from(["messages", "instruction", "input", "output", "question", "answer"]), ANY),
    st.sampled_from(["alpaca", "messages", "columns"]),
)
def test_any_row_is_a_pair_or_a_failure(values: dict[str, Any], form: str) -> None:
    assert isinstance(pair_of(values, form), ImportedPair | Failure)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """``read(name, data, start, end, **fields of the set)``; data None: what lies there."""

    def run(name: str, data: bytes | None, start: int = 0, end: int | None = None, **fields: Any) -> list[Any]:
        path = tmp_path / name
        if data is not None:
            path.write_bytes(data)
        size = path.stat().st_size if path.exists() else 0
        unit = Unit(str(path), name, start, size if end is None else end)
        return list(read_pairs(unit, a_set(**fields), 1000))

    return run


LINES = [json.dumps({"instruction": f"Why {n}?", "output": "x", "other": [1, {"a": n}]}).encode() for n in range(5)]


@given(st.integers(0, 400))
def test_every_line_is_read_by_the_unit_it_begins_in(cut: int) -> None:
    import tempfile

    data = b"\n".join(LINES)
    cut = min(cut, len(data))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.jsonl")
        path.write_bytes(data)
        parts = [Unit(str(path), "a.jsonl", 0, cut), Unit(str(path), "a.jsonl", cut, len(data))]
        found = [each for unit in parts for each in read_pairs(unit, a_set(), 1000)]
    assert [each.instruction for each in found] == [f"Why {n}?" for n in range(5)]


@pytest.mark.parametrize(
    ("data", "reasons"),
    [
        (b"", []),
        (b"\n \n", []),
        (b"[1]", ["not_an_object"]),
        (b"{", ["broken_json"]),
        (b'{"instruction": "\xff", "output": "x"}', ["invalid_utf8"]),
        (b'{"instruction": ' + b"[" * 50_000, ["broken_json"]),
        (b"x" * 200_000, ["line_too_long"]),
        (b"\x1f\x8b" + b"x" * 20, ["corrupt_file"]),
    ],
)
def test_a_damaged_line_is_one_failure(read: Read, data: bytes, reasons: list[str]) -> None:
    assert [each.reason for each in read("a.jsonl", data)] == reasons


def test_parquet_rows_and_their_messages_are_read(read: Read, tmp_path: Path) -> None:
    rows = [turn(*SAID), turn(*SAID, *SAID, roles="user assistant user assistant"), {"messages": None}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    found = read("a.parquet", None, files="parquet", format="messages")
    assert found[0].instruction == "Why?"
    assert [each.reason for each in found[1:]] == ["multi_turn", "missing_field"]


def test_a_parquet_file_without_the_fields_says_what_it_has(read: Read, tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": [1]}), tmp_path / "a.parquet")
    (failure,) = read("a.parquet", None, files="parquet")
    assert failure.detail == "the file has none of instruction, input, output; it has a"
    (failure,) = read("b.parquet", b"PAR1 and nothing", files="parquet")
    assert failure.reason == "corrupt_file"
    (failure,) = read("none.parquet", None, files="parquet")
    assert failure.reason == "unreadable_file"


def test_the_families_of_the_configuration_are_those_of_the_tables() -> None:
    assert get_args(Family) == FAMILIES


def test_files_of_a_set_are_listed_as_those_of_a_source(tmp_path: Path) -> None:
    from etl.readers.instruction_sets import source_of

    (tmp_path / "a.jsonl").write_bytes(LINES[0])
    assert [file.name for file in list_files(source_of(a_set(path=str(tmp_path))))] == ["a.jsonl"]
