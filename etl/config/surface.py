"""How pairs are worded and laid out in the rows of the mixture."""

from pydantic import Field

from etl.config.values import Line, Model, Share


class SurfaceConfig(Model):
    """The wordings and layouts that pairs get in the mixture; the table of pairs keeps them bare."""

    wordings: Line | None = Field(
        default=None, description="A local folder of wordings and layouts that are added to the shipped ones."
    )
    plain_share: Share = Field(
        default=0.2,
        description="Share of the pairs that ask by themselves, with a question mark or an imperative, and stay bare.",
    )
