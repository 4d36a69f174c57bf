"""What a run should be looked at for: zero yield is loud, and accounts must close."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from etl.mixture.plan import DROP_RAW, LOWER_RATIO, LOWER_TOTAL, NO_PAIRS, NO_RAW, REPEAT
from etl.report.facts import ALL_SOURCES, INSTRUCTION, RAW, MixtureRow, RuleRow, StageRow
from etl.report.figures import count, points, share

# A stage that keeps less than this is more often misconfigured than strict.
MIN_KEPT: Final = 0.01
# Above this share instruction pairs begin to displace what raw text teaches.
MAX_RATIO: Final = 0.10


def warnings_of(
    stages: Sequence[StageRow],
    rules_on: Sequence[RuleRow],
    families: Mapping[str, int],
    mixture: Sequence[MixtureRow],
) -> list[str]:
    """Return one sentence for everything worth a look, the gravest first.

    Args:
        stages: Stages in the order they ran.
        rules_on: At least one row for every rule that is on, of zeros where it yielded nothing.
        families: Admitted pairs of each family that the rules can fill, zeros included.
        mixture: Planned and achieved shares.
    """
    return [
        *_of_accounts(stages),
        *_of_yield(stages),
        *_of_rules(rules_on),
        *(f"Family {name}: no pair was admitted." for name, n in sorted(families.items()) if n == 0),
        *_of_ratio(mixture),
        *_of_shares(mixture),
        *_of_fallbacks(mixture),
    ]


def _of_accounts(stages: Sequence[StageRow]) -> Iterator[str]:
    for row in stages:
        if row.missing:
            what = "are unaccounted for" if row.missing > 0 else "came from nowhere"
            yield (
                f"Stage {row.stage}: the account does not close; "
                f"{count(row.rows_in)} in, but {count(row.rows_out)} out, {count(row.rejected)} rejected, "
                f"{count(row.not_drawn)} not drawn; "
                f"{count(abs(row.missing))} {row.unit} {what}."
            )


def _of_yield(stages: Sequence[StageRow]) -> Iterator[str]:
    for number, row in enumerate(stages):
        # What the plan left over is no loss: a stage is judged by what it had to decide on.
        judged = row.rows_in - row.not_drawn
        if row.rows_in == 0:
            if number == 0:
                yield f"Stage {row.stage}: no {row.unit} came in at all."
        elif row.rows_out == 0:
            yield f"Stage {row.stage}: none of {count(row.rows_in)} {row.unit} came out{_mostly(row)}."
        elif row.rows_out < MIN_KEPT * judged:
            yield (
                f"Stage {row.stage}: only {share(row.rows_out / judged)} of {count(judged)} {row.unit} "
                f"were kept{_mostly(row)}."
            )


def _mostly(row: StageRow) -> str:
    """Name the most frequent reason, where there is one."""
    return f"; most frequent reason: {row.top_reasons[0][0]}" if row.reasons else ""


def _of_rules(rules: Sequence[RuleRow]) -> Iterator[str]:
    admitted: dict[str, int] = {}
    rejected: dict[str, int] = {}
    for row in rules:
        admitted[row.rule] = admitted.get(row.rule, 0) + row.admitted
        rejected[row.rule] = rejected.get(row.rule, 0) + row.rejected
    for rule in sorted(rule for rule, n in admitted.items() if n == 0):
        if rejected[rule]:
            yield f"Rule {rule} is on, but none of its {count(rejected[rule])} candidates was admitted."
        else:
            yield f"Rule {rule} is on, but yielded nothing."


def _of_ratio(mixture: Sequence[MixtureRow]) -> Iterator[str]:
    whole = {row.split for row in mixture if row.source == ALL_SOURCES}
    for row in mixture:
        # The contract is about a split; single sources speak only where no row tells of the whole.
        speaks = row.source == ALL_SOURCES or row.split not in whole
        ratio = max(row.planned, row.achieved)
        if row.stream == INSTRUCTION and speaks and ratio > MAX_RATIO:
            yield (
                f"Mixture {_place(row)}: an instruction share of {share(ratio)} is above {MAX_RATIO:.0%}; "
                "raw text may be displaced."
            )


def _of_shares(mixture: Sequence[MixtureRow]) -> Iterator[str]:
    off = [row for row in mixture if row.is_off]
    # Raw text is what the other streams leave over: it is off whenever they are.
    told = {(row.split, row.source) for row in off if row.stream != RAW}
    for row in off:
        if row.stream != RAW or (row.split, row.source) not in told:
            yield (
                f"Mixture {_place(row)}: {row.stream} has {share(row.achieved)} of {row.unit}, planned were "
                f"{share(row.planned)}; {points(row.achieved - row.planned)} points, tolerance "
                f"{points(row.tolerance).lstrip('+')}."
            )


_FALLBACKS: Final = {
    NO_PAIRS: "there are no pairs, so it is raw text only",
    NO_RAW: "there is no raw text, so it stays empty",
    LOWER_RATIO: "pairs ran short and the ratio was lowered",
    DROP_RAW: "pairs ran short and raw text was dropped",
    REPEAT: "pairs ran short and were repeated",
    LOWER_TOTAL: "there is less than the total asked for",
}


def _of_fallbacks(mixture: Sequence[MixtureRow]) -> Iterator[str]:
    used: dict[tuple[str, str], set[str]] = {}
    for row in mixture:
        if row.fallback:
            names = used.setdefault((row.split, row.fallback), set())
            if row.source != ALL_SOURCES:
                names.add(row.source)
    for (split, fallback), sources in sorted(used.items()):
        where = f" in {', '.join(sorted(sources))}" if sources else ""
        said = "; ".join(_FALLBACKS.get(way, f"the fallback {way} was used") for way in fallback.split("+"))
        yield f"Mixture {split}: {said}{where}."


def _place(row: MixtureRow) -> str:
    return row.split if row.source == ALL_SOURCES else f"{row.split}/{row.source}"
