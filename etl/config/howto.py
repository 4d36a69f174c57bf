"""The configuration of the rule for how-tos."""

from typing import Annotated

from pydantic import Field, model_validator

from etl.config.values import ImpossibleError, Model


class HowtoConfig(Model):
    """Ordered steps: one whole how-to, and each step with its explanation."""

    min_steps: Annotated[int, Field(ge=2, le=100)] = Field(default=2, description="Fewer steps are no how-to.")
    max_steps: Annotated[int, Field(ge=2, le=1000)] = Field(default=60, description="More steps are a list, no how-to.")
    max_answer_chars: Annotated[int, Field(ge=20)] = Field(default=12_000, description="A longer how-to is left out.")

    next_steps: bool = Field(
        default=True, description="A step without an explanation asks for the step that comes next."
    )

    @model_validator(mode="after")
    def _possible(self) -> "HowtoConfig":
        if self.min_steps > self.max_steps:
            raise ImpossibleError(f"{self.min_steps} is more than max_steps, {self.max_steps}", "min_steps")
        return self
