"""Of texts that are almost the same one stays, the same one however the rows are spread."""

import pytest

from etl.config.duplicates import NearDuplicatesOfConfig, PairNearDuplicatesConfig
from etl.stages.distinct import keep_distinct, reject_duplicates
from etl.stages.groups import keep_first
from etl.stages.near_duplicates import find_near_duplicate_documents, find_near_duplicate_pairs
from etl.stages.signatures import sign

pytestmark = pytest.mark.spark

DOCUMENTS = NearDuplicatesOfConfig()
FOUND = (
    "left_key string, left_source string, left_n_chars int, right_key string, right_source string, right_n_chars int"
)


def prose(topic, n_words=120):
    return " ".join(f"{topic}{(number * number + 7) % 97}" for number in range(n_words))


def changed(text, every):
    words = text.split()
    return " ".join("other" if number % every == every - 1 else word for number, word in enumerate(words))


def near(documents, config=DOCUMENTS):
    texts = documents.selectExpr("doc_id as key", "text")
    bands = sign(texts, config).withColumnRenamed("key", "doc_id")
    return find_near_duplicate_documents(documents.join(bands, on="doc_id", how="left"), config)


def found(documents, config=DOCUMENTS):
    """Which goes, which stays, how many they are."""
    rows = near(documents, config).join(documents.select("row_no", "doc_id"), on="row_no").collect()
    return sorted((row["doc_id"], row["first_id"], int(row["detail"].rsplit(" ", 1)[1])) for row in rows)


def test_the_longest_stays_and_the_others_name_it(parsed):
    text = prose("a")
    frame = parsed(
        {"text": text},
        {"text": f"{text.upper()} the end"},
        {"text": prose("b")},
        {"text": f"{text}!"},
    )
    duplicates = near(frame)
    assert [row["doc_id"] for row in keep_distinct(frame, duplicates).orderBy("doc_id").collect()] == [
        f"{1:032x}", f"{2:032x}",
    ]  # fmt: skip
    rejected = reject_duplicates(frame, duplicates).orderBy("source_id").collect()
    assert [(row["source_id"], row["stage"], row["reason"], row["detail"], row["payload"]) for row in rejected] == [
        ("id-0", "parse", "near_duplicate", f"almost the same as document {1:032x}, one of 3", text),
        ("id-3", "parse", "near_duplicate", f"almost the same as document {1:032x}, one of 3", f"{text}!"),
    ]


def test_of_equally_long_texts_the_first_by_source_then_by_id_stays(parsed):
    text = prose("a")
    frame = parsed(
        {"doc_id": "a", "source": "z", "text": f"{text}."},
        {"doc_id": "c", "source": "b", "text": f"{text}!"},
        {"doc_id": "b", "source": "b", "text": f"{text}?"},
    )
    assert found(frame) == [("a", "b", 3), ("c", "b", 3)]


@pytest.mark.parametrize(("every", "n_found"), [(60, 1), (8, 0)])
def test_the_threshold_is_the_share_of_common_runs_of_words(parsed, every, n_found):
    # A changed word spoils five of 116 runs: one in 60 leaves 0.84 of all alike, one in 8 next to nothing.
    frame = parsed({"text": prose("a")}, {"text": changed(prose("a"), every)})
    assert len(found(frame)) == n_found


def test_short_texts_and_unspaced_scripts_are_compared_too(parsed):
    chinese = "我们在这里用一段比较长的中文文本来检查没有空格的文字是不是也能被正确地比较,因为每个字都算一个词。"
    frame = parsed(
        {"text": "Thank you!"}, {"text": "thank  you"}, {"text": "Thanks"}, {"text": chinese},
        {"text": chinese.replace("。", "!")}, {"text": "!!!"}, {"text": "???"},
    )  # fmt: skip
    assert [(gone[-1], kept[-1]) for gone, kept, _ in found(frame)] == [("1", "0"), ("4", "3")]


def test_a_hundred_planted_near_duplicates_are_found_and_nothing_else(parsed):
    originals = [prose(f"topic{number}x", 200) for number in range(100)]
    planted = [f"Intro line {number}. {changed(text, 190)}" for number, text in enumerate(originals)]
    rows = found(parsed(*({"text": text} for text in originals + planted)))
    pairs = {frozenset((int(gone, 16) % 100, int(kept, 16) % 100)) for gone, kept, _ in rows}
    assert len(rows) >= 99
    assert all(len(pair) == 1 for pair in pairs)


def test_the_groups_do_not_depend_on_partitions(parsed):
    frame = parsed(*({"text": changed(prose(f"t{number % 5}x"), 61 + number)} for number in range(40)))
    results = [found(frame.repartition(n)) for n in (1, 2, 8)]
    assert len(results[0]) >= 30
    assert results[0] == results[1] == results[2]


def test_one_boilerplate_page_a_thousand_times_is_one_group(parsed):
    frame = parsed(*({"text": f"{prose('a')} {'!' * (number % 7)}"} for number in range(1000)))
    assert len(found(frame.repartition(4))) == 999


def test_nothing_in_nothing_out(parsed):
    assert found(parsed()) == []


def test_a_document_of_ten_million_characters_is_no_trouble(parsed):
    long = "word and more " * 700_000
    assert len(found(parsed({"text": long}, {"text": f"{long} end"}, {"text": "?" * 1_000_000}))) == 1


@pytest.mark.parametrize(("compare", "gone"), [("pair", [f"{1:032x}"]), ("instruction", [f"{1:032x}", f"{2:032x}"])])
def test_pairs_are_alike_as_a_whole_or_by_their_instruction(candidates, compare, gone):
    asked = "How do I reset the password of my account on this site?"
    answer = "Open the settings, choose security, press reset and follow the link that is sent to you by mail."
    frame = candidates(
        {"instruction": asked, "response": answer},
        {"instruction": asked.upper(), "response": answer},
        {"instruction": asked, "response": "Ask."},
    )
    config = PairNearDuplicatesConfig(compare=compare)
    verdicts = find_near_duplicate_pairs(frame, config).orderBy("pair_id").collect()
    assert [row["pair_id"] for row in verdicts] == gone
    assert {row["reason"] for row in verdicts} == {"near_duplicate"}


CHAIN = [(number, number + 1) for number in range(60)]
RINGS = [(number, (number * 7) % 50 + 100) for number in range(100, 150)]


def test_groups_found_by_joins_are_those_the_driver_finds(spark):
    ends = [((a, b), (b, a))[a % 2] for a, b in [*CHAIN, *RINGS, (200, 201)] if a != b]
    rows = [(f"{a:03}", "s", 10 + a % 3, f"{b:03}", "s", 10 + b % 3) for a, b in ends]
    edges = spark.createDataFrame(rows, FOUND)
    by_driver, by_joins = (sorted(tuple(row) for row in keep_first(edges, most).collect()) for most in (1000, 5))
    assert by_driver == by_joins
    assert ("060", "002", 61) in by_driver
    assert ("201", "200", 2) in by_driver
