"""Vectors of texts by sentence-transformers."""

import os
from collections.abc import Sequence
from typing import Final

import numpy as np

from udfs.models.base import EngineError, ModelSpec, Vectors
from udfs.models.packages import needed, use_threads

_BATCH: Final = 64


class SentenceTransformerEmbedder:
    """A model of sentence-transformers; it sorts a batch by length itself."""

    def __init__(self, spec: ModelSpec) -> None:
        use_threads(spec)
        library = needed("sentence_transformers", "the engine sentence_transformers")
        revision = None if os.path.isdir(spec.model) else spec.revision or None  # noqa: PTH112 - may be a name
        # Absent, the library takes the GPU that it sees, or the CPU.
        device = str(spec.argument("device", "")) or None
        try:
            self._model = library.SentenceTransformer(
                spec.model,
                revision=revision,
                device=device,
                model_kwargs=None if spec.dtype == "auto" else {"dtype": spec.dtype},
            )
        except Exception as error:
            raise EngineError(
                f"sentence-transformers cannot load {spec.model}: {type(error).__name__}: {error}"
            ) from error
        self._batch = int(spec.argument("batch_size", _BATCH))

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return a row of length 1 for each text."""
        if not texts:
            return np.zeros((0, int(self._model.get_sentence_embedding_dimension())), dtype=np.float32)
        rows = self._model.encode(
            list(texts), batch_size=self._batch, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(rows, dtype=np.float32)
