"""Parse: every unit of input becomes rows of documents, or rows that say why not.

Text is parsed here, once; gates and rules read it while it is in memory.
"""

from collections.abc import Iterator
from typing import Final

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

from etl.config.models import InputConfig
from etl.stages.batches import Batches, Worker, in_batches
from etl.stages.expressions import has_chat_token
from etl.stages.extract import FOUND, FOUND_ARROW
from etl.stages.fill import FILLED, FILLED_ARROW
from etl.stages.records import read_records
from etl.stages.signatures import BANDS_ARROW, bands_of
from etl.stages.treatment import Row, Treatment, treat
from etl.text.words import count_words

_COLUMNS: Final[dict[str, tuple[pa.DataType, T.DataType]]] = {
    "doc_id": (pa.string(), T.StringType()),
    "source": (pa.string(), T.StringType()),
    "source_id": (pa.string(), T.StringType()),
    "url": (pa.string(), T.StringType()),
    "title": (pa.string(), T.StringType()),
    "lang": (pa.string(), T.StringType()),
    "license": (pa.string(), T.StringType()),
    "format": (pa.string(), T.StringType()),
    "text": (pa.string(), T.StringType()),
    "content_hash": (pa.string(), T.StringType()),
    "n_chars": (pa.int32(), T.IntegerType()),
    "n_chrome": (pa.int32(), T.IntegerType()),
    "n_markup": (pa.int32(), T.IntegerType()),
    "blocks": (pa.list_(pa.int32()), T.ArrayType(T.IntegerType())),
    "tags": (pa.list_(pa.string()), T.ArrayType(T.StringType())),
    "found": (FOUND_ARROW, FOUND),
    "n_found": (pa.int32(), T.IntegerType()),
    "filled": (FILLED_ARROW, FILLED),
    "stage": (pa.string(), T.StringType()),
    "reason": (pa.string(), T.StringType()),
    "detail": (pa.string(), T.StringType()),
    "payload": (pa.string(), T.StringType()),
    "bands": (BANDS_ARROW, T.ArrayType(T.LongType())),
    "n_tokens": (pa.int32(), T.IntegerType()),
}
# Made of all texts of a batch at once.
_OF_BATCHES: Final = ("bands", "n_tokens")
_ARROW: Final = pa.schema([(name, arrow) for name, (arrow, _) in _COLUMNS.items()])
PARSED: Final = T.StructType([T.StructField(name, spark) for name, (_, spark) in _COLUMNS.items()])

_BATCH_ROWS: Final = 2_000


def parse(units: DataFrame, config: InputConfig, treatment: Treatment, *, limit: int | None) -> DataFrame:
    """Return one row a record: a parsed document with what the rules found in it, or a reject with stage and reason.

    Columns: those of the documents table but `run_id`; `found` and `n_found`, the candidate pairs and how many
    there are; `filled`, the pairs of templates, or null; `stage, reason, detail, payload`, null for documents;
    `bands`, by which documents are compared, or null; `has_chat_token`; and `row_no`, which tells the rows of this
    one frame apart and is never published.
    """
    parsed = units.mapInArrow(_worker(config, treatment, limit), PARSED)
    return parsed.withColumns(
        {
            "has_chat_token": has_chat_token(F.col("text")),
            "row_no": F.monotonically_increasing_id(),
        }
    )


def _worker(config: InputConfig, treatment: Treatment, limit: int | None) -> Worker:
    sources, max_chars = tuple(config.sources), config.max_chars

    def parse_batches(batches: Batches) -> Iterator[pa.RecordBatch]:
        records = read_records(batches, sources, max_chars, limit)
        rows = (treat(source.name, record, treatment) for source, record in records)
        return (_batch(held, treatment) for held in in_batches(rows, _chars_of, _BATCH_ROWS))

    return parse_batches


def _chars_of(row: Row) -> int:
    return len(row.get("text", ""))


def _batch(rows: list[Row], treatment: Treatment) -> pa.RecordBatch:
    fields = [field for field in _ARROW if field.name not in _OF_BATCHES]
    arrays = [pa.array([row.get(field.name) for row in rows], type=field.type) for field in fields]
    # Many texts at once: a few short ones would cost more in calls than in work.
    texts = [row.get("text") for row in rows]
    arrays += [bands_of(texts, treatment.compared), pa.array(count_words(texts))]
    return pa.RecordBatch.from_arrays(arrays, schema=_ARROW)
