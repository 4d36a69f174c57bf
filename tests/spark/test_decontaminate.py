"""Pairs that hold an item of a benchmark are found, those that hold none are left alone."""

from dataclasses import replace

import pytest

from etl.benchmarks.index import BenchmarkIndex
from etl.benchmarks.items import Item
from etl.stages.decontaminate import find_overlaps, overlaps_of_templates
from etl.stages.verdicts import apply_verdicts
from etl.templates.models import Template
from etl.templates.parts import split

pytestmark = pytest.mark.spark


def item_text(number):
    return " ".join(f"Item{number}w{(k * k + 3) % 89}" for k in range(25)) + f" {number}?"


ITEMS = [Item("made_up", number + 1, "question", item_text(number)) for number in range(100)]
INDEX = BenchmarkIndex(ITEMS, 13, 0.5)
CLEAN = "Some clean words about the weather of the day, number {0}, and how it came to be, case {0}."


def verdicts(frame):
    return {row["pair_id"]: (row["reason"], row["detail"]) for row in find_overlaps(frame, INDEX).collect()}


def test_a_pair_names_the_item_it_holds_and_where(candidates):
    frame = candidates({}, {"response": f"So: {item_text(7)}"}, {"context": item_text(3).lower()})
    assert verdicts(frame) == {
        f"{1:032x}": ("benchmark_overlap", "made_up, row 8, question: 100% of its words stand in the response"),
        f"{2:032x}": ("benchmark_overlap", "made_up, row 4, question: 100% of its words stand in the context"),
    }


@pytest.mark.parametrize("field", ["instruction", "response"])
@pytest.mark.parametrize(
    "plant",
    [
        str,
        str.upper,
        lambda text: "\n".join(text.split()),
        lambda text: f"Before it stands this. {text} And behind it that.",
    ],
)
def test_a_hundred_planted_items_are_found_and_no_clean_pair(candidates, field, plant):
    rows = [{field: plant(item_text(number))} for number in range(100)]
    clean = [{field: CLEAN.format(number)} for number in range(100)]
    assert set(verdicts(candidates(*rows, *clean).repartition(3))) == {f"{number:032x}" for number in range(100)}


def test_all_pairs_of_a_template_that_holds_an_item_go_however_its_slots_are_filled(candidates):
    words = item_text(5).split()
    request = " ".join(words[:9]) + " {name} " + " ".join(words[9:18]) + " {name} " + " ".join(words[18:])
    template = Template(
        "en.made_up@1", "en", "definition", "definition", split(request), (), {}, (), "knowledge_base", 1, "CC0-1.0"
    )
    clean = replace(
        template, id="en.clean@1", request=split("What is {name}, and where does it stand among all others?")
    )
    in_templates = overlaps_of_templates([template, clean], INDEX)
    said = "made_up, row 6, question: 100% of its words stand in the request of template en.made_up@1"
    assert in_templates == {"en.made_up@1": said}
    frame = candidates({"template_id": "en.made_up@1"}, {"template_id": "en.clean@1"}, {})
    found = find_overlaps(frame, INDEX, in_templates).collect()
    assert [tuple(row) for row in found] == [(f"{0:032x}", "benchmark_overlap", said)]


def test_a_verdict_leaves_an_earlier_reason_as_it_is(candidates, spark):
    frame = candidates({}, {}, {}).selectExpr(
        "*",
        f"if(pair_id = '{0:032x}', 'ungrounded', null) as reason",
        "cast(null as string) as detail",
    )
    against = spark.createDataFrame(
        [(f"{0:032x}", "late", "x"), (f"{1:032x}", "late", "y")], "pair_id string, reason string, detail string"
    )
    rows = apply_verdicts(frame, against).orderBy("pair_id").collect()
    assert [(row["reason"], row["detail"]) for row in rows] == [("ungrounded", None), ("late", "y"), (None, None)]
    assert apply_verdicts(frame, against).columns == frame.columns


def test_nothing_in_nothing_out(candidates):
    assert verdicts(candidates()) == {}
