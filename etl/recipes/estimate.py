"""What a recipe would cost: figures of a sample, scaled to the corpus. Arithmetic only; no model is asked."""

from typing import NamedTuple

_SECONDS_PER_HOUR = 3600


class Measured(NamedTuple):
    """What a sample came to.

    Attributes:
        items: Documents or pairs in it.
        prompts: Prompts that were made of them.
        answered: Those of them that the model has answered before.
        tokens: Tokens of all prompts.
        chars: Characters of all prompts.
    """

    items: int
    prompts: int
    answered: int
    tokens: float
    chars: int

    @property
    def chars_per_token(self) -> float:
        """Characters of a token, 0 where nothing was measured."""
        return self.chars / self.tokens if self.tokens else 0.0


class Outputs(NamedTuple):
    """What an answer is long: `tokens` on average over `answers`; with none the length it is cut off at."""

    tokens: float
    answers: int


class Estimate(NamedTuple):
    """What one recipe would cost.

    Attributes:
        recipe: Its name.
        items: Documents or pairs it would look at.
        prompts: Prompts it would make of them.
        due: Those that are not answered yet: requests to a server.
        prompt_tokens: Tokens the model would read.
        output_tokens: Tokens it would write; at most so many where `measured_on` is 0.
        measured_on: Answers by which the length of an output is known.
        gpu_hours: Hours of one worker, None where its speed is not known.
    """

    recipe: str
    items: int
    prompts: int
    due: int
    prompt_tokens: int
    output_tokens: int
    measured_on: int
    gpu_hours: float | None


def estimate(
    recipe: str,
    n_items: int,
    measured: Measured,
    outputs: Outputs,
    *,
    share: float = 1.0,
    max_prompts: int | None = None,
    tokens_per_second: float | None = None,
) -> Estimate:
    """Return what a recipe would cost.

    Args:
        recipe: Its name.
        n_items: Documents or pairs of the whole corpus.
        measured: What the sample of them came to.
        outputs: How long an answer is.
        share: Share of the items that is asked about.
        max_prompts: At most so many items are asked about.
        tokens_per_second: Tokens that one worker writes a second, as a run shows them.

    >>> found = estimate("r", 1000, Measured(10, 8, 2, 800.0, 3200), Outputs(50.0, 2), tokens_per_second=10)
    >>> found.prompts, found.due, found.prompt_tokens, found.output_tokens, round(found.gpu_hours, 2)
    (800, 600, 60000, 30000, 0.83)
    """
    items = round(n_items * share)
    if max_prompts is not None:
        items = min(items, max_prompts)
    prompts = items * measured.prompts / measured.items if measured.items else 0.0
    due = round(prompts * (1 - measured.answered / measured.prompts)) if measured.prompts else 0
    written = due * outputs.tokens
    return Estimate(
        recipe,
        items,
        round(prompts),
        due,
        round(due * measured.tokens / measured.prompts) if measured.prompts else 0,
        round(written),
        outputs.answers,
        written / tokens_per_second / _SECONDS_PER_HOUR if tokens_per_second else None,
    )
