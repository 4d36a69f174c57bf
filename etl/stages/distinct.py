"""Distinct: of documents with the same text the first one stays; the others are rejects that name it."""

from typing import Final

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

DUPLICATE: Final = "duplicate_document"
# All that can differ between two records of one text; only rows equal in every column are left to `row_no`.
_ORDER: Final = ("source", "source_id", "doc_id", "url", "title", "lang", "license", "format")


def find_duplicates(parsed: DataFrame) -> DataFrame:
    """Return `row_no` and `n_found` of every document that repeats an earlier one, `first_id` of that one, and why.

    What says why are `reason` and `detail`, as in the rejects.

    Documents are the same when their canonical text is. The order that makes one the first is that of source,
    source id and the other columns: nothing that depends on how rows are spread over a cluster. Only ids are
    shuffled, no text.
    """
    documents = parsed.filter(F.col("reason").isNull())
    same = Window.partitionBy("content_hash")
    first = same.orderBy(*_ORDER, "row_no")
    ranked = documents.select(
        "row_no",
        "n_found",
        F.row_number().over(first).alias("place"),
        F.first("doc_id").over(first).alias("first_id"),
    )
    return ranked.filter(F.col("place") > 1).select(
        "row_no",
        "n_found",
        "first_id",
        F.lit(DUPLICATE).alias("reason"),
        F.concat(F.lit("same text as document "), "first_id").alias("detail"),
    )


def keep_distinct(parsed: DataFrame, duplicates: DataFrame) -> DataFrame:
    """Return the documents that are no rejects and repeat none."""
    return parsed.filter(F.col("reason").isNull()).join(duplicates, on="row_no", how="left_anti")


def reject_duplicates(parsed: DataFrame, duplicates: DataFrame) -> DataFrame:
    """Return the repeated documents as rejects: `stage, reason, detail, source, source_id, doc_id, payload`.

    A text that is that of the document that stays is not kept a second time.
    """
    described = parsed.select("row_no", "source", "source_id", "doc_id", "text")
    repeated = described.join(duplicates.select("row_no", "reason", "detail"), on="row_no", how="inner")
    return repeated.select(
        F.lit("parse").alias("stage"),
        "reason",
        "detail",
        "source",
        "source_id",
        "doc_id",
        F.when(F.col("reason") != DUPLICATE, F.col("text")).alias("payload"),
    )
