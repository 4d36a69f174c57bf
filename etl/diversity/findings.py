"""What the published pairs say against the limits that were asked for, one sentence a finding."""

from collections.abc import Mapping

from etl.config.diversity import DiversityConfig, SharesConfig
from etl.diversity.evenness import short_of

Tallies = Mapping[str, Mapping[str | None, int]]


def diversity_findings(tallies: Tallies, config: DiversityConfig) -> list[str]:
    """Return a sentence for each value that has less than its smallest or more than its largest share.

    Args:
        tallies: For each column how many pairs have which value.
        config: The limits.
    """
    said = []
    for column, counts in tallies.items():
        shares = config.shares_of(column)
        if shares is not None:
            said += _too_few(column, counts, shares) + _too_many(column, counts, shares)
    return said


def _too_few(column: str, counts: Mapping[str | None, int], shares: SharesConfig) -> list[str]:
    return [
        f"Diversity: {column} {value} has {share:.1%} of the pairs, "
        f"select.diversity.{column}.min_shares asks for {shares.min_shares[value]:.1%}."
        for value, share in short_of(counts, shares.min_shares).items()
    ]


def _too_many(column: str, counts: Mapping[str | None, int], shares: SharesConfig) -> list[str]:
    """What dropping could not mend: too few values share the whole. A row more than the share is not told."""
    total = sum(counts.values())
    limits = {value: shares.max_shares.get(value, shares.max_share or 1.0) for value in counts if value is not None}
    return [
        f"Diversity: {column} {value} has {counts[value] / total:.1%} of the pairs, the limit is {most:.1%}, "
        "and there are too few others to meet it by dropping."
        for value, most in sorted(limits.items())
        if counts[value] > most * total + len(counts)
    ]
