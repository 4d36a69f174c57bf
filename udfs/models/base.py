"""What the program asks of a model, whichever engine runs it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

STOP: Final = "stop"
LENGTH: Final = "length"
ERROR: Final = "error"

Argument = str | int | float | bool
Vectors = npt.NDArray[np.float32]


class EngineError(Exception):
    """A model cannot be loaded or asked; the message says what to change."""


class EngineDeadError(EngineError):
    """The engine will answer nothing more: it is built again before anything else is asked."""


class Prompt(NamedTuple):
    """What a model is asked: a text, and the role it is given where the engine speaks in chats."""

    text: str
    system: str = ""


class Completion(NamedTuple):
    """What came of one prompt.

    Attributes:
        text: The output; empty where there is an error.
        finish_reason: `STOP`; `LENGTH` where the output was cut off; `ERROR` where there is none.
        error: What went wrong, or None.
        prompt_tokens: Tokens read, by the engine's count; 0 where it does not tell.
        completion_tokens: Tokens written, likewise.
    """

    text: str
    finish_reason: str
    error: str | None = None
    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass(frozen=True)
class GenerationParams:
    """How a model writes. Equal values of these, of the model and of the text are the same question.

    Attributes:
        max_new_tokens: Where an output is cut off.
        temperature: 0 takes the likeliest token each time.
        top_p: Share of the probability that is drawn from.
        stop: Texts an output ends before.
        chat: Whether the prompt is a turn of a chat, for a model tuned for instructions, or text to go on with.
        seed: Seed of the engine's draws, where it takes one.
    """

    max_new_tokens: int = 512
    temperature: float = 0.0
    top_p: float = 1.0
    stop: tuple[str, ...] = ()
    chat: bool = True
    seed: int = 0

    def canonical(self) -> str:
        """Return the parameters as JSON that is the same for equal parameters.

        >>> GenerationParams(max_new_tokens=8).canonical()
        '{"chat":true,"max_new_tokens":8,"seed":0,"stop":[],"temperature":0.0,"top_p":1.0}'
        """
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True)
class ModelSpec:
    """Which model, run how: two equal ones share one engine in a worker process.

    Attributes:
        engine: One of `udfs.models.loading.ENGINES` or `EMBEDDERS`.
        model: A folder, a name of a hub, or the name a server knows it by.
        revision: Which state of it.
        dtype: Type of its numbers; ``auto`` leaves that to the engine.
        arguments: What else the engine takes, by name.
    """

    engine: str
    model: str
    revision: str = ""
    dtype: str = "auto"
    arguments: tuple[tuple[str, Argument], ...] = ()

    def argument(self, name: str, default: Argument) -> Argument:
        """Return an argument of the engine, or a default."""
        return dict(self.arguments).get(name, default)


class Engine(Protocol):
    """A model that writes."""

    def generate(self, prompts: Sequence[Prompt], params: GenerationParams) -> list[Completion]:
        """Return a completion for each prompt, in their order.

        Raises:
            EngineDeadError: Nothing more can be asked of this engine.
            Exception: The batch failed; asked in smaller ones, most of it may not.
        """

    def close(self) -> None:
        """Free what the engine holds; never raises."""


class Embedder(Protocol):
    """A model that makes vectors."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return a row for each text, in their order, of length 1 each."""


def prompt_id(model: str, revision: str, params: GenerationParams, prompt: Prompt) -> str:
    """Return the id of a question to a model: 32 hex digits of all that its answer may depend on."""
    parts = json.dumps([model, revision, params.canonical(), prompt.system, prompt.text])
    return hashlib.sha256(parts.encode()).hexdigest()[:32]


def failed(error: str) -> Completion:
    """Return the completion of a prompt that got no answer."""
    return Completion("", ERROR, error[:_MAX_ERROR_CHARS])


# Servers put whole pages into their errors.
_MAX_ERROR_CHARS: Final = 500
