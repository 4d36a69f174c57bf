"""Which runs there are, and where each finds its rows."""

from typing import Final

# Per cent of the tokens. The last is far beyond what is customary, to see where pairs begin to cost.
RATIOS: Final = (0, 1, 5, 10, 30)
# With pairs; the same raw rows alone, which are fewer tokens; and with raw text in the place of the pairs, which are as
# many. At a share of 0 they are the same rows.
TWINS: Final = ("mixture", "without_pairs", "raw_only")
PAIRS: Final = "data/pairs"


def folder_of(ratio: int, twin: str) -> str:
    """Return where the rows of a twin at a ratio are, below the folder of the experiment."""
    return f"data/{ratio}-{twin}"


def runs(seeds: int) -> list[tuple[int, str, int]]:
    """Return ratio, twin and seed of each run; all seeds of one kind first, so that who stops early has a spread."""
    kinds = [(ratio, twin) for ratio in RATIOS for twin in TWINS if ratio or twin == "mixture"]
    return [(ratio, twin, seed) for ratio, twin in kinds for seed in range(seeds)]
