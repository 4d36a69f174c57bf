"""Annotate: the annotators of Spark NLP, in the JVM. Needs its jar; nothing of it is loaded before it is called.

A character beyond the first 65,536 is handed over as one that Java counts as one, so offsets are code points.
"""

import atexit
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from pyspark.ml import PipelineModel
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from etl.entities import patterns
from etl.entities.found import KEYPHRASE, NER
from etl.entities.model import FILES, VOCABULARY, is_cased, model_version
from etl.entities.tokens import BEYOND, CUT, STAND_IN, lines
from etl.stages.expressions import draw

# What a document is read for its keyphrases, and how many it has: Yake compares each word with all others.
_KEYPHRASE_CHARS: Final = 5_000
_KEYPHRASES: Final = 10
_KEYPHRASE_WORDS: Final = 3
_MODEL_TOKENS: Final = 256
_ENGLISH: Final = "^(?i)en(?:g)?(?:[-_]|$)"
# Stands between a pattern and its name; no pattern holds it.
_DELIMITER: Final = "\x01"
_HIT: Final = "array<struct<start:int,end:int,pattern:string>>"


def hits(sentences: DataFrame, names: Iterable[str], wanted: Sequence[str]) -> DataFrame:
    """Return the sentences that hold a candidate, with `hits`: where it begins and ends, and its pattern or null."""
    from sparknlp.annotator import RegexMatcher, RegexTokenizer, TextMatcher  # noqa: PLC0415 - an extra

    handed = sentences.withColumn("_text", _handed(F.col("sentence")))
    tokens = RegexTokenizer().setInputCols(["_document"]).setOutputCol("_tokens")
    stages: list[Any] = [_assembler(), tokens.setPattern(CUT).setToLowercase(False)]
    found: list[Column] = []
    listed = list(lines(names))
    if listed:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "names.txt"
            file.write_text("\n".join(listed), encoding="utf-8")
            matcher = TextMatcher().setInputCols(["_document", "_tokens"]).setOutputCol("_names")
            # Read here and now, on the driver, so the file may go.
            stages.append(matcher.setEntities(str(file)).setCaseSensitive(True).fit(handed.limit(0)))
        found.append(_spans("_names", F.lit(None).cast("string")))
    if wanted:
        rules = [f"{patterns.PATTERNS[name]}{_DELIMITER}{name}" for name in wanted]
        matcher = RegexMatcher().setInputCols(["_document"]).setOutputCol("_shapes").setStrategy("MATCH_ALL")
        stages.append(matcher.setRules(rules).setDelimiter(_DELIMITER).fit(handed.limit(0)))
        found.append(_spans("_shapes"))
    annotated = PipelineModel(stages=stages).transform(handed)
    nothing = F.array().cast(_HIT)
    return annotated.select(*sentences.columns, F.concat(nothing, *found).alias("hits")).filter(F.size("hits") > 0)


def keyphrases(documents: DataFrame, share: float, seed: int) -> DataFrame:
    """Return the keyphrases of a share of the English documents, the best of each, as rows of entities.

    YAKE! (Campos et al. 2020, Information Sciences 509) weighs words by case, place, frequency and company.
    """
    import sparknlp  # noqa: PLC0415 - an extra
    from sparknlp.annotator import Tokenizer, YakeKeywordExtraction  # noqa: PLC0415

    drawn = documents.filter(F.col("lang").rlike(_ENGLISH)).filter(_is_drawn(share, seed, "keyphrases"))
    handed = drawn.select(
        "doc_id",
        "source",
        "source_id",
        F.substring("text", 1, _KEYPHRASE_CHARS).alias("sentence"),
        F.lit(0).alias("at"),
    ).withColumn("_text", _handed(F.col("sentence")))
    tokens = Tokenizer().setInputCols(["_document"]).setOutputCol("_tokens").fit(handed.limit(0))
    yake = YakeKeywordExtraction().setInputCols(["_tokens"]).setOutputCol("_found")
    yake = yake.setMinNGrams(1).setMaxNGrams(_KEYPHRASE_WORDS).setNKeywords(_KEYPHRASES)
    annotated = PipelineModel(stages=[_assembler(), tokens, yake]).transform(handed)
    return _rows(annotated, F.lit(KEYPHRASE), KEYPHRASE, sparknlp.version())


def recognized(sentences: DataFrame, folder: str, share: float, seed: int) -> DataFrame:
    """Return what a token classifier finds in the sentences of a share of the documents, as rows of entities."""
    from sparknlp.annotator import BertForTokenClassification, NerConverter, Tokenizer  # noqa: PLC0415 - an extra

    version = model_version(folder)
    handed = sentences.filter(_is_drawn(share, seed, "ner")).withColumn("_text", _handed(F.col("sentence")))
    tokens = Tokenizer().setInputCols(["_document"]).setOutputCol("_tokens").fit(handed.limit(0))
    model = BertForTokenClassification.loadSavedModel(_without_links(folder), sentences.sparkSession)
    model = model.setInputCols(["_document", "_tokens"]).setOutputCol("_labels")
    model = model.setCaseSensitive(is_cased((Path(folder) / VOCABULARY).read_text(encoding="utf-8")))
    model = model.setMaxSentenceLength(_MODEL_TOKENS)
    joined = NerConverter().setInputCols(["_document", "_tokens", "_labels"]).setOutputCol("_found")
    annotated = PipelineModel(stages=[_assembler(), tokens, model, joined]).transform(handed)
    return _rows(annotated, F.lower(F.col("each.metadata")["entity"]), NER, version)


def _without_links(folder: str) -> str:
    """Return a folder with the files of a model themselves: Spark hands out a link as a link, which leads nowhere."""
    if not any((Path(folder) / name).is_symlink() for name in FILES):
        return folder
    copied = tempfile.mkdtemp(prefix="instructlake-")
    # Workers fetch the model whenever they begin, so it stays as long as the program.
    atexit.register(shutil.rmtree, copied, ignore_errors=True)
    for name in FILES:
        (Path(copied) / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(Path(folder) / name, Path(copied) / name)
    return copied


def _assembler() -> Any:
    from sparknlp.base import DocumentAssembler  # noqa: PLC0415 - an extra

    return DocumentAssembler().setInputCol("_text").setOutputCol("_document")


def _handed(text: Column) -> Column:
    return F.regexp_replace(text, BEYOND, STAND_IN)


def _spans(annotations: str, pattern: Column | None = None) -> Column:
    return F.transform(
        annotations,
        lambda each: F.struct(
            each["begin"].alias("start"),
            (each["end"] + 1).alias("end"),
            (each["metadata"]["identifier"] if pattern is None else pattern).alias("pattern"),
        ),
    )


def _rows(annotated: DataFrame, kind: Column, annotator: str, version: str) -> DataFrame:
    start, end = F.col("each.begin"), F.col("each.end") + 1
    each = annotated.select("doc_id", "source", "source_id", "at", "sentence", F.explode("_found").alias("each"))
    return (
        each.select(
            "doc_id",
            "source",
            "source_id",
            kind.alias("type"),
            (F.col("at") + start).alias("start"),
            (F.col("at") + end).alias("end"),
            F.col("sentence").substr(start + 1, end - start).alias("text"),
            F.lit(None).cast("string").alias("key"),
            F.lit(False).alias("is_ambiguous"),
            F.lit(annotator).alias("annotator"),
            F.lit(version).alias("annotator_version"),
        )
        .filter(F.length(F.trim("text")) > 0)
        .distinct()
    )


def _is_drawn(share: float, seed: int, salt: str) -> Column:
    return draw(seed, f"entities {salt}", F.col("doc_id")) <= F.lit(min(int(share * 2**63), 2**63 - 1))
