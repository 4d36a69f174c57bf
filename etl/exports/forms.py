"""Forms of a row: what trainers read besides the columns of a table."""

from typing import Final

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from etl.errors import ConfigError

ROWS: Final = "rows"
TEXT: Final = "text"
ALPACA: Final = "alpaca"
MESSAGES: Final = "messages"
FORMS: Final = (ROWS, TEXT, ALPACA, MESSAGES)
_NEEDED: Final = {TEXT: ("text",), ALPACA: ("instruction", "response"), MESSAGES: ("instruction", "response")}
_TABLES: Final = {TEXT: "mixture or documents", ALPACA: "pairs", MESSAGES: "pairs"}


def in_form(rows: DataFrame, form: str, kept: tuple[str, ...] = ()) -> DataFrame:
    """Return rows as a trainer wants them.

    Args:
        rows: Rows of a table; for ``text`` with that column, for the others those of pairs.
        form: ``rows`` leaves all as it is; ``text`` is that column; ``alpaca`` is `instruction, input, output`;
            ``messages`` is one list of a user's and an assistant's `role, content`, the context before the request.
        kept: Columns that are kept beside it, where there are such.

    Raises:
        ConfigError: A column that the form needs is not there.
    """
    if form == ROWS:
        return rows
    missing = [name for name in _NEEDED[form] if name not in rows.columns]
    if missing:
        raise ConfigError(
            f"--form {form}: there is no column {', '.join(missing)}; that form is for the table {_TABLES[form]}"
        )
    context = F.col("context") if "context" in rows.columns else F.lit(None).cast("string")
    columns = {TEXT: _text, ALPACA: _alpaca, MESSAGES: _messages}[form](context)
    return rows.select(*columns, *[name for name in kept if name in rows.columns and name != form])


def _text(_: Column) -> list[Column]:
    return [F.col("text")]


def _alpaca(context: Column) -> list[Column]:
    # Its readers tell an absent input by an empty one, not by null.
    return [F.col("instruction"), F.coalesce(context, F.lit("")).alias("input"), F.col("response").alias("output")]


def _messages(context: Column) -> list[Column]:
    asked = F.concat_ws("\n\n", context, F.col("instruction"))
    said = [
        F.struct(F.lit(role).alias("role"), content.alias("content"))
        for role, content in (("user", asked), ("assistant", F.col("response")))
    ]
    return [F.array(*said).alias("messages")]
