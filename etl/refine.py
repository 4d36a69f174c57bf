"""Refine: what is dropped because of what else there is: near-duplicates, items of benchmarks, too much of one kind."""

from pyspark.sql import DataFrame

from etl.benchmarks.index import BenchmarkIndex
from etl.benchmarks.items import read_items
from etl.config.decontamination import DecontaminationConfig
from etl.config.models import Config
from etl.job import Job
from etl.knowledge.load import load_knowledge
from etl.stages.decontaminate import find_overlaps, overlaps_of_templates
from etl.stages.distinct import keep_distinct
from etl.stages.diversify import find_excess
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
    """Return selected pairs with reasons against those that repeat a benchmark, one another, or one kind too often.

    Each step looks at the pairs the steps before it left. What it says is staged, the pairs themselves are not again.

    Raises:
        ConfigError: The file of a benchmark cannot be read any more.
    """
    config = job.config.select
    if decontamination := config.decontamination:
        before = admitted(selected)
        overlaps = job.once("overlaps", lambda: _overlaps(before, decontamination, job.config))
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


def _overlaps(pairs: DataFrame, decontamination: DecontaminationConfig, config: Config) -> DataFrame:
    index = _index(decontamination)
    if config.templates is None:
        return find_overlaps(pairs, index)
    templates = load_templates(load_knowledge(config.knowledge_base), config.templates.path).templates
    return find_overlaps(pairs, index, overlaps_of_templates(templates, index))


def _index(config: DecontaminationConfig) -> BenchmarkIndex:
    return BenchmarkIndex(read_items(config.benchmarks), config.ngram_size, config.min_overlap)
