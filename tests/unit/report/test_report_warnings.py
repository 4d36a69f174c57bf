from dataclasses import replace

import pytest

from etl.report.facts import MixtureRow, RuleRow, StageRow
from etl.report.warnings import warnings_of

STAGE = StageRow("extract", "candidate pairs", 1000, 600, 400, 0, {"no_answer": 300, "chrome": 100}, 2.0)
ROW = MixtureRow("train", "*", "instruction", 0.05, 0.05, "tokens", 0.001, "", 10, 100)


def test_a_run_without_a_flaw_has_no_warnings():
    rules = [RuleRow("faq", "question_answering", 5, 0, 1.0), RuleRow("faq", "reasoning", 0, 3, None)]
    assert warnings_of([STAGE], rules, {"reasoning": 1}, [ROW]) == []


def test_an_account_that_does_not_close_says_by_how_much():
    assert warnings_of([replace(STAGE, rows_in=12_000)], [], {}, []) == [
        "Stage extract: the account does not close; 12,000 in, but 600 out, 400 rejected, 0 not drawn; "
        "11,000 candidate pairs are unaccounted for."
    ]
    [warning] = warnings_of([replace(STAGE, rows_in=998)], [], {}, [])
    assert warning.endswith("2 candidate pairs came from nowhere.")


def test_a_stage_that_lets_nothing_through_names_its_most_frequent_reason():
    nothing = replace(STAGE, rows_out=0, rejected=1000)
    assert warnings_of([nothing], [], {}, []) == [
        "Stage extract: none of 1,000 candidate pairs came out; most frequent reason: no_answer."
    ]


@pytest.mark.parametrize(("rows_out", "warned"), [(10, 0), (9, 1)])
def test_a_stage_that_keeps_less_than_one_per_cent_is_named(rows_out, warned):
    row = replace(STAGE, rows_out=rows_out, rejected=1000 - rows_out)
    found = warnings_of([row], [], {}, [])
    assert len(found) == warned
    assert all("only 0.900% of 1,000 candidate pairs were kept" in warning for warning in found)


def test_what_the_plan_left_over_is_no_loss():
    assert warnings_of([StageRow("mix", "rows", 1000, 5, 0, 995, {}, 1.0)], [], {}, []) == []


def test_no_input_is_told_once_and_by_the_first_stage():
    empty = [StageRow(name, "records", 0, 0, 0, 0, {}, 0.1) for name in ("ingest", "parse")]
    assert warnings_of(empty, [], {}, []) == ["Stage ingest: no records came in at all."]


def test_a_rule_that_is_on_and_yielded_nothing_is_told_from_one_whose_candidates_were_all_dropped():
    rules = [RuleRow("faq", "", 0, 0, None), RuleRow("howto", "how_to", 0, 1200, None)]
    assert warnings_of([], rules, {}, []) == [
        "Rule faq is on, but yielded nothing.",
        "Rule howto is on, but none of its 1,200 candidates was admitted.",
    ]


def test_a_family_at_zero_is_named():
    assert warnings_of([], [], {"how_to": 3, "creative": 0}, []) == ["Family creative: no pair was admitted."]


@pytest.mark.parametrize(("planned", "achieved", "warned"), [(0.1, 0.1, 0), (0.2, 0.0999, 1), (0.1, 0.1001, 1)])
def test_a_ratio_above_ten_per_cent_is_named_whether_planned_or_achieved(planned, achieved, warned):
    row = replace(ROW, planned=planned, achieved=achieved, tolerance=1.0)
    assert sum("above 10%" in warning for warning in warnings_of([], [], {}, [row])) == warned


def test_a_single_source_above_ten_per_cent_is_named_only_where_nothing_tells_of_the_whole_split():
    source = replace(ROW, source="faq-site", planned=0.3, achieved=0.3)
    assert warnings_of([], [], {}, [ROW, source]) == []
    [warning] = warnings_of([], [], {}, [source])
    assert warning.startswith("Mixture train/faq-site: an instruction share of 30.00%")


def test_a_share_off_the_plan_is_told_once_for_both_streams():
    off = [replace(ROW, achieved=0.04), replace(ROW, stream="raw", planned=0.95, achieved=0.96)]
    assert warnings_of([], [], {}, off) == [
        "Mixture train: instruction has 4.000% of tokens, planned were 5.000%; −1.000 points, tolerance 0.100."
    ]
    [warning] = warnings_of([], [], {}, off[1:])
    assert warning.startswith("Mixture train: raw has 96.00% of tokens")


def test_a_fallback_that_was_used_is_told_once_a_split_with_its_sources():
    rows = [replace(ROW, source=name, fallback="lower_ratio") for name in ("*", "wiki", "web")]
    assert warnings_of([], [], {}, rows) == ["Mixture train: pairs ran short and the ratio was lowered in web, wiki."]
