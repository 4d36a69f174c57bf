"""What the UDFs of models are measured against: the libraries themselves, in a process that does nothing else.

``python -m tests.benchmarks.bare_models WORK``, a `Work` as JSON, loads a model and does its rows once for each line it
reads.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.models.server import NAME

# What is done once, and the device it is done on.
Loaded = tuple[Callable[[], int], str]


@dataclass(frozen=True)
class Work:
    """What both sides do.

    Attributes:
        kind: ``generation``, ``embedding`` or ``server``.
        engine: What runs the model.
        model: Its folder; of a server, the address.
        n: Rows.
        device: ``cpu`` or ``cuda``.
        dtype: Type of the model's numbers.
        batch: Rows that the engine computes at once.
        threads: Threads that it computes with on a CPU.
        new_tokens: Where an output ends.
        context_tokens: Longest prompt and output together.
        concurrency: Requests to a server at once.
        arguments: Further ones of vLLM.
    """

    kind: str
    engine: str
    model: str
    n: int
    device: str
    dtype: str
    batch: int
    threads: int
    new_tokens: int
    context_tokens: int
    concurrency: int
    arguments: Mapping[str, Any] = field(default_factory=dict)

    def canonical(self) -> str:
        return json.dumps(asdict(self))


def prompts(n: int) -> list[str]:
    """Short requests of several lengths."""
    return [f"Tell me about lighthouse {k} in a few words." + " It stands by the sea." * (k % 7) for k in range(n)]


def texts(n: int) -> list[str]:
    """Texts of one to about forty words."""
    return [f"Row {k}: " + "the keeper of the tower lights the lamp " * (1 + k % 5) for k in range(n)]


def vllm(work: Work) -> Loaded:
    import vllm as library
    from vllm.platforms import current_platform

    llm = library.LLM(
        model=work.model, dtype=work.dtype, max_model_len=work.context_tokens, seed=0, **work.arguments
    )  # fmt: skip
    sampling = library.SamplingParams(max_tokens=work.new_tokens, temperature=0.0, seed=0)
    batches: list[list[Any]] = [[chat(text) for text in batch] for batch in sorted_in_batches(work)]

    def once() -> int:
        outputs = [each for batch in batches for each in llm.chat(batch, sampling, use_tqdm=False)]
        return sum(len(output.outputs[0].token_ids) for output in outputs)

    return once, str(current_platform.device_type)


def transformers(work: Work) -> Loaded:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer: Any = AutoTokenizer.from_pretrained(work.model, padding_side="left")
    model: Any = AutoModelForCausalLM.from_pretrained(work.model, dtype=work.dtype)
    model.to(work.device).eval()
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token
    how = {"max_new_tokens": work.new_tokens, "do_sample": False, "pad_token_id": tokenizer.pad_token_id}

    def write(batch: list[str]) -> int:
        chats = tokenizer.apply_chat_template(list(map(chat, batch)), tokenize=False, add_generation_prompt=True)
        encoded = tokenizer(chats, return_tensors="pt", padding=True, add_special_tokens=False).to(model.device)
        written = model.generate(**encoded, **how)[:, encoded["input_ids"].shape[1] :]
        tokenizer.batch_decode(written, skip_special_tokens=True)
        # What follows the end of an output is padding.
        return int(((written == tokenizer.eos_token_id).cumsum(dim=1) == 0).sum())

    def once() -> int:
        with torch.inference_mode():
            return sum(write(batch) for batch in sorted_in_batches(work))

    return once, str(model.device.type)


def sentence_transformers(work: Work) -> Loaded:
    from sentence_transformers import SentenceTransformer

    model: Any = SentenceTransformer(work.model, device=work.device, model_kwargs={"dtype": work.dtype})
    rows = texts(work.n)

    def once() -> int:
        return len(model.encode(rows, batch_size=work.batch, normalize_embeddings=True, show_progress_bar=False))

    return once, str(model.device.type)


def openai_server(work: Work) -> Loaded:
    """The least a client can do: as many requests at once, each on a connection that is kept."""
    import requests

    rows, session = prompts(work.n), requests.Session()
    session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=work.concurrency))

    def ask(text: str) -> int:
        asked = {"model": NAME, "messages": chat(text), "max_tokens": work.new_tokens}
        answer = session.post(
            f"{work.model}/chat/completions", json={**asked, "temperature": 0.0, "seed": 0}, timeout=600
        )
        return int(answer.json()["usage"]["completion_tokens"])

    threads = ThreadPoolExecutor(work.concurrency)
    return lambda: sum(threads.map(ask, rows)), work.device


def sorted_in_batches(work: Work) -> list[list[str]]:
    """Return prompts in the batches and the order in which the UDF hands them to the engine."""
    rows = prompts(work.n)
    return [sorted(rows[start : start + work.batch], key=len) for start in range(0, work.n, work.batch)]


def chat(text: str) -> list[dict[str, str]]:
    return [{"role": "user", "content": text}]


ENGINES: dict[str, Callable[[Work], Loaded]] = {
    "vllm": vllm,
    "transformers": transformers,
    "sentence_transformers": sentence_transformers,
    "openai_server": openai_server,
}


def main() -> None:
    work = Work(**json.loads(sys.argv[1]))
    os.environ.update(
        OMP_NUM_THREADS=str(work.threads), HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false",
        VLLM_ENABLE_V1_MULTIPROCESSING="0",
    )  # fmt: skip
    # vLLM writes to what it finds as stdout.
    told = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    began = time.perf_counter()
    once, device = ENGINES[work.engine](work)
    print(json.dumps({"load_seconds": time.perf_counter() - began, "device": device}), file=told)
    for _ in sys.stdin:
        began, cpu = time.perf_counter(), time.process_time()
        units = once()
        figures = {"units": units, "seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu}
        print(json.dumps(figures), file=told)


if __name__ == "__main__":
    main()
