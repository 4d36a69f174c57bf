"""Lay out: each pair becomes plain text, in a wording and a layout drawn by hash of its id."""

import re
from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import chain
from typing import Any, Final, TypeVar

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
from etl.surface.language import PRIMARY_TAG, SHORT_CODES, TRADITIONAL, TRADITIONAL_TAG, normal_code
from etl.surface.load import load_catalog
from etl.surface.models import ANY, DEMAND, QUESTION, QUESTION_MARKS, TITLE, UNDETERMINED, Catalog, Layout, Wording

PLAIN: Final = "plain"
# A share is compared in millionths of a draw: finer than any table of pairs can tell.
_SHARE_STEPS: Final = 1_000_000
# Stands between a language and a text; no name of a language holds it.
_MARK: Final = "\u0001"
_WORDING: Final = "struct<id:string,before:string,after:string,frame:string,is_one_line:boolean>"
_LAYOUT: Final = (
    "struct<id:string,context_before:string,context_after:string,request_before:string,request_after:string,"
    "response_before:string,response_after:string,gap:string,request_first:boolean>"
)
_OFFERS: Final = (
    f"_language string, _kind string, _wordings array<{_WORDING}>, _cases map<string,array<int>>, "
    f"_layouts array<{_LAYOUT}>, _frames map<string,array<int>>"
)
Entry = TypeVar("Entry", Wording, Layout)


def lay_out(pairs: DataFrame, config: SurfaceConfig, seed: int) -> DataFrame:
    """Return the pairs with their text for training; instruction, response and context stand in it unchanged.

    Columns added: `text`; `layout`, the ids of the wording and the layout, such as ``en.qa.q17@1+en.question@1``, or
    ``plain``; and `instruction_tokens`, the words of the whole text.

    Raises:
        ConfigError: A wording or a layout in the user's folder is wrong.
    """
    catalog = load_catalog(config.wordings)
    described = pairs.withColumns(_description(catalog)).withColumn("_kind", _kind(catalog))
    # One small table of a row for each language and kind; it is broadcast, so no pair moves.
    offered = described.join(F.broadcast(_offers(pairs.sparkSession, catalog)), on=["_language", "_kind"], how="left")
    worded = offered.withColumn("_wording", _drawn("_wordings", "_cases", _key("_case"), "wording", seed))
    laid = worded.withColumns({"_is_one_line": _is_one_line()}).withColumn(
        "_layout", _drawn("_layouts", "_frames", _key("_wording.frame", "_is_one_line"), "layout", seed)
    )
    # Here, as it may stand in two places of the text.
    laid = laid.withColumn("_context", F.when(F.col("_has_context"), _filled("context", F.col("context"))))
    asks = F.col("_kind") != TITLE
    is_plain = asks & (F.pmod(draw(seed, "plain", F.col("pair_id")), F.lit(_SHARE_STEPS)) < _steps(config.plain_share))
    layout = F.concat(F.col("_wording.id"), F.lit("+"), F.col("_layout.id"))
    return laid.select(
        *pairs.columns,
        F.when(is_plain, _plain_text()).otherwise(_text()).alias("text"),
        F.when(is_plain, F.lit(PLAIN)).otherwise(layout).alias("layout"),
    ).withColumn("instruction_tokens", count_words(F.col("text")))


def _steps(share: float) -> int:
    return round(share * _SHARE_STEPS)


def _description(catalog: Catalog) -> dict[str, Column]:
    """Return what of a case does not depend on the language's own words."""
    named = sorted({rule for wording in catalog.wordings for rule in wording.rules})
    family = F.when(F.col("family").isin(*FAMILIES), F.col("family")).otherwise(F.lit(ANY))
    rule = F.when(F.col("rule").isin(*named), F.col("rule")).otherwise(F.lit("")) if named else F.lit("")
    has_context = F.coalesce(F.length("context") > 0, F.lit(False))
    return {
        "_language": _language(catalog),
        "_has_context": has_context,
        "_case": F.concat_ws("|", family, has_context.cast("string"), rule),
    }


def _language(catalog: Catalog) -> Column:
    """Return the language whose wordings a pair gets: the expression of `etl.surface.language.normal_code`."""
    # Most pairs have the very code of a language, and need no search.
    own = [language for language in catalog.languages if normal_code(language) == language]
    lowered = F.lower(F.coalesce(F.substring("lang", 1, 64), F.lit("")))
    filed = {**{code: code for code in catalog.languages if code not in SHORT_CODES}, **SHORT_CODES}
    known = F.create_map(
        *(F.lit(code) for pair in filed.items() if pair[1] in catalog.languages for code in pair),
        F.lit(""), F.lit(UNDETERMINED),
    )  # fmt: skip
    traditional = F.lit(TRADITIONAL if TRADITIONAL in catalog.languages else UNDETERMINED)
    searched = F.when(lowered.rlike(TRADITIONAL_TAG), traditional).otherwise(
        F.coalesce(F.try_element_at(known, F.regexp_extract(lowered, PRIMARY_TAG, 1)), F.lit(UNDETERMINED))
    )
    return F.when(F.col("lang").isin(*own), F.col("lang")).otherwise(searched)


def _kind(catalog: Catalog) -> Column:
    """Return what an instruction is: the expression of `etl.surface.choose.kind_of`."""
    text = F.btrim("instruction", F.lit(BLANKS))
    head = F.lower(F.substring(text, 1, DEMAND_REACH))
    tail = F.lower(F.substring(text, -DEMAND_REACH, DEMAND_REACH))
    starts = {language: starts_pattern(words) for language, words in catalog.languages.items()}
    ends = {language: ends_pattern(words) for language, words in catalog.languages.items()}
    demands = _spoken(head, starts, "") | _spoken(tail, ends, "(?s:.*)")
    asks = F.substring(text, -ASKING_TAIL, ASKING_TAIL).rlike(f"[{QUESTION_MARKS}]")
    demands = (F.col("family") != HOW_TO) & demands
    return F.when(asks, F.lit(QUESTION)).when(demands, F.lit(DEMAND)).otherwise(F.lit(TITLE))


def _spoken(text: Column, patterns: Mapping[str, str | None], before: str) -> Column:
    """Return whether a text fits the pattern of its language, by one search for all languages.

    With a search for each language, the method that Spark generates is too large for Java's compiler: it leaves
    methods above 8,000 bytes to the interpreter, which takes ten times as long.
    """
    alternatives = [
        f"{re.escape(language)}{_MARK}{before}{pattern.removeprefix('^')}"
        for language, pattern in patterns.items()
        if pattern is not None
    ]
    if not alternatives:
        return F.lit(False)
    return F.concat(F.col("_language"), F.lit(_MARK), text).rlike(f"^(?:{'|'.join(alternatives)})")


def _is_one_line() -> Column:
    parts = (F.instr("instruction", "\n") == 0, F.instr("response", "\n") == 0)
    return reduce(lambda one, other: one & other, parts, F.col("_wording.is_one_line"))


def _offers(spark: SparkSession, catalog: Catalog) -> DataFrame:
    """Return what there is to choose from: entries once, and for each case or frame the places of those that fit."""
    wordings: dict[tuple[str, str], dict[str, tuple[Wording, ...]]] = {}
    layouts: dict[tuple[str, str], dict[str, tuple[Layout, ...]]] = {}
    for case, fit in cases(catalog).items():
        key = _joined(case.family, case.has_context, case.rule)
        wordings.setdefault((case.language, case.kind), {})[key] = fit
    for frame, found in frames(catalog).items():
        layouts.setdefault((frame.language, frame.kind), {})[_joined(frame.frame, frame.is_one_line)] = found
    rows = []
    for place, by_case in wordings.items():
        entries, in_case = _pooled(by_case)
        laid, in_frame = _pooled(layouts[place])
        rows.append((*place, list(map(_wording_row, entries)), in_case, list(map(_layout_row, laid)), in_frame))
    return spark.createDataFrame(rows, _OFFERS)


def _pooled(groups: Mapping[str, Sequence[Entry]]) -> tuple[list[Entry], dict[str, list[int]]]:
    """Return the entries of all groups, each once, and for each group the places of its entries."""
    places: dict[Entry, int] = {}
    in_group = {key: [places.setdefault(entry, len(places)) for entry in group] for key, group in groups.items()}
    return list(places), in_group


def _joined(*parts: str | bool) -> str:
    return "|".join(str(part).lower() if isinstance(part, bool) else part for part in parts)


def _key(*columns: str) -> Column:
    return F.concat_ws("|", *(F.col(column).cast("string") for column in columns))


def _wording_row(wording: Wording) -> tuple[Any, ...]:
    return (wording.id, *wording.text, frame_of(wording), wording.lines == 1)


def _layout_row(layout: Layout) -> tuple[Any, ...]:
    parts = chain(layout.context, layout.request, layout.response)
    return (layout.id, *parts, layout.gap, layout.request_first)


def _drawn(listed: str, places: str, key: Column, purpose: str, seed: int) -> Column:
    """Return one of the entries that fit, the same one for a pair wherever it lies."""
    fitting = F.try_element_at(F.col(places), key)
    drawn = F.pmod(draw(seed, purpose, F.col("pair_id")), F.size(fitting).cast("long"))
    return F.get(F.col(listed), F.get(fitting, drawn.cast("int")))


def _text() -> Column:
    """Return the expression of `etl.surface.choose.lay_out`; only concatenation, since documents may hold any sign."""
    layout = {name: F.col(f"_layout.{name}") for name in ("gap", "request_first")}
    request = _filled("request", F.concat(F.col("_wording.before"), F.col("instruction"), F.col("_wording.after")))
    context = F.col("_context")
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
