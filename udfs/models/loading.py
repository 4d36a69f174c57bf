"""One engine a worker process: loaded when it is first asked for, kept as long as the process lives."""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from udfs.models.base import Embedder, Engine, EngineError, ModelSpec
from udfs.models.fake import FakeEmbedder, FakeEngine
from udfs.models.openai_server import OpenAiServer
from udfs.models.sentence_transformer import SentenceTransformerEmbedder
from udfs.models.transformers_engine import TransformersEngine
from udfs.models.vllm_engine import VllmEngine

ENGINES: Final[Mapping[str, Callable[[ModelSpec], Engine]]] = MappingProxyType(
    {
        "fake": FakeEngine,
        "openai_server": OpenAiServer,
        "transformers": TransformersEngine,
        "vllm": VllmEngine,
    }
)
EMBEDDERS: Final[Mapping[str, Callable[[ModelSpec], Embedder]]] = MappingProxyType(
    {"fake": FakeEmbedder, "sentence_transformers": SentenceTransformerEmbedder}
)

# A module's dictionary outlives the task: the next one in this process finds its model loaded.
_LOADED: dict[ModelSpec, Engine] = {}
# How often this process loaded what: once each, unless an engine died.
LOADS: Counter[ModelSpec] = Counter()


def load_engine(spec: ModelSpec) -> Engine:
    """Return the engine of a model, loading it where this process has none yet.

    Raises:
        EngineError: There is no such engine, its package is not installed, or the model cannot be loaded.
    """
    if spec not in _LOADED:
        if spec.engine not in ENGINES:
            raise EngineError(f"there is no engine {spec.engine!r}; valid are: {', '.join(ENGINES)}")
        _LOADED[spec] = ENGINES[spec.engine](spec)
        LOADS[spec] += 1
    return _LOADED[spec]


def drop_engine(spec: ModelSpec, *, hung: bool = False) -> None:
    """Forget an engine, so that the next one to ask gets a new one.

    Args:
        spec: Its model.
        hung: Whether it still runs what it was asked: to close it might hang too, so it is left alone.
    """
    engine = _LOADED.pop(spec, None)
    if engine is not None and not hung:
        with suppress(Exception):  # an engine that is dead may fail at dying; it is gone either way
            engine.close()


@lru_cache(maxsize=2)
def load_embedder(spec: ModelSpec) -> Embedder:
    """Return the embedder of a model, loading it where this process has none yet.

    Raises:
        EngineError: There is no such engine, its package is not installed, or the model cannot be loaded.
    """
    if spec.engine not in EMBEDDERS:
        raise EngineError(f"there is no engine {spec.engine!r}; valid are: {', '.join(EMBEDDERS)}")
    embedder = EMBEDDERS[spec.engine](spec)
    LOADS[spec] += 1
    return embedder
