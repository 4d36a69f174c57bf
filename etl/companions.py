"""Companions: the files a run reads beside its sources: tokenizer, wordings, benchmarks.

They are read before the run begins, because what is wrong with one of them should end a run before its work and not
behind it; and what they hold is part of what a run did, so other content is other work.
"""

from pyspark.sql import SparkSession

from etl.benchmarks.items import read_items
from etl.config.models import Config
from etl.generation import companions, digest_of_content
from etl.knowledge.load import fingerprint as fingerprint_of_knowledge
from etl.models import model_versions
from etl.stages.count_tokens import fingerprint as fingerprint_of_tokenizer
from etl.stages.count_tokens import read_tokenizer
from etl.stages.entities import entity_versions
from etl.stages.fill import build_filling
from etl.surface.load import fingerprint as fingerprint_of_wordings
from etl.surface.load import load_catalog


def companion_versions(spark: SparkSession, config: Config) -> dict[str, str]:
    """Return what each companion file is, a fingerprint by the key of the configuration that names it.

    Raises:
        ConfigError: One cannot be read, or is not what it should be.
    """
    found = {}
    wordings = config.mixture.surface.wordings
    load_catalog(wordings)
    if wordings is not None:
        found["mixture.surface.wordings"] = fingerprint_of_wordings(wordings)
    if tokenizer := read_tokenizer(config.mixture):
        found["mixture.tokenizer"] = fingerprint_of_tokenizer(tokenizer)
    if decontamination := config.select.decontamination:
        items = read_items(decontamination.benchmarks)
        found["select.decontamination"] = f"{len(items)} items, {digest_of_content(items)}"
    if filling := build_filling(spark, config):
        found["knowledge_base"] = fingerprint_of_knowledge(filling.knowledge)
        found["templates"] = f"{len(filling.templates.templates)} templates, {digest_of_content(filling.templates)}"
    return {**found, **entity_versions(spark, config), **companions(config), **model_versions(config)}
