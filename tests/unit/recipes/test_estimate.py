"""What a recipe would cost is a sample, scaled: rule of three, without a model."""

import pytest

from etl.recipes.estimate import Measured, Outputs, estimate
from etl.report.estimates import estimate_text

# Ten items made eight prompts of a hundred tokens and four hundred characters each; two of them are answered.
SAMPLE = Measured(10, 8, 2, 800.0, 3200)


def test_a_sample_is_scaled_to_the_corpus() -> None:
    found = estimate("r", 1000, SAMPLE, Outputs(50.0, 2), tokens_per_second=100.0)
    assert (found.items, found.prompts, found.due) == (1000, 800, 600)
    assert (found.prompt_tokens, found.output_tokens, found.measured_on) == (60_000, 30_000, 2)
    assert found.gpu_hours == pytest.approx(300 / 3600)


def test_only_the_share_that_is_asked_about_costs() -> None:
    assert estimate("r", 1000, SAMPLE, Outputs(50.0, 0), share=0.1).items == 100
    assert estimate("r", 1000, SAMPLE, Outputs(50.0, 0), share=0.1, max_prompts=30).items == 30


def test_without_a_speed_there_are_no_hours() -> None:
    assert estimate("r", 1000, SAMPLE, Outputs(50.0, 0)).gpu_hours is None


@pytest.mark.parametrize("measured", [Measured(0, 0, 0, 0.0, 0), Measured(10, 0, 0, 0.0, 0)])
def test_a_sample_without_prompts_costs_nothing(measured: Measured) -> None:
    found = estimate("r", 1000, measured, Outputs(50.0, 0), tokens_per_second=1.0)
    assert (found.prompts, found.due, found.prompt_tokens, found.output_tokens, found.gpu_hours) == (0, 0, 0, 0, 0.0)


def test_what_everything_was_answered_before_costs_nothing() -> None:
    assert estimate("r", 1000, Measured(10, 8, 8, 800.0, 3200), Outputs(50.0, 8)).due == 0


def test_characters_of_a_token_are_those_of_the_sample() -> None:
    assert SAMPLE.chars_per_token == 4.0
    assert Measured(0, 0, 0, 0.0, 0).chars_per_token == 0.0


def test_the_table_adds_up_and_says_how_the_length_of_an_output_is_known() -> None:
    one = estimate("one", 1000, SAMPLE, Outputs(50.0, 2), tokens_per_second=1.0)
    two = estimate("two", 10, SAMPLE, Outputs(600.0, 0), tokens_per_second=1.0)
    lines = [line.split() for line in estimate_text([one, two], 100).splitlines()]
    assert lines[2][:7] == ["one", "1,000", "800", "600", "60,000", "30,000", "8.3"]
    assert lines[2][7:] == ["mean", "of", "2", "answers"]
    assert lines[3][7:] == ["at", "most"]
    assert lines[4][:7] == ["together", "1,010", "808", "606", "60,600", "33,600", "9.3"]
    assert "together" not in estimate_text([one], 100)
