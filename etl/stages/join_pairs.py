"""Join: pairs stand behind the text they were made from, in one row, so that a model reads both together."""

from typing import Final

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.mixture.shares import INSTRUCTION, RAW

JOINED: Final = "joined"
# A blank line ends the text and each pair, as it ends a paragraph in the text itself.
_BETWEEN: Final = "\n\n"


def join_pairs(taken: DataFrame) -> DataFrame:
    """Return the rows that are taken, the pairs of a document in one row with it, in the order of the document.

    A document with pairs becomes a row of the stream ``joined`` and leaves the raw stream; its tokens are those of
    its text and of its pairs. Pairs whose document is not taken, imported ones and repetitions stay rows of their
    own: a text is never repeated for its pairs. (A chain of examples as in section 2.1 of "Instruction
    Pre-Training", of one text and all its pairs.)

    Args:
        taken: What `etl.stages.mix.take` returns.

    Returns:
        Columns: those of `taken`; `layout` names the layouts of all pairs of a row, joined by ``+``.
    """
    drawn = taken.filter(F.col("times") > 0)
    raw, pairs = drawn.filter(F.col("stream") == RAW), drawn.filter(F.col("stream") == INSTRUCTION)
    # Of the pairs only; a document's text is not moved to find out whether it has any.
    of_document = (
        pairs.filter(F.col("doc_id").isNotNull())
        .groupBy("doc_id")
        .agg(F.sort_array(F.collect_list(F.struct("position", "key", "text", "n_tokens", "layout"))).alias("parts"))
    )
    joined = raw.join(of_document, on="doc_id", how="left")
    has_pairs = F.col("parts").isNotNull()
    layouts = F.transform("parts", lambda part: part["layout"])
    more = F.aggregate("parts", F.lit(0), lambda total, part: total + part["n_tokens"])
    together = joined.withColumns(
        {
            "stream": F.when(has_pairs, F.lit(JOINED)).otherwise(F.col("stream")),
            "text": F.when(
                has_pairs,
                F.concat_ws(_BETWEEN, F.array("text"), F.transform("parts", lambda part: part["text"])),
            ).otherwise(F.col("text")),
            "instruction_tokens": F.when(has_pairs, more).otherwise(F.lit(0)),
            "n_tokens": F.col("raw_tokens") + F.when(has_pairs, more).otherwise(F.lit(0)),
            "layout": F.when(has_pairs, F.array_join(F.array_sort(F.array_distinct(layouts)), "+")),
            "pair_ids": F.when(has_pairs, F.transform("parts", lambda part: part["key"])),
        }
    ).drop("parts")
    documents = raw.select("doc_id")
    alone = pairs.join(documents, on="doc_id", how="left_anti")
    repeated = pairs.filter(F.col("times") > 1).join(documents, on="doc_id", how="left_semi")
    again = repeated.withColumn("times", F.col("times") - 1)
    return together.unionByName(alone).unionByName(again)
