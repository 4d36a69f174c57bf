"""The knowledge base as a table: read, written by what has changed, and read again."""

import pytest
from pyspark.sql import functions as F

from etl.config.knowledge import KnowledgeBaseConfig
from etl.config.models import Config
from etl.errors import ConfigError
from etl.optional_schemas import KNOWLEDGE_BASE
from etl.refine import _overlaps
from etl.stages.knowledge import entity_rows, read_knowledge

pytestmark = pytest.mark.spark
NOTE = {"run_id": "r1"}


def line(key, **facts):
    stated = ", ".join(f'"{name}": "{value}"' for name, value in facts.items())
    named = f'"key": "{key}", "names": {{"en": "{key}"}}, "facts": {{{stated}}}'
    return f'{{"type": "state", {named}, "source": "me", "license": "MIT"}}\n'


def test_only_what_has_changed_is_written_and_the_table_can_be_read_again(spark, tables, tmp_path):
    def merged(run, *lines):
        path = tmp_path / "kb.jsonl"
        path.write_text("".join(lines), encoding="utf-8")
        known = read_knowledge(spark, KnowledgeBaseConfig(path=str(path), shipped=False))
        rows = entity_rows(spark, known).withColumn("run_id", F.lit(run))
        tables.merge(KNOWLEDGE_BASE, rows, key="entity_id", content="content_hash", note=NOTE)
        return known, {row["key"]: row["run_id"] for row in tables.read("knowledge_base").collect()}

    stable, gone = line("A", capital="a", code="x"), line("C")
    known, wrote = merged("r1", stable, line("B"), gone)
    assert wrote == {"A": "r1", "B": "r1", "C": "r1"}
    again, wrote = merged("r2", stable, line("B"), gone)
    assert (again, set(wrote.values()), tables.version("knowledge_base")) == (known, {"r1"}, 0)
    _, wrote = merged("r3", stable, line("B", capital="b"), line("D"))
    assert wrote == {"A": "r1", "B": "r3", "D": "r3"}

    place = KnowledgeBaseConfig(path=tables.place("knowledge_base"), format="delta", shipped=False)
    found = read_knowledge(spark, place)
    assert {entity.id: dict(entity.facts) for entity in found.entities} == {
        "state/A": {"capital": "a", "code": "x"},
        "state/B": {"capital": "b"},
        "state/D": {},
    }


def test_templates_of_what_a_table_knows_are_held_against_benchmarks(spark, tables, tmp_path, candidates):
    (tmp_path / "kb.jsonl").write_text(line("A", capital="a"), encoding="utf-8")
    known = read_knowledge(spark, KnowledgeBaseConfig(path=str(tmp_path / "kb.jsonl")))
    rows = entity_rows(spark, known).withColumn("run_id", F.lit("r"))
    tables.merge(KNOWLEDGE_BASE, rows, key="entity_id", content="content_hash", note=NOTE)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "en.yaml").write_text(
        'language: en\nlicense: MIT\ncomma: ", "\nlast: " and "\ncolon: ": "\nplaceholder: "Later."\ntemplates:\n'
        '  definition:\n    mine@1: {request: "What is {a}?", answer: "{a.capital}", slots: {a: state}}\n',
        encoding="utf-8",
    )
    (tmp_path / "items.jsonl").write_text('{"question": "Is anything of this anywhere?"}\n', encoding="utf-8")
    item = {"name": "b", "path": str(tmp_path / "items.jsonl"), "format": "jsonl", "columns": ["question"]}
    config = Config(
        input={"sources": [{"name": "s", "path": "x", "format": "text"}]},
        output={"root": "y"},
        templates={"path": str(tmp_path / "templates")},
        knowledge_base={"path": tables.place("knowledge_base"), "format": "delta", "shipped": False},
        select={"decontamination": {"benchmarks": [item]}},
    )
    assert _overlaps(candidates({}), config.select.decontamination, config).collect() == []


def test_a_place_without_a_table_is_one_sentence(spark, tmp_path):
    with pytest.raises(
        ConfigError, match=r"knowledge_base: there is no Delta table at .*nowhere; valid: a Delta table"
    ):
        read_knowledge(spark, KnowledgeBaseConfig(path=str(tmp_path / "nowhere"), format="delta"))
