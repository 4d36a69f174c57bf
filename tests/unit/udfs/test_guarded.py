"""What an engine does wrong costs the rows it was asked for, and no more."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from udfs.guarded import MAX_REBUILDS, Asker, Limits
from udfs.models import fake, loading
from udfs.models.base import GenerationParams, ModelSpec, Prompt

PARAMS = GenerationParams()


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    fake.forget()
    loading._LOADED.clear()
    yield
    loading._LOADED.clear()


def spec(folder: Path, *rules: dict[str, Any]) -> ModelSpec:
    script = folder / "script.json"
    script.write_text(json.dumps([*rules, {"text": "fine"}]))
    return ModelSpec("fake", "m", arguments=(("script", str(script)), ("log", str(folder / "log"))))


def asked(folder: Path) -> int:
    return len((folder / "log").read_text().splitlines())


def ask(of: ModelSpec, *texts: str, **limits: float | None) -> list[str | None]:
    """Return the text of each answer, or of its error."""
    answers = Asker(of, PARAMS, Limits(**limits)).ask([Prompt(text) for text in texts])
    return [answer.error or answer.text for answer in answers]


def test_answers_come_in_the_order_of_the_prompts(tmp_path: Path) -> None:
    of = spec(tmp_path, {"contains": "long", "text": "L"}, {"contains": "b", "text": "B"})
    assert ask(of, "a long one", "b", "ccc") == ["L", "B", "fine"]
    assert asked(tmp_path) == 3


def test_nothing_asked_is_nothing_answered(tmp_path: Path) -> None:
    assert ask(spec(tmp_path)) == []


def test_one_bad_prompt_is_one_error(tmp_path: Path) -> None:
    of = spec(tmp_path, {"contains": "bad", "fault": "raise"})
    texts = [f"p{n}" for n in range(7)] + ["bad"]
    said = ask(of, *texts)
    assert said[:7] == ["fine"] * 7
    assert said[7] == "ValueError: the batch failed, as its script says"


def test_a_prompt_the_engine_refuses_by_itself_costs_no_halving(tmp_path: Path) -> None:
    of = spec(tmp_path, {"contains": "bad", "fault": "error"})
    assert ask(of, "bad", "good") == ["the prompt failed, as its script says", "fine"]
    assert asked(tmp_path) == 2


def test_an_engine_that_died_is_built_again(tmp_path: Path) -> None:
    of = spec(tmp_path, {"contains": "p", "fault": "die", "times": 1})
    first = loading.load_engine(of)
    assert ask(of, "p1", "p2", "p3") == ["fine"] * 3
    assert loading.load_engine(of) is not first


def test_a_prompt_that_kills_the_engine_is_one_error(tmp_path: Path) -> None:
    of = spec(tmp_path, {"contains": "poison", "fault": "die"})
    said = ask(of, "p1", "poison", "p2", "p3")
    assert [said[0], *said[2:]] == ["fine"] * 3
    assert said[1] == "EngineDeadError: the engine died, as its script says"


def test_an_engine_that_keeps_dying_is_given_up(tmp_path: Path) -> None:
    of = spec(tmp_path, {"fault": "die"})
    said = ask(of, *[f"p{n:03}" for n in range(200)])
    assert len(said) == 200
    given_up = [each for each in said if each and each.startswith(f"engine given up after {MAX_REBUILDS} rebuilds")]
    assert len(given_up) > 190
    assert asked(tmp_path) < 1000


def test_a_hang_is_cut_and_the_others_are_answered(tmp_path: Path) -> None:
    of = spec(tmp_path, {"contains": "hang", "fault": "hang"})
    said = ask(of, "p1", "hang", batch_seconds=0.2)
    assert said == ["fine", "HungError: no answer within 0.2 s"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (ModelSpec("fake", "m", arguments=(("script", "/no/such.json"),)), "EngineError: the script /no/such.json"),
        (ModelSpec("llama", "m"), "there is no engine 'llama'; valid are: fake, openai_server, transformers, vllm"),
        (ModelSpec("vllm", "m"), "needs the package vllm, which this worker cannot import"),
    ],
    ids=["no script", "no engine", "no package"],
)
def test_a_model_that_cannot_be_loaded_is_an_error_of_every_prompt(wrong: ModelSpec, said: str) -> None:
    answers = ask(wrong, "p1", "p2")
    assert len(answers) == 2
    assert all(answer and said in answer for answer in answers)


def test_one_engine_serves_all_who_ask_for_the_same_model(tmp_path: Path) -> None:
    of = spec(tmp_path)
    assert loading.load_engine(of) is loading.load_engine(spec(tmp_path))
    other = ModelSpec(of.engine, of.model, dtype="bfloat16", arguments=of.arguments)
    assert loading.load_engine(of) is not loading.load_engine(other)
