"""The configuration of matched templates (FineInstructions), of the model that makes vectors, and of the judge."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from etl.config.values import ImpossibleError, Line, Model, Share


class EmbedderConfig(Model):
    """The model that makes vectors of texts."""

    engine: Literal["sentence_transformers", "fake"] = Field(
        description="What runs it in the worker: sentence-transformers, or vectors of words by hash."
    )
    model: Line = Field(description="Its name on a hub, or what to call the one in `folder`.")
    folder: Line | None = Field(default=None, description="A folder that holds the model.")
    revision: Annotated[str, Field(max_length=100)] = Field(default="", description="Which state of it.")
    batch_size: Annotated[int, Field(ge=1, le=10_000)] = Field(default=64, description="Texts embedded at once.")

    @model_validator(mode="after")
    def _possible(self) -> "EmbedderConfig":
        if self.engine == "fake" and self.folder is not None:
            raise ImpossibleError("engine fake takes none; valid with sentence_transformers", "folder")
        return self


class FineInstructionsConfig(Model):
    """Which templates of real requests are matched with which documents, and how many pairs a document may give."""

    templates: Line = Field(
        description="A file of JSON lines with `template`, its slots as <fi>…</fi>, and "
        "`compatible_document_description`."
    )
    threshold: Annotated[float, Field(ge=-1, le=1)] = Field(
        default=0.865,
        description="Cosine above which a template fits; the source's own, for its encoder. See `calibrate`.",
    )
    index: Literal["auto", "exact", "faiss"] = Field(
        default="auto", description="How templates are looked up: all compared, or by FAISS; auto: FAISS for many."
    )
    chunks: Annotated[int, Field(ge=1, le=64)] = Field(
        default=5, description="Parts of a document with a vector each, beside the one of the whole."
    )
    sigma: Annotated[float, Field(gt=0, le=100)] = Field(
        default=0.05, description="Width of a part, as a share of the document."
    )
    alpha: Share = Field(default=1.0, description="1: a part's own vector; 0: that of the whole.")
    window_chars: Annotated[int, Field(ge=50, le=20_000)] = Field(
        default=600, description="Stretch of a document that is embedded at once."
    )
    max_matches: Annotated[int, Field(ge=1, le=10_000)] = Field(
        default=200, description="Templates a document is a candidate for at most, the closest."
    )
    per_document: Annotated[int, Field(ge=1, le=100)] = Field(
        default=6, description="Templates of a document that are drawn, balanced by their slots."
    )
    min_grounding: Share = Field(
        default=0.8, description="Share of an answer's characters that stand word for word in its passage."
    )
    when_over: Literal["skip", "end"] = Field(
        default="skip",
        description="Pairs have as many tokens as documents; one that does not fit is skipped, or ends its document.",
    )


class JudgingConfig(Model):
    """How generated pairs are judged, where models.judge names a judge."""

    min_score: Annotated[int, Field(ge=1, le=5)] = Field(default=4, description="Of 1 to 5; worse pairs are rejects.")
    max_unparsable_rate: Share = Field(
        default=0.05, description="Share of verdicts that cannot be read that ends the run."
    )
    allow_same_family: bool = Field(
        default=False, description="Let a model judge pairs of its own family, which it favours."
    )
