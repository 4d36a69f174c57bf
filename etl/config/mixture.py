"""The part of the configuration that says what the training mixture is: its ratio, and what the ratio counts."""

import math
from collections.abc import Iterable
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from etl.config.surface import SurfaceConfig
from etl.config.values import Identifier, ImpossibleError, Line, Model, Name, Share

# The share of instruction-like text that is customary in pre-training.
CUSTOMARY: Final = (0.01, 0.10)
TRAIN: Final = "train"
WORDS: Final = "words"
TOKENIZER_FILES: Final = (".json", ".model", ".tiktoken")

# Bounded, so that the places of a draw stay far apart in 63 bits; 0 leaves a source out.
Weight = Annotated[float, Field(ge=0, le=1000)]


class MixtureConfig(Model):
    """The training mixture and its ratio, which is a contract."""

    ratio: Share = Field(default=0.05, description="Share of instruction units in all units of the mixture.")
    ratios: dict[Identifier, Share] = Field(
        default={},
        description="The ratio of single splits, instead of `ratio`; {validation: 0.0} keeps validation raw.",
    )
    unit: Literal["tokens", "rows", "bytes"] = Field(default="tokens", description="What the ratio counts.")
    tokenizer: Line = Field(
        default=WORDS,
        description="What counts the tokens of the mixture: words, or the trainer's tokenizer, a file that ends in "
        ".json (of the library tokenizers), .model (SentencePiece) or .tiktoken (ranks). Documents and pairs are "
        "counted in words all the same.",
    )
    tokenizer_pattern: Line | None = Field(
        default=None, description="With .tiktoken, how a text is split before merging; absent: as cl100k_base does."
    )
    total: Annotated[int, Field(ge=1, le=10**15)] | None = Field(
        default=None,
        description="Units of the whole mixture, each split its share of them; pairs then take the place of raw text. "
        "Absent: pairs are added to all raw text.",
    )
    exact: bool = Field(
        default=True,
        description="End each draw at the row that comes nearest to the ratio; false ends it where the hash says, "
        "one query less and off by some rows.",
    )
    when_short: Literal["lower_ratio", "drop_raw", "repeat"] = Field(
        default="lower_ratio", description="What gives way where there are too few pairs."
    )
    max_repetition: Annotated[int, Field(ge=1, le=100)] = Field(
        default=4, description="With when_short: repeat, how often one pair may occur."
    )
    source_weights: dict[Name, Weight] = Field(
        default={},
        description="Weights of sources, 1 where not named: of either stream a source gives in proportion to weight "
        "times what it has, as long as it lasts. Of raw text the heaviest source is taken whole, one of half its "
        "weight by half. 0 leaves a source out; a weight never repeats a row.",
    )
    instruction_weights: dict[Name, Weight] = Field(
        default={}, description="Weights of the pairs of sources, instead of source_weights."
    )
    splits: dict[Identifier, Share] = Field(
        default={"validation": 0.01},
        description="Shares drawn off the training split, by hash of the document.",
    )
    stream: Literal["separate", "joined"] = Field(
        default="separate",
        description="Pairs as rows of their own, or behind the text they were made from; the share then is that of "
        "the tokens of pairs in all rows. Needs unit: tokens.",
    )
    twins: bool = Field(
        default=False,
        description="Also write mixture_without_pairs, the raw rows of the mixture alone, and mixture_raw_only, with "
        "as many units of raw text as it has of pairs in their place: the next rows of the draw, or rows once more.",
    )
    allow_any_ratio: bool = Field(default=False, description="Allow a ratio outside 0.01 to 0.10.")
    surface: SurfaceConfig = SurfaceConfig()

    @model_validator(mode="after")
    def _possible(self) -> "MixtureConfig":
        if TRAIN in self.splits:
            raise ImpossibleError("train is what the other splits leave over; do not name it", "splits")
        if math.fsum(self.splits.values()) > 1:
            raise ImpossibleError("the shares add up to more than 1", "splits")
        if self.tokenizer != WORDS and not self.tokenizer.lower().endswith(TOKENIZER_FILES):
            raise ImpossibleError(f"must be words, or a file that ends in {', '.join(TOKENIZER_FILES)}", "tokenizer")
        if self.tokenizer_pattern is not None and not self.tokenizer.lower().endswith(".tiktoken"):
            raise ImpossibleError("is read with a tokenizer that ends in .tiktoken", "tokenizer_pattern")
        if self.stream == "joined" and self.unit != "tokens":
            raise ImpossibleError("joined needs unit: tokens, as a row holds both kinds", "stream")
        valid = [TRAIN, *sorted(self.splits)]
        for split in self.ratios:
            if split not in valid:
                raise ImpossibleError(f"there is no split {split!r}; valid are {', '.join(valid)}", "ratios")
        self._check_customary(self.ratio, "ratio")
        for split, ratio in self.ratios.items():
            # A split without any pair is no experiment with the ratio: it is what many compare with.
            if ratio != 0:
                self._check_customary(ratio, f"ratios.{split}")
        return self

    def _check_customary(self, ratio: float, key: str) -> None:
        low, high = CUSTOMARY
        if not self.allow_any_ratio and not low <= ratio <= high:
            raise ImpossibleError(
                f"{ratio:g} lies outside the customary {low:.2f} to {high:.2f}; "
                "set mixture.allow_any_ratio: true if you mean it",
                key,
            )

    def ratio_of(self, split: str) -> float:
        """Return the share of instruction units that a split is to have."""
        return self.ratios.get(split, self.ratio)

    def total_of(self, split: str) -> int | None:
        """Return the units that a split is to have, or None where no total is set."""
        if self.total is None:
            return None
        share = self.splits.get(split, 1 - math.fsum(self.splits.values()) if split == TRAIN else 0.0)
        return round(self.total * share)

    @property
    def weights_of_pairs(self) -> dict[str, float]:
        """The weights of the sources of pairs."""
        return {**self.source_weights, **self.instruction_weights}


def check_weighted(config: MixtureConfig, names: Iterable[str]) -> None:
    """Check that every weight is that of a source there is.

    Raises:
        ImpossibleError: A weight names no source; or all sources weigh nothing.
    """
    known = sorted(names)
    for key in ("source_weights", "instruction_weights"):
        weights: dict[str, float] = getattr(config, key)
        for name in weights:
            if name not in known:
                raise ImpossibleError(f"there is no source {name!r}; valid are {', '.join(known)}", f"mixture.{key}")
    if all(config.source_weights.get(name) == 0 for name in known):
        raise ImpossibleError("every source weighs 0; at least one must weigh more", "mixture.source_weights")
