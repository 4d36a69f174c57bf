import pytest

from etl.config.howto import HowtoConfig
from etl.rules.howto import Howto

STEPS = ("Turn the bicycle over.", "Open the lever.", "Pull the wheel out.")


@pytest.fixture
def wholes(page):
    def made(*specs, **config):
        found = Howto(HowtoConfig(next_steps=False, **config))(page(*specs, lang="en"))
        return [(pair.instruction, pair.response) for pair in found]

    return made


@pytest.fixture
def lines(spec):
    return [spec["p"](step) for step in STEPS]


def test_three_lines_that_instruct_below_a_title_are_steps(wholes, spec, lines):
    assert wholes(spec["p"]("4.2. Removing a tyre"), *lines) == [("Removing a tyre", "\n\n".join(STEPS))]


def test_one_line_that_explains_may_stand_between(wholes, spec, lines):
    found = wholes(spec["h"]("Removing a tyre"), *lines[:2], spec["p"]("It may be stiff."), lines[2])
    assert found == [
        ("Removing a tyre", "\n\n".join([*STEPS[:2], "It may be stiff.", STEPS[2]])),
        (STEPS[1], "It may be stiff."),
    ]


def test_the_title_of_the_next_section_ends_them(wholes, spec, lines):
    after = [spec["p"]("4.3. Choosing a tube"), spec["p"]("Ask the shop.")]
    assert wholes(spec["p"]("4.2. Removing a tyre"), *lines, *after)[0][1] == "\n\n".join(STEPS)


@pytest.mark.parametrize(
    "others",
    [
        ["Use-Lite is a lamp", "Turn-On is another", "See more lamps"],
        ["import os", "print this", "return it"],
        ["Tyres are round.", "Wheels are, too.", "Pull the wheel out."],
        [
            "Consider what your reader knows, " + "and what not, " * 20,
            "Write " + "plainly, " * 30,
            "Read it " + "aloud, " * 30,
        ],
    ],
    ids=["names", "code", "prose", "advice"],
)
def test_other_lines_are_no_steps(wholes, spec, others):
    assert wholes(spec["p"]("4.2. The tyre"), *(spec["p"](line) for line in others)) == []


def test_a_document_that_marks_lists_has_no_unmarked_steps(wholes, spec, lines):
    assert wholes(spec["p"]("4.2. Removing a tyre"), *lines, spec["h"]("Tools"), spec["li"]("a lever")) == []


def test_two_lines_are_steps_below_a_title_that_asks_for_a_way(wholes, spec, lines):
    assert wholes(spec["h"]("To remove a tyre"), *lines[:2]) == [("To remove a tyre", "\n\n".join(STEPS[:2]))]
    assert wholes(spec["h"]("The tyre"), *lines[:2]) == []


def test_two_lines_that_stand_apart_are_no_steps(wholes, spec, lines):
    assert wholes(spec["h"]("To remove a tyre"), lines[0], spec["p"]("It may be stiff."), lines[1]) == []


@pytest.mark.parametrize(("title", "found"), [("Removing a tyre", 1), ("How to remove a tyre", 1), ("The tyre", 0)])
def test_an_introduction_may_stand_below_a_title_that_names_a_task(wholes, spec, lines, title, found):
    intro = spec["p"]("A tyre is held by its rim, and it comes off more easily than you would think at first sight.")
    assert len(wholes(spec["h"](title), intro, *lines)) == found


@pytest.mark.parametrize(("title", "found"), [("Removing a tyre", "\n\n".join(STEPS)), ("The tyre", None)])
def test_steps_below_a_task_end_where_lines_that_instruct_get_rare(wholes, spec, lines, title, found):
    told, last = spec["p"]("Tyres are round."), spec["p"]("Ask the shop.")
    whole = dict(wholes(spec["h"](title), *lines, told, told, last, told, told, last))
    assert whole.get(title) == found


def test_a_line_of_news_is_no_task(wholes, spec):
    news = [spec["p"](f"Fix the {part} of the lamp (Mia).") for part in ("foot", "cord")]
    told = spec["p"]("It was loose.")
    assert wholes(spec["h"]("Fix the shade of the lamp (Mia)"), told, *news, told, told, news[0]) == []


def test_the_last_step_may_say_when_one_can_do_something(wholes, spec, lines):
    last = "When the wheel is out, you can take the tyre off."
    assert wholes(spec["h"]("Removing a tyre"), *lines, spec["p"](last))[0][1] == "\n\n".join([*STEPS, last])
    assert wholes(spec["h"]("Removing a tyre"), spec["p"](last), *lines)[0][1] == "\n\n".join(STEPS)


def test_a_line_that_asks_for_a_way_begins_the_next_steps(wholes, spec, lines):
    found = wholes(
        spec["p"]("To remove a tyre"), *lines, spec["p"]("To fill the tube"), spec["p"]("Use the pump."), *lines
    )
    assert [title for title, _ in found] == ["To remove a tyre", "To fill the tube"]
