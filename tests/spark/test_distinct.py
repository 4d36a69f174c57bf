"""Of documents with the same text the first by source, source id and document id stays."""

import pytest

from etl.stages.distinct import find_duplicates, keep_distinct, reject_duplicates

pytestmark = pytest.mark.spark


def test_the_first_of_equal_texts_stays_and_the_others_name_it(parsed):
    frame = parsed(
        {"source_id": "b", "text": "same"},
        {"source_id": "a", "text": "same"},
        {"source_id": "c", "text": "other"},
    )
    duplicates = find_duplicates(frame)
    assert [row["source_id"] for row in keep_distinct(frame, duplicates).orderBy("source_id").collect()] == ["a", "c"]
    rejected = reject_duplicates(frame, duplicates).collect()
    assert [(row["source_id"], row["stage"], row["reason"], row["detail"]) for row in rejected] == [
        ("b", "parse", "duplicate_document", f"same text as document {1:032x}")
    ]


def test_of_records_equal_in_everything_exactly_one_stays(parsed):
    twin = {"doc_id": "d" * 32, "source_id": "x", "text": "same"}
    frame = parsed(twin, twin, twin)
    duplicates = find_duplicates(frame)
    assert keep_distinct(frame, duplicates).count() == 1
    assert reject_duplicates(frame, duplicates).count() == 2


def test_rejected_records_are_neither_kept_nor_duplicates(parsed):
    broken = {"stage": "ingest", "reason": "broken_json", "text": "same"}
    frame = parsed(broken, {"text": "same"}, broken)
    duplicates = find_duplicates(frame)
    assert duplicates.count() == 0
    assert keep_distinct(frame, duplicates).count() == 1


def test_the_choice_does_not_depend_on_partitions(parsed):
    rows = [{"source_id": f"{number % 7}", "text": f"text {number % 5}"} for number in range(40)]
    kept = [
        sorted(row["doc_id"] for row in keep_distinct(frame, find_duplicates(frame)).collect())
        for frame in (parsed(*rows).repartition(1), parsed(*rows).repartition(7))
    ]
    assert kept[0] == kept[1]
    assert len(kept[0]) == 5
