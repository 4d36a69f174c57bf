"""Templates become candidate pairs: with passages of documents, and from the knowledge base alone."""

import pytest
from pyspark.sql import functions as F

from etl.config.knowledge import TemplatesConfig
from etl.config.models import Config, SelectConfig
from etl.schemas import FAMILIES, PAIRS, RESPONSE_SOURCES
from etl.stages.drawn import draw_matches
from etl.stages.fill import build_filling, fill, filled_in
from etl.stages.filled import tally_filled, tally_fillers
from etl.stages.parse import PARSED
from etl.stages.select import select
from etl.text.parse import parse

pytestmark = pytest.mark.spark

TEXT = (
    "In the spring of that year the whole group left Peru for Chile, stayed there for a month and went home by way of "
    "Peru again, and nobody had planned it so."
)


def filling(spark, **options):
    base = {"input": {"sources": [{"name": "s", "path": "x", "format": "text"}]}, "output": {"root": "y"}}
    return build_filling(spark, Config(**base, templates=TemplatesConfig(**options)))


def documents(spark, doing, *texts, seed=42):
    rows = []
    for number, text in enumerate(texts):
        read = parse(text, "text")
        doc_id = f"{number:032x}"
        from etl.rules.base import Document

        filled = filled_in(doc_id, Document(read.text, read.blocks, None, "en"), doing.filler, seed)
        rows.append((doc_id, "s", f"id-{number}", "CC0-1.0", [tuple(each.values()) for each in filled]))
    schema = "doc_id string, source string, source_id string, license string"
    from pyspark.sql import types as T

    names = [field for field in PARSED.fields if field.name == "filled"]
    frame = spark.createDataFrame([row[:4] for row in rows], schema).schema
    return spark.createDataFrame(rows, T.StructType([*frame.fields, *names]))


def test_a_document_and_the_knowledge_base_give_pairs_with_where_they_are_from(spark):
    doing = filling(spark, per_template=2, kinds=["extraction", "command"])
    pairs, account = fill(documents(spark, doing, TEXT), doing, 42)
    rows = [row.asDict(recursive=True) for row in pairs.collect()]
    assert (account.stage, account.rows_in, account.rows_out) == ("fill", len(rows), len(rows))
    (own,) = [row for row in rows if row["doc_id"]]
    assert own["context"] == TEXT
    assert own["license"].startswith("CC0-1.0 AND ")
    assert [TEXT[span["start"] : span["end"]] for span in own["evidence"]][1:] == ["Peru", "Chile"]
    assert own["fillers"][0].startswith("country/PE@")
    for row in rows:
        assert row["method"] == "template"
        assert row["response_source"] in RESPONSE_SOURCES
        assert row["family"] in FAMILIES
        assert row["template_id"].endswith(f"@{row['rule_version']}")
        assert row["fillers"]
        assert row["doc_id"] or row["source"] == "knowledge_base"
    assert len({row["pair_id"] for row in rows}) == len(rows)
    assert set(PAIRS.columns) - {"run_id"} <= set(pairs.columns)


def test_more_slots_steps_and_words_are_more_complex(spark):
    doing = filling(spark, per_template=1, languages=["en"])
    pairs, _ = fill(documents(spark, doing), doing, 42)
    degrees = {row["template_id"]: row["complexity"] for row in pairs.collect()}
    ordered = ["en.command.symbol@1", "en.difference.money@1", "en.reasoning.money_trip@1"]
    assert [degrees[name] for name in ordered] == sorted({degrees[name] for name in ordered})


def test_matches_are_drawn_nearer_to_the_wanted_slots_whatever_the_partitions(spark):
    rows = [(f"d{n // 10}", f"p{n}", 3 if n % 10 == 0 else 1) for n in range(2_000)] + [("alone", "q", 9)]
    matches = spark.createDataFrame(rows, "doc_id string, pair_id string, slots int")
    config = TemplatesConfig(per_document=3, slot_shares=[0.5, 0.0, 0.5])
    drawn, matched = draw_matches(matches.coalesce(1), config, 42)
    found = {(row["doc_id"], row["pair_id"]): row["slots"] for row in drawn.collect()}
    assert (matched, len(found)) == (2_001, 601)
    assert found[("alone", "q")] == 9
    again, _ = draw_matches(matches.repartition(8), config, 42)
    assert {(row["doc_id"], row["pair_id"]) for row in again.collect()} == set(found)
    # A tenth of the matches have three slots, one of each document: a third of what is drawn is the most there is.
    assert 0.25 < sum(slots == 3 for slots in found.values()) / len(found) < 1 / 3


def test_pairs_are_told_by_template_kind_language_slots_and_filler(candidates):
    def made(template, *fillers):
        return {"method": "template", "template_id": template, "fillers": list(fillers)}

    pairs = candidates(
        made("en.definition.country@1", "country/PE@10-14", "country/PE@3-7"),
        made("en.definition.country@1", "country/PE"),
        made("zh.summary.gone@1", "@1-9", "site/a@b"),
        {},
    )
    assert tally_filled(pairs, {"en.definition.country@1": 1}) == {
        "template": {"en.definition.country@1": 2, "zh.summary.gone@1": 1},
        "kind": {"definition": 2, "summary": 1},
        "language": {"en": 2, "zh": 1},
        "slots": {"1": 2, None: 1},
    }
    assert tally_fillers(pairs) == ({2: 1, 1: 1}, {"country/PE": 2, "site/a@b": 1})


def test_what_exceeds_its_share_is_refused_by_name(spark):
    doing = filling(spark, per_template=20, languages=["en"], max_template_share=0.005, max_filler_share=0.004)
    pairs, account = fill(documents(spark, doing), doing, 42)
    tally = {row["refused"]: row["count"] for row in pairs.groupBy("refused").count().collect()}
    assert set(tally) == {None, "over_template_share", "over_filler_share"}
    assert sum(tally.values()) == account.rows_out
    kept = pairs.filter(F.col("refused").isNull())
    most = kept.groupBy("template_id").count().agg(F.max("count")).collect()[0][0]
    assert most <= -(-account.rows_out * 5 // 1000)


def test_answers_of_a_knowledge_base_are_admitted_without_evidence(spark):
    doing = filling(spark, per_template=2)
    pairs, _ = fill(documents(spark, doing, TEXT), doing, 42)
    reasons = {row["reason"] for row in select(pairs, SelectConfig()).filter(F.col("reason").isNotNull()).collect()}
    assert reasons <= {"exact_duplicate", "over_filler_share"}


def test_without_templates_nothing_is_filled(spark):
    base = {"input": {"sources": [{"name": "s", "path": "x", "format": "text"}]}, "output": {"root": "y"}}
    assert build_filling(spark, Config(**base)) is None
    assert filled_in("0", None, None, 42) is None
