"""Limits that the pairs do not meet are told in sentences; those they meet are not."""

from etl.config.diversity import DiversityConfig, SharesConfig
from etl.diversity.findings import diversity_findings

TALLIES = {"source": {"a": 90, "b": 10}, "family": {"how_to": 100, None: 0}}


def test_a_value_below_its_smallest_share_is_told():
    config = DiversityConfig(family=SharesConfig(min_shares={"how_to": 0.5, "reasoning": 0.05}))
    assert diversity_findings(TALLIES, config) == [
        "Diversity: family reasoning has 0.0% of the pairs, select.diversity.family.min_shares asks for 5.0%."
    ]


def test_a_limit_that_dropping_cannot_meet_is_told():
    config = DiversityConfig(source=SharesConfig(max_share=0.4, max_shares={"b": 0.2}))
    assert diversity_findings(TALLIES, config) == [
        "Diversity: source a has 90.0% of the pairs, the limit is 40.0%, "
        "and there are too few others to meet it by dropping."
    ]


def test_what_is_met_or_not_asked_for_is_not_told():
    assert diversity_findings(TALLIES, DiversityConfig()) == []
    assert diversity_findings({"source": {}}, DiversityConfig(source=SharesConfig(max_share=0.4))) == []
    assert diversity_findings(TALLIES, DiversityConfig(source=SharesConfig(max_share=0.9))) == []
