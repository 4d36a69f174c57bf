"""The experiment runs from exported rows to a figure, on a budget that shows nothing but that it does."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.experiments.data import Pair, held_out, training_text
from tests.experiments.plan import PAIRS, RATIOS, TWINS, folder_of, runs
from tests.experiments.twins import RESULTS, Budget, experiment

SHAPE = {"width": 16, "layers": 1, "heads": 2, "context": 32}
BUDGET = Budget(steps=4, batch=8, threads=1)
SCHEMA = pa.schema([
    ("row_id", pa.string()), ("text", pa.string()), ("split", pa.string()), ("stream", pa.string()),
    ("pair_ids", pa.list_(pa.string())),
])  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    raw = [
        {"row_id": f"r{n:02}", "text": f"Raw text number {n} of all.", "split": ("train", "validation")[n % 5 == 0],
         "stream": "raw", "pair_ids": None}
        for n in range(30)
    ]  # fmt: skip
    asked = [
        {"row_id": f"p{n:02}", "text": f"What is {n}?\nNumber {n}.", "split": ("train", "validation")[n % 5 == 0],
         "stream": "instruction", "pair_ids": [f"p{n:02}"]}
        for n in range(10)
    ]  # fmt: skip
    for ratio in RATIOS:
        for twin in TWINS:
            rows = raw + asked if ratio and twin == "mixture" else raw
            (tmp_path / folder_of(ratio, twin)).mkdir(parents=True)
            pq.write_table(pa.Table.from_pylist(rows, SCHEMA), tmp_path / folder_of(ratio, twin) / "part-0.parquet")
    pairs = [
        {"pair_id": f"p{n:02}", "context": None if n else "A text.", "instruction": f"What is {n}?",
         "response": f"Number {n}.\nAnd more."}
        for n in range(10)
    ]  # fmt: skip
    (tmp_path / PAIRS).mkdir(parents=True)
    pq.write_table(pa.Table.from_pylist(pairs), tmp_path / PAIRS / "part-0.parquet")
    return tmp_path


def test_what_is_held_out_is_in_no_training_text(data: Path) -> None:
    folder = data / folder_of(30, "mixture")
    pairs, raw = held_out(folder, data / PAIRS)
    assert pairs == [Pair(b"A text.\nWhat is 0?\n", b"Number 0."), Pair(b"What is 5?\n", b"Number 5.")]
    assert raw[0] == b"Raw text number 0 of all."
    assert len(raw) == 6
    text = training_text(folder)
    assert text.startswith(b"What is 1?\nNumber 1.\n\nWhat is 2?")
    assert not any(each in text for each in [*raw, *(pair.asked for pair in pairs)])


def test_there_is_a_run_of_each_twin_at_each_ratio_and_one_without_pairs() -> None:
    assert len(runs(3)) == 39
    assert [run for run in runs(1) if run[0] == 0] == [(0, "mixture", 0)]


def test_runs_are_measured_once_and_come_out_the_same_again(data: Path) -> None:
    pytest.importorskip("torch", reason="the library torch is not installed")
    first = experiment(data, 2, BUDGET, **SHAPE)
    assert len(first) == 26
    assert first == experiment(data, 2, BUDGET, **SHAPE)
    (data / RESULTS).unlink()
    again = experiment(data, 2, BUDGET, **SHAPE)
    for one, other in zip(first, again, strict=True):
        assert {**one, "seconds": 0} == {**other, "seconds": 0}
        # A model of bytes that knows nothing loses ln 256 nats a byte; this one hardly more, and no less than nothing.
        assert 0 < one["raw_nats"] < 6
        assert 0 < one["answer_nats"] < 6
        assert 0 <= one["format_accuracy"] <= 1
    assert len({row["raw_nats"] for row in first}) > 2


def test_the_figure_has_the_spread_of_the_seeds(data: Path) -> None:
    pytest.importorskip("matplotlib", reason="the library matplotlib is not installed")
    from tests.experiments.figure import draw, values_of

    rows = [
        {"ratio": ratio, "twin": twin, "seed": seed, "answer_nats": 1.0 + seed, "question_gain": 0.1,
         "format_accuracy": 0.5, "raw_nats": 2.0}
        for ratio, twin, seed in runs(2)
    ]  # fmt: skip
    assert values_of(rows, "answer_nats", 0, "raw_only") == [1.0, 2.0]
    draw(rows, data / "figure.svg")
    assert "<svg" in (data / "figure.svg").read_text()
    assert json.loads(json.dumps(rows)) == rows
