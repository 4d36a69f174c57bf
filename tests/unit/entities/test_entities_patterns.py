"""Dates, amounts and numbers are known by their shape, and never cut out of something longer."""

import time

import pytest

from etl.config.entities import PATTERNS
from etl.entities.patterns import find


def said(text, wanted=PATTERNS):
    return [(text[start:end], name) for start, end, name in find(text, wanted)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 2021-05-06 and 5 May 2021.", [("2021-05-06", "date"), ("5 May 2021", "date")]),
        ("May 5th, 2021; June 2022", [("May 5th, 2021", "date"), ("June 2022", "date")]),
        ("自2024年5月1日起", [("2024年5月1日", "date")]),
        ("In Sept. 2020 or in 1999", [("Sept. 2020", "date"), ("1999", "number")]),
        ("$1,200.50, €3 million and US$5", [("$1,200.50", "money"), ("€3 million", "money"), ("US$5", "money")]),
        ("3.5% or 4 percent, 12％", [("3.5%", "percent"), ("4 percent", "percent"), ("12％", "percent")]),
        ("1,234,567.8 and 12 and 3.", [("1,234,567.8", "number"), ("12", "number"), ("3", "number")]),
        ("v1.2.3 a5 5a 5_ #5 1/2 12:30 192.168.0.1 2021-13-45 x=1,2,3", []),
        ("Maybe 12 Marches 2020", [("12", "number"), ("2020", "number")]),
    ],
)  # fmt: skip
def test_what_has_the_shape_is_found_whole(text, expected):
    assert said(text) == expected


def test_only_what_is_wanted_is_looked_for():
    assert said("5 May 2021, 3%", ["percent"]) == [("3%", "percent")]
    assert said("5 May 2021, 3%", []) == []


@pytest.mark.parametrize("piece", ["1", "1,", "1.", "$", "May ", "123,", "1 percen", "20", "9 May 20"])
def test_a_long_text_takes_no_more_than_its_length(piece):
    def cost(chars):
        text = piece * (chars // len(piece))
        began = time.process_time()
        find(text, PATTERNS)
        return time.process_time() - began

    assert cost(40_000) < 0.05 + 25 * cost(4_000)
