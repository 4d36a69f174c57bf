"""What finding entities costs: each annotator on sentences of a corpus, and the gazetteers by the number of names.

CPU seconds of this process and all below it, so a busy machine changes figures less than a clock would tell; each
part is run once to warm up. The floor is what a million names may cost against ten thousand, per document.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import psutil
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from etl.config.entities import PATTERNS, EntitiesConfig
from etl.entities.engine import PYTHON, SPARK_NLP
from etl.knowledge.gazetteer import Gazetteer
from etl.knowledge.load import load_knowledge
from etl.knowledge.models import Entity, KnowledgeBase
from etl.session import has_spark_nlp, spark_session
from etl.stages.annotate import hits, keyphrases, recognized
from etl.stages.entities import Annotating, find_entities
from etl.stages.sentences import candidate_sentences
from etl.text.blocks import encode
from etl.text.parse import parse
from tests.benchmarks.extraction import Documents, drawn
from tests.benchmarks.gates import spent_below

FLOORS = {"million_to_ten_thousand": 2.0}
NAMES = (10_000, 100_000, 1_000_000)
SYLLABLES = ("ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "za", "dor", "fen", "gal", "hul", "jin", "par")
MEGABYTE = 1_000_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("INSTRUCTLAKE_DATA")
    parser.add_argument("--corpus", default=f"{default}/corpus/*-of-*.jsonl.gz" if default else None)
    parser.add_argument("--documents", type=int, default=1_000, help="size of the sample, drawn by hash")
    parser.add_argument("--names", type=int, nargs="*", default=NAMES)
    parser.add_argument("--ner", help="the folder of a token classifier")
    parser.add_argument("--parts", nargs="*", default=["annotators", "python names", "spark names"])
    arguments = parser.parse_args()
    if arguments.corpus is None:
        parser.error("name the files with --corpus, or their folder with INSTRUCTLAKE_DATA")
    sample = drawn(arguments.corpus, arguments.documents)
    figures: dict[str, Any] = {"documents": len(sample), "floors": FLOORS}
    with tempfile.TemporaryDirectory() as scratch, spark_session("bench") as spark:
        documents = staged(spark, sample, scratch)
        sentences = written(candidate_sentences(documents, EntitiesConfig().max_sentences), f"{scratch}/sentences")
        told = sentences.agg(F.count("*"), F.sum(F.octet_length("sentence"))).collect()[0]
        corpus = sum(len(document["text"].encode()) for document in sample)
        figures |= {"sentences": told[0], "share_of_corpus_read": round(told[1] / corpus, 3)}
        figures["sentence_megabytes"] = round(told[1] / MEGABYTE, 2)
        if "annotators" in arguments.parts:
            figures["cpu"] = annotators(documents, sentences, told[1], arguments.ner)
        if "python names" in arguments.parts:
            figures["python_names"] = python_names(sentences, arguments.names, len(sample))
        if "spark names" in arguments.parts and has_spark_nlp(spark):
            figures["spark_names"] = spark_names(sentences, arguments.names, len(sample))
    for engine in ("python_names", "spark_names"):
        if engine in figures and len(arguments.names) > 1:
            costs = [each["microseconds_per_document"] for each in figures[engine].values()]
            figures[engine]["most_to_least"] = round(costs[-1] / costs[0], 2)
    figures["machine"] = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    print(json.dumps(figures, indent=2))


def staged(spark: SparkSession, sample: Documents, scratch: str) -> DataFrame:
    rows = []
    for number, document in enumerate(sample):
        read = parse(document["text"], document["format"])
        rows.append((f"{number:032x}", "s", document["id"], document["lang"], read.text, encode(read.blocks)))
    schema = "doc_id string, source string, source_id string, lang string, text string, blocks array<int>"
    return written(spark.createDataFrame(rows, schema), f"{scratch}/documents")


def written(frame: DataFrame, place: str) -> DataFrame:
    frame.write.parquet(place)
    return frame.sparkSession.read.parquet(place)


def annotators(documents: DataFrame, sentences: DataFrame, size: int, ner: str | None) -> dict[str, dict[str, float]]:
    spark, knowledge = documents.sparkSession, load_knowledge()

    def all_of(engine: str) -> DataFrame:
        return find_entities(documents, Annotating(EntitiesConfig(keyphrase_share=0.0), engine, knowledge, 42))

    def head_bytes() -> int:
        heads = documents.filter(F.col("lang").startswith("en")).select(F.octet_length(F.substring("text", 1, 5_000)))
        return int(heads.agg(F.sum(heads.columns[0])).collect()[0][0] * 0.1)

    parts: dict[str, tuple[int, Callable[[], DataFrame]]] = {
        "candidate sentences": (size, lambda: candidate_sentences(documents, EntitiesConfig().max_sentences)),
        "Python: sentences, names and patterns": (size, lambda: all_of(PYTHON)),
    }
    if has_spark_nlp(spark):
        names = list(Gazetteer(knowledge).names)
        parts |= {
            "Spark NLP: sentences, names and patterns": (size, lambda: all_of(SPARK_NLP)),
            "Spark NLP: tokens and names": (size, lambda: hits(sentences, names, [])),
            "Spark NLP: patterns": (size, lambda: hits(sentences, [], PATTERNS)),
            "Spark NLP: keyphrases": (head_bytes(), lambda: keyphrases(documents, 0.1, 42)),
        }
        if ner is not None:
            part = sentences.filter(F.xxhash64("doc_id", "at") % 50 == 0).cache()
            read = part.agg(F.sum(F.octet_length("sentence"))).collect()[0][0]
            parts["Spark NLP: model"] = (read, lambda: recognized(part, ner, 1.0, 42))
    return {name: speed(work, bytes_read) for name, (bytes_read, work) in parts.items()}


def speed(work: Callable[[], DataFrame], size: int) -> dict[str, float]:
    frame = work()
    spent = cost(frame)
    return {"cpu_seconds": round(spent, 2), "megabytes_per_cpu_second": round(size / MEGABYTE / spent, 3)}


def cost(frame: DataFrame) -> float:
    """Return the CPU seconds of a second run: the first builds automatons and warms up."""
    spent = 0.0
    for _ in range(2):
        before = spent_by_process()
        frame.write.format("noop").mode("overwrite").save()
        spent = sum(seconds - before.get(process, 0.0) for process, seconds in spent_by_process().items())
    return spent


def spent_by_process() -> dict[int, float]:
    """Return the CPU seconds of each process below: what one took that has ended since must not count as less."""
    found = {}
    for process in psutil.Process().children(recursive=True):
        times = process.cpu_times()
        found[process.pid] = times.user + times.system
    return found


def generated(count: int) -> Iterator[str]:
    """Yield names of two words, each once, of no particular length: a place of a knowledge base."""
    for number in range(count):
        parts, rest = [], number * 2_654_435_761 % 2**32
        for _ in range(6):
            parts.append(SYLLABLES[rest % 16])
            rest //= 16
        yield f"{''.join(parts[:3]).title()} {''.join(parts[3:]).title()}{number % 97}"


def _known(count: int) -> KnowledgeBase:
    entities = tuple(Entity("thing", str(n), {"any": name}, "s", "CC0-1.0") for n, name in enumerate(generated(count)))
    return KnowledgeBase(entities, str(count))


def python_names(sentences: DataFrame, counts: Sequence[int], documents: int) -> dict[str, Any]:
    texts = [row[0] for row in sentences.select("sentence").collect()]
    found: dict[str, Any] = {}
    for count in counts:
        began = time.process_time()
        gazetteer = Gazetteer(_known(count))
        gazetteer.find("x", 0, 1, "en")
        built = time.process_time()
        for _ in range(3):
            for text in texts:
                gazetteer.find(text, 0, len(text), "en")
        spent = (time.process_time() - built) / 3
        size = sum(len(text.encode()) for text in texts)
        speeds = {"megabytes_per_second": round(size / MEGABYTE / spent, 1), "build_seconds": round(built - began, 1)}
        found[f"{count:,}"] = {"microseconds_per_document": round(spent / documents * 1e6, 1), **speeds}
    return found


def spark_names(sentences: DataFrame, counts: Sequence[int], documents: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for count in counts:
        before = spent_below()
        frame = hits(sentences, generated(count), [])
        built = spent_below() - before
        spent = cost(frame)
        found[f"{count:,}"] = {
            "microseconds_per_document": round(spent / documents * 1e6, 1),
            "build_cpu_seconds": round(built, 1),
        }
    return found


if __name__ == "__main__":
    main()
