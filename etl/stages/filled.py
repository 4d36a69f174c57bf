"""Filled: how the published pairs of templates spread over templates, kinds, languages, slot counts and fillers."""

from collections import Counter
from collections.abc import Mapping
from typing import Final, NamedTuple

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.stages.balance import each_entity
from etl.templates.models import TEMPLATE

_TOP: Final = 10


class FillerTally(NamedTuple):
    """How often which fillers stand in pairs.

    Attributes:
        sizes: How many fillers stand in so many pairs, by that number: small, however many fillers there are.
        top: The most frequent fillers, and in how many pairs each stands.
    """

    sizes: Mapping[int, int]
    top: Mapping[str, int]


def tally_filled(pairs: DataFrame, slots: Mapping[str, int]) -> dict[str, dict[str | None, int]]:
    """Return for template, kind, language and slot count how many pairs of templates have which value.

    Args:
        pairs: The published pairs, whatever made them.
        slots: How many slots a template has, by its id.
    """
    counted = pairs.filter(F.col("method") == TEMPLATE).groupBy("template_id").count().collect()
    tallies: dict[str, Counter[str | None]] = {name: Counter() for name in ("template", "kind", "language", "slots")}
    for row in counted:
        template, n = row["template_id"], row["count"]
        language, kind, _ = template.split(".", 2)
        number = slots.get(template)
        values = {"template": template, "kind": kind, "language": language}
        for name, value in {**values, "slots": None if number is None else str(number)}.items():
            tallies[name][value] += n
    return {name: dict(tally) for name, tally in tallies.items()}


def tally_fillers(pairs: DataFrame) -> FillerTally:
    """Return how often which entities stand in pairs of templates; a stretch of text is no entity."""
    each = pairs.filter(F.col("method") == TEMPLATE).select(each_entity().alias("entity"))
    counted = each.groupBy("entity").agg(F.count("*").alias("size"))
    sizes = {row["size"]: row["n"] for row in counted.groupBy("size").agg(F.count("*").alias("n")).collect()}
    top = counted.orderBy(F.desc("size"), "entity").limit(_TOP).collect()
    return FillerTally(sizes, {row["entity"]: row["size"] for row in top})
