"""Export for Hugging Face: Parquet files a split, and a card by which ``datasets.load_dataset`` finds them."""

from typing import Final

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.exports.dataset_card import card_text
from etl.storage import write_text

_SPLIT: Final = "split"
_ALL: Final = "train"
# More licences than this are no list for people.
_MOST_LICENSES: Final = 200


def export_hf(rows: DataFrame, table: str, out: str) -> None:
    """Write rows as ``data/SPLIT/*.parquet`` and ``README.md``; rows without a split are all ``train``.

    Args:
        rows: What to write.
        table: The name of the table, for the card.
        out: A folder, or a URI of one.
    """
    out = out.rstrip("/")
    if _SPLIT in rows.columns:
        counted = {row[_SPLIT]: row["count"] for row in rows.groupBy(_SPLIT).count().orderBy(_SPLIT).collect()}
    else:
        counted = {_ALL: rows.count()}
    for split in counted:
        chosen = rows.filter(F.col(_SPLIT) == split) if _SPLIT in rows.columns else rows
        chosen.write.parquet(f"{out}/data/{split}")
    licenses = []
    if "license" in rows.columns:
        most = rows.groupBy("license").count().orderBy(F.desc("count"), "license").limit(_MOST_LICENSES)
        licenses = [(row["license"], row["count"]) for row in most.collect()]
    # Names of splits are words there, without hyphens.
    counts = {split.replace("-", "_"): n for split, n in counted.items()}
    patterns = {split.replace("-", "_"): f"data/{split}/*.parquet" for split in counted}
    columns = {field.name: field.dataType.simpleString() for field in rows.schema.fields}
    write_text(f"{out}/README.md", card_text(table, patterns, counts, licenses, columns))
