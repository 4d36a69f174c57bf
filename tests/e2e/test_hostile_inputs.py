"""One run over every hostile input at once: each costs what the documentation says, and nothing beside it."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pyspark.sql import SparkSession

from etl.optional_schemas import KNOWLEDGE_BASE
from etl.schemas import ANSWERS, OPTIONAL, TABLES
from tests.e2e.conftest import Execute, Said
from tests.e2e.content import check_accounts, read
from tests.e2e.hostile_files import CHAT_TOKENS, DOCUMENTS, ESCAPES, FILES
from tests.e2e.hostile_records import JSONL, MAX_CHARS, TABULAR, Case, Reject, line

pytestmark = [pytest.mark.spark, pytest.mark.e2e]

CASES = (*JSONL, *TABULAR, *FILES, *DOCUMENTS)
Row = Mapping[str, Any]


class Outcome(NamedTuple):
    """What the run left, by source; and what it said."""

    documents: Mapping[str, list[Row]]
    rejects: Mapping[str, list[Row]]
    mixture: list[Row]
    said: str
    lake: Path
    folder: Path


def lay_out(folder: Path, case: Case) -> dict[str, Any]:
    place = folder / case.name
    place.mkdir()
    for name, content in case.files.items():
        if content is None:
            (place / name).mkdir()
        elif isinstance(content, str):
            (place / name).symlink_to(content)
        else:
            (place / name).write_bytes(content)
    return {"name": case.name, "path": str(place), "format": case.format, **case.options}


def by_source(rows: list[Any]) -> dict[str, list[Row]]:
    found = defaultdict(list)
    for row in rows:
        found[row["source"]].append(row)
    return found


@pytest.fixture(scope="module")
def outcome(spark: SparkSession, run_job: Execute, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("hostile")
    sources = [lay_out(folder, case) for case in CASES]
    table = {"name": "table", "path": str(folder / "table"), "format": "delta", "text_col": "te.x`t", "id_col": "i`d"}
    rows = spark.createDataFrame([("A row of a table.", 7)], [table["text_col"], table["id_col"]])
    rows.write.format("delta").save(table["path"])
    sources.append(table)
    lake = folder / "lake"
    said = run_job(folder, sources, lake, f"input.max_chars={MAX_CHARS}", "errors.max_error_rate=1.0")
    tables = {name: read(spark, lake, name).collect() for name in ("documents", "rejects", "mixture")}
    return Outcome(by_source(tables["documents"]), by_source(tables["rejects"]), tables["mixture"], said, lake, folder)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_input_costs_what_is_documented_and_nothing_beside_it(outcome: Outcome, case: Case) -> None:
    assert sorted(row["text"] for row in outcome.documents[case.name]) == sorted(case.good)
    rejects = sorted(outcome.rejects[case.name], key=lambda row: (row["stage"], row["reason"], row["detail"] or ""))
    expected = sorted(case.rejects, key=lambda reject: (reject.stage, reject.reason, reject.detail))
    assert [(row["stage"], row["reason"]) for row in rejects] == [(each.stage, each.reason) for each in expected]
    for row, reject in zip(rejects, expected, strict=True):
        assert_told(row, reject)


def assert_told(row: Row, reject: Reject) -> None:
    assert (row["payload"] or "").startswith(reject.payload)
    assert len(row["payload"] or "") <= 2000
    assert reject.detail in (row["detail"] or "")
    assert row["source_id"]


def test_a_column_of_a_table_may_have_any_name(outcome: Outcome) -> None:
    assert [(row["source_id"], row["text"]) for row in outcome.documents["table"]] == [("7", "A row of a table.")]


def test_a_failure_is_named_by_its_file_and_the_byte_it_begins_at(outcome: Outcome) -> None:
    (row,) = outcome.rejects["null_text"]
    assert row["source_id"] == f"a.jsonl@{len(line(text='Boat 1 of the null_text harbour leaves in the morning.'))}"


def test_of_duplicates_the_first_id_stays_and_the_others_name_it(outcome: Outcome) -> None:
    (kept,) = outcome.documents["duplicate_documents"]
    assert kept["source_id"] == "one"
    rejects = outcome.rejects["duplicate_documents"]
    assert {row["source_id"] for row in rejects} == {"two", "three"}
    assert {row["detail"] for row in rejects} == {f"same text as document {kept['doc_id']}"}


def test_no_chat_token_is_in_the_mixture(outcome: Outcome) -> None:
    assert len(outcome.mixture) > len(CASES) / 2
    assert not [row["text"] for row in outcome.mixture if any(token in row["text"] for token in CHAT_TOKENS)]


def test_the_accounts_close_whatever_came_in(spark: SparkSession, outcome: Outcome) -> None:
    check_accounts(spark, outcome.lake)


def test_no_escape_sequence_reaches_the_terminal(outcome: Outcome, cli: Any) -> None:
    assert "\x1b" not in outcome.said
    document = next(row for row in outcome.documents["escapes_in_fields"])
    reject = next(row for row in outcome.rejects["escapes_in_fields"])
    assert (document["title"], reject["source_id"]) == (f"{ESCAPES}title", f"{ESCAPES}bad")
    config = str(outcome.folder / "pipeline.yaml")
    for doc in (document["doc_id"], f"{ESCAPES}bad"):
        traced: Said = cli("trace", "--config", config, "--doc", doc)
        assert traced.code == 0
        assert traced.out
        assert "\x1b" not in traced.out + traced.err
    page = next((outcome.lake / "_reports").iterdir()).read_text()
    assert "\x1b" not in page


def test_a_run_that_is_half_broken_input_ends_with_a_summary(outcome: Outcome) -> None:
    assert "finished" in outcome.said
    assert "broken_json" in outcome.said
    assert not list((outcome.lake / "_staging").iterdir())
    assert {place.name for place in outcome.lake.iterdir()} == {
        *(table.name for table in TABLES if table not in (*OPTIONAL, *ANSWERS, KNOWLEDGE_BASE)),
        "_reports",
        "_staging",
    }
