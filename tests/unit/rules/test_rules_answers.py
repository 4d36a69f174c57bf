from etl.rules.answers import cut_at_footer, render, trim_tail


def bodies(document, blocks):
    return [document.text[block.start : block.end] for block in blocks]


def test_what_belongs_to_the_page_is_trimmed_off_the_end(page, spec):
    p, li = spec["p"], spec["li"]
    document = page(
        p("It works."), li("So."), p("Next: Part two"), ("paragraph", "Home", {"mark": "link"}), p("See also")
    )
    assert bodies(document, trim_tail(document.text, document.blocks)) == ["It works.", "So."]


def test_the_only_block_of_an_answer_stays_however_short(page, spec):
    document = page(spec["p"]("Yes"))
    assert bodies(document, trim_tail(document.text, document.blocks)) == ["Yes"]


def test_a_copyright_line_ends_the_answer_and_see_also_does_not(page, spec):
    p = spec["p"]
    document = page(p("It works."), p("See also"), p("Next, open it."), p("© 2020 Somebody"), p("Contact us."))
    assert bodies(document, cut_at_footer(document.text, document.blocks)) == [
        "It works.",
        "See also",
        "Next, open it.",
    ]


def test_items_stand_on_lines_of_their_own_with_their_numbers(page, spec):
    document = page(spec["p"]("So:"), spec["n"](1, "a"), spec["n"](2, "b"), spec["p"]("End."))
    assert render(document.text, document.blocks) == "So:\n\n1. a\n2. b\n\nEnd."
