"""vLLM within the worker process."""

import os
from collections.abc import Sequence
from typing import Any, Final

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
from udfs.models.packages import THREADS, needed, use_threads

# Set before the import. In-process, because a worker that is killed leaves the engine's own processes behind with
# the GPU's memory; spawned where vLLM needs processes all the same, because a fork cannot use a GPU. Errors only: else
# it writes some fifty lines while it loads, and on a CPU one a batch, between those of the run.
_ENVIRONMENT: Final = {
    "VLLM_ENABLE_V1_MULTIPROCESSING": "0",
    "VLLM_WORKER_MULTIPROC_METHOD": "spawn",
    "VLLM_LOGGING_LEVEL": "ERROR",
}
# Arguments of ours, not of vLLM.
_OWN: Final = ("context_tokens", THREADS)
_DEAD: Final = ("EngineDeadError", "OutOfMemoryError", "AcceleratorError")


class VllmEngine:
    """A model in vLLM; a whole batch is handed over at once, and vLLM schedules it."""

    def __init__(self, spec: ModelSpec) -> None:
        for name, value in _ENVIRONMENT.items():
            os.environ.setdefault(name, value)
        use_threads(spec)
        self._vllm = needed("vllm", "the engine vllm")
        arguments: dict[str, Any] = {name: value for name, value in spec.arguments if name not in _OWN}
        if context := int(spec.argument("context_tokens", 0)):
            arguments["max_model_len"] = context
        try:
            self._llm: Any = self._vllm.LLM(
                model=spec.model,
                # The revision of a folder is its fingerprint, which no hub knows.
                revision=None if os.path.isdir(spec.model) else spec.revision or None,  # noqa: PTH112 - may be a name
                dtype=spec.dtype,
                seed=0,
                **arguments,
            )
        except Exception as error:
            raise EngineError(f"vLLM cannot load {spec.model}: {type(error).__name__}: {error}") from error

    def generate(self, prompts: Sequence[Prompt], params: GenerationParams) -> list[Completion]:
        """Return the outputs; a prompt longer than the model's context gets an error of its own."""
        sampling = self._vllm.SamplingParams(
            max_tokens=params.max_new_tokens,
            temperature=params.temperature,
            top_p=params.top_p,
            stop=list(params.stop) or None,
            seed=params.seed,
        )
        try:
            texts = [self._text(prompt, chat=params.chat) for prompt in prompts]
            tokenizer, limit = self._llm.get_tokenizer(), self._llm.llm_engine.model_config.max_model_len
            ids = [tokenizer.encode(text, add_special_tokens=not params.chat) for text in texts]
            # vLLM refuses the whole batch for one prompt that is too long.
            fits = [number for number, each in enumerate(ids) if len(each) + params.max_new_tokens <= limit]
            asked = [{"prompt_token_ids": ids[number]} for number in fits]
            outputs = self._llm.generate(asked, sampling, use_tqdm=False) if asked else []
        except Exception as error:
            if type(error).__name__ in _DEAD:
                raise EngineDeadError(f"vLLM died: {type(error).__name__}: {error}") from error
            raise
        made = dict(zip(fits, (_completion(output) for output in outputs), strict=True))
        return [
            made.get(number) or failed(f"prompt of {len(each)} tokens is too long for a context of {limit}")
            for number, each in enumerate(ids)
        ]

    def close(self) -> None:
        """Let go of the engine and of the memory of its GPU."""
        del self._llm

    def _text(self, prompt: Prompt, *, chat: bool) -> str:
        if not chat:
            return prompt.text
        turns = [{"role": "system", "content": prompt.system}] if prompt.system else []
        turns.append({"role": "user", "content": prompt.text})
        return str(self._llm.get_tokenizer().apply_chat_template(turns, tokenize=False, add_generation_prompt=True))


def _completion(output: Any) -> Completion:
    first = output.outputs[0]
    reason = LENGTH if first.finish_reason == "length" else STOP
    return Completion(first.text, reason, None, len(output.prompt_token_ids), len(first.token_ids))
