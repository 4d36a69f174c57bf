"""Companions: the files a run reads beside its sources: tokenizer, wordings, benchmarks, knowledge, templates, seeds.

They are read before the run begins, because what is wrong with one of them should end a run before its work and not
behind it; and what they hold is part of what a run did, so other content is other work.
"""

import hashlib

from pyspark.sql import SparkSession

from etl.benchmarks.items import read_items
from etl.config.models import Config
from etl.generation.models import model_versions
from etl.knowledge.load import fingerprint as fingerprint_of_knowledge
from etl.recipes.request_templates import KEY as TEMPLATES
from etl.recipes.request_templates import read_templates
from etl.recipes.seeds import KEY as SEEDS
from etl.recipes.seeds import read_seeds
from etl.stages.count_tokens import fingerprint as fingerprint_of_tokenizer
from etl.stages.count_tokens import read_tokenizer
from etl.stages.entities import entity_versions
from etl.stages.fill import build_filling
from etl.stages.knowledge import read_knowledge
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
        found["select.decontamination"] = _counted(len(items), "items", items)
    if filling := build_filling(spark, config):
        found["knowledge_base"] = fingerprint_of_knowledge(filling.knowledge)
        found["templates"] = _counted(len(filling.templates.templates), "templates", filling.templates)
    elif config.select.gates.contradiction:
        found["knowledge_base"] = fingerprint_of_knowledge(read_knowledge(spark, config.knowledge_base))
    if matched := config.generate.fine_instructions:
        templates = read_templates(matched.templates)
        found[TEMPLATES] = _counted(len(templates), "templates", templates)
    if seeded := config.generate.self_instruct:
        seeds = read_seeds(seeded.seeds)
        found[SEEDS] = _counted(len(seeds), "seeds", seeds)
    return {**found, **entity_versions(spark, config), **model_versions(config)}


def _counted(number: int, what: str, read: object) -> str:
    """Return how many there are, and a hash of what was read."""
    return f"{number} {what}, {hashlib.sha256(repr(read).encode()).hexdigest()[:16]}"
