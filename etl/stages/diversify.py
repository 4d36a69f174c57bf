"""Diversify: no source, family, rule, template, language, verb or topic has more than its share of the admitted pairs.

How many of each kind stay is arithmetic (`etl.diversity.caps`) over one small query; which of them stay is their
order by complexity and hash. All that exceeds a limit is a reject with the limit as its reason.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from etl.config.diversity import DiversityConfig
from etl.diversity.caps import Kept, Kind, Limit, plan_caps
from etl.diversity.verbs import OTHER, patterns
from etl.stages.expressions import draw

MULTI_TURN: Final = "multi_turn"
TOO_COMPLEX: Final = "too_complex"
OVER_DOCUMENT_CAP: Final = "over_document_cap"
OVER_TEMPLATE_CAP: Final = "over_template_cap"
OVER_SOURCE_CAP: Final = "over_source_cap"
OVER_RULE_CAP: Final = "over_rule_cap"
OVER_FAMILY_CAP: Final = "over_family_cap"
OVER_LANG_CAP: Final = "over_lang_cap"
OVER_VERB_CAP: Final = "over_verb_cap"
OVER_TOPIC_CAP: Final = "over_topic_cap"

# A column that is there where topics are looked for.
TOPIC: Final = "topic"
# Columns that can have limits, in the order in which these cut, with the reason of what goes.
CAPPED: Final = {
    "template_id": OVER_TEMPLATE_CAP,
    "source": OVER_SOURCE_CAP,
    "rule": OVER_RULE_CAP,
    "family": OVER_FAMILY_CAP,
    "lang": OVER_LANG_CAP,
    "verb_class": OVER_VERB_CAP,
    TOPIC: OVER_TOPIC_CAP,
}
# Two labels of speakers at the beginnings of lines make a turn and its reply; an answer may quote one of them.
_SPEAKERS: Final = (
    r"(?im)^[ \t]{0,8}(?:user|human|assistant|bot|ai|chatgpt|用户|助手|ユーザー|アシスタント)[ \t]{0,4}[:：]"
)
_MANY_TURNS: Final = 2
_NOT_DIVERSE: Final = "pair_id string, reason string, detail string"


class Diversity(NamedTuple):
    """What keeps pairs diverse: verdicts against some, and the columns whose limits no dropping can meet."""

    verdicts: DataFrame
    unmet: Sequence[str]


def find_excess(pairs: DataFrame, config: DiversityConfig, seed: int) -> Diversity:
    """Return `pair_id, reason, detail` of the admitted pairs that exceed a limit, and the limits that stay unmet.

    Where topics have a limit, the pairs have a column `topic`.
    """
    order = _order(config, seed)
    first = _first_reasons(pairs, config, order)
    against = first.filter(F.col("reason").isNotNull()).select("pair_id", "reason", "detail")
    limits = _limits(config)
    if not limits:
        return Diversity(against, [])
    left = first.filter(F.col("reason").isNull()).drop("reason", "detail")
    over, unmet = _over_caps(left, limits, order)
    return Diversity(against.unionByName(over), unmet)


def verb_class() -> Column:
    """Return what an instruction asks for: explain, list, translate, classify, summarize, question or other."""
    instruction = F.lower(F.substring("instruction", 1, 1000))
    found = F.lit(OTHER)
    for name, pattern in reversed(patterns().items()):
        found = F.when(instruction.rlike(pattern), F.lit(name)).otherwise(found)
    return found


def tally_values(pairs: DataFrame) -> dict[str, dict[str | None, int]]:
    """Return for each column that can have limits how many pairs have which value, by one small query."""
    columns = [column for column in CAPPED if column != TOPIC]
    counted = pairs.withColumn("verb_class", verb_class()).groupBy(*columns).count().collect()
    tallies: dict[str, dict[str | None, int]] = {column: {} for column in columns}
    for row in counted:
        for column, tally in tallies.items():
            tally[row[column]] = tally.get(row[column], 0) + row["count"]
    return tallies


def _order(config: DiversityConfig, seed: int) -> list[Column]:
    by_hash = [draw(seed, "diversity", F.col("pair_id")), F.col("pair_id")]
    return [F.col("complexity"), *by_hash] if config.prefer == "simple" else by_hash


def _limits(config: DiversityConfig) -> list[Limit]:
    limits = []
    for column in CAPPED:
        shares = config.shares_of(column)
        if shares is not None and (shares.max_share is not None or shares.max_shares):
            limits.append(Limit(column, shares.max_share, shares.max_shares))
    return limits


def _first_reasons(pairs: DataFrame, config: DiversityConfig, order: list[Column]) -> DataFrame:
    """Return what limits need of each pair, with `reason` and `detail` of those that no share is needed to judge."""
    reason = F.lit(None).cast("string")
    detail = F.lit(None).cast("string")
    if config.max_complexity is not None:
        too_complex = F.col("complexity") > config.max_complexity
        reason = F.when(too_complex, F.lit(TOO_COMPLEX)).otherwise(reason)
        told = F.concat(F.lit("complexity "), "complexity", F.lit(f", at most {config.max_complexity}"))
        detail = F.when(too_complex, told).otherwise(detail)
    if config.single_turn:
        turns = F.regexp_count(F.concat_ws("\n", "context", "instruction", "response"), F.lit(_SPEAKERS))
        reason = F.when(turns >= _MANY_TURNS, F.lit(MULTI_TURN)).otherwise(reason)
        detail = F.when(turns >= _MANY_TURNS, F.concat(turns, F.lit(" labels of speakers"))).otherwise(detail)
    judged = pairs.withColumns({"verb_class": verb_class(), "reason": reason, "detail": detail}).select(
        "pair_id", "doc_id", "complexity", "reason", "detail", *(limit.column for limit in _limits(config))
    )
    most = config.max_pairs_per_document
    if most is None:
        return judged
    # Pairs that go anyway, and pairs of no document, take no place from others.
    ranked = F.row_number().over(Window.partitionBy("doc_id", F.col("reason").isNull()).orderBy(*order))
    over = F.col("reason").isNull() & F.col("doc_id").isNotNull() & (F.col("place") > most)
    return (
        judged.withColumn("place", ranked)
        .withColumns(
            {
                "detail": F.when(over, F.lit(f"more than {most} pairs of this document")).otherwise(F.col("detail")),
                "reason": F.when(over, F.lit(OVER_DOCUMENT_CAP)).otherwise(F.col("reason")),
            }
        )
        .drop("place")
    )


def _over_caps(pairs: DataFrame, limits: Sequence[Limit], order: list[Column]) -> tuple[DataFrame, list[str]]:
    columns = [limit.column for limit in limits]
    counts: dict[Kind, int] = {
        tuple(row[column] for column in columns): row["count"] for row in pairs.groupBy(*columns).count().collect()
    }
    plan, unmet = plan_caps(counts, limits)
    spark = pairs.sparkSession
    cut = [
        (*kind, place, number, CAPPED[columns[number]], _told(kind, limits[number], number))
        for kind, kept in plan.items()
        for place, number in _places(kept)
    ]
    if not cut:
        return spark.createDataFrame([], _NOT_DIVERSE), unmet
    named = [f"kind_{column}" for column in columns]
    schema = ", ".join([*(f"{name} string" for name in named), "behind int, number int, reason string, detail string"])
    places = spark.createDataFrame(cut, schema)
    ranked = pairs.select(
        "pair_id", *columns, F.row_number().over(Window.partitionBy(*columns).orderBy(*order)).alias("place")
    )
    same_kind = [F.col(column).eqNullSafe(F.col(name)) for column, name in zip(columns, named, strict=True)]
    # Of the limits behind whose place a pair stands the last one cuts it.
    last = Window.partitionBy("pair_id").orderBy(F.desc("behind"), F.desc("number"))
    over = (
        ranked.join(F.broadcast(places), on=same_kind, how="inner")
        .filter(F.col("place") > F.col("behind"))
        .withColumn("rank", F.row_number().over(last))
    )
    return over.filter(F.col("rank") == 1).select("pair_id", "reason", "detail"), unmet


def _places(kept: Kept) -> list[tuple[int, int]]:
    """Return behind which place of a kind each limit cuts; the first one takes the end of the order."""
    places = []
    behind = kept.stay
    for number in reversed(range(len(kept.went))):
        if kept.went[number]:
            places.append((behind, number))
            behind += kept.went[number]
    return places


def _told(kind: Kind, limit: Limit, number: int) -> str:
    value = kind[number]
    return f"{limit.column} {value} has its share, {limit.share_of(value):g}"
