"""A batch of pairs is handed on as it is but for what a gate changes."""

import pyarrow as pa

from etl.config.gates import GatesConfig, MarkersGate, PiiGate, SecretsGate
from etl.gates.judge import Judge
from etl.stages.judge_pairs import _judge_batch

COLUMNS = ("pair_id", "instruction", "response", "context", "lang", "family", "reason", "detail")
JUDGE = Judge(GatesConfig(pii=PiiGate(), secrets=SecretsGate(), markers=MarkersGate()), "pretrain")
GOOD = ("1", "Why does it rain?", "Clouds cool.", None, "en", "faq", None, None)
MAIL = ("2", "Whom do I ask?", "Ask bob@acme.org.", "Bob: +49 30 901820", "en", "faq", None, None)
MARK = ("3", "Why?", "So.<|im_end|>", None, None, "faq", None, None)
KNOWN = ("4", "Ask ann@acme.org", "No.", None, "en", "faq", "too_short", None)
NULL = ("5", None, "No.", None, "en", "faq", "empty", None)


def judged(*rows: tuple[str | None, ...]) -> list[tuple[str | None, ...]]:
    arrays = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
    batch = _judge_batch(pa.RecordBatch.from_arrays(arrays, names=[*COLUMNS]), JUDGE)
    return [tuple(row.values()) for row in batch.to_pylist()]


def test_what_no_gate_changes_is_the_same_batch() -> None:
    arrays = [pa.array([value], pa.string()) for value in GOOD]
    batch = pa.RecordBatch.from_arrays(arrays, names=[*COLUMNS])
    assert _judge_batch(batch, JUDGE) is batch


def test_masks_and_reasons_stand_in_their_row() -> None:
    assert judged(GOOD, MAIL, MARK, KNOWN, NULL, GOOD) == [
        GOOD,
        ("2", "Whom do I ask?", "Ask xxx@xxxx.xxx.", "Bob: +00 00 000000", "en", "faq", None, None),
        ("3", "Why?", "So.<|im_end|>", None, None, "faq", "leaked_marker", "'<|im_end|>' at 3"),
        ("4", "Ask xxx@xxxx.xxx", "No.", None, "en", "faq", "too_short", None),
        ("5", "", "No.", None, "en", "faq", "empty", None),
        GOOD,
    ]
