"""What exceeds a limit goes, with the limit as its reason; what stays is the same however the rows are spread."""

from collections import Counter

import pytest

from etl.config.diversity import DiversityConfig, SharesConfig
from etl.stages.diversify import find_excess, tally_values, verb_class

pytestmark = pytest.mark.spark


def reasons(frame, config, seed=42):
    return {row["pair_id"]: row["reason"] for row in find_excess(frame, config, seed).verdicts.collect()}


def test_by_default_only_conversations_go(candidates):
    frame = candidates(
        {},
        {"response": "User: hello\nAssistant: hi there"},
        {"response": "The label User: stands here once.\nUser: like this"},
        {"instruction": "用户：你好", "response": "助手：你好"},
    )
    assert reasons(frame, DiversityConfig()) == {f"{1:032x}": "multi_turn", f"{3:032x}": "multi_turn"}
    assert reasons(frame, DiversityConfig(single_turn=False)) == {}


def test_complex_pairs_go_where_a_limit_is_set(candidates):
    frame = candidates({"complexity": 1}, {"complexity": 4}, {"complexity": 3})
    excess = find_excess(frame, DiversityConfig(max_complexity=3), 42).verdicts.collect()
    assert [(row["pair_id"], row["reason"], row["detail"]) for row in excess] == [
        (f"{1:032x}", "too_complex", "complexity 4, at most 3")
    ]


def test_a_document_gives_no_more_pairs_than_allowed_and_those_are_the_simplest(candidates):
    frame = candidates(
        *({"doc_id": "d" * 32, "complexity": 5 - number} for number in range(5)), {"doc_id": None}, {"doc_id": None}
    )
    assert reasons(frame, DiversityConfig(max_pairs_per_document=2)) == dict.fromkeys(
        [f"{number:032x}" for number in range(3)], "over_document_cap"
    )
    by_hash = reasons(frame, DiversityConfig(max_pairs_per_document=2, prefer="any"))
    assert len(by_hash) == 3


@pytest.mark.parametrize(
    ("column", "reason"),
    [("source", "over_source_cap"), ("family", "over_family_cap"), ("rule", "over_rule_cap"),
     ("lang", "over_lang_cap"), ("template_id", "over_template_cap")],
)  # fmt: skip
def test_no_value_has_more_than_its_share(candidates, column, reason):
    frame = candidates(*({column: "a" if number < 20 else "bc"[number % 2]} for number in range(30)))
    config = DiversityConfig(**{column: SharesConfig(max_share=0.5)})
    assert Counter(reasons(frame, config).values()) == {reason: 10}
    assert set(reasons(frame, config)) <= {f"{number:032x}" for number in range(20)}


def test_no_verb_has_more_than_its_share(candidates):
    asked = ["What is it?"] * 8 + ["Explain it.", "List them.", "Write it."]
    frame = candidates(*({"instruction": text} for text in asked))
    assert [row[0] for row in frame.select(verb_class()).collect()] == ["question"] * 8 + ["explain", "list", "other"]
    excess = reasons(frame, DiversityConfig(verb_class=SharesConfig(max_share=0.5)))
    assert Counter(excess.values()) == {"over_verb_cap": 5}


def test_a_limit_that_cannot_be_met_is_told_and_drops_nothing(candidates):
    excess = find_excess(candidates({}, {}), DiversityConfig(source=SharesConfig(max_share=0.4)), 42)
    assert excess.verdicts.count() == 0
    assert excess.unmet == ["source"]


def test_several_limits_hold_together_and_each_pair_has_one_reason(candidates):
    frame = candidates(
        *({"source": "abc"[number % 7 % 3], "family": ["how_to", "definition", "creative"][number % 5 % 3]}
          for number in range(200))
    )  # fmt: skip
    config = DiversityConfig(source=SharesConfig(max_share=0.4), family=SharesConfig(max_shares={"how_to": 0.35}))
    excess = find_excess(frame, config, 42).verdicts.collect()
    gone = {row["pair_id"] for row in excess}
    assert len(gone) == len(excess)
    left = [row for row in frame.collect() if row["pair_id"] not in gone]
    for column, value, most in (("source", "a", 0.4), ("source", "b", 0.4), ("family", "how_to", 0.35)):
        assert sum(row[column] == value for row in left) <= most * len(left) + 3


def test_what_stays_depends_on_the_seed_and_on_nothing_else(candidates):
    rows = [{"source": "a" if number % 4 else "b", "complexity": 1} for number in range(100)]
    config = DiversityConfig(source=SharesConfig(max_share=0.6))
    results = [reasons(candidates(*rows).repartition(n), config) for n in (1, 2, 8)]
    assert results[0] == results[1] == results[2]
    assert len(results[0]) > 20
    assert reasons(candidates(*rows), config, seed=7) != results[0]


def test_values_are_counted_by_column(candidates):
    tallies = tally_values(candidates({}, {"source": "t", "instruction": "List it."}))
    assert tallies["source"] == {"s": 1, "t": 1}
    assert tallies["verb_class"] == {"question": 1, "list": 1}
    assert tallies["template_id"] == {None: 2}


def test_nothing_in_nothing_out(candidates):
    config = DiversityConfig(max_pairs_per_document=1, source=SharesConfig(max_share=0.5))
    assert reasons(candidates(), config) == {}
