"""Of instructions that mean the same one stays, the same one however the rows are spread; topics are as stable."""

from collections import Counter

import pytest

from etl.config.diversity import DiversityConfig
from etl.config.semantics import SemanticDuplicatesConfig, TopicsConfig
from etl.stages.diversify import find_excess
from etl.stages.semantic_duplicates import find_semantic_duplicates
from etl.stages.text_vectors import vectors_of_texts
from etl.stages.topics import find_topics, tally_topics
from udfs.models.base import ModelSpec

pytestmark = pytest.mark.spark

# Its vectors are those of the words, whatever their order.
WORDS = ModelSpec("fake", "words")
CONFIG = SemanticDuplicatesConfig(compare="instruction")
PAIRS = SemanticDuplicatesConfig()
BREAD, LOAF, MOON = "How do I bake bread?", "Bread? how do I bake", "Why does the moon shine at night?"
TOPICS = ["how to bake bread", "why the moon shines", "what a bank pays"]
FILL = ["please", "now", "today", "kindly", "again", "here", "quick", "soon"]


def verdicts(frame, seed=42, config=CONFIG, **given):
    vectors = vectors_of_texts(frame, WORDS, config.compare)
    found = find_semantic_duplicates(frame, vectors, config, seed, **given)
    return {int(row["pair_id"], 16): (row["reason"], row["detail"]) for row in found.collect()}


def worded(number):
    """Requests of three topics in eight wordings; every two of one wording have the same words."""
    words = f"{TOPICS[number % 3]} {FILL[number // 3 % 8]}".split()
    return {
        "instruction": " ".join(words[number % 5 :] + words[: number % 5]),
        "response": "An answer. " * (number % 7),
    }


def test_the_longest_stays_and_others_name_it_and_another_context_language_or_number_is_another_request(candidates):
    frame = candidates(
        {"instruction": BREAD},
        {"instruction": LOAF, "response": "With flour, water, salt, and a night of patience."},
        {"instruction": MOON},
        {"instruction": LOAF, "response": "Slowly."},
        {"instruction": "List 3 rules for it"},
        {"instruction": "List 4 rules for it"},
        {"instruction": "for it list 3 rules", "lang": "fr"},
        {"instruction": "for it list 3 rules", "context": "Golf."},
        {"instruction": "rules for it list 3", "context": "Golf."},
    )
    detail = "means the same as pair {:032x}, similarity 1.000, one of {}"
    assert verdicts(frame) == {
        0: ("semantic_duplicate", detail.format(1, 3)),
        3: ("semantic_duplicate", detail.format(1, 3)),
        8: ("semantic_duplicate", detail.format(7, 2)),
    }


def test_pairs_that_ask_the_same_and_answer_otherwise_are_no_duplicates_unless_instructions_are_compared(candidates):
    frame = candidates(
        {"instruction": BREAD, "response": "with flour and patience"},
        {"instruction": LOAF, "response": "patience and flour with"},
        {"instruction": BREAD, "response": "You buy it from somebody who can."},
        {"instruction": LOAF, "response": "For 30 minutes."},
        {"instruction": LOAF, "response": "For 40 minutes."},
    )
    detail = "means the same as pair {:032x}, similarity 1.000, one of 2"
    assert verdicts(frame, config=PAIRS) == {1: ("semantic_duplicate", detail.format(0))}
    assert set(verdicts(frame)) == {0, 1, 3, 4}


def test_clusters_and_partitions_change_nothing(candidates):
    rows = [worded(number) for number in range(96)]
    whole = verdicts(candidates(*rows).coalesce(1))
    assert len(whole) > 60
    # 32 dimensions have few words apart: all that is of one wording is one group, whatever cluster it is in.
    results = [verdicts(candidates(*rows).repartition(n), cluster=8) for n in (2, 8)]
    assert results[0] == results[1] == whole


def test_topics_are_few_and_the_same_however_the_rows_lie(candidates):
    rows = [worded(number) for number in range(96)]
    results = []
    for n in (1, 8):
        frame = candidates(*rows).repartition(n)
        topics = find_topics(frame, vectors_of_texts(frame, WORDS), 3, 42)
        results.append({int(row["pair_id"], 16): (row["topic"], row["similarity"]) for row in topics.collect()})
    assert results[0] == results[1]
    assert len(results[0]) == 96
    # Requests of one topic are together.
    assert [len({results[0][number][0] for number in range(first, 96, 3)}) for first in range(3)] == [1, 1, 1]
    assert {topic for topic, _ in results[0].values()} == {"1", "2", "3"}


def test_no_topic_has_more_than_its_share(candidates):
    frame = candidates(
        *({"instruction": BREAD if number < 20 else (MOON, "List it.")[number % 2]} for number in range(30))
    )
    vectors = vectors_of_texts(frame, WORDS)
    assert vectors.count() == 3
    topics = find_topics(frame, vectors, 5, 42)
    pairs = frame.join(topics, on="pair_id", how="inner")
    config = DiversityConfig(topic=TopicsConfig(count=5, max_share=0.5))
    excess = {int(row["pair_id"], 16): row["reason"] for row in find_excess(pairs, config, 42).verdicts.collect()}
    assert Counter(excess.values()) == {"over_topic_cap": 10}
    assert set(excess) <= set(range(20))
    names = tally_topics(topics, frame)
    assert sorted(names.values()) == [5, 5, 20]
    assert any(name.endswith(BREAD) for name in names)


def test_nothing_in_nothing_out(candidates):
    frame = candidates()
    assert verdicts(frame) == {}
    assert find_topics(frame, vectors_of_texts(frame, WORDS), 5, 42).count() == 0
