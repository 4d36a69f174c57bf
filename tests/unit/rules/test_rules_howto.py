import pytest

from etl.config.models import HowtoConfig
from etl.rules.howto import Howto


@pytest.fixture
def howto(page):
    def pairs(*specs, config=None):
        return [(p.instruction, p.response) for p in Howto(config or HowtoConfig())(page(*specs))]

    return pairs


def test_steps_under_a_heading_make_one_pair_with_their_numbers(howto, spec):
    h, n = spec["h"], spec["n"]
    assert howto(h("How to brew tea"), n(1, "Boil water."), n(2, "Pour it over the leaves.")) == [
        ("How to brew tea", "1. Boil water.\n2. Pour it over the leaves."),
        ("How to brew tea\nBoil water.\nAnd then?", "Pour it over the leaves."),
        ("Pour it over the leaves.\nWhich task is finished with this step?", "How to brew tea"),
    ]


def test_what_stands_behind_the_first_sentence_of_a_step_explains_it(howto, spec):
    h, n, p = spec["h"], spec["n"], spec["p"]
    got = howto(h("How to brew tea"), n(1, "Boil water. It must bubble."), n(2, "Pour it."), p("Slowly, please.", 1))
    assert got[1:] == [("Boil water.", "It must bubble."), ("Pour it.", "Slowly, please.")]


def test_a_nested_list_belongs_to_its_step(howto, spec):
    h, n = spec["h"], spec["n"]
    got = howto(h("How to brew"), n(1, "Boil water:"), n(1, "Fill the pot.", 2), n(2, "Heat it.", 2), n(2, "Pour it."))
    assert [q for q, _ in got] == ["How to brew", "Boil water"]


def test_paragraphs_between_steps_do_not_end_the_list(howto, spec):
    h, n, p = spec["h"], spec["n"], spec["p"]
    got = howto(h("How to brew"), n(1, "Boil water."), p("Use a pot."), n(2, "Pour it."))
    assert got == [("How to brew", "1. Boil water.\n\nUse a pot.\n\n2. Pour it."), ("Boil water.", "Use a pot.")]


def test_headings_that_count_steps_are_steps(howto, spec):
    h, p = spec["h"], spec["p"]
    got = howto(h("Brewing tea", 1), h("Step 1: Boil water"), p("In a pot."), h("Step 2: Pour it"), p("Do it slowly."))
    assert got == [
        ("Brewing tea", "Step 1: Boil water\n\nIn a pot.\n\nStep 2: Pour it\n\nDo it slowly."),
        ("Boil water", "In a pot."),
        ("Pour it", "Do it slowly."),
    ]


def test_chinese_steps_are_steps(howto, spec):
    h, n = spec["h"], spec["n"]
    assert howto(h("如何安装软件"), n(1, "下载安装包。请从官网下载文件。"), n(2, "打开它。")) == [
        ("如何安装软件", "1. 下载安装包。请从官网下载文件。\n2. 打开它。"),
        ("下载安装包。", "请从官网下载文件。"),
        ("打开它。\n哪项任务以这一步结束？", "如何安装软件"),
    ]


def test_a_title_line_right_above_the_list_beats_the_heading(howto, spec):
    h, n, p = spec["h"], spec["n"], spec["p"]
    got = howto(h("Kitchen work"), p("Procedure 2.1. Brewing black tea"), n(1, "Boil water."), n(2, "Pour it."))
    assert got[0][0] == "Brewing black tea"


def test_a_heading_of_one_word_is_told_apart_by_the_one_above_it(howto, spec):
    h, n = spec["h"], spec["n"]
    assert howto(h("Tea pot", 1), h("Usage"), n(1, "Boil water."), n(2, "Pour it."))[0][0] == "Tea pot: Usage"


@pytest.mark.parametrize(
    ("heading", "items"),
    [
        ("References", ["Add, J. Tea and time. 1990.", "Brew, K. Leaves. 2001."]),
        ("Changes in this release", ["Add a pot.", "Fix a leak."]),
        ("Announcing 1.2.3", ["Add a pot.", "Remove a leak."]),
        ("The great rivers of the world", ["The Nile is long.", "The Amazon is wide."]),
        ("Terms of use", ["Use the pot with care.", "Keep the pot clean."]),
        ("Questions for the interview", ["Use a pot, do you?", "Take it hot, do you?"]),
    ],
)
def test_other_numbered_lists_are_no_instructions(howto, spec, heading, items):
    assert howto(spec["h"](heading), *(spec["n"](i + 1, body) for i, body in enumerate(items))) == []


def test_a_list_that_nothing_names_is_left_out(howto, spec):
    assert howto(spec["n"](1, "Boil water."), spec["n"](2, "Pour it.")) == []


def test_limits_on_the_number_of_steps_hold(howto, spec):
    h, n = spec["h"], spec["n"]
    steps = [n(i, "Boil water.") for i in range(1, 5)]
    assert howto(h("How to brew"), *steps, config=HowtoConfig(max_steps=3)) == []
    assert howto(h("How to brew"), *steps, config=HowtoConfig(min_steps=5)) == []
    assert len(howto(h("How to brew"), *steps)) == 1


def test_a_whole_longer_than_allowed_is_left_out_and_its_steps_stay(howto, spec):
    h, n = spec["h"], spec["n"]
    got = howto(
        h("How to brew"),
        n(1, "Boil water. Hot."),
        n(2, "Pour it. Slow and calm."),
        config=HowtoConfig(max_answer_chars=20),
    )
    assert got == [("Pour it.", "Slow and calm.")]


def test_steps_that_answer_a_question_of_the_page_belong_to_it(howto, spec):
    h, n, p = spec["h"], spec["n"], spec["p"]
    got = howto(h("FAQ", 1), h("How do I brew?"), n(1, "Boil water."), n(2, "Pour it."), h("Is it hot?"), p("Yes."))
    assert got == []


def test_bullets_and_plain_lines_are_steps_where_a_line_announces_them(howto, spec):
    h, li, p = spec["h"], spec["li"], spec["p"]
    intro, bullets = p("Follow these steps:"), [li("Boil water."), li("Pour it.")]
    assert howto(h("Brewing tea"), intro, *bullets) == [("Brewing tea", "Boil water.\nPour it.")]
    lines = [p("Boil water."), p("It bubbles."), p("Pour it."), p("Tea is old."), p("So is China.")]
    assert howto(h("Brewing tea"), intro, *lines)[0] == ("Brewing tea", "Boil water.\n\nIt bubbles.\n\nPour it.")
    assert howto(h("Brewing tea"), p("My favourite things:"), *bullets) == []


def test_captions_are_neither_title_nor_end_of_the_steps(howto, spec):
    h, n = spec["h"], spec["n"]
    got = howto(h("How to brew"), h("Figure 2. A pot"), n(1, "Boil water."), h("Figure 3. Water"), n(2, "Pour it."))
    assert got[0] == ("How to brew", "1. Boil water.\n\nFigure 3. Water\n\n2. Pour it.")
