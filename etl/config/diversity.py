"""Diversity: how much of the admitted pairs one source, family, rule, template, language or verb may be."""

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from etl.config.semantics import TopicsConfig
from etl.config.values import Column, ImpossibleError, Model, Share

# Ten tenths add up to a little more than one.
_ROUNDING: Final = 1e-9

Cap = Annotated[float, Field(gt=0, le=1)]


class SharesConfig(Model):
    """Limits on the shares that the values of one column have in the pairs."""

    max_share: Cap | None = Field(default=None, description="Largest share of any value; absent: no limit.")
    max_shares: dict[Column, Cap] = Field(default={}, description="Largest share of single values, by name.")
    min_shares: dict[Column, Share] = Field(
        default={}, description="Smallest share of single values; what falls short is told, nothing is dropped."
    )

    @model_validator(mode="after")
    def _possible(self) -> "SharesConfig":
        if (total := sum(self.min_shares.values())) > 1 + _ROUNDING:
            raise ImpossibleError(f"the smallest shares add up to {total:g}; they must leave at most 1", "min_shares")
        return self


class DiversityConfig(Model):
    """What keeps the admitted pairs from being all alike; whatever exceeds a limit is a reject."""

    single_turn: bool = Field(default=True, description="Reject pairs that hold a conversation of several turns.")
    max_complexity: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="Reject pairs whose complexity is larger; absent: no limit."
    )
    max_pairs_per_document: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="Pairs one document may give; absent: no limit."
    )
    prefer: Literal["simple", "any"] = Field(
        default="simple", description="What stays where a limit cuts: the least complex pairs, or any by hash."
    )
    template_id: SharesConfig | None = Field(
        default=None, description="Shares of templates; pairs without one are free."
    )
    source: SharesConfig | None = Field(default=None, description="Shares of sources.")
    rule: SharesConfig | None = Field(default=None, description="Shares of rules.")
    family: SharesConfig | None = Field(default=None, description="Shares of families.")
    lang: SharesConfig | None = Field(default=None, description="Shares of languages.")
    verb_class: SharesConfig | None = Field(
        default=None,
        description="Shares of what is asked for: explain, list, translate, classify, summarize, question, other.",
    )
    topic: TopicsConfig | None = Field(
        default=None, description="Topics of instructions, by models.embedder, and their shares; absent: off."
    )

    def shares_of(self, column: str) -> SharesConfig | None:
        """Return the limits on the values of a column, or None."""
        if column == "topic":
            return None if self.topic is None else SharesConfig(max_share=self.topic.max_share)
        shares: SharesConfig | None = getattr(self, column)
        return shares
