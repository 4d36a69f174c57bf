"""Fill: templates become pairs, with passages of documents and from the knowledge base alone.

`filled_in` is called by the parse, while the blocks of a document are in memory. `fill` makes rows of what it yielded
and adds the pairs that need no document, which are few: they do not grow with the corpus.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

from etl.config.knowledge import KNOWLEDGE_BASE, TemplatesConfig
from etl.config.models import Config
from etl.knowledge.models import KnowledgeBase
from etl.rules.base import Document, Span
from etl.rules.grounding import grounding
from etl.rules.ledger import Ledger
from etl.rules.reading.language import language_of
from etl.stages.accounts import Account
from etl.stages.balance import balance
from etl.stages.candidates import SPANS, SPANS_ARROW, as_candidates, content_id
from etl.stages.drawn import draw_matches
from etl.stages.knowledge import read_knowledge
from etl.surface.language import normal_code
from etl.templates.fill import Filled, fill_from_knowledge
from etl.templates.load import load_templates
from etl.templates.models import TEMPLATE, Templates
from etl.templates.offered import Filler
from etl.templates.passages import build_filler, fill_from_document

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
    "slots": (pa.int32(), T.IntegerType()),
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


def filled_in(
    doc_id: str, document: Document, filler: Filler | None, seed: int, found_by_rules: Sequence[Mapping[str, Any]] = ()
) -> list[dict[str, Any]] | None:
    """Return what templates match in one document, with the fields of `FILLED`; None without templates.

    What rules have sold of the document, `found_by_rules` with the fields of `FOUND`, is not sold again.
    """
    if filler is None:
        return None
    language = normal_code(language_of(document))
    ledger = Ledger()
    for row in found_by_rules:
        if row["refused"] is None:
            spans = [Span(span["start"], span["end"]) for span in row["evidence"]]
            ledger.enter(row["rule"], spans[1:] or spans)
    found = fill_from_document(document, language, filler, f"{seed}\0{doc_id}", ledger)
    return [_row(filled, doc_id, document.text) for filled in found]


def fill(documents: DataFrame, filling: Filling, seed: int) -> tuple[DataFrame, Account]:
    """Return the candidate pairs of templates, and the account of the stage: what was matched, and what was drawn.

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
    drawn, matched = draw_matches(together.drop("own"), config, seed)
    both = drawn.unionByName(_without_document(spark, alone))
    named = both.withColumns({"method": F.lit(TEMPLATE), "rule": F.lit(TEMPLATE)})
    balanced, total = balance(named, config, seed)
    complexity = F.col("complexity") + F.col("more")
    candidates = as_candidates(balanced).withColumn("complexity", complexity).drop("more", "slots")
    offered = matched + len(alone)
    return candidates, Account("fill", "pairs", offered, total, offered - total, {})


def _without_document(spark: SparkSession, rows: Sequence[dict[str, Any]]) -> DataFrame:
    nothing = F.lit(None).cast("string")
    frame = spark.createDataFrame([tuple(row[name] for name in _COLUMNS) for row in rows], _ROW)
    return frame.withColumns({"doc_id": nothing, "source": F.lit(KNOWLEDGE_BASE), "source_id": F.col("template_id")})


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
        "slots": len(template.slots),
    }


def _pair_id(filled: Filled, doc_id: str) -> str:
    return content_id(TEMPLATE, doc_id, filled.template.id, filled.instruction, filled.context, filled.response)
