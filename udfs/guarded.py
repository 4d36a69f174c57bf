"""Asking an engine so that nothing it does ends the job: a bad prompt, a dead engine and a hang each cost their rows.

A batch that fails is asked again in halves, until the prompt that fails stands alone and gets an error of its own.
An engine that died or hangs is built again first. An engine that keeps dying is given up: what is left are errors,
and the limit on errors stops the run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from udfs.calls import HungError, within
from udfs.models.base import Completion, EngineDeadError, EngineError, GenerationParams, ModelSpec, Prompt, failed
from udfs.models.loading import drop_engine, load_engine

# One bad prompt among 256 is found in 8 halvings; an engine that dies more often than that is no prompt's fault.
MAX_REBUILDS: Final = 10


@dataclass(frozen=True)
class Limits:
    """How long things may take, in seconds; None waits for ever, as for an engine with a limit of its own."""

    load_seconds: float | None = 900.0
    batch_seconds: float | None = 600.0


class Asker:
    """Asks the engine of one model on behalf of one task."""

    def __init__(self, spec: ModelSpec, params: GenerationParams, limits: Limits) -> None:
        self._spec = spec
        self._params = params
        self._limits = limits
        self._rebuilds = 0
        self._given_up = ""

    def ask(self, prompts: Sequence[Prompt]) -> list[Completion]:
        """Return a completion for each prompt, in their order; never raises for what an engine does.

        Prompts go to the engine sorted by length, so that those of one batch that is padded are about as long.
        """
        order = sorted(range(len(prompts)), key=lambda number: len(prompts[number].text))
        found = dict(zip(order, self._ask([prompts[number] for number in order]), strict=True))
        return [found[number] for number in range(len(prompts))]

    def _ask(self, prompts: list[Prompt]) -> list[Completion]:
        if not prompts:
            return []
        if self._given_up:
            return [failed(self._given_up) for _ in prompts]
        try:
            # A model that cannot be loaded is no fault of any prompt, so halving would not help.
            engine = within(self._limits.load_seconds, lambda: load_engine(self._spec))
        except Exception as error:  # whatever a library raises while it loads a model
            self._given_up = f"engine {self._spec.engine}: {_said(error)}"
            return [failed(self._given_up) for _ in prompts]
        try:
            answers = within(self._limits.batch_seconds, lambda: engine.generate(prompts, self._params))
            if len(answers) != len(prompts):
                raise EngineError(f"{len(answers)} answers came to {len(prompts)} prompts")
            return answers
        except EngineDeadError as error:
            drop_engine(self._spec, hung=isinstance(error, HungError))
            self._rebuilds += 1
            if self._rebuilds > MAX_REBUILDS:
                self._given_up = f"engine given up after {MAX_REBUILDS} rebuilds: {_said(error)}"
            return self._in_halves(prompts, error)
        except Exception as error:  # whatever a library raises for a prompt it does not like
            return self._in_halves(prompts, error)

    def _in_halves(self, prompts: list[Prompt], error: Exception) -> list[Completion]:
        if len(prompts) == 1:
            return [failed(_said(error))]
        middle = len(prompts) // 2
        return self._ask(prompts[:middle]) + self._ask(prompts[middle:])


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
