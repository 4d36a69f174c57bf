import pytest

from etl.report.facts import StageRow
from etl.report.summary import summary_text


def lines(text):
    return [" ".join(line.split()) for line in text.splitlines()]


def test_a_summary_tells_the_funnel_the_pairs_the_mixture_and_where_everything_is(make_report):
    found = lines(summary_text(make_report(), 100))
    assert found[0] == (
        "run run-1 of 2025-11-22: done in 3 min 7 s "
        "(started 2025-11-22 02:41:03, code 0.1.0, configuration 9f2c4be17a60)"
    )
    for row in (
        "stage unit in out rejected not drawn seconds",
        "ingest records 12,345 12,300 45 0 21.4",
        "ingest bad_json 40, too_long 5",
        "faq question_answering 900 10 0.980",
        "how_to 100 10.00%",
        "Mixture, shares of tokens",
        "train all instruction 200 4,980 5.000% 4.980%",
        "Warnings: none",
        "pairs /lake/pairs",
    ):
        assert row in found


def test_pairs_of_templates_are_told_by_what_they_spread_over(make_report, filled):
    text = summary_text(make_report(filled=filled), 80)
    assert "slots        2      0.81  2 75.00%, 1 25.00%" in text
    assert "filler       9      0.95  country/PE 12.00%" in text
    assert "Pairs of templates" not in summary_text(make_report(), 80)


def test_warnings_are_counted_and_listed(make_report):
    found = lines(summary_text(make_report(warnings=["Rule faq is on, but yielded nothing.", "B."]), 100))
    assert found[found.index("Warnings: 2") + 1 :][:2] == ["! Rule faq is on, but yielded nothing.", "! B."]


def test_only_the_most_frequent_reasons_are_listed_and_the_others_counted(make_report):
    stage = StageRow("parse", "documents", 15, 0, 15, 0, {"a": 5, "b": 4, "c": 3, "d": 2, "e": 1}, 1.0)
    assert "parse a 5, b 4, c 3 and 2 more" in lines(summary_text(make_report(stages=[stage]), 100))


@pytest.mark.parametrize("width", [20, 80, 200])
def test_no_table_is_wider_than_the_terminal_and_no_number_is_cut(make_report, width):
    big = StageRow("extract", "candidate pairs", 10**9, 10**9 - 1, 1, 0, {"no_answer": 1}, 123456.7)
    text = summary_text(make_report(stages=[big], warnings=["word " * 40]), width)
    assert all(len(line) <= max(width, 80) for line in text.splitlines()[1:])
    assert "1,000,000,000  999,999,999" in text
    assert "123,456.7" in text


def test_a_path_is_never_wrapped(make_report):
    path = "/lake/" + "x" * 200
    assert path in summary_text(make_report(outputs={"report": path}), 80)


def test_there_are_no_colours_unless_asked_for_whatever_the_environment_says(make_report, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "40")
    report = make_report(warnings=["x"])
    assert "\x1b" not in summary_text(report, 100)
    assert "\x1b[" in summary_text(report, 100, color=True)


def test_names_are_neither_markup_nor_escape_sequences(make_report):
    text = summary_text(make_report(warnings=["[bold]x[/nothing] \x1b[2J\x9b31m"]), 100)
    assert "[bold]x[/nothing]" in text
    assert "\x1b" not in text and "\x9b" not in text


def test_empty_parts_are_left_out(make_report):
    text = summary_text(make_report(rules=[], families={}, mixture=[], samples=[], outputs={}), 100)
    assert "Pairs" not in text and "Mixture" not in text
