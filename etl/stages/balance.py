"""Balance: no template and no entity has more than its share of the pairs that templates make."""

from typing import Final

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from etl.config.knowledge import TemplatesConfig
from etl.stages.expressions import draw
from etl.templates.balance import caps_of
from etl.templates.offers.base import PLACE

OVER_TEMPLATE_SHARE: Final = "over_template_share"
OVER_FILLER_SHARE: Final = "over_filler_share"

_TEMPLATE: Final = "template"
_ENTITY: Final = "entity"


def balance(pairs: DataFrame, config: TemplatesConfig, seed: int) -> tuple[DataFrame, int]:
    """Return the pairs with `refused`, and how many there are.

    Of a template, and then of an entity, those that are behind its cap in an order by hash are refused.
    """
    templates, entities = _sizes(pairs)
    caps = caps_of(templates, entities, config.max_template_share, config.max_filler_share)
    by_hash = [draw(seed, "fill", F.col("pair_id")), F.col("pair_id")]
    place = F.row_number().over(Window.partitionBy("template_id").orderBy(*by_hash))
    entity = Window.partitionBy(_ENTITY).orderBy(*by_hash)
    used = (
        pairs.select("pair_id", each_entity().alias(_ENTITY))
        .withColumn("place", F.row_number().over(entity))
        .groupBy("pair_id")
        .agg(F.max("place").alias("entity_place"))
    )
    over_template, over_filler = F.col("template_place") > caps.template, F.col("entity_place") > caps.filler
    refused: Column = F.when(over_template, F.lit(OVER_TEMPLATE_SHARE)).when(over_filler, F.lit(OVER_FILLER_SHARE))
    balanced = pairs.withColumn("template_place", place).join(used, on="pair_id", how="left")
    made = sum(size * n for size, n in templates.items())
    return balanced.withColumn("refused", refused).drop("template_place", "entity_place"), made


def _sizes(pairs: DataFrame) -> tuple[dict[int, int], dict[int, int]]:
    """Return how many templates, and how many entities, have so many pairs, by that number."""
    named = pairs.select(F.lit(_TEMPLATE).alias("what"), F.col("template_id").alias("name"))
    known = pairs.select(F.lit(_ENTITY).alias("what"), each_entity().alias("name"))
    each = named.unionByName(known).groupBy("what", "name").agg(F.count("*").alias("size"))
    counted = each.groupBy("what", "size").agg(F.count("*").alias("n")).collect()
    by_what: dict[str, dict[int, int]] = {_TEMPLATE: {}, _ENTITY: {}}
    for row in counted:
        by_what[row["what"]][row["size"]] = row["n"]
    return by_what[_TEMPLATE], by_what[_ENTITY]


def each_entity() -> Column:
    """Return a row for each entity among the fillers of a pair, each once."""
    # A filler that is a stretch of the document, and nothing else, is one of its own.
    known = F.filter(F.transform("fillers", lambda each: F.regexp_replace(each, PLACE, "")), lambda each: each != "")
    return F.explode(F.array_distinct(known))
