"""Models that are none: answers by script, vectors by hash. For tests and for trying out a configuration."""

import hashlib
import json
import os
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from udfs.models.base import (
    LENGTH,
    STOP,
    Completion,
    EngineDeadError,
    EngineError,
    GenerationParams,
    ModelSpec,
    Prompt,
    Vectors,
    failed,
)

FAULTS: Final = ("raise", "die", "hang", "error")
_HANG_SECONDS: Final = 3600.0
_DIMENSION: Final = 32


class FakeEngine:
    """Answers from a script: JSON with a list of rules, the first that fits a prompt counts.

    A rule has `contains`, a text the prompt holds (absent: fits all); and either `text`, the answer, in which
    ``{n}`` is a number made of the prompt, or `fault`: ``raise`` fails the batch, ``die`` ends the engine, ``hang``
    never comes back, ``error`` is an error of this prompt. `times` says how often it applies in one process,
    `finish_reason` how the answer ends, `seconds` how long a batch that holds such a prompt takes.

    With the argument `log` it appends a line for each prompt it was asked to that file.
    """

    def __init__(self, spec: ModelSpec) -> None:
        self._script = str(spec.argument("script", ""))
        self._rules = _script(self._script)
        self._log = str(spec.argument("log", ""))

    def generate(self, prompts: Sequence[Prompt], params: GenerationParams) -> list[Completion]:
        """Return what the script says."""
        self._note(prompts)
        # Read anew each time: a worker outlives a run, and with it an engine that knows the script of before.
        self._rules = _script(self._script)
        rules = [self._rule_for(prompt) for prompt in prompts]
        time.sleep(max((float(rule.get("seconds", 0)) for rule in rules), default=0.0))
        faults = {rule.get("fault") for rule in rules}
        if "die" in faults:
            raise EngineDeadError("the engine died, as its script says")
        if "hang" in faults:
            time.sleep(_HANG_SECONDS)
        if "raise" in faults:
            raise ValueError("the batch failed, as its script says")
        return [_answer(rule, prompt, params) for rule, prompt in zip(rules, prompts, strict=True)]

    def close(self) -> None:
        """Do nothing."""

    def _rule_for(self, prompt: Prompt) -> dict[str, Any]:
        for number, rule in enumerate(self._rules):
            if rule.get("contains", "") not in prompt.text:
                continue
            if "times" in rule:
                if _APPLIED[number] >= rule["times"]:
                    continue
                _APPLIED[number] += 1
            return rule
        return {}

    def _note(self, prompts: Sequence[Prompt]) -> None:
        if not self._log:
            return
        lines = "".join(hashlib.sha256(prompt.text.encode()).hexdigest()[:32] + "\n" for prompt in prompts)
        # One write of a file opened for appending: lines of several workers do not mix.
        file = os.open(self._log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, lines.encode())
        finally:
            os.close(file)


# How often a rule with `times` applied in this process: an engine that is built again must not forget it.
_APPLIED: Counter[int] = Counter()


def forget() -> None:
    """Forget how often rules applied."""
    _APPLIED.clear()


class FakeEmbedder:
    """Makes vectors of the words of a text: texts with the same words have the same vector."""

    def __init__(self, spec: ModelSpec) -> None:
        self._dimension = int(spec.argument("dimension", _DIMENSION))

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return a row of length 1 for each text."""
        rows = np.zeros((len(texts), self._dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().split() or [""]:
                digest = hashlib.sha256(word.encode("utf-8", "surrogatepass")).digest()
                row[int.from_bytes(digest[:4]) % self._dimension] += 1.0
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows


def _script(path: str) -> list[dict[str, Any]]:
    if not path:
        return []
    try:
        rules = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EngineError(f"the script {path} cannot be read: {error}") from error
    if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
        raise EngineError(f"the script {path} must be a list of rules")
    for rule in rules:
        if rule.get("fault", "error") not in FAULTS:
            raise EngineError(f"the script {path} has the fault {rule['fault']!r}; valid are: {', '.join(FAULTS)}")
    return rules


def _answer(rule: dict[str, Any], prompt: Prompt, params: GenerationParams) -> Completion:
    if rule.get("fault") == "error":
        return failed("the prompt failed, as its script says")
    number = int(hashlib.sha256(prompt.text.encode()).hexdigest()[:6], 16)
    words = str(rule.get("text", "")).replace("{n}", str(number)).split(" ")
    cut = len(words) > params.max_new_tokens
    text = " ".join(words[: params.max_new_tokens])
    reason = rule.get("finish_reason", LENGTH if cut else STOP)
    return Completion(text, reason, None, len(prompt.text.split()), len(text.split()))
