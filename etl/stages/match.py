"""Match: which templates of real requests fit a document, and which of them are drawn for it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as F

from etl.config.fine_instructions import FineInstructionsConfig
from etl.errors import ConfigError
from etl.matching.balance import MAX_BIN, weights
from etl.matching.index import Index, best_of, build_index
from etl.matching.pooling import Matrix, passage_at, pooled, unit, windows
from etl.recipes.request_templates import KEY, RequestTemplate, natural_bins
from etl.stages.batches import Batches, Worker
from etl.stages.expressions import hash_id, weighted_draw
from udfs.devices import use_own_device
from udfs.models.base import ModelSpec
from udfs.models.loading import load_embedder

# Every worker holds them all.
_MAX_BYTES: Final = 1 << 30
_VECTORS: Final = "number int, vector binary"
_VECTORS_ARROW: Final = pa.schema([("number", pa.int32()), ("vector", pa.binary())])
_MATCHES: Final = "doc_id string, number int, score float, chunk int, start int, end int"
_MATCHES_ARROW: Final = pa.schema(
    [
        ("doc_id", pa.string()),
        ("number", pa.int32()),
        ("score", pa.float32()),
        ("chunk", pa.int32()),
        ("start", pa.int32()),
        ("end", pa.int32()),
    ]
)


class Matching(NamedTuple):
    """What documents are matched with: the index of all templates, the encoder, and the settings."""

    lookup: Index
    embedder: ModelSpec
    config: FineInstructionsConfig
    max_passage_chars: int


def vectors_of(spark: SparkSession, texts: Sequence[str], embedder: ModelSpec) -> DataFrame:
    """Return a row for each text: its `number` and its `vector` of length 1, as bytes."""
    rows = spark.createDataFrame(list(enumerate(texts)), "number int, text string")
    return rows.mapInArrow(_embedding(embedder), _VECTORS)


def index_of(vectors: DataFrame, config: FineInstructionsConfig) -> Index:
    """Return the index of what `vectors_of` made.

    Raises:
        ConfigError: There are more vectors than a worker can hold, or FAISS is asked for and not there.
    """
    first = vectors.first()
    size = (len(first["vector"]) if first is not None else 0) * vectors.count()
    if size > _MAX_BYTES:
        raise ConfigError(
            f"{KEY}: their vectors have {size:,} bytes and every worker holds them; valid: {_MAX_BYTES:,} at most"
        )
    rows = sorted((row["number"], bytes(row["vector"])) for row in vectors.collect())
    return build_index(np.stack([np.frombuffer(vector, np.float32) for _, vector in rows]), config.index)


def match(documents: DataFrame, matching: Matching) -> DataFrame:
    """Return a row for each document and template that fits it.

    Columns: `doc_id`; `number` of the template; `score`, the highest cosine of the document's vectors with it; `chunk`,
    which of them it was, 0 for the whole document; and the passage around that chunk, from `start` to `end`.
    """
    return documents.select("doc_id", "text").mapInArrow(_matching(matching), _MATCHES)


def drawn(matches: DataFrame, templates: Sequence[RequestTemplate], per_document: int, seed: int) -> DataFrame:
    """Return the matches that are asked about: of each document so many, balanced by the slots of their templates.

    Adds `template_id`, `template`, its text, and `item_id`.
    """
    rows = [(n, each.id, each.text, min(each.slots, MAX_BIN)) for n, each in enumerate(templates)]
    spark = matches.sparkSession
    known = spark.createDataFrame(rows, "number int, template_id string, template string, bin int")
    binned = matches.join(known, on="number", how="inner")
    counts = {row["bin"]: row["count"] for row in binned.groupBy("bin").count().collect()}
    of_bins = weights(natural_bins(templates), counts)
    if not of_bins:
        return binned.withColumn("item_id", F.lit("")).drop("bin")
    match_id = F.concat_ws(" ", "doc_id", "template_id")
    key = weighted_draw(seed, "fine_instructions", match_id, of_bins, F.col("bin"))
    by_key = Window.partitionBy("doc_id").orderBy(F.desc("key"), "template_id")
    ranked = binned.withColumn("key", key).withColumn("rank", F.row_number().over(by_key))
    item_id = hash_id(F.col("doc_id"), F.col("template_id"))
    return ranked.filter(F.col("rank") <= per_document).drop("bin", "key", "rank").withColumn("item_id", item_id)


def items_of_matches(documents: DataFrame, matches: DataFrame) -> DataFrame:
    """Return an item for each match that was drawn: its passage, and its template as the request."""
    of_documents = documents.select("doc_id", "source", "source_id", "lang", "license", F.col("text").alias("whole"))
    return matches.join(of_documents, on="doc_id", how="inner").select(
        "item_id", "doc_id", "source", "source_id", "lang", "license", "template_id",
        F.expr("substring(whole, start + 1, end - start)").alias("text"),
        F.col("template").alias("instruction"),
        F.lit("").alias("response"),
        F.array(F.struct("start", "end")).alias("evidence"),
    )  # fmt: skip


def vectors_of_documents(
    texts: Sequence[str], embed: Callable[[Sequence[str]], Matrix], config: FineInstructionsConfig
) -> list[Matrix]:
    """Return the vectors of each document, the whole first; one without text has none.

    The windows of all documents go to the encoder together, which sorts them by length.
    """
    parts = [windows(text, config.window_chars) for text in texts]
    flat = [window for part in parts for window in part]
    if not flat:
        return [np.zeros((0, 0), np.float32) for _ in texts]
    ends = np.cumsum([len(part) for part in parts])
    made = np.split(unit(embed(flat)), ends[:-1])
    return [pooled(rows, config.chunks, config.sigma, config.alpha) if len(rows) else rows for rows in made]


def _embedding(spec: ModelSpec) -> Worker:
    def embed(batches: Batches) -> Iterator[pa.RecordBatch]:
        use_own_device()
        embedder = load_embedder(spec)
        for batch in batches:
            vectors = unit(embedder.embed(batch.column("text").to_pylist()))
            packed = [row.tobytes() for row in np.ascontiguousarray(vectors, np.float32)]
            yield pa.RecordBatch.from_arrays([batch.column("number"), pa.array(packed)], schema=_VECTORS_ARROW)

    return embed


def _matching(matching: Matching) -> Worker:
    def match_batches(batches: Batches) -> Iterator[pa.RecordBatch]:
        use_own_device()
        embedder = load_embedder(matching.embedder)
        for batch in batches:
            rows = batch.to_pylist()
            found = list(_matches_of(rows, embedder.embed, matching))
            if found:
                yield pa.RecordBatch.from_pylist(found, schema=_MATCHES_ARROW)

    return match_batches


def _matches_of(
    rows: Sequence[Mapping[str, Any]], embed: Callable[[Sequence[str]], Matrix], matching: Matching
) -> Iterator[dict[str, Any]]:
    config = matching.config
    made = vectors_of_documents([row["text"] for row in rows], embed, config)
    owned = [(number, vectors) for number, vectors in enumerate(made) if len(vectors)]
    if not owned:
        return
    owners = np.repeat(np.array([number for number, _ in owned], np.int64), config.chunks + 1)
    hits = matching.lookup.search(np.concatenate([vectors for _, vectors in owned]), config.threshold)
    for document, row, chunk, score in best_of(hits, owners, config.chunks + 1, config.max_matches):
        start, end = passage_at(rows[document]["text"], chunk, config.chunks, matching.max_passage_chars)
        yield {
            "doc_id": rows[document]["doc_id"],
            "number": row,
            "score": score,
            "chunk": chunk,
            "start": start,
            "end": end,
        }
