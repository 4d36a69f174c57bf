"""From files to documents, and from documents to candidate pairs, through real workers."""

import json

import pytest
from pyspark.sql import functions as F

from etl.config.gates import GatesConfig, LicenseGate, PiiGate, QualityGate
from etl.config.models import FaqConfig, HowtoConfig, InputConfig, LabelledQaConfig, RulesConfig, SourceConfig
from etl.errors import ConfigError
from etl.gates.judge import build_judge
from etl.inputs import list_inputs
from etl.rules import build_rules
from etl.schemas import DOCUMENTS, PAIRS
from etl.stages.accounts import account_input
from etl.stages.distinct import find_duplicates, keep_distinct
from etl.stages.extract import extract
from etl.stages.ingest import ingest
from etl.stages.parse import parse
from etl.stages.records import raw_records
from etl.stages.treatment import Treatment
from etl.text.blocks import decode

pytestmark = pytest.mark.spark

FAQ = "# Questions\n\n## What is a lake?\n\nA body of water.\n\n## Is it deep?\n\nSome lakes are very deep.\n"
RULES = build_rules(RulesConfig(faq=FaqConfig(), labelled_qa=LabelledQaConfig(), howto=HowtoConfig()))


def write(path, *records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def source(path, **more):
    return SourceConfig(name="s", path=str(path), format="jsonl", id_col="id", format_col="format", **more)


def parsed_from(spark, *sources, rules=RULES, limit=None, max_chars=10_000, tasks=2, gates=None):
    config = InputConfig(sources=list(sources), max_chars=max_chars)
    inputs = list_inputs(spark, config)
    units = ingest(spark, config, inputs.files, inputs.tables, cores=tasks, limit=limit)
    judge = build_judge(gates or GatesConfig(), "pretrain")
    return parse(units, config, Treatment(tuple(rules), judge), limit=limit)


def test_a_record_becomes_a_document_with_text_and_blocks(spark, tmp_path):
    path = write(tmp_path / "a.jsonl", {"id": "one", "text": FAQ, "format": "markdown"})
    row = parsed_from(spark, source(path, license="CC0-1.0")).first()
    assert (row["source"], row["source_id"], row["license"], row["title"]) == ("s", "one", "CC0-1.0", "Questions")
    assert row["text"].startswith("Questions\n\nWhat is a lake?\n\nA body of water.")
    assert [block.kind for block in decode(row["blocks"])][:3] == ["heading", "heading", "paragraph"]
    assert (row["reason"], row["n_chars"], row["has_chat_token"]) == (None, len(row["text"]), False)
    assert len(row["doc_id"]) == 32


def test_a_broken_line_is_a_row_beside_the_good_ones(spark, tmp_path):
    path = write(tmp_path / "a.jsonl", {"id": "one", "text": "Fine."}, {"id": "two", "text": 5}, {"id": "three"})
    with path.open("a") as file:
        file.write("{broken\n")
    rows = parsed_from(spark, source(path)).orderBy("reason").collect()
    assert [(row["stage"], row["reason"]) for row in rows] == [
        (None, None),
        ("ingest", "broken_json"),
        ("ingest", "missing_field"),
        ("ingest", "wrong_type"),
    ]
    assert rows[1]["payload"] == "{broken"
    assert [row["source_id"] for row in rows[2:]] == ["three", "two"]


def test_a_page_of_markup_only_is_rejected_by_parse(spark, tmp_path):
    path = write(tmp_path / "a.jsonl", {"id": "one", "text": "<div><script>x</script></div>", "format": "html"})
    row = parsed_from(spark, source(path)).first()
    assert (row["stage"], row["reason"]) == ("parse", "no_text")


def test_accounts_of_ingest_parse_and_extract_close(spark, tmp_path):
    same = {"text": FAQ, "format": "markdown"}
    markup = {"id": "4", "text": "<p>", "format": "html"}
    path = write(tmp_path / "a.jsonl", {"id": "1", **same}, {"id": "2", **same}, {"id": "3"}, markup)
    frame = parsed_from(spark, source(path)).cache()
    ingested, parsed, extracted = account_input(frame, find_duplicates(frame))
    assert (ingested.rows_in, ingested.rows_out, ingested.reasons) == (4, 3, {"missing_field": 1})
    assert (parsed.rows_in, parsed.rows_out) == (3, 1)
    assert parsed.reasons == {"duplicate_document": 1, "no_text": 1}
    assert (extracted.unit, extracted.rows_in, extracted.rows_out, extracted.rejected) == ("pairs", 2, 2, 0)


def test_a_limit_takes_the_first_records_of_each_source(spark, tmp_path):
    for name in ("a", "b"):
        write(tmp_path / f"{name}.jsonl", *({"id": f"{name}{n}", "text": f"{name} {n}"} for n in range(5)))
    rows = parsed_from(spark, source(tmp_path / "*.jsonl"), limit=7).collect()
    assert sorted(row["source_id"] for row in rows) == ["a0", "a1", "a2", "a3", "a4", "b0", "b1"]


def test_a_delta_source_is_read_at_its_version(spark, tmp_path):
    place = str(tmp_path / "delta")
    for row in (("x", "Old text."), ("y", "New text.")):
        spark.createDataFrame([row], "key string, body string").write.format("delta").mode("append").save(place)
    described = {"name": "d", "path": place, "format": "delta", "text_col": "body", "id_col": "key"}
    newest = parsed_from(spark, SourceConfig(**described))
    assert sorted(row["source_id"] for row in newest.collect()) == ["x", "y"]
    pinned = parsed_from(spark, SourceConfig(**described, version_as_of=0))
    assert [row["text"] for row in pinned.collect()] == ["Old text."]


def test_a_delta_source_that_is_not_there_or_lacks_its_column_is_a_wrong_configuration(spark, tmp_path):
    with pytest.raises(ConfigError, match="no Delta table"):
        parsed_from(spark, SourceConfig(name="d", path=str(tmp_path), format="delta"))
    place = str(tmp_path / "delta")
    spark.createDataFrame([(1,)], "n int").write.format("delta").save(place)
    with pytest.raises(ConfigError, match="no column 'text'; it has n"):
        parsed_from(spark, SourceConfig(name="d", path=place, format="delta"))
    with pytest.raises(ConfigError, match="newest version"):
        parsed_from(spark, SourceConfig(name="d", path=place, format="delta", version_as_of=9))


def test_raw_records_are_what_the_source_holds(spark, tmp_path):
    path = write(tmp_path / "a.jsonl", {"id": "one", "text": FAQ, "format": "markdown"})
    config = InputConfig(sources=[source(path)])
    inputs = list_inputs(spark, config)
    units = ingest(spark, config, inputs.files, inputs.tables, cores=2, limit=None)
    assert raw_records(units, config).first()["raw"] == FAQ


def documents_of(spark, path, **more):
    frame = parsed_from(spark, source(path), **more)
    return keep_distinct(frame, find_duplicates(frame))


def test_pairs_stand_in_their_document(spark, tmp_path):
    path = write(tmp_path / "a.jsonl", {"id": "one", "text": FAQ, "format": "markdown", "lang": "en"})
    documents = documents_of(spark, path)
    text = documents.first()["text"]
    pairs = extract(documents)
    assert set(pairs.columns) == set(PAIRS.columns) - {"run_id"} | {"refused"}
    rows = pairs.orderBy(F.col("evidence")[0]["start"]).collect()
    assert [(row["instruction"], row["response"]) for row in rows] == [
        ("What is a lake?", "A body of water."),
        ("Is it deep?", "Some lakes are very deep."),
    ]
    first = rows[0]
    assert [text[span["start"] : span["end"]] for span in first["evidence"]] == ["What is a lake?", "A body of water."]
    assert (first["rule"], first["family"], first["method"]) == ("faq", "question_answering", "extraction")
    assert (first["grounding"], first["n_tokens"], first["complexity"]) == (1.0, 10, 1)


def test_pairs_do_not_depend_on_how_the_files_are_spread(spark, tmp_path):
    for n in range(20):
        record = {"id": f"{n}", "text": FAQ.replace("lake", f"lake {n}"), "format": "markdown"}
        write(tmp_path / f"{n}.jsonl", record)
    found = [
        sorted(
            (row["pair_id"], row["response"])
            for row in extract(documents_of(spark, tmp_path / "*.jsonl", tasks=tasks)).collect()
        )
        for tasks in (1, 7)
    ]
    assert found[0] == found[1]
    assert len(found[0]) == 40


def test_the_pairs_of_a_repeated_document_are_extracted_once(spark, tmp_path):
    twice = {"text": FAQ, "format": "markdown"}
    path = write(tmp_path / "a.jsonl", {"id": "one", **twice}, {"id": "two", **twice})
    assert [row["source_id"] for row in extract(documents_of(spark, path)).collect()] == ["one", "one"]


def test_without_rules_there_is_no_pair(spark, tmp_path):
    path = write(tmp_path / "a.jsonl", {"id": "one", "text": FAQ, "format": "markdown"})
    assert extract(documents_of(spark, path, rules=())).count() == 0


def test_documents_have_the_declared_columns(spark, tmp_path):
    path = write(tmp_path / "a.jsonl", {"id": "one", "text": FAQ})
    assert set(DOCUMENTS.columns) - {"run_id"} <= set(documents_of(spark, path).columns)


CONTACT = (
    "# Contact\n\n## What is a lake?\n\nA body of water.\n\n## Who is at ann.lee@acme.org?\n\n"
    "That is bob.ray@acme.org, whom you call at +49 30 901820.\n"
)


def test_personal_data_is_masked_before_the_rules_and_evidence_points_into_the_kept_text(spark, tmp_path):
    path = write(tmp_path / "a.jsonl", {"id": "one", "text": CONTACT, "format": "markdown"})
    plain = parsed_from(spark, source(path)).first()
    masked = parsed_from(spark, source(path), gates=GatesConfig(pii=PiiGate())).first()
    assert "acme" not in str(masked)
    assert (masked["blocks"], masked["n_chars"], masked["tags"]) == (
        plain["blocks"], plain["n_chars"], ["pii_email", "pii_phone"],
    )  # fmt: skip
    pair = masked["found"][1]
    assert pair["instruction"] == "Who is at xxx.xxx@xxxx.xxx?"
    assert pair["response"] == "That is xxx.xxx@xxxx.xxx, whom you call at +00 00 000000."
    spans = [masked["text"][span["start"] : span["end"]] for span in pair["evidence"]]
    assert spans == [pair["instruction"], pair["response"]]
    assert pair["evidence"] == plain["found"][1]["evidence"]


def test_a_document_that_a_gate_turns_down_is_a_reject_of_parse_without_pairs(spark, tmp_path):
    path = write(
        tmp_path / "a.jsonl",
        {"id": "mail", "text": CONTACT, "format": "markdown", "license": "MIT"},
        {"id": "short", "text": "Sign in", "format": "text", "license": "MIT"},
        {"id": "taken", "text": FAQ, "format": "markdown", "license": "GPL-3.0-only"},
        {"id": "good", "text": FAQ, "format": "markdown", "license": "MIT"},
    )
    gates = GatesConfig(pii=PiiGate(action="drop"), license=LicenseGate(), quality=QualityGate())
    parsed = parsed_from(spark, source(path, license_col="license"), gates=gates)
    rows = {row["source_id"]: row for row in parsed.collect()}
    assert {name: (row["stage"], row["reason"]) for name, row in rows.items()} == {
        "mail": ("parse", "pii_email"),
        "short": ("parse", "low_quality"),
        "taken": ("parse", "license_not_allowed"),
        "good": (None, None),
    }
    assert rows["mail"]["payload"].startswith(
        "Contact\n\nWhat is a lake?\n\nA body of water.\n\nWho is at xxx.xxx@xxxx.xxx?"
    )
    assert [rows[name]["text"] for name in ("mail", "short", "taken")] == [None] * 3
    _, in_documents, extracted = account_input(parsed, find_duplicates(parsed))
    assert (in_documents.rows_in, in_documents.rows_out, in_documents.rejected) == (4, 1, 3)
    assert extracted.rows_out == rows["good"]["n_found"]
