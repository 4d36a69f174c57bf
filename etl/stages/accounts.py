"""The account of each stage: what came in, went out, was rejected or not drawn, counted from what was staged."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pyspark.sql import DataFrame

from etl.mixture.shares import Taken
from etl.stages.distinct import DUPLICATE
from etl.stages.mix import CHAT_TOKEN, Plan


class Account(NamedTuple):
    """The account of one stage in its own unit; `reasons` says of the rejected how many had which reason."""

    stage: str
    unit: str
    rows_in: int
    rows_out: int
    not_drawn: int
    reasons: Mapping[str, int]

    @property
    def rejected(self) -> int:
        """How many were rejected."""
        return sum(self.reasons.values())


def account_input(parsed: DataFrame, duplicates: DataFrame) -> tuple[Account, Account]:
    """Return the accounts of ingest and parse."""
    counts = {
        (row["stage"], row["reason"]): row["count"] for row in parsed.groupBy("stage", "reason").count().collect()
    }
    broken = {reason: n for (stage, reason), n in counts.items() if stage == "ingest"}
    records = sum(counts.values())
    documents = records - sum(broken.values())
    unusable = {reason: n for (stage, reason), n in counts.items() if stage == "parse"}
    if repeated := duplicates.count():
        unusable[DUPLICATE] = repeated
    return (
        Account("ingest", "records", records, documents, 0, broken),
        Account("parse", "documents", documents, documents - sum(unusable.values()), 0, unusable),
    )


def account_candidates(candidates: DataFrame) -> Account:
    """Return the account of extract; whatever a rule yields is a candidate, so none is rejected here."""
    found = candidates.count()
    return Account("extract", "pairs", found, found, 0, {})


def account_selected(selected: DataFrame) -> Account:
    """Return the account of select."""
    counts = {row["reason"]: row["count"] for row in selected.groupBy("reason").count().collect()}
    candidates = sum(counts.values())
    reasons = {reason: n for reason, n in counts.items() if reason is not None}
    return Account("select", "pairs", candidates, candidates - sum(reasons.values()), 0, reasons)


def account_mix(taken: Sequence[Taken], planned: Plan, n_documents: int) -> Account:
    """Return the account of mix; a pair that a plan repeats counts as often as it was offered."""
    offered = rows_out = once = 0
    for row in taken:
        draw = planned.draw_of(row.stream, row.split)
        offered += row.offered_rows * max(1, draw.copies + (draw.target > 0))
        rows_out += row.rows
        once += row.offered_rows if row.stream == "raw" else 0
    # Raw documents that were not offered hold a chat token.
    refused = n_documents - once
    reasons = {CHAT_TOKEN: refused} if refused else {}
    return Account("mix", "rows", offered + refused, rows_out, offered - rows_out, reasons)
