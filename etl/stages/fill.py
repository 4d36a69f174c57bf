"""Fill: templates become pairs, with passages of documents and from the knowledge base alone.

`filled_in` is called by the parse, while the blocks of a document are in memory. `fill` makes rows of what it yielded
and adds the pairs that need no document, which are few: they do not grow with the corpus.
"""

import math
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import pyarrow as pa
from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F
from pyspark.sql import types as T

from etl.config.knowledge import KNOWLEDGE_BASE, TemplatesConfig
from etl.config.models import Config
from etl.knowledge.models import KnowledgeBase
from etl.rules.base import Document
from etl.rules.grounding import grounding
from etl.rules.reading.language import language_of
from etl.stages.accounts import Account
from etl.stages.candidates import SPANS, SPANS_ARROW, as_candidates, content_id
from etl.stages.expressions import draw
from etl.stages.knowledge import read_knowledge
from etl.surface.language import normal_code
from etl.templates.fill import Filled, fill_from_knowledge
from etl.templates.load import load_templates
from etl.templates.models import TEMPLATE, Templates
from etl.templates.passages import Filler, build_filler, fill_from_document

OVER_TEMPLATE_SHARE: Final = "over_template_share"
OVER_FILLER_SHARE: Final = "over_filler_share"

_COLUMNS: Final[dict[str, tuple[pa.DataType, T.DataType]]] = {
    "pair_id": (pa.string(), T.StringType()),
    "rule_version": (pa.string(), T.StringType()),
    "family": (pa.string(), T.StringType()),
    "instruction": (pa.string(), T.StringType()),
    "response": (pa.string(), T.StringType()),
    "context": (pa.string(), T.StringType()),
    "evidence": (SPANS_ARROW, SPANS),
    "grounding": (pa.float64(), T.DoubleType()),
    "response_source": (pa.string(), T.StringType()),
    "template_id": (pa.string(), T.StringType()),
    "fillers": (pa.list_(pa.string()), T.ArrayType(T.StringType())),
    "lang": (pa.string(), T.StringType()),
    "license": (pa.string(), T.StringType()),
    "more": (pa.int32(), T.IntegerType()),
}
# The pairs that templates make of one document, as one column of its row.
FILLED_ARROW: Final = pa.list_(pa.struct([(name, arrow) for name, (arrow, _) in _COLUMNS.items()]))
_ROW: Final = T.StructType([T.StructField(name, spark) for name, (_, spark) in _COLUMNS.items()])
FILLED: Final = T.ArrayType(_ROW)


class Filling(NamedTuple):
    """What templates are filled with: the templates, the knowledge, and what does it in a worker."""

    templates: Templates
    knowledge: KnowledgeBase
    config: TemplatesConfig
    filler: Filler


def build_filling(spark: SparkSession, config: Config) -> Filling | None:
    """Return what a configuration fills templates with, or None where it has none.

    Raises:
        ConfigError: The knowledge base or a template is wrong.
    """
    if config.templates is None:
        return None
    knowledge = read_knowledge(spark, config.knowledge_base)
    templates = load_templates(knowledge, config.templates.path)
    return Filling(templates, knowledge, config.templates, build_filler(templates, knowledge, config.templates))


def filled_in(doc_id: str, document: Document, filler: Filler | None, seed: int) -> list[dict[str, Any]] | None:
    """Return the pairs that templates make of one document, with the fields of `FILLED`; None without templates."""
    if filler is None:
        return None
    language = normal_code(language_of(document))
    found = fill_from_document(document, language, filler, f"{seed}\0{doc_id}")
    return [_row(filled, doc_id, document.text) for filled in found]


def fill(documents: DataFrame, filling: Filling, seed: int) -> tuple[DataFrame, Account]:
    """Return the candidate pairs of templates, and the account of the stage.

    Columns: those of `as_candidates`. A pair that has more than its template's or its entities'
    share comes too; `refused` says so.
    """
    spark, config = documents.sparkSession, filling.config
    alone = [_row(filled, "", "") for filled in fill_from_knowledge(filling.templates, filling.knowledge, config, seed)]
    made = documents.select("doc_id", "source", "source_id", F.col("license").alias("own"), F.explode("filled"))
    # What the text says has the licence of the text; the wording around it and the facts keep theirs.
    together = made.select("doc_id", "source", "source_id", "col.*", "own").withColumn(
        "license", F.when(F.col("own").isNotNull(), F.concat_ws(" AND ", "own", "license"))
    )
    both = together.drop("own").unionByName(_without_document(spark, alone))
    counted = documents.agg(F.sum(F.size(F.coalesce("filled", F.array().cast(FILLED)))).alias("n")).collect()
    total = len(alone) + (counted[0]["n"] or 0)
    named = both.withColumns({"method": F.lit(TEMPLATE), "rule": F.lit(TEMPLATE)})
    balanced = _balanced(named, config, seed, total)
    candidates = as_candidates(balanced).withColumn("complexity", F.col("complexity") + F.col("more")).drop("more")
    return candidates, Account("fill", "pairs", total, total, 0, {})


def _without_document(spark: SparkSession, rows: Sequence[dict[str, Any]]) -> DataFrame:
    nothing = F.lit(None).cast("string")
    frame = spark.createDataFrame([tuple(row[name] for name in _COLUMNS) for row in rows], _ROW)
    return frame.withColumns({"doc_id": nothing, "source": F.lit(KNOWLEDGE_BASE), "source_id": F.col("template_id")})


def _balanced(pairs: DataFrame, config: TemplatesConfig, seed: int, total: int) -> DataFrame:
    """Return the pairs with `refused`: those of a template, then of an entity, that are behind its share by hash."""
    by_hash = [draw(seed, "fill", F.col("pair_id")), F.col("pair_id")]
    place = F.row_number().over(Window.partitionBy("template_id").orderBy(*by_hash))
    entities = F.explode(F.array_distinct(F.transform("fillers", lambda each: F.split(each, "@")[0])))
    entity = Window.partitionBy("entity").orderBy(*by_hash)
    used = (
        pairs.select("pair_id", entities.alias("entity"))
        .withColumn("place", F.row_number().over(entity))
        .groupBy("pair_id")
        .agg(F.max("place").alias("entity_place"))
    )
    over_template = F.col("template_place") > math.ceil(total * config.max_template_share)
    over_filler = F.col("entity_place") > math.ceil(total * config.max_filler_share)
    refused: Column = F.when(over_template, F.lit(OVER_TEMPLATE_SHARE)).when(over_filler, F.lit(OVER_FILLER_SHARE))
    return (
        pairs.withColumn("template_place", place)
        .join(used, on="pair_id", how="left")
        .withColumn("refused", refused)
        .drop("template_place", "entity_place")
    )


def _row(filled: Filled, doc_id: str, text: str) -> dict[str, Any]:
    template = filled.template
    version = template.id.rpartition("@")[2]
    return {
        "pair_id": _pair_id(filled, doc_id),
        "rule_version": version,
        "family": template.family,
        "instruction": filled.instruction,
        "response": filled.response,
        "context": filled.context or None,
        "evidence": [{"start": span.start, "end": span.end} for span in filled.evidence],
        "grounding": grounding(filled.response, text, filled.evidence) if filled.evidence else 0.0,
        "response_source": filled.response_source,
        "template_id": template.id,
        "fillers": list(filled.fillers),
        "lang": template.language,
        "license": filled.license,
        "more": len(template.slots) + template.steps - 2,
    }


def _pair_id(filled: Filled, doc_id: str) -> str:
    return content_id(TEMPLATE, doc_id, filled.template.id, filled.instruction, filled.context, filled.response)
