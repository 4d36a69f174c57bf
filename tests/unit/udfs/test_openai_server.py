"""The client of an OpenAI-compatible server, against a server in this process that misbehaves on request."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from udfs.models.base import EngineError, GenerationParams, ModelSpec, Prompt
from udfs.models.openai_server import OpenAiServer


class Server(ThreadingHTTPServer):
    """Answers with what `script` holds for a prompt, one entry an attempt, the last one for good."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script: dict[str, list[Any]] = {}
        self.asked: list[dict[str, Any]] = []
        self.headers_seen: list[str | None] = []
        self.lock = threading.Lock()
        self.at_once = self.most_at_once = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = body["messages"][-1]["content"] if "messages" in body else body["prompt"]
        with self.server.lock:
            self.server.asked.append({"path": self.path, **body})
            self.server.headers_seen.append(self.headers.get("Authorization"))
            said = self.server.script.get(text, [200])
            what = said.pop(0) if len(said) > 1 else said[0]
            self.server.at_once += 1
            self.server.most_at_once = max(self.server.most_at_once, self.server.at_once)
        if what == "slow":
            time.sleep(0.2)
        with self.server.lock:
            # Before the answer is sent: the client may ask again as soon as it has it.
            self.server.at_once -= 1
        with suppress(OSError):
            self.answer(what, text, chat="messages" in body)

    def answer(self, what: Any, text: str, chat: bool) -> None:
        if what == "hang":
            time.sleep(2.5)
            return
        if what == "drop":
            self.connection.close()
            return
        if what == "trickle":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            for _ in range(30):
                self.wfile.write(b" ")
                time.sleep(0.1)
            return
        status = what if isinstance(what, int) else 200
        choice = {"message": {"content": f"re: {text}"}} if chat else {"text": f"re: {text}"}
        content = {
            "choices": [{**choice, "finish_reason": "length" if what == "long" else "stop"}],
            "usage": {"prompt_tokens": 3, "completion_tokens": 5},
        }
        data = b"<html>" if what == "garbled" else json.dumps({} if what == "empty" else content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        if status == 429:
            self.send_header("Retry-After", "7")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield running
        running.shutdown()


def client(server: Server, pauses: list[float] | None = None, **arguments: Any) -> OpenAiServer:
    given = {"url": server.url, "retries": 2, "timeout_seconds": 30.0, "concurrency": 4, **arguments}
    noted: list[float] = [] if pauses is None else pauses
    return OpenAiServer(ModelSpec("openai_server", "m", arguments=tuple(given.items())), pause=noted.append)


def test_answers_come_in_the_order_of_the_prompts_with_their_tokens(server: Server) -> None:
    answers = client(server).generate([Prompt(f"p{n}") for n in range(9)], GenerationParams())
    assert [answer.text for answer in answers] == [f"re: p{n}" for n in range(9)]
    assert {answer[1:] for answer in answers} == {("stop", None, 3, 5)}


def test_a_chat_is_asked_with_its_system_and_a_text_goes_on_where_it_ends(server: Server) -> None:
    engine = client(server)
    engine.generate([Prompt("hello", "be brief")], GenerationParams(max_new_tokens=7, stop=("###",)))
    engine.generate([Prompt("once upon")], GenerationParams(chat=False))
    chat, text = server.asked
    assert chat["path"] == "/v1/chat/completions"
    assert chat["messages"] == [{"role": "system", "content": "be brief"}, {"role": "user", "content": "hello"}]
    assert (chat["max_tokens"], chat["stop"], chat["temperature"], chat["model"]) == (7, ["###"], 0.0, "m")
    assert (text["path"], text["prompt"]) == ("/v1/completions", "once upon")


@pytest.mark.parametrize("fault", [429, 500, 503, "drop", "hang", "trickle"])
def test_a_fault_of_the_server_is_asked_again(server: Server, fault: Any) -> None:
    server.script = {"p": [fault, fault, 200]}
    assert client(server, timeout_seconds=1.0).generate([Prompt("p")], GenerationParams())[0].text == "re: p"
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (429, "the server said 429, after 3 attempts"),
        (500, "the server said 500, after 3 attempts"),
        ("hang", "the server gave no answer in time, after 3 attempts"),
        ("trickle", "the server gave no answer in time, after 3 attempts"),
    ],
)
def test_a_fault_that_lasts_is_an_error_of_its_prompt_only(server: Server, fault: Any, said: str) -> None:
    server.script = {"bad": [fault]}
    bad, good = client(server, timeout_seconds=1.0).generate([Prompt("bad"), Prompt("good")], GenerationParams())
    assert (bad.text, bad.finish_reason, bad.error) == ("", "error", said)
    assert good.text == "re: good"


@pytest.mark.parametrize(("fault", "said"), [(400, "the server said 400: "), ("garbled", "the server's answer is not")])
def test_what_no_other_attempt_cures_is_not_asked_again(server: Server, fault: Any, said: str) -> None:
    server.script = {"p": [fault]}
    (answer,) = client(server).generate([Prompt("p")], GenerationParams())
    assert answer.error is not None
    assert answer.error.startswith(said)
    assert len(server.asked) == 1


def test_an_answer_without_choices_is_an_error(server: Server) -> None:
    server.script = {"p": ["empty"]}
    assert "KeyError" in str(client(server).generate([Prompt("p")], GenerationParams())[0].error)


def test_an_output_that_was_cut_off_says_so(server: Server) -> None:
    server.script = {"p": ["long"]}
    assert client(server).generate([Prompt("p")], GenerationParams())[0].finish_reason == "length"


def test_pauses_grow_differ_between_prompts_and_heed_what_the_server_asks(server: Server) -> None:
    pauses: list[float] = []
    server.script = {"p": [500], "q": [500], "r": [429]}
    engine = client(server, pauses, retries=3, concurrency=1)
    engine.generate([Prompt("p")], GenerationParams())
    first = pauses.copy()
    assert first == sorted(first)
    assert [0.25 * 2**n <= pause <= 0.5 * 2**n for n, pause in enumerate(first)] == [True] * 3
    engine.generate([Prompt("q")], GenerationParams())
    assert pauses[3:] != first
    pauses.clear()
    engine.generate([Prompt("r")], GenerationParams())
    assert pauses == [7.0] * 3


def test_no_more_requests_are_under_way_than_allowed(server: Server) -> None:
    server.script = {f"p{n}": ["slow"] for n in range(12)}
    client(server, concurrency=3).generate([Prompt(f"p{n}") for n in range(12)], GenerationParams())
    assert server.most_at_once == 3


def test_the_key_comes_from_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EngineError, match="the environment variable SERVER_KEY holds no key in this worker"):
        client(server, api_key_env="SERVER_KEY")
    monkeypatch.setenv("SERVER_KEY", "sesame")
    client(server, api_key_env="SERVER_KEY").generate([Prompt("p")], GenerationParams())
    assert server.headers_seen == ["Bearer sesame"]


@pytest.mark.parametrize("url", ["", "localhost:8000", "file:///etc/passwd", "ftp://host/v1"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(EngineError, match="valid: http://host:8000/v1"):
        OpenAiServer(ModelSpec("openai_server", "m", arguments=(("url", url),)))
