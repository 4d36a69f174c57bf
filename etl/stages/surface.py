"""Lay out: each pair becomes plain text, in a wording and a layout drawn by hash of its id."""

from collections.abc import Mapping
from functools import reduce
from itertools import chain
from typing import Any, Final

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

from etl.config.surface import SurfaceConfig
from etl.rules.families import FAMILIES, HOW_TO
from etl.stages.expressions import count_words, draw
from etl.surface.choose import (
    ASKING_TAIL,
    BLANKS,
    DEMAND_REACH,
    cases,
    ends_pattern,
    frame_of,
    frames,
    starts_pattern,
)  # fmt: skip
from etl.surface.language import PRIMARY_TAG, SHORT_CODES, TRADITIONAL, TRADITIONAL_TAG
from etl.surface.load import load_catalog
from etl.surface.models import ANY, DEMAND, QUESTION, QUESTION_MARKS, TITLE, UNDETERMINED, Catalog, Layout, Wording

PLAIN: Final = "plain"
# A share is compared in millionths of a draw: finer than any table of pairs can tell.
_SHARE_STEPS: Final = 1_000_000
_CASE: Final = ("_language", "_family", "_kind", "_has_context", "_rule")
_FRAME: Final = ("_language", "_frame", "_kind", "_is_one_line")
_WORDING: Final = "struct<id:string,before:string,after:string,frame:string,is_one_line:boolean>"
_LAYOUT: Final = (
    "struct<id:string,context_before:string,context_after:string,request_before:string,request_after:string,"
    "response_before:string,response_after:string,gap:string,request_first:boolean>"
)


def lay_out(pairs: DataFrame, config: SurfaceConfig, seed: int) -> DataFrame:
    """Return the pairs with their text for training; instruction, response and context stand in it unchanged.

    Columns added: `text`; `layout`, the ids of the wording and the layout, such as ``en.qa.q17@1+en.question@1``, or
    ``plain``; and `instruction_tokens`, the words of the whole text.

    Raises:
        ConfigError: A wording or a layout in the user's folder is wrong.
    """
    catalog = load_catalog(config.wordings)
    spark = pairs.sparkSession
    columns = pairs.columns
    described = pairs.withColumns(_description(catalog)).withColumns({"_kind": _kind(catalog)})
    worded = described.join(F.broadcast(_wordings(spark, catalog)), on=list(_CASE), how="left").withColumn(
        "_wording", _drawn("_wordings", "wording", seed)
    )
    one_line = [
        F.col("_wording.is_one_line"),
        *(F.instr(F.col(part), "\n") == 0 for part in ("instruction", "response")),
    ]
    framed = worded.withColumns(
        {"_frame": F.col("_wording.frame"), "_is_one_line": reduce(lambda one, other: one & other, one_line)}
    )
    laid = framed.join(F.broadcast(_layouts(spark, catalog)), on=list(_FRAME), how="left").withColumn(
        "_layout", _drawn("_layouts", "layout", seed)
    )
    asks = F.col("_kind") != TITLE
    is_plain = asks & (F.pmod(draw(seed, "plain", F.col("pair_id")), F.lit(_SHARE_STEPS)) < _steps(config.plain_share))
    layout = F.concat(F.col("_wording.id"), F.lit("+"), F.col("_layout.id"))
    return laid.select(
        *columns,
        F.when(is_plain, _plain_text()).otherwise(_text()).alias("text"),
        F.when(is_plain, F.lit(PLAIN)).otherwise(layout).alias("layout"),
    ).withColumn("instruction_tokens", count_words(F.col("text")))


def _steps(share: float) -> int:
    return round(share * _SHARE_STEPS)


def _description(catalog: Catalog) -> dict[str, Column]:
    """Return what of a case does not depend on the language's own words."""
    lowered = F.lower(F.coalesce(F.substring("lang", 1, 64), F.lit("")))
    primary = F.regexp_extract(lowered, PRIMARY_TAG, 1)
    short = F.create_map(*(F.lit(code) for code in chain.from_iterable(SHORT_CODES.items())))
    code = F.when(lowered.rlike(TRADITIONAL_TAG), F.lit(TRADITIONAL)).otherwise(
        F.coalesce(F.try_element_at(short, primary), primary)
    )
    named = sorted({rule for wording in catalog.wordings for rule in wording.rules})
    return {
        "_language": F.when(code.isin(*catalog.languages), code).otherwise(F.lit(UNDETERMINED)),
        "_family": F.when(F.col("family").isin(*FAMILIES), F.col("family")).otherwise(F.lit(ANY)),
        "_has_context": F.coalesce(F.length("context") > 0, F.lit(False)),
        "_rule": F.when(F.col("rule").isin(*named), F.col("rule")).otherwise(F.lit("")) if named else F.lit(""),
    }


def _kind(catalog: Catalog) -> Column:
    """Return what an instruction is: the expression of `etl.surface.choose.kind_of`."""
    text = F.btrim("instruction", F.lit(BLANKS))
    head = F.lower(F.substring(text, 1, DEMAND_REACH))
    tail = F.lower(F.substring(text, -DEMAND_REACH, DEMAND_REACH))
    demands = F.lit(False)
    for language, words in catalog.languages.items():
        patterns = ((head, starts_pattern(words)), (tail, ends_pattern(words)))
        found = [where.rlike(pattern) for where, pattern in patterns if pattern is not None]
        if found:
            spoken = F.col("_language") == language
            demands = demands | (spoken & reduce(lambda one, other: one | other, found))
    asks = F.substring(text, -ASKING_TAIL, ASKING_TAIL).rlike(f"[{QUESTION_MARKS}]")
    demands = (F.col("family") != HOW_TO) & demands
    return F.when(asks, F.lit(QUESTION)).when(demands, F.lit(DEMAND)).otherwise(F.lit(TITLE))


def _wordings(spark: SparkSession, catalog: Catalog) -> DataFrame:
    rows = [(*case, [_wording_row(wording) for wording in fit]) for case, fit in cases(catalog).items()]
    return spark.createDataFrame(rows, _schema(_CASE, "_wordings", _WORDING))


def _layouts(spark: SparkSession, catalog: Catalog) -> DataFrame:
    rows = [(*frame, [_layout_row(layout) for layout in fit]) for frame, fit in frames(catalog).items()]
    return spark.createDataFrame(rows, _schema(_FRAME, "_layouts", _LAYOUT))


def _schema(keys: tuple[str, ...], name: str, entry: str) -> str:
    kinds: Mapping[bool, str] = {True: "boolean", False: "string"}
    fields = [f"`{key}` {kinds[key.startswith(('_has', '_is'))]}" for key in keys]
    return ", ".join([*fields, f"`{name}` array<{entry}>"])


def _wording_row(wording: Wording) -> tuple[Any, ...]:
    return (wording.id, *wording.text, frame_of(wording), wording.lines == 1)


def _layout_row(layout: Layout) -> tuple[Any, ...]:
    parts = chain(layout.context, layout.request, layout.response)
    return (layout.id, *parts, layout.gap, layout.request_first)


def _drawn(listed: str, purpose: str, seed: int) -> Column:
    place = F.pmod(draw(seed, purpose, F.col("pair_id")), F.size(listed).cast("long")).cast("int")
    return F.get(F.col(listed), place)


def _text() -> Column:
    """Return the expression of `etl.surface.choose.lay_out`; only concatenation, since documents may hold any sign."""
    layout = {name: F.col(f"_layout.{name}") for name in ("gap", "request_first")}
    request = _filled("request", F.concat(F.col("_wording.before"), F.col("instruction"), F.col("_wording.after")))
    context = _filled("context", F.col("context"))
    nothing = F.lit("")
    before = F.when(F.col("_has_context") & ~layout["request_first"], F.concat(context, layout["gap"]))
    behind = F.when(F.col("_has_context") & layout["request_first"], F.concat(layout["gap"], context))
    return F.concat(
        before.otherwise(nothing),
        request,
        behind.otherwise(nothing),
        layout["gap"],
        _filled("response", F.col("response")),
    )


def _filled(part: str, text: Column) -> Column:
    return F.concat(F.col(f"_layout.{part}_before"), text, F.col(f"_layout.{part}_after"))


def _plain_text() -> Column:
    context = F.when(F.col("_has_context"), F.col("context"))
    return F.concat_ws("\n", context, F.col("instruction"), F.col("response"))
