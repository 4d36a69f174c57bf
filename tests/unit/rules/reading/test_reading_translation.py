"""Aligned passages, by the hazards that portal pages with machine translation show."""

import pytest

from etl.rules.reading.alignment import flaw
from etl.rules.reading.quantities import quantities

ENGLISH = "The method turns documents into 18M pairs of questions and answers without any model."
CHINESE = "该方法在没有任何模型的情况下,将文档转化为1800万个问答对。"
RECORD = """Title: Tea and Time [97.0]

- Date: Thu, 20 Jun 2024
- Authors: Ada Doe, Bob Roe
- Abstract: Tea has been the favourite drink of the island for many years. {english}
- Abstract(参考訳): お茶は長年にわたり島の人々に愛されてきた飲み物である。
{japanese}
関連論文リスト
- Another Record Entirely [28.3]
"""


def test_a_translation_behind_its_marker_is_one_pair_without_the_marker(judged):
    assert judged("translation", f"{ENGLISH}\n\n翻译:{CHINESE}\n\n0\n下载\n关闭预览") == [(CHINESE, None)]


def test_a_passage_without_a_marker_is_no_translation(judged):
    assert judged("translation", f"{ENGLISH}\n\n{CHINESE}") == []


@pytest.mark.parametrize(
    ("english", "japanese", "reason"),
    [
        (
            "New tea outperforms old tea on every scale.",
            "新しいお茶はあらゆる尺度で古いお茶に劣る。",
            "polarity_mismatch",
        ),
        ("New tea outperforms old tea on every scale.", "新しいお茶はあらゆる尺度で古いお茶を上回る。", None),
        ("New tea does not need any sugar at all.", "新しいお茶には砂糖が必要である。", "polarity_mismatch"),
        (
            "The code is at https://example.org/tea.",
            "コードはhttps://example.org/tea.comで公開されている。",
            "literal_mismatch",
        ),
        ("The code is at https://example.org/tea.", "コードはhttps://example.org/teaで公開されている。", None),
        ("We sold 200M cups of tea of 40+ kinds.", "40以上の種類のお茶を2億杯売り上げた。", None),
        ("We sold 200M cups of tea of 40+ kinds.", "40以上の種類のお茶を2万杯売り上げた。", "number_mismatch"),
        (
            "In this paper we explore how to brew tea, a method that scales the old art to a great number of cups.",
            "本稿ではお茶を検討する。",
            "length_mismatch",
        ),
    ],
)
def test_each_sentence_of_a_translation_by_lines_is_judged_alone(judged, english, japanese, reason):
    first, second = judged("translation", RECORD.format(english=english, japanese=japanese))
    assert first == ("お茶は長年にわたり島の人々に愛されてきた飲み物である。", None)
    assert second == (japanese, reason)


def test_a_translation_with_more_or_fewer_lines_than_sentences_is_not_aligned(judged):
    assert judged("translation", RECORD.format(english="It is good. It is old.", japanese="よい。")) == []


def test_swapped_roles_are_a_known_miss():
    assert flaw("The teacher supervises the pupil.", "生徒が教師を監督するのである。", "en", "ja") is None


def test_an_example_with_an_arrow_needs_a_command_of_translation(judged):
    lines = '- 基本格式:"翻译成印度尼西亚语:Hello. -> Halo。"\n\n提示 -> 回应的基本模式,其中提示表示一项任务。'
    assert judged("translation", lines, form="markdown") == [("Halo。", None)]


@pytest.mark.parametrize(
    ("text", "lang", "values"),
    [
        ("18M templates, 3 of them new", "en", {18e6}),
        ("1800万个模板", "zh", {18e6}),
        ("1,800 and 2.5 million rows", "en", {1800, 2.5e6}),
        ("1.800 und 2,5 Millionen Zeilen", "de", {1800, 2.5e6}),
        ("1 800 lignes", "fr", {800}),
        ("Llama3-70B and utf-16", "en", set()),
    ],
)
def test_numbers_are_read_with_the_units_of_their_language(text, lang, values):
    assert quantities(text, lang) == values


def test_one_translation_is_not_sold_twice(judged):
    text = f"{ENGLISH}\n\n翻译:{CHINESE}"
    assert len(judged("translation", text)) == 1
