"""Sentences: of each document the first ones that may hold an entity, with their place; all of it in the JVM."""

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from etl.entities.sentences import (
    CANDIDATE,
    END,
    HEAD_CHARS,
    LANGUAGE_CHARS,
    MIN_CHARS,
    PASSAGE_CHARS,
    PASSAGES_PER_SENTENCE,
    PROSE,
)
from etl.text.blocks import WIDTH


def candidate_sentences(documents: DataFrame, most: int) -> DataFrame:
    """Return a row a candidate sentence, at most `most` a document.

    Columns: `doc_id, source, source_id, lang` of the document; `head`, its beginning where no language is stated;
    `at`, the code point the sentence begins at; `sentence`, its text, of which a blank at the end is part.
    """
    prose = documents.select(
        "doc_id",
        "source",
        "source_id",
        "lang",
        F.substring("text", 1, HEAD_CHARS).alias("text"),
        F.slice(_passages(), 1, most * PASSAGES_PER_SENTENCE).alias("passages"),
    )
    located = prose.withColumns(
        {
            "head": F.when(F.col("lang").isNull(), F.substring("text", 1, LANGUAGE_CHARS)),
            "sentences": F.flatten(F.transform("passages", _sentences)),
        }
    )
    candidates = F.slice(F.filter("sentences", _is_candidate), 1, most)
    return located.select("doc_id", "source", "source_id", "lang", "head", F.explode(candidates).alias("found")).select(
        "doc_id", "source", "source_id", "lang", "head", "found.at", "found.sentence"
    )


def _passages() -> Column:
    """Return start and end of the blocks of prose that begin in the head of a document."""
    count = F.floor(F.size("blocks") / F.lit(WIDTH)).cast("int")
    # A sequence from 0 to -1 would count down, so it goes one too far and the last number is left out.
    numbers = F.filter(F.sequence(F.lit(0), count), lambda number: number < count)

    def field(number: Column, which: int) -> Column:
        return F.get("blocks", number * F.lit(WIDTH) + F.lit(which))

    blocks = F.transform(
        F.filter(numbers, lambda number: field(number, 0).isin(list(PROSE)) & (field(number, 1) < F.lit(HEAD_CHARS))),
        lambda number: F.struct(field(number, 1).alias("start"), field(number, 2).alias("end")),
    )
    return F.coalesce(blocks, F.array().cast("array<struct<start:int,end:int>>"))


def _sentences(passage: Column) -> Column:
    """Return the sentences of a passage with where they begin."""
    chars = F.least(passage["end"] - passage["start"], F.lit(PASSAGE_CHARS))
    text = F.col("text").substr(passage["start"] + 1, chars)
    nothing = F.array().cast("array<struct<at:int,sentence:string>>")
    return F.aggregate(
        F.split(text, END),
        F.struct(passage["start"].alias("at"), nothing.alias("found")),
        lambda so_far, sentence: F.struct(
            (so_far["at"] + F.length(sentence)).alias("at"),
            F.concat(so_far["found"], F.array(F.struct(so_far["at"].alias("at"), sentence.alias("sentence")))).alias(
                "found"
            ),
        ),
        lambda so_far: so_far["found"],
    )


def _is_candidate(located: Column) -> Column:
    sentence = located["sentence"]
    return (F.length(F.trim(sentence)) >= MIN_CHARS) & sentence.rlike(CANDIDATE)
