"""Words are counted in any script; chat tokens are found; draws depend on seed, salt and key only."""

import pandas as pd
import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from etl.stages.expressions import count_words, draw, has_chat_token, hash_id
from etl.text.words import count_words as counted
from tests.unit.gates.planted_tokens import LOOK_ALIKES, SPECIAL_TOKENS

pytestmark = pytest.mark.spark


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("   \n\t ", 0),
        ("one", 1),
        ("Two words", 2),
        ("It's 3.5 km!", 8),
        ("naïve Straße", 2),
        ("后训练是什么?", 7),
        ("日本語のテスト", 7),
        ("Spark用于数据", 5),
        ("안녕하세요 세계", 2),
        ("हिन्दी भाषा", 2),
        ("... --- !?", 3),
        ("a_b", 3),
        ("\u3000全角\u3000", 2),
    ],
)
def test_a_word_a_cjk_character_and_a_run_of_punctuation_count_as_one(spark: SparkSession, text: str, words: int):
    frame = spark.createDataFrame([(text,)], "text string")
    assert frame.select(count_words(F.col("text"))).first()[0] == words


def test_no_text_has_no_words(spark: SparkSession):
    frame = spark.createDataFrame([(None,)], "text string")
    assert frame.select(count_words(F.col("text"))).first()[0] == 0


def test_a_worker_counts_the_same_words_as_spark_around_every_character(spark: SparkSession):
    # Beside letters, punctuation, kana's middle dot and blanks; the last planes hold no letters.
    codes = [code for code in range(0x20400) if not 0xD800 <= code < 0xE000]
    texts = [f"a{char}b,{char}{char}・{char} {char}" for char in map(chr, codes)]
    known = F.length(F.regexp_replace("text", r"\p{Cn}", "")) == F.length("text")
    frame = spark.createDataFrame(pd.DataFrame({"text": texts, "n": counted(texts)}))
    # Letters of a later Unicode than this Java's are none to it.
    assert frame.filter((count_words(F.col("text")) != F.col("n")) & known).limit(5).collect() == []


def test_special_tokens_are_found_and_nothing_that_looks_like_one(spark: SparkSession):
    planted = [f"x{token}y" for token in SPECIAL_TOKENS]
    frame = spark.createDataFrame([(text,) for text in [*planted, *LOOK_ALIKES, "", None]], "text string")
    found = {row["text"] for row in frame.filter(has_chat_token(F.col("text"))).collect()}
    assert found == set(planted)


def test_an_id_is_the_same_for_equal_parts_and_keeps_parts_apart(spark: SparkSession):
    frame = spark.createDataFrame([("a", "b"), ("a", "b"), ("ab", ""), ("", "ab"), (None, "ab")], "x string, y string")
    ids = [row[0] for row in frame.select(hash_id(F.col("x"), F.col("y"))).collect()]
    assert all(len(each) == 32 for each in ids)
    assert ids[0] == ids[1]
    assert len({ids[0], ids[2], ids[3]}) == 3
    assert ids[3] == ids[4]


def test_a_draw_is_a_number_from_zero_up(spark: SparkSession):
    drawn = draw(42, "mix", F.col("id").cast("string"))
    rows = spark.range(2000).select(drawn.alias("drawn")).collect()
    assert all(0 <= row["drawn"] < 2**63 for row in rows)
    # Draws of one salt are spread evenly: no tenth of the range has much more than a tenth of the rows.
    tenths = [row["drawn"] * 10 // 2**63 for row in rows]
    assert all(150 < tenths.count(tenth) < 250 for tenth in range(10))


def test_a_draw_differs_by_seed_and_salt(spark: SparkSession):
    frame = spark.createDataFrame([("a",)], "key string")
    key = F.col("key")
    row = frame.select(draw(1, "x", key), draw(1, "x", key), draw(2, "x", key), draw(1, "y", key)).first()
    assert row[0] == row[1]
    assert len({row[0], row[2], row[3]}) == 3
