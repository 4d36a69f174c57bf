"""Shards: the same rows in the same files in the same order, whatever cluster writes them.

A training that was interrupted finds its place again by the number of a sample, so that number must mean the same row
in every export of the same table.
"""

from typing import Final

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.optional_schemas import COMPLETIONS
from etl.schemas import DOCUMENTS, MIXTURE, PAIRS, RAW_ONLY, WITHOUT_PAIRS

# Some hundred megabytes of text: as large as loaders like them, small enough for the memory of one task.
ROWS_A_SHARD: Final = 100_000
_IDS: Final = {
    DOCUMENTS.name: "doc_id",
    PAIRS.name: "pair_id",
    COMPLETIONS.name: "prompt_id",
    **{table.name: "row_id" for table in (MIXTURE, WITHOUT_PAIRS, RAW_ONLY)},
}
_KEY: Final = "_shard_key"


def in_shards(rows: DataFrame, table: str, count: int | None) -> DataFrame:
    """Return the rows in so many partitions, each row in the one its id says, in the order of ids.

    Ids are hashes, so shards are about equally long and each is a mixture of everything.

    Args:
        rows: Rows of a table with all its columns.
        table: Its name; rows of a table without ids go by all they hold.
        count: Shards; None makes one of every 100,000 rows.
    """
    n_shards = count or max(1, -(-rows.count() // ROWS_A_SHARD))
    if table in _IDS:
        return rows.repartition(n_shards, _IDS[table]).sortWithinPartitions(_IDS[table])
    keyed = rows.withColumn(_KEY, F.to_json(F.struct(*rows.columns)))
    return keyed.repartition(n_shards, _KEY).sortWithinPartitions(_KEY).drop(_KEY)
