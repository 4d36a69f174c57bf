"""The configuration, as typed and frozen models. Unknown keys, wrong types and impossible values are errors.

`etl.config.load` reads files into these models; nothing else in the program reads a configuration file.
Every field is described here once: the description goes into the JSON Schema that editors use.
"""

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from etl.config.decontamination import DecontaminationConfig
from etl.config.diversity import DiversityConfig
from etl.config.duplicates import NearDuplicatesConfig
from etl.config.entities import EntitiesConfig
from etl.config.gates import GatesConfig, check_approved
from etl.config.generate import GenerateConfig, ModelsConfig, check_models
from etl.config.howto import HowtoConfig
from etl.config.instruction_sets import InstructionSetConfig
from etl.config.knowledge import KNOWLEDGE_BASE, KnowledgeBaseConfig, TemplatesConfig
from etl.config.markup import MarkupConfig, ThreadConfig
from etl.config.mixture import MixtureConfig, check_weighted
from etl.config.reading import ReadingConfig
from etl.config.self_instruct import SEEDS
from etl.config.semantics import SemanticDuplicatesConfig, check_vectors
from etl.config.values import Column, Identifier, ImpossibleError, Line, Model, Name, Share

Format = Literal["jsonl", "parquet", "delta", "csv", "text", "html", "markdown", "wet", "warc"]
TextFormat = Literal["text", "markdown", "html"]

# Formats whose records have fields; the others are read whole, so columns mean nothing there.
RECORD_FORMATS: Final = ("jsonl", "parquet", "delta", "csv")
_OF_RECORDS: Final = (
    "text_col", "id_col", "url_col", "title_col", "lang_col", "license_col", "format_col", "text_format",
)  # fmt: skip


class RunConfig(Model):
    """What makes a run repeatable."""

    seed: Annotated[int, Field(ge=0, lt=2**63)] = Field(default=42, description="Salt of every draw by hash.")


class SourceConfig(Model):
    """One source of raw documents."""

    name: Name = Field(description="Its name in every table; unique.")
    path: Line | None = Field(default=None, description="A glob, a file or a folder; or a Delta path.")
    table: Line | None = Field(default=None, description="A Delta table of the catalog, instead of a path.")
    format: Format = Field(description="What the files are.")
    version_as_of: Annotated[int, Field(ge=0)] | None = Field(
        default=None, description="Delta only: the version to read."
    )
    text_col: Column = Field(default="text", description="Field or column that holds the text.")
    id_col: Column | None = Field(
        default=None, description="Field with the source's own id; absent: made from the place."
    )
    url_col: Column | None = Field(default=None, description="Field with the address.")
    title_col: Column | None = Field(default=None, description="Field with the title; absent: the parse looks for one.")
    lang_col: Column | None = Field(default=None, description="Field with the language code.")
    license_col: Column | None = Field(default=None, description="Field with the licence.")
    format_col: Column | None = Field(
        default=None, description="Field that says what the text is: text, markdown or html."
    )
    text_format: TextFormat | None = Field(default=None, description="What the text is, for a whole source of records.")
    license: Line | None = Field(default=None, description="The licence of the whole source.")

    @model_validator(mode="after")
    def _one_place(self) -> "SourceConfig":
        if (self.path is None) == (self.table is None):
            raise ImpossibleError("give either path or table")
        if self.table is not None and self.format != "delta":
            raise ImpossibleError(f"a table is read with format: delta, not {self.format}", "format")
        if self.version_as_of is not None and self.format != "delta":
            raise ImpossibleError(f"needs format: delta, not {self.format}", "version_as_of")
        if self.license is not None and self.license_col is not None:
            raise ImpossibleError("give either license or license_col", "license")
        if self.text_format is not None and self.format_col is not None:
            raise ImpossibleError("give either text_format or format_col", "text_format")
        if self.format not in RECORD_FORMATS:
            for key in _OF_RECORDS:
                # A default says nothing, also where it is written out, as in the configuration a run records.
                if getattr(self, key) != SourceConfig.model_fields[key].default:
                    valid = ", ".join(RECORD_FORMATS)
                    raise ImpossibleError(f"format {self.format} has no fields; valid with {valid}", key)
        return self


class InputConfig(Model):
    """Where raw documents come from."""

    sources: Annotated[list[SourceConfig], Field(min_length=1)] = Field(description="The sources of raw documents.")
    instruction_sets: list[InstructionSetConfig] = Field(
        default=[], description="Existing pairs to mix in, of method imported."
    )
    max_chars: Annotated[int, Field(ge=1, le=100_000_000)] = Field(
        default=10_000_000, description="Longer texts are rejects."
    )
    keep_chrome: bool = Field(
        default=False, description="Keep navigation, footers and the like as blocks of kind chrome."
    )

    @model_validator(mode="after")
    def _unique_names(self) -> "InputConfig":
        names = [source.name for source in self.sources] + [each.name for each in self.instruction_sets]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ImpossibleError(f"names must be unique; used twice: {', '.join(twice)}", "sources")
        return self


class OutputConfig(Model):
    """Where the tables go: a folder, or a schema of a catalog."""

    root: Line | None = Field(default=None, description="Folder or URI; a table is root/name.")
    catalog: Identifier | None = Field(default=None, description="Catalog the schema is in; absent: the session's own.")
    schema_: Identifier | None = Field(
        default=None, alias="schema", description="Schema for the tables, instead of root."
    )

    @model_validator(mode="after")
    def _one_place(self) -> "OutputConfig":
        if (self.root is None) == (self.schema_ is None):
            raise ImpossibleError("give either root or schema; an overlay unsets the other one with null")
        if self.catalog is not None and self.schema_ is None:
            raise ImpossibleError("needs schema", "catalog")
        return self


class FaqConfig(Model):
    """Questions as headings or blocks of their own, and what answers them."""

    max_question_chars: Annotated[int, Field(ge=10, le=2000)] = Field(default=300, description="Longer is no question.")
    max_answer_chars: Annotated[int, Field(ge=20)] = Field(
        default=20_000, description="A longer answer is cut off as none."
    )


class LabelledQaConfig(Model):
    """Questions and answers that carry labels: Q: and A:, and their like in other languages."""

    max_question_chars: Annotated[int, Field(ge=10, le=10_000)] = Field(
        default=2000, description="Longer is no question."
    )
    max_answer_chars: Annotated[int, Field(ge=20)] = Field(
        default=8000, description="A longer answer is cut off as none."
    )


class RulesConfig(Model):
    """One key a rule, with its own parameters; a rule that is absent is off."""

    markup: MarkupConfig | None = None
    thread: ThreadConfig | None = None
    faq: FaqConfig | None = None
    labelled_qa: LabelledQaConfig | None = None
    howto: HowtoConfig | None = None
    reading: ReadingConfig | None = None


class SelectConfig(Model):
    """Which candidate pairs are admitted."""

    profile: Literal["pretrain", "strict"] = Field(default="pretrain", description="How clumsy a pair may be.")
    near_duplicates: NearDuplicatesConfig = Field(
        default=NearDuplicatesConfig(), description="Texts that are almost the same: of each group one stays."
    )
    semantic_duplicates: SemanticDuplicatesConfig | None = Field(
        default=None, description="Pairs that mean the same, by models.embedder; absent: off."
    )
    decontamination: DecontaminationConfig | None = Field(
        default=None, description="Benchmarks whose items must not occur in pairs; absent: off."
    )
    diversity: DiversityConfig | None = Field(
        default=None, description="Limits that keep pairs from being all alike; absent: off."
    )
    gates: GatesConfig = GatesConfig()

    def asks_for_vectors(self) -> dict[str, object]:
        """Return what needs vectors of instructions by its key, None where it is off."""
        topic = None if self.diversity is None else self.diversity.topic
        return {"select.semantic_duplicates": self.semantic_duplicates, "select.diversity.topic": topic}

    @property
    def needs_vectors(self) -> bool:
        """Whether anything needs vectors of instructions."""
        return any(asked is not None for asked in self.asks_for_vectors().values())


class ErrorsConfig(Model):
    """How much may go wrong."""

    max_error_rate: Share = Field(default=0.01, description="Share of input records that may fail before the run does.")


class Config(Model):
    """The whole configuration of a run."""

    run: RunConfig = RunConfig()
    input: InputConfig
    output: OutputConfig
    rules: RulesConfig = RulesConfig()
    knowledge_base: KnowledgeBaseConfig = KnowledgeBaseConfig()
    templates: TemplatesConfig | None = Field(default=None, description="Templates to fill with entities; absent: off.")
    entities: EntitiesConfig | None = Field(
        default=None, description="Entities of candidate sentences, as a table; absent: off."
    )
    models: ModelsConfig = ModelsConfig()
    generate: GenerateConfig = GenerateConfig()
    select: SelectConfig = SelectConfig()
    mixture: MixtureConfig = MixtureConfig()
    errors: ErrorsConfig = ErrorsConfig()

    @model_validator(mode="after")
    def _known_sources(self) -> "Config":
        check_weighted(self.mixture, self.source_names)
        check_approved(self.select.gates, self.source_names)
        check_vectors(self.models, self.select.asks_for_vectors())
        check_models(self.models, self.generate, embeds=self.select.needs_vectors)
        return self

    @property
    def source_names(self) -> list[str]:
        """The names of all sources of raw text and pairs."""
        named = [source.name for source in self.input.sources] + [each.name for each in self.input.instruction_sets]
        named += [] if self.templates is None else [KNOWLEDGE_BASE]
        return named if self.generate.self_instruct is None else [*named, SEEDS]
