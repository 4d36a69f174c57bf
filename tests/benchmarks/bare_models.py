"""What the UDFs of models are measured against: the libraries themselves, in a process that does nothing else.

``python -m tests.benchmarks.bare_models KIND`` loads a model and does its rows once for each line it reads.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.models.server import NAME

THREADS = int(os.environ.get("INSTRUCTLAKE_BENCH_THREADS", "2"))
BATCH = 32
NEW_TOKENS = 24
CONTEXT_TOKENS = 1024
CONCURRENCY = 16
VLLM: dict[str, Any] = {"enforce_eager": True, "max_num_seqs": BATCH, "kv_cache_memory_bytes": 256 << 20}


def prompts(n: int) -> list[str]:
    """Short requests of several lengths."""
    return [f"Tell me about lighthouse {k} in a few words." + " It stands by the sea." * (k % 7) for k in range(n)]


def texts(n: int) -> list[str]:
    """Texts of one to about forty words."""
    return [f"Row {k}: " + "the keeper of the tower lights the lamp " * (1 + k % 5) for k in range(n)]


def vllm(folder: str, n: int) -> Callable[[], int]:
    import vllm as library

    llm = library.LLM(model=folder, dtype="bfloat16", max_model_len=CONTEXT_TOKENS, seed=0, **VLLM)
    sampling = library.SamplingParams(max_tokens=NEW_TOKENS, temperature=0.0, seed=0)
    chats: list[Any] = [[{"role": "user", "content": text}] for text in sorted_in_batches(prompts(n))]

    def once() -> int:
        n_tokens = 0
        for start in range(0, n, BATCH):
            for output in llm.chat(chats[start : start + BATCH], sampling, use_tqdm=False):
                n_tokens += len(output.outputs[0].token_ids)
        return n_tokens

    return once


def sentence_transformers(folder: str, n: int) -> Callable[[], int]:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(folder)
    rows = texts(n)

    def once() -> int:
        return len(model.encode(rows, batch_size=64, normalize_embeddings=True, show_progress_bar=False))

    return once


def server(url: str, n: int) -> Callable[[], int]:
    """The least a client can do: as many requests at once, each on a connection that is kept."""
    import requests

    rows, session = prompts(n), requests.Session()
    session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=CONCURRENCY))

    def ask(text: str) -> int:
        asked = {"model": NAME, "messages": [{"role": "user", "content": text}], "max_tokens": NEW_TOKENS}
        answer = session.post(f"{url}/chat/completions", json={**asked, "temperature": 0.0, "seed": 0}, timeout=600)
        return int(answer.json()["usage"]["completion_tokens"])

    threads = ThreadPoolExecutor(CONCURRENCY)
    return lambda: sum(threads.map(ask, rows))


def sorted_in_batches(rows: list[str]) -> list[str]:
    """Return rows in the batches and the order in which the UDF hands them to the engine."""
    return [row for start in range(0, len(rows), BATCH) for row in sorted(rows[start : start + BATCH], key=len)]


KINDS: dict[str, Callable[[str, int], Callable[[], int]]] = {
    "generation": vllm,
    "embedding": sentence_transformers,
    "server": server,
}


def main() -> None:
    kind, what, n = sys.argv[1:]
    os.environ.update(
        OMP_NUM_THREADS=str(THREADS), HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false",
        VLLM_ENABLE_V1_MULTIPROCESSING="0",
    )  # fmt: skip
    # vLLM writes to what it finds as stdout.
    told = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    began = time.perf_counter()
    once = KINDS[kind](what, int(n))
    print(json.dumps({"load_seconds": time.perf_counter() - began}), file=told)
    for _ in sys.stdin:
        began, cpu = time.perf_counter(), time.process_time()
        units = once()
        figures = {"units": units, "seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu}
        print(json.dumps(figures), file=told)


if __name__ == "__main__":
    main()
