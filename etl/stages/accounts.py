"""The account of each stage: what came in, went out, was rejected or not drawn, counted from what was staged."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.mixture.shares import Taken
from etl.stages.distinct import DUPLICATE
from etl.stages.mix import CHAT_TOKEN, Plan
from etl.stages.near_duplicates import NEAR_DUPLICATE


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


def account_pairs(stage: str, judged: DataFrame) -> Account:
    """Return the account of a stage over pairs, those with a `reason` being the ones it rejected."""
    counts = {row["reason"]: row["count"] for row in judged.groupBy("reason").count().collect()}
    kept = counts.pop(None, 0)
    return Account(stage, "pairs", kept + sum(counts.values()), kept, 0, counts)


def account_input(parsed: DataFrame, duplicates: DataFrame) -> tuple[Account, Account, Account]:
    """Return the accounts of ingest, parse and extract, by one small query."""
    repeated = duplicates.select(F.lit("parse").alias("stage"), "reason", "n_found")
    counted = (
        parsed.select("stage", "reason", "n_found")
        .unionByName(repeated)
        .groupBy("stage", "reason")
        .agg(F.count("*").alias("rows"), F.sum("n_found").alias("n_found"))
        .collect()
    )
    rows = {(row["stage"], row["reason"]): row["rows"] for row in counted}
    found = {(row["stage"], row["reason"]): row["n_found"] or 0 for row in counted}
    broken = {reason: n for (stage, reason), n in rows.items() if stage == "ingest"}
    unusable = {reason: n for (stage, reason), n in rows.items() if stage == "parse"}
    # A duplicate is counted twice: as the document it was parsed to, and as the reject it became.
    n_repeated = sum(unusable.get(reason, 0) for reason in (DUPLICATE, NEAR_DUPLICATE))
    documents = sum(rows.values()) - sum(broken.values()) - n_repeated
    # Whatever a rule finds is a candidate, so extract rejects none; a repeated document's are not extracted again.
    repeats = sum(found.get(("parse", reason), 0) for reason in (DUPLICATE, NEAR_DUPLICATE))
    candidates = found.get((None, None), 0) - repeats
    return (
        Account("ingest", "records", documents + sum(broken.values()), documents, 0, broken),
        Account("parse", "documents", documents, documents - sum(unusable.values()), 0, unusable),
        Account("extract", "pairs", candidates, candidates, 0, {}),
    )


def account_imported(imported: DataFrame, ingested: Account, extracted: Account) -> tuple[Account, Account]:
    """Return the accounts of ingest and extract with the rows of instruction sets: records, and candidates."""
    sets = account_pairs(ingested.stage, imported)
    broken = {reason: ingested.reasons.get(reason, 0) + n for reason, n in sets.reasons.items()}
    return (
        ingested._replace(
            rows_in=ingested.rows_in + sets.rows_in,
            rows_out=ingested.rows_out + sets.rows_out,
            reasons={**ingested.reasons, **broken},
        ),
        extracted._replace(rows_in=extracted.rows_in + sets.rows_out, rows_out=extracted.rows_out + sets.rows_out),
    )


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
