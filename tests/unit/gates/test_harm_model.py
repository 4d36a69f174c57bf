"""The classifier of harm tells insults and obscenity in English, leaves prose alone, and is off unless asked for."""

import time
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.config.gates import GatesConfig, HarmClassifier, HarmGate
from etl.gates.harm import refuse_harm
from etl.gates.harm_model import parts_of, probability, weights
from etl.gates.judge import Judge

INSULT = "You stupid idiot, shut up, you worthless bitch! "
PROSE = "The harbour was quiet that morning, and nobody spoke of the storm that had passed. " * 12
ON = HarmGate(classifier=HarmClassifier())


def test_an_insult_is_refused_only_where_the_classifier_is_on_and_the_text_is_english() -> None:
    refusal = refuse_harm(INSULT, "en", ON)
    assert refusal is not None
    assert (refusal.reason, refusal.detail) == ("harmful", "1 of 1 parts are offensive, by 1.00 at most")
    assert refuse_harm(INSULT, "en", HarmGate()) is None
    assert refuse_harm(INSULT, "de", ON) is None
    assert refuse_harm(INSULT, None, ON) is None


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "How do I kill a process that hangs? Send it a signal; the child dies with its parent.",
        "Black and white women and men of any religion met at the gay and lesbian centre.",
        "The breast is examined for lumps; sexual contact may spread the virus.",
        "",
    ],
)
def test_plain_prose_on_any_subject_passes(text: str) -> None:
    assert refuse_harm(text, "en", ON) is None


def test_one_offensive_part_of_a_long_text_is_no_reason() -> None:
    assert refuse_harm(PROSE * 8 + INSULT * 20, "en", ON) is None
    assert refuse_harm(PROSE + INSULT * 20, "en", ON) is not None


def test_a_pair_is_judged_as_a_whole() -> None:
    judge = Judge(GatesConfig(harm=ON), "pretrain")
    assert judge.pair("What do you think of me?", INSULT, lang="en-GB").reason == "harmful"
    assert judge.pair("What do you think of me?", INSULT).reason is None
    assert judge.pair("What do you think of me?", "You are kind.", lang="en").reason is None


def test_the_model_is_the_shipped_one() -> None:
    assert len(weights().words) == 15_442
    assert probability("The bridge is closed.") < 0.1


@given(st.text(alphabet="ab \n", max_size=5_000))
def test_parts_are_the_text_and_none_is_much_longer_than_a_thousand_characters(text: str) -> None:
    parts = list(parts_of(text))
    assert "".join(parts) == text
    assert all(0 < len(part) <= 1_000 for part in parts)


@pytest.mark.parametrize("sign", ["bitch ", "b", "?", " "])
def test_a_hostile_text_takes_time_in_proportion_to_its_length(sign: str) -> None:
    began = time.process_time()
    refuse_harm((sign * 10_000_000)[:10_000_000], "en", ON)
    assert time.process_time() - began < 2


def test_the_shipped_file_is_what_the_command_makes() -> None:
    pytest.importorskip("profanity_check", reason="alt-profanity-check is not installed")
    build_harm = import_module("etl.gates.build_harm")
    assert build_harm.PLACE.read_text(encoding="utf-8") == build_harm.build()
