"""The configuration of the reading tasks."""

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from etl.config.values import ImpossibleError, Model

Task = Literal[
    "translation", "paraphrase", "summary", "topic", "definition", "option", "command", "cause", "relation",
    "keywords", "title", "article", "completion", "years", "mentions", "examples",
]  # fmt: skip

# The order is that of the ledger: what is rare comes first, what fits any paragraph comes last.
TASKS: Final[tuple[Task, ...]] = (
    "translation", "paraphrase", "summary", "topic", "definition", "option", "command", "cause", "relation",
    "keywords", "title", "article", "completion", "years", "mentions", "examples",
)  # fmt: skip
# Hand-labelled samples decide (tests/quality): three of four mined paraphrases say something else.
OFF_BY_DEFAULT: Final[frozenset[Task]] = frozenset({"paraphrase"})


class ReadingConfig(Model):
    """Reading tasks: pairs made of plain text, such as the definition of a term or the title of a text."""

    tasks: Annotated[list[Task], Field(min_length=1)] = Field(
        default=[task for task in TASKS if task not in OFF_BY_DEFAULT],
        description="Which tasks are made; all but paraphrase, whose mined sentences are seldom true paraphrases.",
    )
    max_per_task: Annotated[int, Field(ge=1, le=100)] = Field(
        default=2, description="At most so many pairs a task and document, drawn by hash."
    )

    @model_validator(mode="after")
    def _unique_tasks(self) -> "ReadingConfig":
        twice = sorted({task for task in self.tasks if self.tasks.count(task) > 1})
        if twice:
            raise ImpossibleError(f"tasks must be unique; used twice: {', '.join(twice)}", "tasks")
        return self
