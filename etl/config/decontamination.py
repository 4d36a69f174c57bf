"""Decontamination: which benchmarks must not occur in pairs, and how much of an item is an occurrence."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from etl.config.values import Column, ImpossibleError, Line, Model, Name, Share


class BenchmarkConfig(Model):
    """One file of benchmark items."""

    name: Name = Field(description="Its name in rejects; unique.")
    path: Line = Field(description="A file; jsonl may be compressed with gzip or Zstandard.")
    format: Literal["jsonl", "parquet"] = Field(description="What the file is.")
    columns: Annotated[list[Column], Field(min_length=1)] = Field(
        description="Fields that must not occur, each by itself: the question, the passage, the solution."
    )


class DecontaminationConfig(Model):
    """Benchmarks whose items must not occur in a pair."""

    benchmarks: Annotated[list[BenchmarkConfig], Field(min_length=1)] = Field(description="The benchmarks.")
    ngram_size: Annotated[int, Field(ge=5, le=50)] = Field(
        default=13, description="Words in a row that make an item a candidate; in unspaced scripts characters."
    )
    min_overlap: Share = Field(
        default=0.5, description="A candidate occurs in a text that holds more than this share of its words."
    )

    @model_validator(mode="after")
    def _unique_names(self) -> "DecontaminationConfig":
        names = [benchmark.name for benchmark in self.benchmarks]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ImpossibleError(f"names must be unique; used twice: {', '.join(twice)}", "benchmarks")
        return self
