"""A filled template quotes its passage, and a judge's score is read wherever the label stands."""

import json
from pathlib import Path

import pytest

from etl.errors import ConfigError
from etl.recipes.base import Item, ParseError, RecipeSettings
from etl.recipes.fine_instructions import FineInstructions
from etl.recipes.judge import HARMS, Judge, read_harm, read_score
from etl.recipes.request_templates import RequestTemplate, natural_bins, read_templates

PASSAGE = "The keeper of the tower lights the lamp every evening. He puts it out when the sun has come up again."
ITEM = Item("0" * 32, PASSAGE, "Who looks after <fi>a building</fi>?")
SETTINGS = RecipeSettings()


def reason(output: str) -> str:
    with pytest.raises(ParseError) as raised:
        FineInstructions(SETTINGS).parse(ITEM, output, truncated=False)
    return raised.value.reason


def test_excerpts_are_written_out_in_the_words_of_the_passage() -> None:
    output = "Instruction: Who looks after the tower?\nAnswer: <excerpt>The keeper<...>every evening.</excerpt>"
    (draft,) = FineInstructions(SETTINGS).parse(ITEM, output, truncated=False).drafts
    assert draft.instruction == "Who looks after the tower?"
    assert draft.response == "The keeper of the tower lights the lamp every evening."


@pytest.mark.parametrize(
    ("output", "why"),
    [
        ("null", "incompatible_template"),
        ('"null".', "incompatible_template"),
        ("Instruction: Who looks after <fi>it</fi>?\nAnswer: <excerpt>The keeper of the tower</excerpt>", "open_slot"),
        ("Instruction: Who is he?\nAnswer: <excerpt>Nobody at all</excerpt>", "excerpt_not_found"),
        ("Instruction: Who is he?\nAnswer: <excerpt>The keeper", "excerpt_malformed"),
        ("Instruction: Who is he?\nAnswer: Perhaps some old sailor whom nobody knows.", "ungrounded_answer"),
        ("Answer: <excerpt>The keeper of the tower</excerpt>", "unparsable_output"),
    ],
)
def test_anything_else_is_refused_with_its_reason(output: str, why: str) -> None:
    assert reason(output) == why


def test_how_much_of_an_answer_must_be_quoted_is_configured() -> None:
    output = "Instruction: Who is he?\nAnswer: Perhaps some old sailor whom nobody knows."
    assert FineInstructions(RecipeSettings(min_grounding=0.0)).parse(ITEM, output, truncated=False).drafts


@pytest.mark.parametrize(
    ("text", "score"),
    [("Good.\nScore: 4", 4), ("**Score:** 5/5", 5), ("Score: 1\nNo, better:\nScore: (3)", 3), ("score \uff1a 2.", 2)],
)
def test_the_last_score_counts(text: str, score: int) -> None:
    assert read_score(text) == score


@pytest.mark.parametrize("text", ["It is a 4.", "Score: good", "Score: 10", "Score: 6", "Score: 3.5", "Score:"])
def test_what_is_no_score_is_unparsable(text: str) -> None:
    with pytest.raises(ParseError, match="unparsable_output"):
        read_score(text)


def test_a_pair_below_the_threshold_is_refused_with_its_score() -> None:
    outcome = Judge(SETTINGS).parse(ITEM, "Vague.\nScore: 3", truncated=False)
    assert outcome.drafts == ()
    assert [(each.reason, each.detail) for each in outcome.refusals] == [("low_score", "3 of 5, 4 is asked")]
    assert Judge(RecipeSettings(min_score=3)).parse(ITEM, "Vague.\nScore: 3", truncated=False).drafts


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("Harm: violence\nScore: 5", "violence"),
        ("Mean.\n- **Harm:** Dangerous-advice, crime\nScore: 5", "dangerous advice"),
        ("Harm: crime\nNo, better:\nharm \uff1a (self_harm)", "self-harm"),
        ("Harm: none\nScore: 5", None),
        ("It does no harm: none at all.\nScore: 5", None),
        ("Harm: a little\nScore: 5", None),
        ("Harm:\nScore: 5", None),
        ("Score: 5", None),
    ],
)
def test_the_last_kind_of_harm_counts_and_anything_else_is_none(text: str, harm: str | None) -> None:
    assert read_harm(text) == harm


def test_a_pair_that_the_judge_finds_harmful_is_refused_where_harm_is_looked_for() -> None:
    verdict = "It tells how to pick a lock.\nHarm: crime\nScore: 5"
    outcome = Judge(RecipeSettings(refuse_harm=True)).parse(ITEM, verdict, truncated=False)
    assert outcome.drafts == ()
    assert [(each.reason, each.detail) for each in outcome.refusals] == [("harmful", "the judge finds crime")]
    assert Judge(SETTINGS).parse(ITEM, verdict, truncated=False).drafts
    assert Judge(RecipeSettings(refuse_harm=True)).parse(ITEM, "Good.\nScore: 5", truncated=False).drafts


@pytest.mark.parametrize("text", ["", PASSAGE])
def test_the_judge_is_told_the_kinds_of_harm_that_its_verdict_is_read_for(text: str) -> None:
    asked = Judge(SETTINGS).prompt(ITEM._replace(text=text, response="The keeper."))
    assert asked is not None
    listed = " ".join(asked.text.split()).partition("one of: none, ")[2].partition(".")[0]
    assert tuple(listed.split(", ")) == HARMS


def test_a_pair_without_a_passage_is_judged_by_itself() -> None:
    asked = Judge(SETTINGS).prompt(ITEM._replace(text="", response="The keeper."))
    assert asked is not None
    assert "Text:" not in asked.text


def line(template: str) -> str:
    return json.dumps({"template": template, "compatible_document_description": "a text about work"}) + "\n"


def test_templates_are_read_with_their_slots_each_once(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text(line("Who is <fi>a person</fi>?") * 2 + "\n" + line("Why <fi>this</fi> and <fi>that</fi>?"))
    found = read_templates(str(path))
    assert [(each.text, each.slots) for each in found] == [
        ("Who is <fi>a person</fi>?", 1), ("Why <fi>this</fi> and <fi>that</fi>?", 2),
    ]  # fmt: skip
    assert isinstance(found[0], RequestTemplate)
    assert natural_bins(found) == {1: 1, 2: 1}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "holds no line"),
        ("{", ":1: is no JSON"),
        ("[1]\n", ":1: is no JSON object"),
        ('{"template": "x"}', "compatible_document_description is missing"),
        (line("Who is <fi>a person?"), "the slots of the template do not close"),
        (line("a</fi><fi>b"), "the slots of the template do not close"),
    ],
)
def test_a_file_of_templates_that_is_wrong_says_where(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text(content)
    with pytest.raises(ConfigError, match=said):
        read_templates(str(path))


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(ConfigError, match=r"generate.fine_instructions.templates: /no/such: No such file"):
        read_templates("/no/such")
