"""Near-duplicates: how alike two texts must be for one of them to go, and how candidates are found."""

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from etl.config.values import ImpossibleError, Model

# Below this chance of being compared at all, a pair just at the threshold is more often missed than found.
_LEAST_CHANCE: Final = 0.5


class NearDuplicatesOfConfig(Model):
    """MinHash over runs of words: 20 bands of 6 hashes propose 998 of 1,000 pairs whose similarity is 0.8."""

    jaccard_threshold: Annotated[float, Field(ge=0.3, le=1)] = Field(
        default=0.8, description="Share of common shingles in all shingles of two texts from which on they are alike."
    )
    ngram_size: Annotated[int, Field(ge=1, le=50)] = Field(
        default=5, description="Words in a shingle; in unspaced scripts each character is a word."
    )
    num_hashes: Annotated[int, Field(ge=1, le=1024)] = Field(
        default=120, description="Hashes of a signature; a multiple of num_bands."
    )
    num_bands: Annotated[int, Field(ge=1, le=256)] = Field(
        default=20, description="Bands of a signature; texts that share one are compared."
    )

    @model_validator(mode="after")
    def _possible(self) -> "NearDuplicatesOfConfig":
        if self.num_hashes % self.num_bands:
            raise ImpossibleError(f"{self.num_hashes} is no multiple of num_bands, {self.num_bands}", "num_hashes")
        rows = self.num_hashes // self.num_bands
        chance = 1 - (1 - self.jaccard_threshold**rows) ** self.num_bands
        if chance < _LEAST_CHANCE:
            raise ImpossibleError(
                f"{self.num_bands} bands of {rows} hashes find only {chance:.0%} of the pairs at jaccard_threshold "
                f"{self.jaccard_threshold:g}; use more bands or fewer hashes",
                "num_bands",
            )
        return self


class PairNearDuplicatesConfig(NearDuplicatesOfConfig):
    """The same for pairs; they are short, so their shingles are."""

    ngram_size: Annotated[int, Field(ge=1, le=50)] = Field(
        default=3, description="Words in a shingle; in unspaced scripts each character is a word."
    )
    compare: Literal["pair", "instruction"] = Field(
        default="pair", description="What must be alike: instruction and response together, or the instruction alone."
    )


class NearDuplicatesConfig(Model):
    """Which texts are searched for near-duplicates; of a group of texts that are alike the longest stays."""

    documents: NearDuplicatesOfConfig | None = Field(
        default=None, description="Near-duplicates among documents; absent: off."
    )
    instructions: PairNearDuplicatesConfig | None = Field(
        default=None, description="Near-duplicates among admitted pairs; absent: off."
    )
