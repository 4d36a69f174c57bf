"""vLLM's own server of the OpenAI protocol, in a process of its own."""

import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.processes import end_group, environment

NAME = "small"
_READY_SECONDS = 900


@contextmanager
def running_server(
    model: Path, max_num_seqs: int = 16, threads: int = 2, arguments: Sequence[str] = ()
) -> Iterator[str]:
    """Give the address of a server that holds a model; it ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # `vllm serve` looks for a distribution named vllm, and that of the CPU has another name.
    command = [sys.executable, "-m", "vllm.entrypoints.openai.api_server", "--model", str(model)]
    command += ["--served-model-name", NAME, "--host", "127.0.0.1", "--port", str(port), "--enforce-eager"]
    command += ["--max-model-len", "512", "--max-num-seqs", str(max_num_seqs)]
    command += ["--kv-cache-memory-bytes", str(128 << 20), *arguments]
    settings = {"HF_HUB_OFFLINE": "1", "VLLM_ENABLE_V1_MULTIPROCESSING": "0", "OMP_NUM_THREADS": str(threads)}
    with tempfile.TemporaryFile("w+") as log:
        server = subprocess.Popen(
            command, stdout=log, stderr=log, env={**environment(), **settings}, start_new_session=True
        )

        def said() -> str:
            log.seek(0)
            return log.read()[-3000:]

        try:
            deadline = time.monotonic() + _READY_SECONDS
            while not _is_up(f"http://127.0.0.1:{port}/health"):
                assert server.poll() is None, said()
                assert time.monotonic() < deadline, f"the server did not come up:\n{said()}"
                time.sleep(0.5)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            end_group(server)


def _is_up(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except OSError:
        return False
