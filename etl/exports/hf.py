"""Export for Hugging Face: Parquet files a split, and a card by which ``datasets.load_dataset`` finds them."""

from collections.abc import Mapping
from typing import Final

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.exports.croissant import CROISSANT, croissant_text
from etl.exports.dataset_card import card_text
from etl.storage import write_text

_SPLIT: Final = "split"
_ALL: Final = "train"
# More licences or languages than this are no list for people.
_MOST_VALUES: Final = 200


def export_hf(rows: DataFrame, table: str, out: str, facts: Mapping[str, str]) -> None:
    """Write ``data/SPLIT/*.parquet``, ``README.md`` and ``croissant.json``; rows without a split are all ``train``.

    Args:
        rows: What to write.
        table: The name of the table, for the card.
        out: A folder, or a URI of one.
        facts: How the rows were made, for the card.
    """
    out = out.rstrip("/")
    if _SPLIT in rows.columns:
        counted = {row[_SPLIT]: row["count"] for row in rows.groupBy(_SPLIT).count().orderBy(_SPLIT).collect()}
    else:
        counted = {_ALL: rows.count()}
    for split in counted:
        chosen = rows.filter(F.col(_SPLIT) == split) if _SPLIT in rows.columns else rows
        chosen.write.parquet(f"{out}/data/{split}")
    licenses = _counted(rows, "license")
    languages = [lang for lang, _ in _counted(rows, "lang") if lang]
    # Names of splits are words there, without hyphens.
    counts = {split.replace("-", "_"): n for split, n in counted.items()}
    patterns = {split.replace("-", "_"): f"data/{split}/*.parquet" for split in counted}
    columns = {field.name: field.dataType.simpleString() for field in rows.schema.fields}
    said = f"The table {table}, exported by instructlake."
    known = [license_ for license_, _ in licenses if license_]
    write_text(f"{out}/{CROISSANT}", croissant_text(table, said, patterns, columns, known))
    write_text(
        f"{out}/README.md", card_text(table, patterns, counts, licenses, columns, languages=languages, facts=facts)
    )


def _counted(rows: DataFrame, column: str) -> list[tuple[str | None, int]]:
    """Return the values of a column and how many rows have each, the most frequent first; none without the column."""
    if column not in rows.columns:
        return []
    most = rows.groupBy(column).count().orderBy(F.desc("count"), column).limit(_MOST_VALUES)
    return [(row[column], row["count"]) for row in most.collect()]
