"""All that a report shows, as plain values: the summary and the page read nothing else."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

# Stands in `MixtureRow.source` for a whole split: every source together.
ALL_SOURCES: Final = "*"
INSTRUCTION: Final = "instruction"
RAW: Final = "raw"


@dataclass(frozen=True, slots=True)
class RunFacts:
    """A run, as its manifest tells it.

    Attributes:
        run_id: The id of the run.
        run_date: The date the run stands for, as ``YYYY-MM-DD``.
        status: How it ended, such as ``done`` or ``failed``.
        started_at: When it began.
        ended_at: When it ended; None while it goes on.
        code_version: Version of the program.
        config_hash: Hash of the resolved configuration.
        config_yaml: The resolved configuration; it is shown as it is, so it must hold no secret.
        package_versions: Package and its version.
        input_versions: Source, and what was read of it: a table version, a fingerprint.
    """

    run_id: str
    run_date: str
    status: str
    started_at: datetime
    ended_at: datetime | None
    code_version: str
    config_hash: str
    config_yaml: str
    package_versions: Mapping[str, str]
    input_versions: Sequence[tuple[str, str]]

    @property
    def seconds(self) -> float | None:
        """Wall time from start to end, in seconds; None while the run goes on."""
        return None if self.ended_at is None else (self.ended_at - self.started_at).total_seconds()


@dataclass(frozen=True, slots=True)
class StageRow:
    """The account of one stage, in its own unit (records, documents, pairs or rows).

    Attributes:
        stage: Name of the stage.
        unit: What its numbers count.
        rows_in: What came in.
        rows_out: What was kept.
        rejected: What was dropped, each with a reason in ``rejects``.
        not_drawn: What was fit, but left over by the plan of the mixture.
        reasons: How many were dropped for each reason.
        seconds: Wall time.
    """

    stage: str
    unit: str
    rows_in: int
    rows_out: int
    rejected: int
    not_drawn: int
    reasons: Mapping[str, int]
    seconds: float

    @property
    def missing(self) -> int:
        """What came in and is nowhere to be found; below 0 where more went out than came in."""
        return self.rows_in - self.rows_out - self.rejected - self.not_drawn

    @property
    def top_reasons(self) -> list[tuple[str, int]]:
        """All reasons with their counts, the most frequent first, equal ones by name."""
        return sorted(self.reasons.items(), key=lambda item: (-item[1], item[0]))


@dataclass(frozen=True, slots=True)
class RuleRow:
    """What one rule yielded in one family; a rule that is on and yielded nothing has a row of zeros.

    Attributes:
        rule: Name of the rule.
        family: Family of its pairs; empty in a row of zeros.
        admitted: Pairs that stand in ``pairs``.
        rejected: Candidates that were dropped.
        mean_grounding: Mean grounding of the admitted pairs, 0 to 1; None where there are none.
    """

    rule: str
    family: str
    admitted: int
    rejected: int
    mean_grounding: float | None


@dataclass(frozen=True, slots=True)
class VarietyRow:
    """How the admitted pairs spread over the values of one column.

    Attributes:
        column: Name of the column, such as ``source`` or ``verb_class``.
        values: How many different values there are; pairs without one count as one value more.
        entropy: Shannon entropy of their shares, in bits.
        shares: The most frequent values with their shares of the pairs, 0 to 1; an absent value is an empty text.
    """

    column: str
    values: int
    entropy: float
    shares: Sequence[tuple[str, float]]

    @property
    def evenness(self) -> float:
        """Entropy as a share of what it would be if all values were equally frequent; 1 for a single one."""
        return self.entropy / math.log2(self.values) if self.values > 1 else 1.0


@dataclass(frozen=True, slots=True)
class MixtureRow:
    """Planned and achieved share of one stream.

    Attributes:
        split: Name of the split.
        source: Name of the source, or `ALL_SOURCES` for the whole split.
        stream: ``raw``, ``instruction`` or ``joined``.
        planned: Planned share of the stream in all units of this split and source, 0 to 1.
        achieved: The share that came about.
        unit: What shares count: tokens, rows or bytes.
        tolerance: By how much the shares may differ, absolute: 0.001 is a tenth of a per cent.
        fallback: What gave way where pairs ran short; empty where nothing had to.
        rows: Rows of the mixture in this split, source and stream.
        units_total: Units in these rows.
    """

    split: str
    source: str
    stream: str
    planned: float
    achieved: float
    unit: str
    tolerance: float
    fallback: str
    rows: int
    units_total: int

    @property
    def is_off(self) -> bool:
        """Whether the achieved share misses the planned one by more than the tolerance."""
        # A share of exactly the tolerance must not fail by the last bit of a subtraction.
        return abs(self.achieved - self.planned) > self.tolerance + 1e-12


@dataclass(frozen=True, slots=True)
class SamplePair:
    """One admitted pair and the piece of its document that it was made from.

    Attributes:
        pair_id: The id of the pair.
        doc_id: The id of its document; empty for a pair without one.
        source: Name of the source.
        title: Title of the document, or empty.
        url: Address of the document, or empty; anything may stand in it.
        rule: Rule that made the pair.
        family: Its family.
        lang: Its language, or empty.
        instruction: The request.
        response: The answer.
        grounding: How much of the answer stands in the document, 0 to 1.
        excerpt: Text around the evidence, made by `etl.report.excerpt.make_excerpt`.
        highlights: The evidence, as code points of `excerpt`, ordered and not overlapping.
    """

    pair_id: str
    doc_id: str
    source: str
    title: str
    url: str
    rule: str
    family: str
    lang: str
    instruction: str
    response: str
    grounding: float
    excerpt: str
    highlights: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Report:
    """A run and all that is shown of it.

    Attributes:
        run: The run.
        stages: Its stages, in the order they ran.
        rules: What each rule that is on yielded.
        families: Admitted pairs of each family, zeros included.
        mixture: Planned and achieved shares.
        samples: A few pairs with their evidence.
        warnings: Sentences, see `etl.report.warnings.warnings_of`.
        outputs: What was written, such as ``pairs`` or ``report``, and where it is.
        variety: How the pairs spread over sources, families, templates, languages and verbs.
        filled: How those of templates spread over templates, kinds, languages, slot counts and fillers; of a filler
            the shares are of the pairs it stands in, and a pair may have several.
    """

    run: RunFacts
    stages: Sequence[StageRow]
    rules: Sequence[RuleRow]
    families: Mapping[str, int]
    mixture: Sequence[MixtureRow]
    samples: Sequence[SamplePair]
    warnings: Sequence[str]
    outputs: Mapping[str, str]
    variety: Sequence[VarietyRow] = ()
    filled: Sequence[VarietyRow] = ()
