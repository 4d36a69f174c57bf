"""The way of the documents, from the sources to the mixture: the whole story in the order it happens.

Each stage is one function from DataFrame to DataFrame in `etl.stages`. `Job.once` writes what a stage yields to
the staging area, so a run that is killed goes on where it was; nothing is visible until `publish`.
"""

from collections.abc import Sequence
from typing import Final

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.config.mixture import MixtureConfig
from etl.generation.generate import generate
from etl.generation.models import embedder_spec
from etl.job import Job
from etl.mixture.shares import Taken, shares_of
from etl.optional_schemas import ENTITIES, KNOWLEDGE_BASE, TOPICS
from etl.publish import account_rows, publish, share_rows
from etl.refine import find_near, refine, topic_rows
from etl.runs import Run
from etl.schemas import DOCUMENTS, MIXTURE, MIXTURE_REPORT, PAIRS, RAW_ONLY, REJECTS, STAGE_STATS, WITHOUT_PAIRS
from etl.session import parallelism
from etl.stages.accounts import account_imported, account_input, account_mix, account_pairs
from etl.stages.count_tokens import count_tokens, read_tokenizer
from etl.stages.distinct import find_duplicates, keep_distinct
from etl.stages.entities import account_entities, build_annotating, find_entities
from etl.stages.extract import extract
from etl.stages.fill import build_filling, fill
from etl.stages.generate import generated_pairs
from etl.stages.import_sets import import_sets, imported_pairs
from etl.stages.ingest import ingest
from etl.stages.join_pairs import join_pairs
from etl.stages.knowledge import entity_rows
from etl.stages.mix import Plan, mix, offer, plan, take, tally
from etl.stages.parse import parse
from etl.stages.rejects import check_error_rate, gather_rejects
from etl.stages.select import select
from etl.stages.treatment import treatment_of
from etl.stages.twins import raw_only, without_pairs

STAGES: Final = ("ingest", "parse", "extract", "entities", "fill", "generate", "select", "mix")


def run_pipeline(job: Job, stages: Sequence[str] = STAGES) -> Run | None:
    """Do the stages of a run that are not done yet, up to the last one named; publish after the last of all.

    Returns:
        The finished run, or None where `stages` end before the mixture, and so nothing was published.

    Raises:
        ErrorRateExceededError: Too many input records failed; nothing was published.
        GenerationFailedError: A model failed too often; nothing was published.
        ConfigError: A file that was there when the run began cannot be read any more; nothing was published.
    """
    config, files, tables = job.config, job.inputs.files, job.inputs.tables
    last = max(STAGES.index(stage) for stage in stages)

    with job.stage("ingest"):
        cores = parallelism(job.spark)
        units = ingest(job.spark, config.input, files, tables, cores=cores, limit=job.limit)

    with job.stage("parse") as parsing:
        filling = build_filling(job.spark, config)
        treatment = treatment_of(config, filling and filling.filler)
        parsed = job.once("parsed", lambda: parse(units, config.input, treatment, limit=job.limit))
        duplicates = find_near(job, parsed, job.once("duplicates", lambda: find_duplicates(parsed)))
        documents = keep_distinct(parsed, duplicates)
        ingested, in_documents, extracted = account_input(parsed, duplicates)
        imported = _imported(job, cores)
        if imported is not None:
            ingested, extracted = account_imported(imported, ingested, extracted)
        parsing.close(in_documents)
    check_error_rate(ingested, parsed, config.errors, imported)
    if last < STAGES.index("extract"):
        return None

    with job.stage("extract") as extracting:
        candidates = extract(documents)
        if imported is not None:
            candidates = candidates.unionByName(imported_pairs(imported))
        extracting.close(extracted)
    if last < STAGES.index("entities"):
        return None

    entities = named = None
    annotating = build_annotating(job.spark, config)
    if annotating is not None:
        with job.stage("entities") as annotated:
            entities = job.once("entities", lambda: find_entities(documents, annotating))
            named = account_entities(entities)
            annotated.close(named)
    if last < STAGES.index("fill"):
        return None

    filled = None
    if filling is not None:
        with job.stage("fill") as templating:
            of_templates, filled = fill(documents, filling, config.run.seed)
            candidates = candidates.unionByName(of_templates)
            templating.close(filled)
    if last < STAGES.index("generate"):
        return None

    generated = asked = None
    if config.models.generator is not None:
        with job.stage("generate") as generating:
            generated = generate(job, generating, documents, candidates)
            if generated is not None:
                candidates = candidates.unionByName(generated_pairs(generated))
                asked = account_pairs("generate", generated)
                generating.close(asked)
    if last < STAGES.index("select"):
        return None

    with job.stage("select") as selecting:
        # Looked at only where it is needed: what it is, is read from its folder.
        needed = config.models.embedder if config.select.needs_vectors else None
        embedder = None if needed is None else embedder_spec(needed)
        selected, topics = refine(job, job.once("selected", lambda: select(candidates, config.select)), embedder)
        pairs = selected.filter(F.col("reason").isNull())
        admitted = account_pairs("select", selected)
        selecting.close(admitted)
    if last < STAGES.index("mix"):
        return None

    with job.stage("mix") as mixing:
        offered = offer(documents, pairs, config.mixture, config.run.seed, config.source_names)
        tokenizer = read_tokenizer(config.mixture)
        if tokenizer is not None:
            uncounted = offered
            # Each row is counted once, and read several times.
            offered = job.once("offered", lambda: count_tokens(uncounted, tokenizer, config.mixture))
        planned = plan(offered, config.mixture)
        taken = take(offered, planned)
        tallied = tally(taken)
        mixed = account_mix(tallied, planned, in_documents.rows_out)
        mixing.close(mixed)

    accounts = [ingested, in_documents, extracted, *filter(None, (named, filled, asked)), admitted, mixed]
    shares = shares_of(tallied, planned.splits, config.mixture.unit)
    return publish(
        job,
        {
            **({KNOWLEDGE_BASE.name: entity_rows(job.spark, filling.knowledge)} if filling is not None else {}),
            **(_twins(offered, planned, taken, tallied, config.mixture) if config.mixture.twins else {}),
            **({} if entities is None else {ENTITIES.name: entities}),
            **({} if topics is None else {TOPICS.name: topic_rows(pairs, topics)}),
            DOCUMENTS.name: documents,
            PAIRS.name: pairs,
            REJECTS.name: gather_rejects(parsed, duplicates, documents, selected, imported, generated),
            MIXTURE.name: mix(join_pairs(taken) if config.mixture.stream == "joined" else taken),
            MIXTURE_REPORT.name: share_rows(job.spark, shares),
            STAGE_STATS.name: account_rows(job.spark, accounts, job.seconds),
        },
    )


def _imported(job: Job, cores: int) -> DataFrame | None:
    """Return the rows of the instruction sets, or None where there is no set."""
    config, inputs = job.config.input, job.inputs
    if not config.instruction_sets:
        return None
    return job.once(
        "imported",
        lambda: import_sets(job.spark, config, inputs.set_files, inputs.set_tables, cores=cores, limit=job.limit),
    )


def _twins(
    offered: DataFrame, planned: Plan, taken: DataFrame, tallied: Sequence[Taken], config: MixtureConfig
) -> dict[str, DataFrame]:
    return {
        WITHOUT_PAIRS.name: without_pairs(taken),
        RAW_ONLY.name: raw_only(offered, planned, tallied, config),
    }
