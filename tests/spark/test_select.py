"""Every candidate is admitted or keeps the first reason that applies."""

import pytest

from etl.config.gates import AnswerLanguageGate, CopiesGate, GatesConfig, MarkersGate, PiiGate, SecretsGate
from etl.config.models import SelectConfig
from etl.stages.select import select

pytestmark = pytest.mark.spark

PRETRAIN = SelectConfig()
STRICT = SelectConfig(profile="strict")


def reasons(frame, config=PRETRAIN):
    return [row["reason"] for row in select(frame, config).orderBy("pair_id").collect()]


def test_a_good_pair_is_admitted(candidates):
    assert reasons(candidates({})) == [None]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"instruction": "  "}, "empty_instruction"),
        ({"response": ""}, "empty_response"),
        ({"response": "see <|im_end|> here"}, "chat_token"),
        ({"instruction": "???"}, "no_letters"),
        ({"response": "--- ---"}, "no_letters"),
        ({"instruction": "Same text", "response": " same TEXT "}, "response_repeats_instruction"),
        ({"evidence": []}, "no_evidence"),
        ({"grounding": 0.49}, "ungrounded"),
        ({"instruction": "why " * 1200}, "instruction_too_long"),
    ],
)
def test_each_gate_gives_its_reason(candidates, change, reason):
    assert reasons(candidates(change)) == [reason]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"response": "Yes."}, "response_too_short"),
        ({"grounding": 0.7}, "weakly_grounded"),
        ({"instruction": "why " * 200}, "instruction_too_long"),
    ],
)
def test_a_clumsy_pair_passes_pretrain_and_fails_strict(candidates, change, reason):
    assert reasons(candidates(change)) == [None]
    assert reasons(candidates(change), STRICT) == [reason]


def test_what_a_rule_was_refused_is_no_pair_and_stands_in_nobodys_way(candidates):
    same = {"instruction": "What is it?", "response": "A thing of note."}
    assert reasons(candidates({**same, "refused": "evidence_sold"}, same)) == ["evidence_sold", None]


def test_of_equal_pairs_the_smallest_id_stays_whatever_case_and_white_space(candidates):
    frame = candidates(
        {"instruction": "What is it?", "response": "A thing of note."},
        {"instruction": "what  is it?", "response": "A thing\nof note. "},
        {"instruction": "What is it?", "response": "Another thing."},
    )
    rows = select(frame, PRETRAIN).orderBy("pair_id").collect()
    assert [row["reason"] for row in rows] == [None, "exact_duplicate", None]
    assert rows[1]["detail"] == f"same as pair {0:032x}"


def test_the_same_words_about_different_texts_are_different_pairs(candidates):
    same = {"instruction": "Which connective fits the gap?", "response": "It is the word however."}
    frame = candidates({**same, "context": "One ... two."}, {**same, "context": "Three ... four."}, same, same)
    assert reasons(frame) == [None, None, None, "exact_duplicate"]


def test_a_rejected_pair_does_not_stand_in_the_way_of_an_equal_one(candidates):
    same = {"instruction": "What is it?", "response": "A thing of note."}
    assert reasons(candidates({**same, "grounding": 0.1}, same)) == ["ungrounded", None]


def test_the_choice_does_not_depend_on_partitions(candidates):
    rows = [{"instruction": f"What is {number % 4}?", "response": "The same answer."} for number in range(30)]
    assert reasons(candidates(*rows).repartition(1)) == reasons(candidates(*rows).repartition(8))


def test_nothing_in_nothing_out(candidates):
    assert reasons(candidates()) == []


LONG = "The harbour was quiet that morning, and nobody spoke of the storm that had been there the night before. "
GATES = GatesConfig(
    copies=CopiesGate(), pii=PiiGate(), secrets=SecretsGate(action="drop"), markers=MarkersGate(),
    answer_language=AnswerLanguageGate(),
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"instruction": "Write to {{ name }} there"}, "leaked_marker"),
        ({"response": "### Response: it is so"}, "leaked_marker"),
        ({"response": "敏捷的棕色狐狸跳过了懒狗，而其他人都在睡觉。"}, "answer_language"),
        ({"response": 'Use password = "k4Jd82-nQ" there.'}, "secret_password"),
        ({"instruction": LONG, "response": LONG + "So it was."}, "response_copies_instruction"),
        ({"instruction": LONG + "What was it like?", "response": LONG}, "instruction_holds_response"),
    ],
)
def test_each_configured_gate_gives_its_reason_and_is_off_without_configuration(candidates, change, reason):
    question = {"instruction": "What was the harbour like at night?"}
    assert reasons(candidates({**question, **change}), SelectConfig(gates=GATES)) == [reason]
    assert reasons(candidates({**question, **change})) == [None]


def test_personal_data_of_a_pair_is_masked_and_secrets_of_a_reject_too(candidates):
    frame = candidates(
        {"instruction": "Whom do I ask about ann@acme.org?", "response": "Ask bob@acme.org about it."},
        {"instruction": "What is it?", "response": 'It is password = "k4Jd82-nQ" of ann@acme.org.'},
        {"instruction": " ", "response": "Ask bob@acme.org about it."},
    )
    rows = select(frame, SelectConfig(gates=GATES)).orderBy("pair_id").collect()
    assert [(row["reason"], row["instruction"], row["response"]) for row in rows] == [
        (None, "Whom do I ask about xxx@xxxx.xxx?", "Ask xxx@xxxx.xxx about it."),
        ("secret_password", "What is it?", 'It is password = "x0Xx00-xX" of xxx@xxxx.xxx.'),
        ("empty_instruction", " ", "Ask xxx@xxxx.xxx about it."),
    ]
    assert rows[1]["detail"] == "1 password; the first at 18"


def test_one_long_response_stands_in_as_many_pairs_as_allowed(candidates):
    rows = [{"instruction": f"What happened on day {number}?", "response": LONG} for number in range(6)]
    config = SelectConfig(gates=GatesConfig(copies=CopiesGate(max_uses=2)))
    assert reasons(candidates(*rows, {}), config) == [None, None, *["response_reused"] * 4, None]


def test_the_texts_of_a_pair_go_to_python_once(candidates):
    plan = select(candidates({}), SelectConfig(gates=GATES))._jdf.queryExecution().optimizedPlan().toString()
    assert plan.count("MapInArrow") == 1 and "ArrowEvalPython" not in plan
