"""The small real models of ``make models``, run on the CPU; without them every test here is skipped."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from deploy.setup_models import EMBEDDER, GENERATOR
from tests.e2e.conftest import run_job
from udfs.models.base import Argument, ModelSpec

# A fixture of whole runs, here for a run that asks a real model.
__all__ = ["run_job"]

CONTEXT_TOKENS = 512
# Two cores, or what is left of them on a machine that does other things: nothing spins, nothing is compiled.
_VLLM: dict[str, Argument] = {"enforce_eager": True, "max_num_seqs": 16, "kv_cache_memory_bytes": 64 << 20}

Spec = Callable[[str], ModelSpec]


@pytest.fixture(autouse=True, scope="session")
def _models_are_there() -> None:
    missing = [str(folder) for folder in (GENERATOR, EMBEDDER) if not folder.is_dir()]
    missing += [package for package in ("transformers", "sentence_transformers") if find_spec(package) is None]
    if missing:
        pytest.skip(f"make models prepares what is missing here: {', '.join(missing)}")


def need_vllm() -> None:
    """Skip the test in the environment without vLLM, which is smaller."""
    if find_spec("vllm") is None:
        pytest.skip("make test-models SET=models runs it: vLLM is missing here")


@pytest.fixture(scope="session")
def spec() -> Spec:
    """``spec(engine)``: the real model, run by that engine."""

    def make(engine: str) -> ModelSpec:
        if engine == "vllm":
            need_vllm()
        given = {"context_tokens": CONTEXT_TOKENS, "threads": 2, **(_VLLM if engine == "vllm" else {})}
        return ModelSpec(engine, str(GENERATOR), "", "bfloat16", tuple(sorted(given.items())))

    return make


@pytest.fixture(scope="session")
def embedder() -> ModelSpec:
    return ModelSpec("sentence_transformers", str(EMBEDDER), arguments=(("threads", 2),))


@pytest.fixture(scope="session")
def generator_folder() -> Path:
    return GENERATOR
