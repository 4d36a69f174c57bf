"""What is told by the vectors of pairs and of their instructions: which mean the same, and what topics they have."""

from typing import Annotated, Literal

from pydantic import Field

from etl.config.generate import ModelsConfig
from etl.config.values import ImpossibleError, Model

# What of a pair a vector is of.
Compared = Literal["instruction", "pair"]


class SemanticDuplicatesConfig(Model):
    """When two pairs mean the same, by the model in models.embedder; of a group the longest pair stays."""

    compare: Compared = Field(
        default="pair",
        description="pair: two that ask and answer the same are one; instruction: two that ask the same are, whatever "
        "they answer.",
    )
    threshold: Annotated[float, Field(ge=0.5, le=1)] = Field(
        default=0.95,
        description="Cosine of two vectors, in thousandths, from which on pairs mean the same; each model has its own "
        "scale. Compared are those of one language with the same context and the same numbers.",
    )


class TopicsConfig(Model):
    """Topics of the admitted pairs: groups of instructions whose vectors, by models.embedder, are near to another."""

    count: Annotated[int, Field(ge=2, le=1000)] = Field(default=50, description="How many topics are told apart.")
    max_share: Annotated[float, Field(gt=0, le=1)] | None = Field(
        default=None, description="Largest share of any topic; absent: no limit."
    )


def check_vectors(models: ModelsConfig, asks: dict[str, object]) -> None:
    """Check that there is a model that makes vectors for what needs them.

    Args:
        models: The models of the configuration.
        asks: What needs vectors by its key, None where it is off.

    Raises:
        ImpossibleError: There is none.
    """
    for key, asked in asks.items():
        if asked is not None and models.embedder is None:
            raise ImpossibleError(
                "needs models.embedder, the model that makes vectors, such as {engine: sentence_transformers, "
                "model: all-MiniLM-L6-v2, folder: models/all-MiniLM-L6-v2}",
                key,
            )
