"""Entities: what the candidate sentences of the documents name, date and count, a row each.

Two engines look for it: Spark NLP in the JVM, and Python. Whichever does, `etl.entities.found` decides what comes of
it, so names and patterns are the same rows; keyphrases and the NER model need Spark NLP.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession

from etl.config.entities import EntitiesConfig
from etl.config.models import Config
from etl.entities.engine import SPARK_NLP, choose_engine
from etl.entities.found import Found, Span, find, resolve
from etl.entities.model import model_version
from etl.knowledge.gazetteer import Gazetteer
from etl.knowledge.load import fingerprint
from etl.knowledge.models import KnowledgeBase
from etl.rules.base import Document
from etl.rules.reading.language import language_of
from etl.session import has_spark_nlp, nlp_packages
from etl.stages.accounts import Account
from etl.stages.annotate import hits, keyphrases, recognized
from etl.stages.batches import Batches, Worker
from etl.stages.knowledge import read_knowledge
from etl.stages.sentences import candidate_sentences
from etl.surface.language import normal_code

# The engine that did the work, among the versions a run records of its inputs.
ENGINE: Final = "entities.engine"
_ARROW: Final = pa.schema(
    [
        ("doc_id", pa.string()),
        ("source", pa.string()),
        ("source_id", pa.string()),
        ("type", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("text", pa.string()),
        ("key", pa.string()),
        ("is_ambiguous", pa.bool_()),
        ("annotator", pa.string()),
        ("annotator_version", pa.string()),
    ]
)
_ROW: Final = (
    "doc_id string, source string, source_id string, type string, start int, `end` int, text string, key string, "
    "is_ambiguous boolean, annotator string, annotator_version string"
)


class Annotating(NamedTuple):
    """What looks for entities: the configuration, the engine that does the work, what is known, and the seed."""

    config: EntitiesConfig
    engine: str
    knowledge: KnowledgeBase
    seed: int


def build_annotating(spark: SparkSession, config: Config) -> Annotating | None:
    """Return what a configuration looks for entities with, or None where it does not.

    Raises:
        ConfigError: The knowledge base is wrong, the folder of a model is incomplete, or Spark NLP is missing.
    """
    if config.entities is None:
        return None
    engine = choose_engine(config.entities, has_spark_nlp=has_spark_nlp(spark), wanted=nlp_packages(spark))
    return Annotating(config.entities, engine, read_knowledge(spark, config.knowledge_base), config.run.seed)


def entity_versions(spark: SparkSession, config: Config) -> dict[str, str]:
    """Return what a run records of its entities: the engine, the knowledge, and the model where there is one.

    Raises:
        ConfigError: One of them is missing or wrong.
    """
    doing = build_annotating(spark, config)
    if doing is None:
        return {}
    found = {ENGINE: doing.engine, "knowledge_base": fingerprint(doing.knowledge)}
    if doing.config.ner_path is not None:
        found["entities.ner_path"] = model_version(doing.config.ner_path)
    return found


def find_entities(documents: DataFrame, doing: Annotating) -> DataFrame:
    """Return the entities of the documents, with the columns of the entities table but `run_id`."""
    sentences = candidate_sentences(documents, doing.config.max_sentences)
    if doing.engine != SPARK_NLP:
        return sentences.mapInArrow(_worker(doing), _ROW)
    found = hits(sentences, _gazetteer(doing.knowledge, _types(doing)).names, doing.config.patterns)
    rows = found.mapInArrow(_worker(doing), _ROW)
    if doing.config.keyphrase_share > 0:
        rows = rows.unionByName(keyphrases(documents, doing.config.keyphrase_share, doing.seed))
    if doing.config.ner_path is not None:
        rows = rows.unionByName(recognized(sentences, doing.config.ner_path, doing.config.ner_share, doing.seed))
    return rows


def account_entities(entities: DataFrame) -> Account:
    """Return the account of the stage: whatever is found is kept."""
    total = entities.count()
    return Account("entities", "entities", total, total, 0, {})


def _types(doing: Annotating) -> frozenset[str] | None:
    return None if doing.config.types is None else frozenset(doing.config.types)


@lru_cache(maxsize=1)
def _gazetteer(knowledge: KnowledgeBase, types: frozenset[str] | None) -> Gazetteer:
    return Gazetteer(knowledge, types)


def _worker(doing: Annotating) -> Worker:
    knowledge, types, patterns = doing.knowledge, _types(doing), tuple(doing.config.patterns)

    def annotate(batches: Batches) -> Iterator[pa.RecordBatch]:
        known = _gazetteer(knowledge, types)
        for batch in batches:
            yield _batch([row for given in batch.to_pylist() for row in _rows(given, known, patterns)])

    return annotate


def _rows(given: Mapping[str, Any], known: Gazetteer, patterns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    text = given["sentence"]
    language = normal_code(language_of(Document(given["head"] or "", [], None, given["lang"])))
    if "hits" in given:
        spans = (Span(hit["start"], hit["end"], hit["pattern"]) for hit in given["hits"])
        found = resolve(text, language, known, spans)
    else:
        found = find(text, language, known, patterns)
    for each in found:
        yield (*(given[name] for name in ("doc_id", "source", "source_id")), *_placed(each, given["at"], text))


def _placed(found: Found, at: int, text: str) -> tuple[Any, ...]:
    start, end = found.start, found.end
    named = (found.type, at + start, at + end, text[start:end], found.key, found.is_ambiguous)
    return (*named, found.annotator, found.version)


def _batch(rows: list[tuple[Any, ...]]) -> pa.RecordBatch:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(_ARROW)
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, _ARROW, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=_ARROW)
