"""Refine: what is dropped because of what else there is: near-duplicates, items of benchmarks, too much of one kind."""

from pyspark.sql import DataFrame

from etl.benchmarks.index import BenchmarkIndex
from etl.benchmarks.items import read_items
from etl.config.decontamination import DecontaminationConfig
from etl.job import Job
from etl.stages.decontaminate import find_overlaps
from etl.stages.distinct import keep_distinct
from etl.stages.diversify import find_excess
from etl.stages.near_duplicates import find_near_duplicate_documents, find_near_duplicate_pairs
from etl.stages.verdicts import admitted, apply_verdicts


def find_near(job: Job, parsed: DataFrame, duplicates: DataFrame) -> DataFrame:
    """Return the duplicates and, where they are looked for, the near-duplicates among the other documents."""
    compared = job.config.select.near_duplicates.documents
    if compared is None:
        return duplicates
    near = job.once(
        "near_documents", lambda: find_near_duplicate_documents(keep_distinct(parsed, duplicates), compared)
    )
    return duplicates.unionByName(near)


def index_benchmarks(config: DecontaminationConfig | None) -> BenchmarkIndex | None:
    """Return the index of the benchmarks that must not occur in pairs; None where there are none.

    Raises:
        ConfigError: The file of a benchmark cannot be read.
    """
    if config is None:
        return None
    return BenchmarkIndex(read_items(config.benchmarks), config.ngram_size, config.min_overlap)


def refine(job: Job, selected: DataFrame, benchmarks: BenchmarkIndex | None) -> DataFrame:
    """Return selected pairs with reasons against those that repeat a benchmark, one another, or one kind too often.

    Each step looks at the pairs the steps before it left. What it says is staged, the pairs themselves are not again.
    """
    config = job.config.select
    if benchmarks is not None:
        before = admitted(selected)
        selected = apply_verdicts(selected, job.once("overlaps", lambda: find_overlaps(before, benchmarks)))
    if compared := config.near_duplicates.instructions:
        left = admitted(selected)
        near = job.once("near_pairs", lambda: find_near_duplicate_pairs(left, compared))
        selected = apply_verdicts(selected, near)
    if diversity := config.diversity:
        distinct, seed = admitted(selected), job.config.run.seed
        excess = job.once("excess", lambda: find_excess(distinct, diversity, seed).verdicts)
        selected = apply_verdicts(selected, excess)
    return selected
