"""Knowledge: the entities of a run as rows, from a Delta table and into the one that tells what was known."""

from collections.abc import Iterator
from typing import Final

from pyspark.sql import DataFrame, SparkSession

from etl.config.knowledge import KnowledgeBaseConfig
from etl.knowledge.load import content_of, load_knowledge
from etl.knowledge.models import Entity, KnowledgeBase
from etl.optional_schemas import KNOWLEDGE_BASE
from etl.tables import read_delta

# What the table of an output says beside what its entities are: that table can be read like any other.
_ADDED: Final = ("entity_id", "content_hash", "run_id")


def read_knowledge(spark: SparkSession, config: KnowledgeBaseConfig) -> KnowledgeBase:
    """Return the entities that a configuration names, from wherever they are, all checked.

    Raises:
        ConfigError: There is no such file or table, or something in it is wrong.
    """
    if not config.is_delta:
        return load_knowledge(config)
    rows = read_delta(spark, "knowledge_base", path=config.path, table=config.table)
    return load_knowledge(config, _lines(rows.drop(*_ADDED)))


def _lines(rows: DataFrame) -> Iterator[str]:
    # A knowledge base is kept in the memory of every worker, so it fits that of the driver.
    yield from rows.toJSON().toLocalIterator()


def entity_rows(spark: SparkSession, knowledge: KnowledgeBase) -> DataFrame:
    """Return the rows of the table of the knowledge base but their `run_id`."""
    schema = KNOWLEDGE_BASE.schema.__class__([each for each in KNOWLEDGE_BASE.schema.fields if each.name != "run_id"])
    return spark.createDataFrame([_row(entity) for entity in knowledge.entities], schema).coalesce(1)


def _row(entity: Entity) -> tuple[object, ...]:
    return (
        entity.id,
        entity.type,
        entity.key,
        dict(entity.names),
        dict(entity.phrases),
        list(entity.aliases),
        sorted(entity.ambiguous),
        dict(entity.facts),
        entity.source,
        entity.license,
        content_of(entity),
    )
