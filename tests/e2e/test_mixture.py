"""A whole run with all at once that a mixture, and what is chosen for it, can be: tokenizer, set, twins, vectors."""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

import etl.pipeline
from tests.e2e.conftest import Execute
from tests.e2e.content import content_hash, read
from tests.e2e.processes import ROOT

pytestmark = [pytest.mark.spark, pytest.mark.e2e, pytest.mark.timeout(900)]

_DOCUMENTS = 40
_COLUMNS = {f"{name}_col": name for name in ("text", "id", "url", "license", "lang", "format")}
_MIXTURES = ("mixture", "mixture_without_pairs", "mixture_raw_only", "mixture_report", "topics", "rejects")
_SET = [
    {"instruction": f"What stands in place {n}?", "input": "", "output": f"In place {n} stands the number {n * n}."}
    for n in range(40)
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Documents, an instruction set, and a tokenizer of one token a character."""
    library = pytest.importorskip("tokenizers", reason="the library tokenizers is not installed")
    sample = sorted((ROOT / "conf" / "sample").glob("*.jsonl.gz"))[0]
    lines = gzip.decompress(sample.read_bytes()).splitlines(keepends=True)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_bytes(b"".join(lines[:_DOCUMENTS]))
    (tmp_path / "set.jsonl").write_text("\n".join(map(json.dumps, _SET)))
    tokenizer = library.Tokenizer(library.models.BPE(vocab={"[UNK]": 0}, merges=[], unk_token="[UNK]"))
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    return tmp_path


def mix_all(run_job: Execute, folder: Path, lake: Path) -> None:
    files = {"name": "set", "path": str(folder / "set.jsonl"), "format": "alpaca", "license": "CC0-1.0"}
    overrides = {
        "input.instruction_sets": [files],
        "mixture.tokenizer": str(folder / "tokenizer.json"),
        "mixture.stream": "joined",
        "mixture.twins": True,
        "mixture.ratio": 0.02,
        "mixture.splits": {"validation": 0.2},
        "models.embedder": {"engine": "fake", "model": "words"},
        "select.semantic_duplicates": {"compare": "instruction", "threshold": 0.9},
        "select.diversity.topic": {"count": 4, "max_share": 0.29},
    }
    sources = [{"name": "sample", "path": str(folder / "in"), "format": "jsonl", **_COLUMNS}]
    run_job(folder, sources, lake, *(f"{key}={json.dumps(value)}" for key, value in overrides.items()))


def test_twins_hold_the_same_raw_text_whatever_the_mixture_is_made_of(
    spark: SparkSession, run_job: Execute, folder: Path
) -> None:
    lake = folder / "lake"
    mix_all(run_job, folder, lake)
    stats = {row["stage"]: row for row in read(spark, lake, "stage_stats").collect()}
    for row in stats.values():
        assert row["rows_in"] == row["rows_out"] + row["rejected"] + row["not_drawn"], row
    assert stats["ingest"]["rows_out"] == stats["parse"]["rows_in"] + len(_SET)
    topics = {row["pair_id"]: row["topic"] for row in read(spark, lake, "topics").collect()}
    assert set(topics) == {row["pair_id"] for row in read(spark, lake, "pairs").select("pair_id").collect()}
    assert max(Counter(topics.values()).values()) <= 0.29 * len(topics) + 4
    assert set(stats["select"]["reasons"]) >= {"semantic_duplicate", "over_topic_cap"}
    mixture, without, raw_only = (read(spark, lake, name).collect() for name in _MIXTURES[:3])
    # What was drawn are texts and pairs, wherever they stand now.
    drawn = sum(len(row["pair_ids"] or ()) + (row["stream"] != "instruction") for row in mixture)
    assert stats["mix"]["rows_out"] == drawn
    texts = {row["doc_id"]: row for row in mixture if row["stream"] in ("raw", "joined")}
    assert {row["doc_id"] for row in without} == set(texts)
    assert len(without) == len({row["row_id"] for row in without}) == len(texts)
    assert {row["row_id"] for row in without} <= {row["row_id"] for row in raw_only}
    # A joined row begins with the very text that the twin has in its place, and lies in the same split.
    assert all(texts[row["doc_id"]]["text"].startswith(row["text"]) for row in without)
    assert all(texts[row["doc_id"]]["split"] == row["split"] for row in without)
    streams = {row["stream"] for row in mixture}
    assert streams == {"raw", "joined", "instruction"}
    assert {row["source"] for row in mixture if row["stream"] == "instruction"} == {"set"}
    # One token a character; only what stands between a text and its pairs belongs to neither.
    assert all(row["n_tokens"] == len(row["text"]) for row in mixture if row["stream"] != "joined")
    assert all(row["n_tokens"] == row["raw_tokens"] + row["instruction_tokens"] for row in mixture)
    report = read(spark, lake, "mixture_report").filter("source = '*' AND stream = 'instruction'").collect()
    for row in report:
        here = [each for each in mixture if each["split"] == row["split"]]
        share = sum(each["instruction_tokens"] for each in here) / sum(each["n_tokens"] for each in here)
        assert row["fallback"] == "none"
        assert abs(share - row["achieved"]) < 1e-12
        assert abs(share - 0.02) <= row["tolerance"]
        large = sum(each["n_tokens"] for each in raw_only if each["split"] == row["split"])
        assert abs(large - sum(each["n_tokens"] for each in here)) <= max(each["n_tokens"] for each in without)


@pytest.mark.soak
def test_it_is_the_same_at_any_number_of_partitions(
    spark: SparkSession, run_job: Execute, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = spark.conf.get("spark.sql.shuffle.partitions")
    found = []
    try:
        for cores in (1, 2, 8):
            monkeypatch.setattr(etl.pipeline, "parallelism", lambda _, cores=cores: cores)
            spark.conf.set("spark.sql.shuffle.partitions", cores)
            lake = folder / f"lake-{cores}"
            mix_all(run_job, folder, lake)
            found.append({name: content_hash(read(spark, lake, name)) for name in _MIXTURES})
    finally:
        spark.conf.set("spark.sql.shuffle.partitions", before)
    assert found[0] == found[1] == found[2]
