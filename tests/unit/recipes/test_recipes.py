"""Recipes make pairs of good outputs, and a reason of anything else a model can write."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.recipes.base import Draft, Example, Item, ParseError, Recipe, RecipeSettings
from etl.recipes.nemotron_qa import NemotronQa, at_most
from etl.recipes.registry import RECIPES, STEPS
from etl.recipes.synthesizer import InstructionSynthesizer

PASSAGE = (
    "The lighthouse at Cape Byron was built in 1901 on the most easterly point of the Australian mainland. "
    "Its light is seen from 27 nautical miles, and it flashes every 15 seconds. Keepers lived in two cottages "
    "beside the tower until 1989, when the light was made automatic. Today visitors climb to the gallery, "
    "and in winter they watch humpback whales pass by on their way north."
)
ITEM = Item("0" * 32, PASSAGE, "when was it built ?", "Cape Byron lighthouse was built in 1901.")
SETTINGS = RecipeSettings()
GOOD = {
    "reverse_instruction": "Instruction: Describe the lighthouse at Cape Byron and its history.",
    "answer_instruction": "The lighthouse was built in 1901.",
    "refine_pair": "Question: When was the Cape Byron lighthouse built?\nAnswer: It was built in 1901.",
    "nemotron_qa": "- Question: When was the lighthouse built?\nAnswer: It was built in 1901.",
    "fine_instructions": (
        "Instruction: When was the lighthouse at Cape Byron built?\n"
        "Answer: <excerpt>The lighthouse at Cape Byron<...>mainland.</excerpt>"
    ),
    "judge": "It says what the text says.\nScore: 5",
    "instruction_synthesizer": "<QUE> When was the lighthouse built? <ANS> In 1901. </END>",
}
LABELLED = tuple(name for name in GOOD if name != "answer_instruction")


def recipe(name: str, **settings: float) -> Recipe:
    return RECIPES[name](RecipeSettings(**settings))  # type: ignore[arg-type]


def reason(name: str, output: str, *, truncated: bool = False) -> str:
    with pytest.raises(ParseError) as raised:
        recipe(name).parse(ITEM, output, truncated=truncated)
    return raised.value.reason


def test_every_recipe_has_a_good_output_here() -> None:
    assert GOOD.keys() | set(STEPS) == RECIPES.keys()


@pytest.mark.parametrize("name", GOOD)
def test_a_good_output_is_a_pair(name: str) -> None:
    outcome = recipe(name).parse(ITEM, GOOD[name], truncated=False)
    assert len(outcome.drafts) == 1
    assert outcome.refusals == ()


@pytest.mark.parametrize("name", GOOD)
def test_the_prompt_holds_what_it_is_about_and_no_slot(name: str) -> None:
    asked = recipe(name).prompt(ITEM)
    assert asked is not None
    assert (ITEM.response if name == "refine_pair" else PASSAGE) in asked.text
    assert not any(slot in asked.text + asked.system for slot in ("{passage}", "{n}", "{instruction}", "{response}"))


@pytest.mark.parametrize("name", GOOD)
def test_what_is_filled_in_is_never_a_slot(name: str) -> None:
    item = ITEM._replace(text=PASSAGE + " {instruction} {n} {passage}", response="{passage} {response}")
    asked = recipe(name).prompt(item)
    assert asked is not None
    # The judge sees the response as well, which holds the word once more.
    assert asked.text.count("{passage}") == (2 if name == "judge" else 1)


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("output", ["", " \n\t ", "<think>Let me see.</think>"])
def test_an_empty_output_says_so(name: str, output: str) -> None:
    assert reason(name, output) == "empty_output"


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize(
    "output",
    ["I'm sorry, but I can't help with that.", "As an AI language model, I cannot read texts.", "抱歉,我无法回答。"],
)
def test_a_refusal_says_so(name: str, output: str) -> None:
    assert reason(name, output) == "refused_output"


@pytest.mark.parametrize("name", GOOD)
def test_an_output_without_end_says_so(name: str) -> None:
    assert reason(name, "la " * 30_000) == "overlong_output"


@pytest.mark.parametrize("name", LABELLED)
@pytest.mark.parametrize("output", ["The quick brown fox.", "{}", "?" * 50_000, "Answer: Question:", "\x00\ud800"])
def test_a_garbled_output_is_unparsable(name: str, output: str) -> None:
    assert reason(name, output) == "unparsable_output"


@pytest.mark.parametrize("name", ["reverse_instruction", "answer_instruction", "refine_pair", "fine_instructions"])
def test_an_output_that_was_cut_off_is_no_pair(name: str) -> None:
    assert reason(name, GOOD[name], truncated=True) == "truncated_output"


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize(
    "line", [" " * 59_000, "-" * 59_000, "*" * 59_000, "1." * 29_000, "Question:" * 6_000, "<QUE>" * 9_000]
)
def test_hostile_outputs_take_linear_time(name: str, line: str) -> None:
    began = time.process_time()
    with suppress(ParseError):
        recipe(name).parse(ITEM, f"x\n{line}", truncated=False)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("name", GOOD)
@given(output=st.text(max_size=200))
def test_any_output_is_an_outcome_or_a_reason(name: str, output: str) -> None:
    try:
        recipe(name).parse(ITEM, output, truncated=False)
    except ParseError as error:
        assert error.reason


@pytest.mark.parametrize("name", ["reverse_instruction", "nemotron_qa", "instruction_synthesizer"])
def test_a_passage_of_a_few_words_is_not_asked_about(name: str) -> None:
    assert recipe(name).prompt(ITEM._replace(text="Home | About | Contact")) is None


@pytest.mark.parametrize("name", ["answer_instruction", "refine_pair"])
def test_a_pair_without_request_is_not_asked_about(name: str) -> None:
    assert recipe(name).prompt(ITEM._replace(instruction=" ")) is None


def test_an_answer_is_asked_with_the_passage_if_and_only_if_there_is_one() -> None:
    bare = recipe("answer_instruction").prompt(ITEM._replace(text=""))
    assert bare is not None
    assert bare.text == ITEM.instruction


def test_the_response_of_a_reversed_passage_is_the_passage() -> None:
    (draft,) = recipe("reverse_instruction").parse(ITEM, GOOD["reverse_instruction"], truncated=False).drafts
    assert draft == Draft("Describe the lighthouse at Cape Byron and its history.", PASSAGE, "creative", "span")


@pytest.mark.parametrize(
    ("output", "why"),
    [
        (f"Instruction: Write: {PASSAGE}", "answer_given_away"),
        ("Instruction: Hi", "instruction_too_short"),
        ("Instruction: Describe <fi>a place</fi>, please.", "open_slot"),
        ("Instruction: one\nInstruction: two", "unparsable_output"),
    ],
)
def test_a_request_must_be_one(output: str, why: str) -> None:
    assert reason("reverse_instruction", output) == why


def test_an_answer_of_words_that_the_passage_lacks_is_unsupported() -> None:
    output = "Nobody knows; perhaps ancient sailors erected something similar near Lisbon."
    assert reason("answer_instruction", output) == "unsupported_response"
    assert recipe("answer_instruction", min_support=0.0).parse(ITEM, output, truncated=False).drafts


def test_a_refined_pair_may_state_no_new_number() -> None:
    assert reason("refine_pair", "Question: When was it built?\nAnswer: It was built in 1902.") == "new_number"


def test_labels_are_found_in_markdown() -> None:
    output = "**Question:** When was it built?\n\n**Answer:** It was built in 1901."
    (draft,) = recipe("refine_pair").parse(ITEM, output, truncated=False).drafts
    assert (draft.instruction, draft.response) == ("When was it built?", "It was built in 1901.")


def qa(n: int) -> str:
    return f"- Question: What is said of number {n}?\nAnswer: The lighthouse was built in 1901.\n"


def test_one_malformed_pair_among_five_costs_that_pair_only() -> None:
    output = qa(1) + qa(2) + "- Question: And this one?\n" + qa(3) + qa(4)
    outcome = NemotronQa(SETTINGS).parse(ITEM, output, truncated=False)
    malformed = [each for each in outcome.refusals if each.reason == "unparsable_output"]
    over = [each for each in outcome.refusals if each.reason == "over_quota"]
    assert len(malformed) == 1
    assert len(outcome.drafts) + len(over) == 4


def test_the_last_pair_of_an_output_that_was_cut_off_is_not_read() -> None:
    outcome = NemotronQa(SETTINGS).parse(ITEM, qa(1) + qa(2), truncated=True)
    assert [draft.instruction for draft in outcome.drafts] == ["What is said of number 1?"]


@pytest.mark.parametrize(("n", "most"), [(1, 1), (15, 1), (30, 2), (150, 10), (1500, 100)])
def test_a_longer_passage_may_give_more_pairs(n: int, most: int) -> None:
    assert at_most(n) == most


def test_how_many_pairs_are_kept_varies_with_the_passage_and_is_the_same_each_time() -> None:
    output = "".join(qa(n) for n in range(8))
    counts = []
    for number in range(200):
        item = ITEM._replace(item_id=f"{number:032x}")
        kept = NemotronQa(SETTINGS).parse(item, output, truncated=False).drafts
        assert kept == NemotronQa(SETTINGS).parse(item, output, truncated=False).drafts
        counts.append(len(kept))
    assert set(counts) == set(range(1, at_most(64) + 1))


def test_repeated_questions_are_kept_once() -> None:
    output = "<QUE> When was it built? <ANS> In 1901. </END>\n\n<QUE> when was it  built? <ANS> In 1901. </END>"
    outcome = InstructionSynthesizer(SETTINGS).parse(ITEM, output, truncated=False)
    assert len(outcome.drafts) == 1
    assert [each.reason for each in outcome.refusals] == ["repeated_question"]


@pytest.mark.parametrize(
    ("output", "kept", "reasons"),
    [
        ("<QUE> When was it built? <ANS> In 1901. </END> <QUE> And th", 1, ["truncated_output"]),
        ("<QUE> When? <ANS> In 1901. <ANS> Yes. </END><QUE> Who lived there? <ANS> Keepers </END>", 1, [
            "unparsable_output"]),
        ("<ANS> In 1901. </END><QUE> Who lived there? <ANS> Keepers </END>", 1, ["unparsable_output"]),
        ("<QUE> When was it built? <ANS>  </END><QUE> Who lived there? <ANS> Keepers </END>", 1, ["unparsable_output"]),
    ],
)  # fmt: skip
def test_pairs_up_to_the_last_end_mark_are_read(output: str, kept: int, reasons: list[str]) -> None:
    outcome = InstructionSynthesizer(SETTINGS).parse(ITEM, output, truncated=True)
    assert len(outcome.drafts) == kept
    assert [each.reason for each in outcome.refusals] == reasons


def test_examples_stand_before_the_text_unless_all_together_are_too_long() -> None:
    example = Example("Whales pass by.", (("Who passes by?", "Whales."),))
    asked = InstructionSynthesizer(SETTINGS).prompt(ITEM, [example])
    assert asked is not None
    assert asked.text == (
        f"<CON> Whales pass by. </CON>\n\n<QUE> Who passes by? <ANS> Whales. </END>\n\n<CON> {PASSAGE} </CON>\n\n"
    )
    small = InstructionSynthesizer(RecipeSettings(context_tokens=520)).prompt(ITEM, [example] * 3)
    assert small is not None
    assert small.text == f"<CON> {PASSAGE} </CON>\n\n"


def test_a_text_that_holds_the_markup_is_not_asked_about() -> None:
    assert InstructionSynthesizer(SETTINGS).prompt(ITEM._replace(text=PASSAGE + " <QUE>")) is None


def test_options_of_a_question_are_shuffled_and_the_answer_is_said_by_its_label() -> None:
    output = "<QUE> When was it built?\nOptions:\n- 1901\n- 1989\n- 1770 <ANS> 1901 </END>"
    (draft,) = InstructionSynthesizer(RecipeSettings(min_support=0.0)).parse(ITEM, output, truncated=False).drafts
    question, *options = draft.instruction.splitlines()
    assert question == "When was it built?"
    assert sorted(option[3:] for option in options) == ["1770", "1901", "1989"]
    assert draft.response in options
    assert draft.response.endswith("1901")
