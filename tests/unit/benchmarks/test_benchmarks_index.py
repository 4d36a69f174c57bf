"""A text that holds more than half of a benchmark item is found, whatever its case, accents and spacing."""

import pickle

import pytest

from etl.benchmarks.index import BenchmarkIndex
from etl.benchmarks.items import Item

QUESTION = (
    "A farmer has forty sheep and sells half of them at the market in spring, then buys nine more from her "
    "neighbour and gives three lambs to each of her two brothers; how many sheep does the farmer have in the end?"
)
CHINESE = "一个农民有四十只羊,春天在市场上卖掉了一半,然后又从邻居那里买了九只,最后农民一共有多少只羊?"
FRENCH = "Où se trouve la plus haute montagne d'Europe située entièrement sur le territoire français aujourd'hui ?"
WORDS = QUESTION.split()
SHORT = "What is the capital city of Burkina Faso?"
TINY = "Is water wet?"


def index(*texts, ngram_size=13, min_overlap=0.5):
    items = [Item("made_up", number, "question", text) for number, text in enumerate(texts, start=1)]
    return BenchmarkIndex(items, ngram_size, min_overlap)


def rows(found):
    return [overlap and overlap.item.row for overlap in found]


ALL = index(QUESTION, CHINESE, FRENCH, SHORT, TINY)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (QUESTION, 1),
        (QUESTION.upper(), 1),
        ("  ".join(WORDS), 1),
        (f"Solve this. {QUESTION} Think step by step.", 1),
        (" ".join(WORDS[:22]), 1),
        (" ".join(WORDS[:18]), None),
        (" ".join(WORDS[5:14]), None),
        (CHINESE, 2),
        (f"请回答下面的问题:{CHINESE}谢谢", 2),
        (CHINESE.replace(",", " , "), 2),
        (CHINESE[:12], None),
        ("OU SE TROUVE la plus haute montagne d'Europe situee entierement sur le territoire francais aujourd'hui", 3),
        ("Tell me: what is the capital city of Burkina Faso? Thanks.", 4),
        ("What is the capital city of Ghana?", None),
        ("He asked: is water wet?", None),
        ("", None),
        ("!!!", None),
    ],
)
def test_an_item_is_found_when_more_than_half_of_it_is_there(text, row):
    assert rows(ALL.find([text])) == [row]


def test_half_is_not_more_than_half():
    item = " ".join(f"word{number}" for number in range(40))
    words = item.split()
    found = index(item).find([" ".join(words[:20]), " ".join(words[:21])])
    assert rows(found) == [None, 1]
    assert found[1].share == pytest.approx(21 / 40)


def test_a_very_short_item_counts_only_as_a_whole_instruction():
    texts = ["is water WET", "is water wet or dry", "water"]
    assert rows(ALL.find(texts, is_instruction=True)) == [5, None, None]
    assert rows(ALL.find(texts)) == [None, None, None]


def test_many_short_words_are_no_match_for_texts_of_that_kind():
    numbers = index("1 2 3 4 5 6 7 8 9 1 2")
    assert rows(numbers.find(["1 2 3 4 5 6 7 8 9 1 2", "x " * 100, ""], is_instruction=True)) == [1, None, None]


def test_boilerplate_of_all_items_is_no_overlap():
    intro = "Read the following passage with care and then choose the one answer that fits it best:"
    items = [f"{intro} {' '.join(f'fact{n}x{k}' for k in range(30))}" for n in range(200)]
    found = index(*items)
    assert rows(found.find([intro, items[150]])) == [None, 151]


def test_equal_runs_elsewhere_do_not_add_up_to_an_item():
    scattered = " and then ".join(" ".join(WORDS[start : start + 3]) for start in range(0, 36, 3))
    assert rows(ALL.find([scattered])) == [None]


def test_an_index_travels_to_a_worker():
    assert rows(pickle.loads(pickle.dumps(ALL)).find([QUESTION, SHORT, "nothing"])) == [1, 4, None]


def test_no_items_and_no_texts_are_no_trouble():
    assert index().find(["text"]) == [None]
    assert ALL.find([]) == []


def test_a_long_text_that_repeats_an_item_is_searched_in_linear_time():
    assert rows(ALL.find([QUESTION * 5000])) == [1]
