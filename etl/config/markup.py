"""The parameters of the rules that read questions with several answers: schema.org markup, and threads."""

from typing import Annotated

from pydantic import Field

from etl.config.values import Model


class ThreadConfig(Model):
    """Pages of one question and its answers, as forums and question sites print them."""

    max_question_chars: Annotated[int, Field(ge=10, le=10_000)] = Field(
        default=1000, description="A longer question is left out."
    )
    max_body_chars: Annotated[int, Field(ge=0, le=100_000)] = Field(
        default=4000, description="What stands below the title of a question becomes its context up to this length."
    )
    max_answer_chars: Annotated[int, Field(ge=20)] = Field(default=8000, description="A longer answer is left out.")
    max_answers: Annotated[int, Field(ge=1, le=1000)] = Field(
        default=3, description="Answers a question: the accepted one first, then those with most votes."
    )
    min_votes: Annotated[int, Field(ge=-1000, le=1_000_000)] = Field(
        default=0, description="Answers with fewer votes are left out; those that state none, or are accepted, stay."
    )


class MarkupConfig(ThreadConfig):
    """Questions, answers and how-tos that a page states in schema.org markup."""

    min_steps: Annotated[int, Field(ge=1, le=100)] = Field(default=2, description="Fewer steps are no how-to.")
    max_howto_chars: Annotated[int, Field(ge=20)] = Field(default=12_000, description="A longer how-to is left out.")
