"""The configuration of new instructions from seeds (Self-Instruct)."""

from typing import Annotated, Final

from pydantic import Field

from etl.config.values import Line, Model

# The source of pairs that were made from seeds, of which no document took part.
SEEDS: Final = "self_instruct"
# What a model writes after examples of its own drifts; more rounds than this are no longer like the seeds.
MAX_ROUNDS: Final = 20


class SelfInstructConfig(Model):
    """Seeds, and how many new instructions are made after them."""

    seeds: Line = Field(description="A file of JSON lines with `instruction`, and an `id` if it has one.")
    license: Line | None = Field(default=None, description="Licence of the seeds, which that of the pairs follows.")
    rounds: Annotated[int, Field(ge=1, le=MAX_ROUNDS)] = Field(
        default=1, description="Rounds; from the second on two of eight examples are new instructions."
    )
    prompts_per_round: Annotated[int, Field(ge=1, le=100_000)] = Field(
        default=100, description="Prompts of a round, of which each is answered by eight instructions at most."
    )
    max_rouge_l: Annotated[float, Field(gt=0, le=1)] = Field(
        default=0.7, description="More alike than this (ROUGE-L F) to a known instruction, and it is not new."
    )
