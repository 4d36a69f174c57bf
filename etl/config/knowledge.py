"""The configuration of knowledge: which entities are known, and which templates are filled with them."""

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from etl.config.values import ImpossibleError, Line, Model, Share

Kind = Literal[
    "definition", "difference", "examples", "comparison", "classification", "sentiment", "extraction", "translation",
    "summary", "reasoning", "creative", "command",
]  # fmt: skip
KINDS: tuple[Kind, ...] = (
    "definition", "difference", "examples", "comparison", "classification", "sentiment", "extraction", "translation",
    "summary", "reasoning", "creative", "command",
)  # fmt: skip
# Of 351 public prompt templates so many had one, two, and three or more slots (promptsource, Bach et al. 2022).
SLOT_SHARES: Final = (0.32, 0.41, 0.27)
# The source of pairs that no document took part in.
KNOWLEDGE_BASE: Final = "knowledge_base"

EntityType = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[a-z]{4})?$")]


class KnowledgeBaseConfig(Model):
    """The entities that templates are filled with."""

    path: Line | None = Field(
        default=None, description="A local file of entities, or a folder of a Delta table; absent: the shipped ones."
    )
    table: Line | None = Field(default=None, description="A Delta table of a catalog in place of a path.")
    format: Literal["jsonl", "csv", "delta"] = Field(default="jsonl", description="What the path is.")
    types: list[EntityType] | None = Field(
        default=None, description="Types of entities that are read of path or table; absent: all."
    )
    shipped: bool = Field(default=True, description="Keep the shipped entities beside those that are read.")

    @model_validator(mode="after")
    def _something(self) -> "KnowledgeBaseConfig":
        if self.path is None and self.table is None and not self.shipped:
            raise ImpossibleError("without the shipped entities there must be a path or a table", "shipped")
        if self.path is not None and self.table is not None:
            raise ImpossibleError("either path or table", "table")
        return self

    @property
    def is_delta(self) -> bool:
        """Whether the entities stand in a Delta table, which only a session can read."""
        return self.table is not None or (self.path is not None and self.format == "delta")


class TemplatesConfig(Model):
    """Templates whose slots are filled with entities: pairs of method template."""

    path: Line | None = Field(default=None, description="A local folder of templates, added to the shipped ones.")
    languages: Annotated[list[LanguageCode], Field(min_length=1)] = Field(
        default=["en", "zh"], description="Languages whose templates are filled."
    )
    kinds: Annotated[list[Kind], Field(min_length=1)] = Field(
        default=list(KINDS), description="Kinds of templates that are filled."
    )
    per_template: Annotated[int, Field(ge=0, le=10_000)] = Field(
        default=20, description="At most so many pairs a template that needs no document."
    )
    per_document: Annotated[int, Field(ge=0, le=20)] = Field(
        default=2, description="At most so many pairs a document of templates that need one, drawn by hash."
    )
    matches_per_document: Annotated[int, Field(ge=1, le=20)] = Field(
        default=6, description="At most so many matches of a document with templates, of which its pairs are drawn."
    )
    slot_shares: Annotated[list[Share], Field(min_length=1, max_length=9)] = Field(
        default=list(SLOT_SHARES),
        description="Shares that templates of one, two and more slots should have of the pairs of documents: the draw "
        "favours what is rarer among the matches. The last one stands for all templates of so many slots or more.",
    )
    placeholders: bool = Field(
        default=False, description="Fill templates that need a model too, with a response that only says so."
    )
    max_template_share: Share = Field(default=0.02, description="No template has more than this share of the pairs.")
    max_filler_share: Share = Field(default=0.01, description="No entity stands in more than this share of the pairs.")

    @model_validator(mode="after")
    def _some_slots(self) -> "TemplatesConfig":
        if not any(self.slot_shares):
            raise ImpossibleError("all shares are 0; valid: one above 0", "slot_shares")
        return self
