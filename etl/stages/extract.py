"""Extract: the rules read the blocks of each document and yield candidate pairs, each with its evidence."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

from etl.rules.base import Document, Pair, Rule
from etl.rules.grounding import grounding
from etl.stages.expressions import count_words
from etl.text.blocks import decode

_SPANS_ARROW: Final = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))
_SPANS: Final = T.ArrayType(
    T.StructType([T.StructField("start", T.IntegerType()), T.StructField("end", T.IntegerType())])
)
_COLUMNS: Final[dict[str, tuple[pa.DataType, T.DataType]]] = {
    "pair_id": (pa.string(), T.StringType()),
    "doc_id": (pa.string(), T.StringType()),
    "source": (pa.string(), T.StringType()),
    "source_id": (pa.string(), T.StringType()),
    "rule": (pa.string(), T.StringType()),
    "rule_version": (pa.string(), T.StringType()),
    "family": (pa.string(), T.StringType()),
    "instruction": (pa.string(), T.StringType()),
    "response": (pa.string(), T.StringType()),
    "context": (pa.string(), T.StringType()),
    "evidence": (_SPANS_ARROW, _SPANS),
    "grounding": (pa.float64(), T.DoubleType()),
    "lang": (pa.string(), T.StringType()),
    "license": (pa.string(), T.StringType()),
}
_ARROW: Final = pa.schema([(name, arrow) for name, (arrow, _) in _COLUMNS.items()])
CANDIDATES: Final = T.StructType([T.StructField(name, spark) for name, (_, spark) in _COLUMNS.items()])
# What the rules read of a document; nothing else crosses over to Python.
_READ: Final = ("doc_id", "source", "source_id", "title", "lang", "license", "text", "blocks")
_BATCH_ROWS: Final = 2_000
# Twice as long an answer is one degree more complex; answers of up to this many words are of degree 1.
_SIMPLE_WORDS: Final = 16

Row = tuple[Any, ...]


def extract(documents: DataFrame, rules: Sequence[Rule]) -> DataFrame:
    """Return the candidate pairs of all rules, with the columns of the pairs table but `run_id`."""
    found = documents.select(*_READ).mapInArrow(_worker(tuple(rules)), CANDIDATES)
    words = count_words(F.col("response"))
    return found.withColumns(
        {
            "method": F.lit("extraction"),
            "response_source": F.lit("span"),
            "template_id": F.lit(None).cast("string"),
            "model_id": F.lit(None).cast("string"),
            "n_tokens": count_words(F.col("instruction")) + words,
            "complexity": (F.lit(1) + F.floor(F.log2(F.greatest(words / _SIMPLE_WORDS, F.lit(1.0))))).cast("int"),
        }
    )


def _worker(rules: tuple[Rule, ...]) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def extract_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        held: list[Row] = []
        for batch in batches:
            for described in zip(*[batch.column(name).to_pylist() for name in _READ], strict=True):
                held.extend(_rows(described, rules))
                if len(held) >= _BATCH_ROWS:
                    yield _batch(held)
                    held = []
        if held:
            yield _batch(held)

    return extract_batches


def _rows(described: Row, rules: tuple[Rule, ...]) -> Iterator[Row]:
    doc_id, source, source_id, title, lang, license_, text, flat = described
    document = Document(text, decode(flat), title, lang)
    for rule in rules:
        for ordinal, pair in enumerate(rule(document)):
            yield (
                pair_id(doc_id, rule, ordinal, pair),
                doc_id,
                source,
                source_id,
                rule.name,
                rule.version,
                pair.family,
                pair.instruction,
                pair.response,
                pair.context or None,
                [{"start": span.start, "end": span.end} for span in pair.evidence],
                grounding(pair.response, text, pair.evidence),
                lang,
                license_,
            )


def pair_id(doc_id: str, rule: Rule, ordinal: int, pair: Pair) -> str:
    """Return the id of a pair: 32 hex digits that depend on its document, rule and content only."""
    parts = (doc_id, rule.name, rule.version, str(ordinal), pair.instruction, pair.response)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _batch(rows: list[Row]) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, _ARROW, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=_ARROW)
