"""Score labelled examples: the cosine that a match would have, for documents and descriptions that are known."""

from collections.abc import Iterator, Sequence
from typing import Final

import pyarrow as pa
from pyspark.sql import SparkSession

from etl.config.fine_instructions import FineInstructionsConfig
from etl.matching.pooling import unit
from etl.recipes.labelled_matches import LabelledMatch
from etl.stages.batches import Batches, Worker
from etl.stages.match import vectors_of_documents
from udfs.devices import use_own_device
from udfs.models.base import ModelSpec
from udfs.models.loading import load_embedder

_SCORES: Final = pa.schema([("number", pa.int32()), ("score", pa.float64())])


def scores_of(
    spark: SparkSession, examples: Sequence[LabelledMatch], embedder: ModelSpec, config: FineInstructionsConfig
) -> list[float]:
    """Return for each example the highest cosine of the document's vectors with the description's."""
    rows = [(n, each.document, each.description) for n, each in enumerate(examples)]
    frame = spark.createDataFrame(rows, "number int, document string, description string")
    scored = frame.mapInArrow(_worker(embedder, config), "number int, score double").collect()
    return [row["score"] for row in sorted(scored, key=lambda row: int(row["number"]))]


def _worker(spec: ModelSpec, config: FineInstructionsConfig) -> Worker:
    def score(batches: Batches) -> Iterator[pa.RecordBatch]:
        use_own_device()
        embedder = load_embedder(spec)
        for batch in batches:
            descriptions = unit(embedder.embed(batch.column("description").to_pylist()))
            documents = batch.column("document").to_pylist()
            vectors = vectors_of_documents(documents, embedder.embed, config)
            scores = [float((each @ of).max()) for each, of in zip(vectors, descriptions, strict=True)]
            yield pa.RecordBatch.from_arrays([batch.column("number"), pa.array(scores, pa.float64())], schema=_SCORES)

    return score
