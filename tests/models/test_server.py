"""A server of the OpenAI protocol that holds a real model, asked over the wire."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from tests.e2e.processes import end_group, environment
from udfs.generation import complete
from udfs.guarded import Limits
from udfs.models.base import GenerationParams, ModelSpec

pytestmark = [pytest.mark.models, pytest.mark.spark, pytest.mark.timeout(1200)]

NAME = "small"
_READY_SECONDS = 900


@pytest.fixture(scope="module")
def url(generator_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log"
    command = [sys.executable, "-m", "vllm.entrypoints.openai.api_server", "--model", str(generator_folder)]
    command += ["--served-model-name", NAME, "--host", "127.0.0.1", "--port", str(port), "--enforce-eager"]
    command += ["--max-model-len", "512", "--max-num-seqs", "16", "--kv-cache-memory-bytes", str(64 << 20)]
    offline = {**environment(), "HF_HUB_OFFLINE": "1", "VLLM_ENABLE_V1_MULTIPROCESSING": "0"}
    with log.open("w") as file:
        server = subprocess.Popen(command, stdout=file, stderr=file, env=offline, start_new_session=True)
        try:
            _wait(f"http://127.0.0.1:{port}/health", server, log)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            end_group(server)


def _wait(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, log.read_text()[-3000:]
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"the server did not come up:\n{log.read_text()[-3000:]}")


def test_a_real_server_answers_what_it_can(spark: SparkSession, url: str) -> None:
    texts = ["Name three colours.", None, "word " * 1000, "Write a poem.", "Say yes."]
    asked = [(number, "Be brief.", text) for number, text in enumerate(texts)]
    rows = spark.createDataFrame(asked, "number int, system string, prompt string")
    spec = ModelSpec("openai_server", NAME, arguments=(("retries", 1), ("timeout_seconds", 600.0), ("url", url)))
    how = GenerationParams(max_new_tokens=12, stop=("\n\n",))
    made = complete(rows.coalesce(1), spec, how, batch_size=8, limits=Limits(60, None)).collect()
    found = {row["number"]: row for row in made}
    assert found[1]["error"] == "the prompt is empty"
    # What the server says of a prompt it does not take is that prompt's error.
    assert "the server said 400" in found[2]["error"]
    for number in (0, 3, 4):
        row = found[number]
        assert (row["error"], bool(row["completion"].strip())) == (None, True)
        assert row["finish_reason"] in ("stop", "length")
        assert row["prompt_tokens"] > 10
        assert 0 < row["completion_tokens"] <= 12
