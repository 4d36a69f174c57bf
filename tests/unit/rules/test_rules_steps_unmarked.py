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
