"""Refine: what is dropped because of what else there is.

What is known otherwise, items of benchmarks, near-duplicates, too much of one kind.
"""

from typing import NamedTuple

from pyspark.sql import DataFrame

from etl.benchmarks.index import BenchmarkIndex
from etl.benchmarks.items import read_items
from etl.config.decontamination import DecontaminationConfig
from etl.config.gates import ContradictionGate
from etl.config.models import Config
from etl.config.semantics import Compared
from etl.job import Job
from etl.stages.contradictions import find_contradictions
from etl.stages.decontaminate import find_overlaps, overlaps_of_templates
from etl.stages.distinct import keep_distinct
from etl.stages.diversify import find_excess
from etl.stages.knowledge import read_knowledge
from etl.stages.near_duplicates import find_near_duplicate_documents, find_near_duplicate_pairs
from etl.stages.semantic_duplicates import find_semantic_duplicates
from etl.stages.text_vectors import vectors_of_texts
from etl.stages.topics import find_topics
from etl.stages.verdicts import admitted, apply_verdicts
from etl.templates.load import load_templates
from udfs.models.base import ModelSpec


def find_near(job: Job, parsed: DataFrame, duplicates: DataFrame) -> DataFrame:
    """Return the duplicates and, where they are looked for, the near-duplicates among the other documents."""
    compared = job.config.select.near_duplicates.documents
    if compared is None:
        return duplicates
    near = job.once(
        "near_documents", lambda: find_near_duplicate_documents(keep_distinct(parsed, duplicates), compared)
    )
    return duplicates.unionByName(near)


class Refined(NamedTuple):
    """What is left to say of selected pairs.

    Attributes:
        selected: The pairs, with the reasons against some of them.
        topics: `pair_id, topic, similarity` of the pairs that limits on shares chose from; None where topics are off.
    """

    selected: DataFrame
    topics: DataFrame | None = None


def refine(job: Job, selected: DataFrame, embedder: ModelSpec | None = None) -> Refined:
    """Return selected pairs with reasons against what is known otherwise, and what repeats too much.

    Each step looks at the pairs the steps before it left. What it says is staged, the pairs themselves are not again.

    Args:
        job: The job.
        selected: The pairs, with the reasons against some of them.
        embedder: The model that makes vectors; None where nothing needs them.

    Raises:
        ConfigError: The file of a benchmark cannot be read any more.
    """
    config, seed = job.config.select, job.config.run.seed
    if contradiction := config.gates.contradiction:
        stated = admitted(selected)
        contradictions = job.once("contradictions", lambda: _contradictions(job, stated, contradiction))
        selected = apply_verdicts(selected, contradictions)
    if decontamination := config.decontamination:
        before = admitted(selected)
        overlaps = job.once("overlaps", lambda: _overlaps(before, decontamination, job.config))
        selected = apply_verdicts(selected, overlaps)
    if compared := config.near_duplicates.instructions:
        left = admitted(selected)
        near = job.once("near_pairs", lambda: find_near_duplicate_pairs(left, compared))
        selected = apply_verdicts(selected, near)
    topics = None
    if embedder is not None and (alike := config.semantic_duplicates):
        worded = admitted(selected)
        compared_vectors = _vectors(job, worded, embedder, alike.compare)
        same = job.once("semantic_pairs", lambda: find_semantic_duplicates(worded, compared_vectors, alike, seed))
        selected = apply_verdicts(selected, same)
    if diversity := config.diversity:
        distinct = admitted(selected)
        if embedder is not None and (asked := diversity.topic):
            topical, vectors = distinct, _vectors(job, distinct, embedder, "instruction")
            topics = job.once("topics", lambda: find_topics(topical, vectors, asked.count, seed))
            distinct = distinct.join(topics.drop("similarity"), on="pair_id", how="left")
        excess = job.once("excess", lambda: find_excess(distinct, diversity, seed).verdicts)
        selected = apply_verdicts(selected, excess)
    return Refined(selected, topics)


def _vectors(job: Job, pairs: DataFrame, embedder: ModelSpec, compared: Compared) -> DataFrame:
    """Return the vectors of these pairs, and of more where an earlier step has asked for them."""
    return job.once(f"{compared}_vectors", lambda: vectors_of_texts(pairs, embedder, compared))


def topic_rows(pairs: DataFrame, topics: DataFrame) -> DataFrame:
    """Return the rows of the table of topics but their `run_id`: one for each of the pairs."""
    return pairs.select("pair_id", "doc_id", "source", "source_id").join(topics, on="pair_id", how="inner")


def _contradictions(job: Job, pairs: DataFrame, gate: ContradictionGate) -> DataFrame:
    return find_contradictions(pairs, read_knowledge(job.spark, job.config.knowledge_base), gate)


def _overlaps(pairs: DataFrame, decontamination: DecontaminationConfig, config: Config) -> DataFrame:
    index = _index(decontamination)
    if config.templates is None:
        return find_overlaps(pairs, index)
    known = read_knowledge(pairs.sparkSession, config.knowledge_base)
    templates = load_templates(known, config.templates.path).templates
    return find_overlaps(pairs, index, overlaps_of_templates(templates, index))


def _index(config: DecontaminationConfig) -> BenchmarkIndex:
    return BenchmarkIndex(read_items(config.benchmarks), config.ngram_size, config.min_overlap)
