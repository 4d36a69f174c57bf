"""Count tokens with a trainer's tokenizer: one call of its library a batch, no row leaves its place."""

import hashlib
import os
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.config.mixture import WORDS, MixtureConfig
from etl.errors import ConfigError
from etl.mixture.shares import RAW
from etl.mixture.tokenizer import DEFAULT_PATTERN, Counter, Tokenizer, library_of, load_counter
from etl.readers.open import open_seekable
from etl.readers.places import place_of
from etl.stages.batches import Batches, Worker

# The largest vocabularies in use take some tens of megabytes.
_MAX_BYTES: Final = 256 * 1024 * 1024


def read_tokenizer(config: MixtureConfig) -> Tokenizer | None:
    """Return the tokenizer that is configured, None for words.

    Raises:
        ConfigError: The file cannot be read, its library is not installed, or it is no tokenizer.
    """
    if config.tokenizer == WORDS:
        return None
    library_of(config.tokenizer)
    try:
        with open_seekable(config.tokenizer) as file:
            content = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"mixture.tokenizer: {config.tokenizer}: {error.strerror or error}") from error
    if len(content) > _MAX_BYTES:
        raise ConfigError(f"mixture.tokenizer: {config.tokenizer} is larger than {_MAX_BYTES} bytes")
    name = place_of(config.tokenizer).path.rsplit("/", 1)[-1]
    tokenizer = Tokenizer(name, content, config.tokenizer_pattern or DEFAULT_PATTERN)
    load_counter(tokenizer)
    return tokenizer


def fingerprint(tokenizer: Tokenizer) -> str:
    """Return what tells a tokenizer from another one: its name and a hash of its content."""
    return f"{tokenizer.name}, {hashlib.sha256(tokenizer.content).hexdigest()[:16]}"


def count_tokens(offered: DataFrame, tokenizer: Tokenizer, config: MixtureConfig) -> DataFrame:
    """Return the rows that a mixture could take with the tokens of their text as the tokenizer counts them.

    Changes `n_tokens`, `raw_tokens`, `instruction_tokens`, and `units` where the ratio counts tokens.
    """
    counted = offered.mapInArrow(count_batches(tokenizer), offered.schema)
    is_raw = F.col("stream") == RAW
    return counted.withColumns(
        {
            "raw_tokens": F.when(is_raw, F.col("n_tokens")).otherwise(F.lit(0)),
            "instruction_tokens": F.when(is_raw, F.lit(0)).otherwise(F.col("n_tokens")),
            "units": F.col("n_tokens").cast("long") if config.unit == "tokens" else F.col("units"),
        }
    )


@lru_cache(maxsize=1)
def _counter_of(tokenizer: Tokenizer) -> Counter:
    # A worker reads a tokenizer once, not once a task: a large one takes a second.
    return load_counter(tokenizer)


def count_batches(tokenizer: Tokenizer) -> Worker:
    """Return the function of a worker: it puts the tokens of `text` into `n_tokens` and hands the rest on."""

    def count(batches: Batches) -> Iterator[pa.RecordBatch]:
        # Spark has a worker a core already; threads of a library within each would stand in each other's way.
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        counter = _counter_of(tokenizer)
        for batch in batches:
            counts = pa.array(counter(batch.column("text").to_pylist()), pa.int32())
            at = batch.schema.get_field_index("n_tokens")
            columns = [counts if index == at else column for index, column in enumerate(batch.columns)]
            yield pa.RecordBatch.from_arrays(columns, names=batch.schema.names)

    return count
