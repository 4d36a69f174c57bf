"""A model in transformers: slow, and runs wherever torch does."""

import os
from collections.abc import Sequence
from typing import Any

from udfs.models.base import (
    LENGTH,
    STOP,
    Completion,
    EngineDeadError,
    EngineError,
    GenerationParams,
    ModelSpec,
    Prompt,
    failed,
)
from udfs.models.packages import needed, use_threads


class TransformersEngine:
    """A causal model and its tokenizer; a batch is padded on the left and generated at once."""

    def __init__(self, spec: ModelSpec) -> None:
        use_threads(spec)
        self._torch = needed("torch", "the engine transformers")
        library = needed("transformers", "the engine transformers")
        revision = "main" if os.path.isdir(spec.model) else spec.revision or "main"  # noqa: PTH112 - may be a name
        try:
            self._tokenizer = library.AutoTokenizer.from_pretrained(
                spec.model, revision=revision, padding_side="left", truncation_side="left"
            )
            self._model = library.AutoModelForCausalLM.from_pretrained(spec.model, revision=revision, dtype=spec.dtype)
        except Exception as error:
            raise EngineError(f"transformers cannot load {spec.model}: {type(error).__name__}: {error}") from error
        found = "cuda" if self._torch.cuda.is_available() else "cpu"
        self._model.to(str(spec.argument("device", found))).eval()
        if self._tokenizer.pad_token_id is None:
            self._tokenizer.pad_token = self._tokenizer.eos_token
        known = int(getattr(self._model.config, "max_position_embeddings", 0) or 2048)
        self._context = int(spec.argument("context_tokens", known)) or known

    def generate(self, prompts: Sequence[Prompt], params: GenerationParams) -> list[Completion]:
        """Return the outputs; a prompt longer than the model's context gets an error of its own."""
        texts = [self._text(prompt, chat=params.chat) for prompt in prompts]
        lengths = [len(ids) for ids in self._tokenizer(texts, add_special_tokens=not params.chat)["input_ids"]]
        limit = self._context - params.max_new_tokens
        fits = [number for number, length in enumerate(lengths) if length <= limit]
        made = dict(zip(fits, self._write([texts[number] for number in fits], params), strict=True)) if fits else {}
        return [
            made.get(number) or failed(f"prompt of {length} tokens is too long for a context of {self._context}")
            for number, length in enumerate(lengths)
        ]

    def close(self) -> None:
        """Let go of the model."""
        del self._model

    def _write(self, texts: list[str], params: GenerationParams) -> list[Completion]:
        encoded = self._tokenizer(texts, return_tensors="pt", padding=True, add_special_tokens=not params.chat)
        encoded = encoded.to(self._model.device)
        drawn = {"do_sample": True, "temperature": params.temperature, "top_p": params.top_p}
        how: dict[str, Any] = drawn if params.temperature > 0 else {"do_sample": False}
        self._torch.manual_seed(params.seed)
        try:
            with self._torch.inference_mode():
                written = self._model.generate(
                    **encoded,
                    max_new_tokens=params.max_new_tokens,
                    pad_token_id=self._tokenizer.pad_token_id,
                    **how,
                )
        except self._torch.OutOfMemoryError as error:
            raise EngineDeadError(f"transformers ran out of memory: {error}") from error
        read = encoded["input_ids"].shape[1]
        n_read = encoded["attention_mask"].sum(dim=1).tolist()
        return [self._completion(ids[read:], n, params) for ids, n in zip(written, n_read, strict=True)]

    def _completion(self, ids: Any, n_read: int, params: GenerationParams) -> Completion:
        # What follows the end of an output is padding, and padding may be the end's own token.
        ends = (ids == self._tokenizer.eos_token_id).nonzero()
        n_written = int(ends[0]) if len(ends) else len(ids)
        text = self._tokenizer.decode(ids[:n_written], skip_special_tokens=True)
        stops = [place for stop in params.stop if (place := text.find(stop)) >= 0]
        ended = bool(stops) or len(ends) > 0
        return Completion(text[: min(stops)] if stops else text, STOP if ended else LENGTH, None, n_read, n_written)

    def _text(self, prompt: Prompt, *, chat: bool) -> str:
        if not chat or not self._tokenizer.chat_template:
            return prompt.text
        turns = [{"role": "system", "content": prompt.system}] if prompt.system else []
        turns.append({"role": "user", "content": prompt.text})
        return str(self._tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True))
