"""Instruction sets as candidates: same columns as mined ones, same gates but those of evidence."""

import json

import pytest
from pyspark.sql import functions as F

from etl.config.instruction_sets import InstructionSetConfig
from etl.config.mixture import MixtureConfig
from etl.config.models import InputConfig, SelectConfig, SourceConfig
from etl.config.surface import SurfaceConfig
from etl.inputs import list_inputs
from etl.stages.accounts import Account, account_imported
from etl.stages.import_sets import import_sets, imported_pairs
from etl.stages.mix import mix, offer, plan, take
from etl.stages.select import select

pytestmark = pytest.mark.spark

ROWS = [
    {"instruction": "Why does it rain?", "input": "", "output": "Because clouds cool and their drops grow."},
    {"instruction": "What falls?", "input": "Rain falls.", "output": "Rain falls"},
    {"instruction": "Say it.", "output": "<|im_start|>"},
    {"instruction": "Say it.", "input": "<|im_start|>", "output": "It is a token."},
    {"instruction": "No answer."},
]


@pytest.fixture
def config(tmp_path):
    (tmp_path / "set.jsonl").write_text("\n".join(map(json.dumps, ROWS)))
    (tmp_path / "doc.txt").write_text("text")
    return InputConfig(
        sources=[SourceConfig(name="s", path=str(tmp_path / "doc.txt"), format="text")],
        instruction_sets=[
            InstructionSetConfig(name="set", path=str(tmp_path / "set.jsonl"), format="alpaca", license="CC0-1.0")
        ],
    )


def test_rows_of_a_set_are_candidates_rejects_and_mixture_rows(spark, config, candidates, parsed):
    inputs = list_inputs(spark, config)
    assert set(inputs.versions) == {"s", "set"}
    imported = import_sets(spark, config, inputs.set_files, inputs.set_tables, cores=2, limit=None).cache()
    (reject,) = imported.filter("reason is not null").collect()
    assert (reject["stage"], reject["reason"], reject["source"]) == ("ingest", "missing_field", "set")
    ingested, extracted = account_imported(
        imported, Account("ingest", "records", 3, 2, 0, {"broken_json": 1}), Account("extract", "pairs", 1, 1, 0, {})
    )
    assert (ingested.rows_in, ingested.rows_out, ingested.rejected) == (8, 6, 2)
    assert (extracted.rows_in, extracted.rows_out) == (5, 5)

    pairs = imported_pairs(imported)
    assert set(pairs.columns) >= set(candidates().columns)
    selected = select(pairs, SelectConfig(profile="strict")).collect()
    assert sorted((row["instruction"], row["reason"]) for row in selected if row["reason"]) == [
        ("Say it.", "chat_token"),
        ("Say it.", "chat_token"),
        ("What falls?", "response_too_short"),
    ]
    admitted = select(pairs, SelectConfig()).filter("reason is null")
    grounded = {row["instruction"]: row["grounding"] for row in admitted.collect()}
    assert grounded == {"Why does it rain?": 0.0, "What falls?": 1.0}
    mixture = MixtureConfig(ratio=1, allow_any_ratio=True, splits={}, surface=SurfaceConfig(plain_share=1.0))
    offered = offer(parsed(), admitted, mixture, 1)
    rows = {row["text"]: row for row in mix(take(offered, plan(offered, mixture))).collect()}
    assert set(rows) == {
        "Why does it rain?\nBecause clouds cool and their drops grow.",
        "Rain falls.\nWhat falls?\nRain falls",
    }
    # Words and full stops of context, request and answer.
    assert rows["Rain falls.\nWhat falls?\nRain falls"]["n_tokens"] == 8
    assert {row["license"] for row in rows.values()} == {"CC0-1.0"}
    assert {row["split"] for row in rows.values()} == {"train"}


def test_a_delta_set_is_read_by_its_columns_and_ids_do_not_depend_on_partitions(spark, config, tmp_path):
    path = str(tmp_path / "table")
    rows = [(f"Why {n}?", f"Because of {n}.", n) for n in range(20)]
    spark.createDataFrame(rows, "q string, a string, n int").write.format("delta").save(path)
    each = InstructionSetConfig(
        name="t", path=path, files="delta", format="columns", instruction_col="q", response_col="a"
    )
    config = config.model_copy(update={"instruction_sets": [each]})
    inputs = list_inputs(spark, config)
    assert inputs.versions["t"] == "version 0"
    tables = [{0: inputs.set_tables[0].repartition(n)} for n in (1, 3)]
    found = [import_sets(spark, config, [], table, cores=2, limit=None) for table in tables]
    ids = [sorted(row["pair_id"] for row in frame.select("pair_id").collect()) for frame in found]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 20
    assert found[0].filter(F.col("pair_id") != F.col("source_id")).count() == 0
    assert import_sets(spark, config, [], tables[0], cores=2, limit=3).count() == 3
