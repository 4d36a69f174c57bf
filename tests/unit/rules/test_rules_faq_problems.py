"""Problems told instead of asked, blocks taken apart, and time that grows with length only."""

import time

import pytest

from etl.config.models import FaqConfig
from etl.rules.base import Document
from etl.rules.faq import Faq
from etl.text.parse import parse

SMALL, FACTOR, MAX_RATIO = 60_000, 4, 14.0


def pairs(text, format="text"):
    parsed = parse(text, format)
    return [
        (p.instruction, p.response) for p in Faq(FaqConfig())(Document(parsed.text, parsed.blocks, parsed.title, "en"))
    ]


def test_a_page_of_problems_in_the_first_person_is_answered_one_by_one():
    problems = [
        ("I get an error when I start it.", "You need a newer version."),
        ("My screen stays black, but the fan runs.", "Try another cable."),
        ("I cannot find the switch.", "You will see it on the left."),
        ("When I press it, nothing happens.", "Make sure it is plugged in."),
        ("Where do I get a new one?", "Ask your dealer."),
    ]
    assert pairs("Troubles\n\n" + "\n\n".join(f"{q}\n\n{a}" for q, a in problems)) == problems


def test_a_story_in_the_first_person_tells_no_problems():
    told = [
        "I went to the sea, but it rained.",
        "The sea was grey and cold.",
        "I had no coat with me.",
        "A man sold me one.",
        "I never saw him again.",
        "Who was he?",
        "Nobody knew his name.",
        "I need to go back there.",
        "The train leaves at nine.",
    ]
    assert pairs("\n\n".join(told)) == []


@pytest.mark.parametrize("unit", ["?", "1. ", "Q: ", "x", "**", "Is it?\nIt is.\n", "I need it?\nTry it.\n"])
def test_time_grows_with_length_only(unit):
    def seconds(n):
        text = unit * (n // len(unit))
        start = time.process_time()
        pairs(text)
        return time.process_time() - start

    small = max(min(seconds(SMALL) for _ in range(2)), 0.02)
    assert seconds(SMALL * FACTOR) < MAX_RATIO * small
