"""Specifications, ids, the models that are none, and the ones whose packages are not installed here."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from udfs.devices import requested, show_device
from udfs.models.base import EngineDeadError, EngineError, GenerationParams, ModelSpec, Prompt, failed, prompt_id
from udfs.models.fake import FakeEmbedder, FakeEngine
from udfs.models.loading import load_embedder
from udfs.models.packages import use_threads
from udfs.models.sentence_transformer import SentenceTransformerEmbedder
from udfs.models.vllm_engine import VllmEngine

PARAMS = GenerationParams()


def test_the_id_of_a_prompt_depends_on_all_that_its_answer_depends_on() -> None:
    base = ("m", "r", PARAMS, Prompt("text", "system"))
    others = [
        ("m2", "r", PARAMS, Prompt("text", "system")),
        ("m", "r2", PARAMS, Prompt("text", "system")),
        ("m", "r", GenerationParams(temperature=0.5), Prompt("text", "system")),
        ("m", "r", PARAMS, Prompt("text2", "system")),
        ("m", "r", PARAMS, Prompt("text", "system2")),
        ("m", "r", PARAMS, Prompt("systemtext", "")),
    ]
    ids = [prompt_id(*each) for each in [base, *others]]
    assert len(set(ids)) == len(ids)
    assert prompt_id(*base) == ids[0]
    assert len(ids[0]) == 32


def test_an_error_is_short_enough_to_keep() -> None:
    assert len(failed("x" * 10_000).error or "") == 500


def test_the_fake_writes_what_its_script_says(tmp_path: Path) -> None:
    script = tmp_path / "script.json"
    script.write_text(json.dumps([{"contains": "cut", "text": "a b c"}, {"text": "{n}", "finish_reason": "length"}]))
    engine = FakeEngine(ModelSpec("fake", "m", arguments=(("script", str(script)),)))
    cut, number = engine.generate([Prompt("cut me"), Prompt("x")], GenerationParams(max_new_tokens=2))
    assert (cut.text, cut.finish_reason, cut.prompt_tokens, cut.completion_tokens) == ("a b", "length", 2, 2)
    assert number.text.isdigit()
    assert number.finish_reason == "length"


@pytest.mark.parametrize("content", ["{", '{"text": "x"}', '["x"]', '[{"fault": "explode"}]'])
def test_a_script_that_is_none_is_refused(tmp_path: Path, content: str) -> None:
    script = tmp_path / "script.json"
    script.write_text(content)
    with pytest.raises(EngineError, match="the script"):
        FakeEngine(ModelSpec("fake", "m", arguments=(("script", str(script)),)))


def test_fake_vectors_have_length_1_and_are_equal_for_equal_words() -> None:
    rows = FakeEmbedder(ModelSpec("fake", "m")).embed(["one two", "Two one", "", "three"])
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0)
    assert np.allclose(rows[0], rows[1])
    assert not np.allclose(rows[0], rows[3])


def test_an_unknown_embedder_names_the_known_ones() -> None:
    with pytest.raises(EngineError, match="valid are: fake, sentence_transformers"):
        load_embedder(ModelSpec("word2vec", "m"))


def test_an_embedder_without_its_package_says_what_to_install() -> None:
    with pytest.raises(EngineError, match=r"pip install 'instructlake\[models\]'"):
        SentenceTransformerEmbedder(ModelSpec("sentence_transformers", "m"))


def test_no_package_of_a_model_is_imported_with_the_packages_of_this_program() -> None:
    code = (
        "import sys, etl.main, udfs.generation, udfs.embedding, udfs.models.loading\n"
        "heavy = {'torch', 'vllm', 'transformers', 'sentence_transformers', 'faiss'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("environment", "given", "partition", "visible"),
    [
        ({}, ["3"], 0, "3"),
        ({"CUDA_VISIBLE_DEVICES": "0,1"}, ["1"], 0, "1"),
        ({"CUDA_VISIBLE_DEVICES": "4,5"}, [], 3, "5"),
        ({}, [], 3, None),
        ({"CUDA_VISIBLE_DEVICES": "2", "INSTRUCTLAKE_DEVICE": "2"}, ["7"], 0, "2"),
    ],
)
def test_a_worker_sees_the_gpu_of_its_task(
    environment: dict[str, str], given: list[str], partition: int, visible: str | None
) -> None:
    show_device(environment, given, partition)
    assert environment.get("CUDA_VISIBLE_DEVICES") == visible


class FakeVllm:
    """As much of vLLM as the engine uses, with answers that are the length of what was asked."""

    max_model_len = 20
    raises: Exception | None = None

    def __init__(self, **arguments: Any) -> None:
        self.arguments = arguments
        self.llm_engine = SimpleNamespace(model_config=SimpleNamespace(max_model_len=self.max_model_len))

    def get_tokenizer(self) -> Any:
        return SimpleNamespace(
            encode=lambda text, add_special_tokens: list(range(len(text.split()))),
            apply_chat_template=lambda turns, tokenize, add_generation_prompt: " ".join(t["content"] for t in turns),
        )

    def generate(self, asked: list[dict[str, Any]], sampling: Any, use_tqdm: bool) -> list[Any]:
        if self.raises:
            raise self.raises
        return [
            SimpleNamespace(
                prompt_token_ids=each["prompt_token_ids"],
                outputs=[SimpleNamespace(text=f"{len(each['prompt_token_ids'])}", finish_reason="stop", token_ids=[1])],
            )
            for each in asked
        ]


@pytest.fixture
def vllm(monkeypatch: pytest.MonkeyPatch) -> type[FakeVllm]:
    module = SimpleNamespace(LLM=FakeVllm, SamplingParams=SimpleNamespace)
    monkeypatch.setitem(sys.modules, "vllm", module)  # type: ignore[arg-type]
    monkeypatch.setattr(FakeVllm, "raises", None)
    return FakeVllm


def test_vllm_answers_all_but_the_prompt_that_is_too_long(vllm: type[FakeVllm]) -> None:
    engine = VllmEngine(ModelSpec("vllm", "m", arguments=(("context_tokens", 20), ("max_num_seqs", 4))))
    assert engine._llm.arguments["max_model_len"] == 20
    assert engine._llm.arguments["max_num_seqs"] == 4
    answers = engine.generate([Prompt("a b"), Prompt("w " * 15), Prompt("a b c", "s")], GenerationParams(10))
    assert [answer.text for answer in answers] == ["2", "", "4"]
    assert answers[1].error == "prompt of 15 tokens is too long for a context of 20"


def test_a_dead_vllm_is_told_from_a_bad_batch(vllm: type[FakeVllm], monkeypatch: pytest.MonkeyPatch) -> None:
    engine = VllmEngine(ModelSpec("vllm", "m"))
    monkeypatch.setattr(FakeVllm, "raises", type("OutOfMemoryError", (RuntimeError,), {})("no memory"))
    with pytest.raises(EngineDeadError, match="no memory"):
        engine.generate([Prompt("a")], GenerationParams(10))
    monkeypatch.setattr(FakeVllm, "raises", ValueError("bad"))
    with pytest.raises(ValueError, match="bad"):
        engine.generate([Prompt("a")], GenerationParams(10))


def test_without_a_number_of_gpus_a_stage_asks_for_nothing() -> None:
    assert requested(None) == {}


def test_an_engine_computes_with_its_own_number_of_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    use_threads(ModelSpec("vllm", "m"))
    assert os.environ["OMP_NUM_THREADS"] == "1"
    use_threads(ModelSpec("vllm", "m", arguments=(("threads", 4),)))
    assert os.environ["OMP_NUM_THREADS"] == "4"
