"""Rejects: every dropped row with its stage and reason, and the limit on how many records may fail."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.config.models import ErrorsConfig
from etl.errors import ErrorRateExceededError
from etl.stages.accounts import Account
from etl.stages.distinct import reject_duplicates
from etl.stages.expressions import cut
from etl.stages.mix import reject_chat_tokens
from etl.stages.union import union

_COLUMNS = ("stage", "reason", "detail", "source", "source_id", "doc_id", "pair_id", "payload")
_PAYLOAD_CHARS = 2000
_EXAMPLES = 3


def gather_rejects(
    parsed: DataFrame,
    duplicates: DataFrame,
    documents: DataFrame,
    selected: DataFrame,
    *made: DataFrame | None,
) -> DataFrame:
    """Return the rejects of all stages, with the columns of their table but `run_id`.

    What was `made` elsewhere, imported or generated, has its rejects beside its pairs; None is a stage that was off.
    """
    pairs = selected.filter(F.col("reason").isNotNull())
    content = F.struct(
        "rule", cut(F.col("instruction"), 500).alias("instruction"), cut(F.col("response"), 1000).alias("response")
    )
    frames = [
        parsed.filter(F.col("reason").isNotNull()),
        reject_duplicates(parsed, duplicates),
        pairs.withColumns({"stage": F.lit("select"), "payload": F.to_json(content)}),
        reject_chat_tokens(documents),
    ]
    frames += [rows.drop("pair_id").filter(F.col("reason").isNotNull()) for rows in made if rows is not None]
    return union([_fitted(frame) for frame in frames])


def _fitted(frame: DataFrame) -> DataFrame:
    have = set(frame.columns)
    return frame.select(
        *[F.col(name) if name in have else F.lit(None).cast("string").alias(name) for name in _COLUMNS]
    ).withColumn("payload", cut(F.col("payload"), _PAYLOAD_CHARS))


def check_error_rate(
    ingested: Account, parsed: DataFrame, config: ErrorsConfig, imported: DataFrame | None = None
) -> None:
    """Stop the run where more records failed than the configuration allows.

    Raises:
        ErrorRateExceededError: They did; the message holds the most frequent reasons and some examples.
    """
    # Divided, not multiplied: 29 of 100 are 0.29 to the last bit, but 0.29 * 100 is less than 29.
    if not ingested.rejected or ingested.rejected / ingested.rows_in <= config.max_error_rate:
        return
    reasons = ", ".join(f"{n} {reason}" for reason, n in sorted(ingested.reasons.items(), key=lambda item: -item[1]))
    failures = [
        frame.filter(F.col("stage") == "ingest").select("source", "source_id", "reason", "detail")
        for frame in (parsed, imported)
        if frame is not None
    ]
    failed = union(failures)
    examples = [
        f"  {row['source']}, {row['source_id']}: {row['reason']}: {row['detail']}"
        for row in failed.orderBy("source", "source_id", "reason").limit(_EXAMPLES).collect()
    ]
    raise ErrorRateExceededError(
        f"{ingested.rejected} of {ingested.rows_in} input records failed ({reasons}), "
        f"{ingested.rejected / ingested.rows_in:.2%}; errors.max_error_rate allows {config.max_error_rate:.2%}. "
        "Nothing was published. For example:\n" + "\n".join(examples)
    )
