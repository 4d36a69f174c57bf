"""Signatures: what of each text is compared with all others. Made where the text is in memory anyway."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame

from etl.config.duplicates import NearDuplicatesOfConfig
from etl.fingerprints.minhash import bands, signatures
from etl.fingerprints.ngrams import Ngrams, ngrams_of
from etl.fingerprints.words import words_of
from etl.stages.batches import Batches

BANDS_ARROW: Final = pa.list_(pa.int64())
_SIGNED: Final = pa.schema([("key", pa.string()), ("bands", BANDS_ARROW)])


def shingles_of(texts: Sequence[str | None], config: NearDuplicatesOfConfig) -> Ngrams:
    """Return the shingles of each text; a text of fewer words is one shingle, one of no words none."""
    return ngrams_of(words_of([text or "" for text in texts]), config.ngram_size, whole_if_short=True)


def bands_of(texts: Sequence[str | None], config: NearDuplicatesOfConfig | None) -> pa.Array:
    """Return a list of band hashes for each text, empty for texts without words; all null without a configuration."""
    if config is None:
        return pa.nulls(len(texts), BANDS_ARROW)
    shingles = shingles_of(texts, config)
    is_comparable = np.diff(shingles.bounds) > 0
    hashes = bands(signatures(shingles, config.num_hashes), config.num_bands)[is_comparable]
    offsets = np.concatenate([np.zeros(1, np.int32), np.cumsum(is_comparable * config.num_bands, dtype=np.int32)])
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(hashes.ravel()))


def sign(texts: DataFrame, config: NearDuplicatesOfConfig) -> DataFrame:
    """Return `key, bands` of rows with `key, text`."""

    def sign_batches(batches: Batches) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            columns = [batch.column("key").cast(pa.string()), bands_of(batch.column("text").to_pylist(), config)]
            yield pa.RecordBatch.from_arrays(columns, schema=_SIGNED)

    return texts.select("key", "text").mapInArrow(sign_batches, "key string, bands array<bigint>")
