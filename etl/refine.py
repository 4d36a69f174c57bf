"""Refine: what is dropped because of what else there is.

What is known otherwise, items of benchmarks, near-duplicates, too much of one kind.
"""

from pyspark.sql import DataFrame

from etl.benchmarks.index import BenchmarkIndex
from etl.benchmarks.items import read_items
from etl.config.decontamination import DecontaminationConfig
from etl.config.gates import ContradictionGate
from etl.job import Job
from etl.stages.contradictions import find_contradictions
from etl.stages.decontaminate import find_overlaps, overlaps_of_templates
from etl.stages.distinct import keep_distinct
from etl.stages.diversify import find_excess
from etl.stages.knowledge import read_knowledge
from etl.stages.near_duplicates import find_near_duplicate_documents, find_near_duplicate_pairs
from etl.stages.verdicts import admitted, apply_verdicts
from etl.templates.load import load_templates


def find_near(job: Job, parsed: DataFrame, duplicates: DataFrame) -> DataFrame:
    """Return the duplicates and, where they are looked for, the near-duplicates among the other documents."""
    compared = job.config.select.near_duplicates.documents
    if compared is None:
        return duplicates
    near = job.once(
        "near_documents", lambda: find_near_duplicate_documents(keep_distinct(parsed, duplicates), compared)
    )
    return duplicates.unionByName(near)


def refine(job: Job, selected: DataFrame) -> DataFrame:
    """Return selected pairs with reasons against what is known otherwise, and what repeats too much.

    Each step looks at the pairs the steps before it left. What it says is staged, the pairs themselves are not again.

    Raises:
        ConfigError: The file of a benchmark cannot be read any more.
    """
    config = job.config.select
    if contradiction := config.gates.contradiction:
        stated = admitted(selected)
        contradictions = job.once("contradictions", lambda: _contradictions(job, stated, contradiction))
        selected = apply_verdicts(selected, contradictions)
    if decontamination := config.decontamination:
        before = admitted(selected)
        overlaps = job.once("overlaps", lambda: _overlaps(job, before, decontamination))
        selected = apply_verdicts(selected, overlaps)
    if compared := config.near_duplicates.instructions:
        left = admitted(selected)
        near = job.once("near_pairs", lambda: find_near_duplicate_pairs(left, compared))
        selected = apply_verdicts(selected, near)
    if diversity := config.diversity:
        distinct, seed = admitted(selected), job.config.run.seed
        excess = job.once("excess", lambda: find_excess(distinct, diversity, seed).verdicts)
        selected = apply_verdicts(selected, excess)
    return selected


def _contradictions(job: Job, pairs: DataFrame, gate: ContradictionGate) -> DataFrame:
    return find_contradictions(pairs, read_knowledge(job.spark, job.config.knowledge_base), gate)


def _overlaps(job: Job, pairs: DataFrame, decontamination: DecontaminationConfig) -> DataFrame:
    index, templates = _index(decontamination), job.config.templates
    if templates is None:
        return find_overlaps(pairs, index)
    knowledge = read_knowledge(job.spark, job.config.knowledge_base)
    return find_overlaps(
        pairs, index, overlaps_of_templates(load_templates(knowledge, templates.path).templates, index)
    )


def _index(config: DecontaminationConfig) -> BenchmarkIndex:
    return BenchmarkIndex(read_items(config.benchmarks), config.ngram_size, config.min_overlap)
