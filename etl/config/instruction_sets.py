"""The part of the configuration that names existing sets of instructions and responses to mix in."""

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from etl.config.values import Column, ImpossibleError, Line, Model, Name

Family = Literal[
    "question_answering", "creative", "extraction", "classification", "sentiment", "summarization", "translation",
    "reasoning", "how_to", "definition", "completion", "rewriting",
]  # fmt: skip

_COLUMNS_ONLY: Final = ("instruction_col", "response_col", "context_col")
_MESSAGES_ONLY: Final = ("messages_col",)


class InstructionSetConfig(Model):
    """One existing set; its pairs are imported, pass the gates of select and count in the ratio."""

    name: Name = Field(description="Its name in every table, as that of a source; unique.")
    path: Line | None = Field(default=None, description="A glob, a file or a folder; or a Delta path.")
    table: Line | None = Field(default=None, description="A Delta table of the catalog, instead of a path.")
    files: Literal["jsonl", "parquet", "delta"] = Field(default="jsonl", description="What the files are.")
    version_as_of: Annotated[int, Field(ge=0)] | None = Field(
        default=None, description="Delta only: the version to read."
    )
    format: Literal["alpaca", "messages", "columns"] = Field(
        description="How a row holds a pair: instruction, input and output; a list of messages by role; or columns "
        "named here. Of messages only single turns are read."
    )
    instruction_col: Column = Field(default="question", description="With format: columns, what holds the request.")
    response_col: Column = Field(default="answer", description="With format: columns, what holds the answer.")
    context_col: Column | None = Field(
        default=None, description="With format: columns, what holds the text the request refers to."
    )
    messages_col: Column = Field(default="messages", description="With format: messages, what holds the list.")
    id_col: Column | None = Field(default=None, description="Field with the set's own id; absent: made from the place.")
    lang_col: Column | None = Field(default=None, description="Field with the language code.")
    license_col: Column | None = Field(default=None, description="Field with the licence.")
    lang: Line | None = Field(default=None, description="The language code of the whole set.")
    license: Line | None = Field(default=None, description="The licence of the whole set.")
    family: Family = Field(default="question_answering", description="What kind of task its pairs are.")
    response_source: Literal["knowledge_base", "model"] = Field(
        default="knowledge_base", description="Who wrote the answers: people who knew, or a model."
    )

    @model_validator(mode="after")
    def _possible(self) -> "InstructionSetConfig":
        if (self.path is None) == (self.table is None):
            raise ImpossibleError("give either path or table")
        if self.table is not None and self.files != "delta":
            raise ImpossibleError(f"a table is read with files: delta, not {self.files}", "files")
        if self.version_as_of is not None and self.files != "delta":
            raise ImpossibleError(f"needs files: delta, not {self.files}", "version_as_of")
        for one, other in (("license", "license_col"), ("lang", "lang_col")):
            if getattr(self, one) is not None and getattr(self, other) is not None:
                raise ImpossibleError(f"give either {one} or {other}", one)
        for needed, keys in (("columns", _COLUMNS_ONLY), ("messages", _MESSAGES_ONLY)):
            for key in keys:
                changed = getattr(self, key) != InstructionSetConfig.model_fields[key].default
                if self.format != needed and changed:
                    raise ImpossibleError(f"format {self.format} names its own fields; valid with {needed}", key)
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """The fields of a row that are read, each once."""
        named: tuple[str | None, ...]
        match self.format:
            case "alpaca":
                named = ("instruction", "input", "output")
            case "messages":
                named = (self.messages_col,)
            case _:
                named = (self.instruction_col, self.response_col, self.context_col)
        own = (self.id_col, self.lang_col, self.license_col)
        return tuple(dict.fromkeys(column for column in (*named, *own) if column is not None))
