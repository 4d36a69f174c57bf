"""Any server that speaks the OpenAI protocol: vLLM's own, others on the network, or a service that is paid."""

import hashlib
import http.client
import json
import os
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final
from urllib.parse import urlsplit

from udfs.models.base import LENGTH, STOP, Completion, EngineError, GenerationParams, ModelSpec, Prompt, failed

# What another attempt may cure; any other status is an answer about the prompt.
RETRIED: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_FIRST_PAUSE_SECONDS: Final = 0.5
_LONGEST_PAUSE_SECONDS: Final = 30.0
# An answer of some thousand tokens is some kilobytes; a server that sends without end is cut off.
_MAX_ANSWER_BYTES: Final = 8_000_000
_READ_BYTES: Final = 65_536


class _RetryableError(Exception):
    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class OpenAiServer:
    """A client of one server: some prompts at once, each asked again while the fault may be the server's.

    Arguments of the specification: `url` up to and with ``/v1``; `api_key_env`, the environment variable of the
    worker that holds a key; `concurrency`; `timeout_seconds` of one request as a whole; `retries` after the first.
    """

    def __init__(self, spec: ModelSpec, pause: Callable[[float], None] = time.sleep) -> None:
        url = urlsplit(str(spec.argument("url", "")))
        if url.scheme not in ("http", "https") or not url.hostname:
            raise EngineError(f"the address {url.geturl()!r} of the server is none; valid: http://host:8000/v1")
        self._url = url
        self._model = spec.model
        self._timeout = float(spec.argument("timeout_seconds", 120.0))
        self._retries = int(spec.argument("retries", 5))
        self._pause = pause
        self._headers = {"Content-Type": "application/json", **_key(str(spec.argument("api_key_env", "")))}
        self._threads = ThreadPoolExecutor(int(spec.argument("concurrency", 16)), "openai-server")
        self._own = threading.local()

    def generate(self, prompts: Sequence[Prompt], params: GenerationParams) -> list[Completion]:
        """Return the answers; what the server does not answer in time is an error of that prompt."""
        return list(self._threads.map(lambda prompt: self._ask(prompt, params), prompts))

    def close(self) -> None:
        """End the threads; requests under way end by themselves."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _ask(self, prompt: Prompt, params: GenerationParams) -> Completion:
        path, body = self._request(prompt, params)
        for attempt in range(self._retries + 1):
            try:
                return self._post(path, body)
            except _RetryableError as error:
                if attempt == self._retries:
                    return failed(f"{error}, after {attempt + 1} attempts")
                self._pause(_pause_seconds(body, attempt, error.after))
            except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
                return failed(f"the server's answer is not of the protocol: {type(error).__name__}: {error}")
        raise AssertionError("unreachable")

    def _request(self, prompt: Prompt, params: GenerationParams) -> tuple[str, bytes]:
        asked: dict[str, Any] = {
            "model": self._model,
            "max_tokens": params.max_new_tokens,
            "temperature": params.temperature,
            "top_p": params.top_p,
            "seed": params.seed,
        }
        if params.stop:
            asked["stop"] = list(params.stop)
        if params.chat:
            turns = [{"role": "system", "content": prompt.system}] if prompt.system else []
            asked["messages"] = [*turns, {"role": "user", "content": prompt.text}]
        else:
            asked["prompt"] = prompt.text
        path = self._url.path.rstrip("/") + ("/chat/completions" if params.chat else "/completions")
        return path, json.dumps(asked).encode()

    def _post(self, path: str, body: bytes) -> Completion:
        connection, deadline = self._connection(), time.monotonic() + self._timeout
        try:
            connection.request("POST", path, body, self._headers)
            response = connection.getresponse()
            answer = _read(response, connection, deadline)
        except (OSError, http.client.HTTPException) as error:
            # Whatever is still under way on this connection belongs to a request that was given up.
            self._own.connection = None
            connection.close()
            said = "no answer in time" if isinstance(error, TimeoutError) else f"{type(error).__name__}: {error}"
            raise _RetryableError(f"the server gave {said}") from error
        if response.status in RETRIED:
            raise _RetryableError(f"the server said {response.status}", _after(response.headers.get("Retry-After")))
        if response.status != http.client.OK:
            return failed(f"the server said {response.status}: {answer[:300].decode('utf-8', 'replace')}")
        return _completion(json.loads(answer))

    def _connection(self) -> http.client.HTTPConnection:
        """Return this thread's connection, which is kept between requests."""
        kept: http.client.HTTPConnection | None = getattr(self._own, "connection", None)
        if kept is None:
            host, port = str(self._url.hostname), self._url.port
            if self._url.scheme == "https":
                context = ssl.create_default_context()
                kept = http.client.HTTPSConnection(host, port, timeout=self._timeout, context=context)
            else:
                kept = http.client.HTTPConnection(host, port, timeout=self._timeout)
            self._own.connection = kept
        return kept


def _read(response: http.client.HTTPResponse, connection: http.client.HTTPConnection, deadline: float) -> bytes:
    """Return the body; a server that sends a byte now and then runs into the deadline as a silent one does."""
    held = bytearray()
    while chunk := response.read1(_READ_BYTES):
        held += chunk
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if len(held) > _MAX_ANSWER_BYTES:
            raise http.client.HTTPException(f"an answer of more than {_MAX_ANSWER_BYTES} bytes")
        if connection.sock is not None:
            connection.sock.settimeout(left)
    # Reading piece by piece does not tell the connection that this response is over and the next may be asked for.
    response.close()
    if connection.sock is not None:
        connection.sock.settimeout(connection.timeout)
    return bytes(held)


def _completion(answer: Mapping[str, Any]) -> Completion:
    choice, used = answer["choices"][0], answer.get("usage") or {}
    text = choice["message"]["content"] if "message" in choice else choice["text"]
    reason = LENGTH if choice.get("finish_reason") == "length" else STOP
    return Completion(
        str(text or ""), reason, None, int(used.get("prompt_tokens", 0)), int(used.get("completion_tokens", 0))
    )


def _pause_seconds(body: bytes, attempt: int, after: float | None) -> float:
    """Return how long to wait: twice as long each time, spread by a hash so that prompts do not come back at once."""
    longest = min(_LONGEST_PAUSE_SECONDS, _FIRST_PAUSE_SECONDS * 2.0**attempt)
    spread = int.from_bytes(hashlib.sha256(body + bytes([attempt % 256])).digest()[:4]) / 2**32
    return max(longest * (0.5 + spread / 2), min(after or 0.0, _LONGEST_PAUSE_SECONDS))


def _after(said: str | None) -> float | None:
    """Return the seconds a server asks to wait for; None where it asks for none, or for a time of day."""
    # Digits only: `nan` and `inf` are floats too.
    return float(said) if said and said.isascii() and said.isdigit() else None


def _key(variable: str) -> dict[str, str]:
    if not variable:
        return {}
    key = os.environ.get(variable, "")
    if not key:
        raise EngineError(f"the environment variable {variable} holds no key in this worker; set it there")
    return {"Authorization": f"Bearer {key}"}
