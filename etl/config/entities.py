"""The configuration of the entity stage: who looks for what, and in how much of the corpus."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from etl.config.values import ImpossibleError, Line, Model, Share

Engine = Literal["auto", "spark_nlp", "python"]
PatternName = Literal["date", "money", "percent", "number"]
# The first that fits is what a stretch of text is.
PATTERNS: tuple[PatternName, ...] = ("date", "money", "percent", "number")


class EntitiesConfig(Model):
    """Names, dates and amounts in candidate sentences, as rows of a table of their own."""

    engine: Engine = Field(
        default="auto", description="Who looks: Spark NLP, Python, or Spark NLP wherever its jar is there."
    )
    types: Annotated[list[Line], Field(min_length=1)] | None = Field(
        default=None, description="Types of the knowledge base that are looked for; absent: all."
    )
    patterns: list[PatternName] = Field(
        default=list(PATTERNS), description="What is looked for by its shape: date, money, percent, number."
    )
    max_sentences: Annotated[int, Field(ge=1, le=10_000)] = Field(
        default=50, description="At most so many candidate sentences a document, its first ones."
    )
    keyphrase_share: Share = Field(
        default=0.01, description="Share of the English documents, drawn by hash, whose keyphrases Spark NLP extracts."
    )
    ner_path: Line | None = Field(
        default=None,
        description="Folder of a BERT token classifier: model.onnx, assets/vocab.txt, assets/labels.txt; absent: none.",
    )
    ner_share: Share = Field(
        default=1.0, description="Share of the documents, drawn by hash, whose candidate sentences that model reads."
    )

    @model_validator(mode="after")
    def _engine_of_the_model(self) -> "EntitiesConfig":
        if self.ner_path is not None and self.engine == "python":
            raise ImpossibleError("needs Spark NLP; valid with engine: spark_nlp or auto", "ner_path")
        return self
