"""Chains over partitions are those of the pure functions, and a chain of texts becomes one pair with all before it."""

from typing import Any

import pytest
from pyspark.sql import DataFrame, SparkSession

from etl.stages.chains import history_after, linked, no_history, placed, with_history

pytestmark = pytest.mark.spark

_READ = (
    "doc_id string, prompt_id string, place int, instruction string, response string, context string, stage string, "
    "reason string, payload string"
)
_PROMPTS = "item_id string, doc_id string, text string, prompt string, fillers array<string>"


def read(spark: SparkSession, *pairs: tuple[str, int]) -> DataFrame:
    rows = [(doc, f"p-{doc}", place, f"{doc} q{place}?", f"a{place}", None, None, None, None) for doc, place in pairs]
    return spark.createDataFrame(rows, _READ)


def asked(spark: SparkSession, *rows: tuple[str, str, list[str] | None]) -> DataFrame:
    return spark.createDataFrame([(doc, doc, f"Text {doc}.", prompt, of) for doc, prompt, of in rows], _PROMPTS)


def test_texts_are_placed_by_a_hash_whatever_the_partitions(spark: SparkSession) -> None:
    items = spark.createDataFrame([(f"t{n}",) for n in range(11)], "item_id string")
    one = {tuple(row) for row in placed(items.coalesce(1), 3, 7).collect()}
    assert one == {tuple(row) for row in placed(items.repartition(5), 3, 7).collect()}
    # Eleven texts in three rounds: four slots, of which the last one is short.
    assert sorted((number, slot) for _, number, slot in one) == [(n // 4, n % 4) for n in range(11)]


def test_a_text_without_a_pair_breaks_the_history_and_a_chain_is_one_pair(spark: SparkSession) -> None:
    first = spark.createDataFrame([("A", "A", 0), ("B", "B", 1)], "item_id string, doc_id string, slot long")
    said = asked(spark, ("A", "<CON> Text A. </CON>\n\n", None), ("B", "<CON> Text B. </CON>\n\n", None))
    answers = read(spark, ("A", 0))
    after = history_after(with_history(first, no_history(first)), said, answers)
    (row,) = after.collect()
    assert (row["slot"], row["example_ids"]) == (0, ["A"])
    assert row["examples"] == [
        '{"text":"Text A.","pairs":[{"place":0,"question":"A q0?","answer":"a0"}]}'
    ]  # fmt: skip
    prompt = "<CON> Text A. </CON>\n\n<QUE> A q0? <ANS> a0 </END>\n\n<CON> Text C. </CON>\n\n"
    prompts = said.unionByName(asked(spark, ("C", prompt, ["A"])))
    everything = answers.unionByName(read(spark, ("C", 0), ("C", 1), ("D", 0)))
    places: list[Any] = [("A", 0, 0), ("B", 0, 1), ("C", 1, 0), ("D", 1, 1)]
    prompts = prompts.unionByName(asked(spark, ("D", "<CON> Text D. </CON>\n\n", [])))
    made = linked(everything, prompts, spark.createDataFrame(places, "item_id string, round int, slot long"))
    found = {(row["doc_id"], row["place"]): row for row in made.collect()}
    assert {key: row["reason"] for key, row in found.items()} == {
        ("A", 0): "part_of_chain", ("C", 0): "part_of_chain", ("C", 1): None, ("D", 0): None,
    }  # fmt: skip
    assert found["C", 1]["context"] == "Text A.\n\nA q0?\na0\n\nText C.\n\nC q0?\na0"
    assert found["D", 0]["context"] is None
