"""What a report shows, read from the tables of a finished run: the same for the summary and for the page."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import yaml
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.config.models import Config
from etl.diversity.evenness import entropy, entropy_of_sizes, largest_shares
from etl.diversity.findings import Tallies, diversity_findings
from etl.entities.engine import shortfall
from etl.mixture.plan import NO_FALLBACK
from etl.optional_schemas import TOPICS
from etl.report.excerpt import make_excerpt
from etl.report.facts import MixtureRow, Report, RuleRow, RunFacts, SamplePair, StageRow, VarietyRow
from etl.report.warnings import warnings_of
from etl.rules import build_rules
from etl.rules.families import FAMILY_OF_RULE
from etl.runs import Run
from etl.schemas import DOCUMENTS, MIXTURE_REPORT, OPTIONAL, PAIRS, PUBLISHED, REJECTS, STAGE_STATS, STAGES
from etl.stages.diversify import TOPIC, tally_values
from etl.stages.entities import ENGINE
from etl.stages.expressions import draw
from etl.stages.filled import tally_filled, tally_fillers
from etl.stages.topics import tally_topics
from etl.tables import Tables
from etl.templates.load import slot_counts

_SAMPLES: Final = 10
# Values of a column that are named with their shares.
_SHARES: Final = 6
# Documents of samples are read whole to the driver.
_MAX_SAMPLE_CHARS: Final = 500_000


def read_report(tables: Tables, run: Run) -> Report:
    """Return the report of a finished run, from the versions of the tables it wrote."""

    def table(name: str) -> DataFrame:
        return tables.read(name, run.output_versions[name])

    config, pairs = Config.model_validate_json(run.config), table(PAIRS.name)
    stages = [_stage_row(row.asDict()) for row in table(STAGE_STATS.name).drop("run_id").collect()]
    stages.sort(key=lambda row: STAGES.index(row.stage))
    rules = _rule_rows(pairs, table(REJECTS.name), config)
    families = {family: 0 for rule in _rules_on(config) for family in [FAMILY_OF_RULE[rule]]}
    for row in rules:
        if row.family:
            families[row.family] = families.get(row.family, 0) + row.admitted
    mixture = [_mixture_row(row.asDict()) for row in table(MIXTURE_REPORT.name).drop("run_id").collect()]
    tallies = tally_values(pairs)
    if config.select.diversity is not None and config.select.diversity.topic is not None:
        tallies[TOPIC] = tally_topics(table(TOPICS.name), pairs)
    mixture.sort(key=lambda row: (row.split, row.source, row.stream))
    return Report(
        run=run_facts(run),
        stages=stages,
        rules=rules,
        families=families,
        mixture=mixture,
        samples=_samples(pairs, table(DOCUMENTS.name), config.run.seed),
        warnings=[
            *warnings_of(stages, rules, families, mixture),
            *_diversity(tallies, config),
            *_entities(run, config),
        ],
        outputs={
            each.name: tables.place(each.name) for each in (*PUBLISHED, *OPTIONAL) if each.name in run.output_versions
        },
        variety=[
            _variety(column, counts) for column, counts in tallies.items() if any(value is not None for value in counts)
        ],
        filled=_filled(pairs, config),
    )


def run_facts(run: Run) -> RunFacts:
    """Return the manifest of a run as a report shows it."""
    return RunFacts(
        run_id=run.run_id,
        run_date=run.run_date.isoformat(),
        status=run.status,
        started_at=run.started_at,
        ended_at=run.ended_at,
        code_version=run.code_version,
        config_hash=run.config_hash,
        config_yaml=yaml.safe_dump(json.loads(run.config), sort_keys=False, allow_unicode=True),
        package_versions=run.package_versions,
        input_versions=sorted(run.input_versions.items()),
    )


def _diversity(tallies: Tallies, config: Config) -> list[str]:
    return [] if config.select.diversity is None else diversity_findings(tallies, config.select.diversity)


def _entities(run: Run, config: Config) -> list[str]:
    engine = run.input_versions.get(ENGINE)
    said = shortfall(config.entities, engine) if config.entities is not None and engine is not None else None
    return [said] if said else []


def _filled(pairs: DataFrame, config: Config) -> list[VarietyRow]:
    if config.templates is None:
        return []
    tallies = tally_filled(pairs, slot_counts(config.templates.path))
    fillers, n_pairs = tally_fillers(pairs), sum(tallies["template"].values())
    if not n_pairs:
        return []
    rows = [_variety(of, counts) for of, counts in tallies.items()]
    shares = [(name, n / n_pairs) for name, n in list(fillers.top.items())[:_SHARES]]
    return [*rows, VarietyRow("filler", sum(fillers.sizes.values()), entropy_of_sizes(fillers.sizes), shares)]


def _variety(column: str, counts: Mapping[str | None, int]) -> VarietyRow:
    return VarietyRow(column, len(counts), entropy(counts), largest_shares(counts, _SHARES))


def _rules_on(config: Config) -> list[str]:
    return [rule.name for rule in build_rules(config.rules)]


def _stage_row(row: dict[str, Any]) -> StageRow:
    return StageRow(**row)


def _mixture_row(row: dict[str, Any]) -> MixtureRow:
    fallback = "" if row["fallback"] == NO_FALLBACK else row["fallback"]
    units = row.pop("units")
    return MixtureRow(**{**row, "fallback": fallback, "units_total": units})


def _rule_rows(pairs: DataFrame, rejects: DataFrame, config: Config) -> list[RuleRow]:
    admitted = pairs.groupBy("rule", "family").agg(F.count("*").alias("n"), F.avg("grounding").alias("mean"))
    rule = F.get_json_object("payload", "$.rule").alias("rule")
    refused = rejects.filter(F.col("stage") == "select").groupBy(rule).count()
    rejected = {row["rule"]: row["count"] for row in refused.collect()}
    rows = []
    for row in sorted(admitted.collect()):
        # A rule has one family; what it lost is told once.
        rows.append(RuleRow(row["rule"], row["family"], row["n"], rejected.pop(row["rule"], 0), row["mean"]))
    silent = [name for name in _rules_on(config) if name not in {row.rule for row in rows}]
    return rows + [RuleRow(name, "", 0, rejected.get(name, 0), None) for name in silent]


def _samples(pairs: DataFrame, documents: DataFrame, seed: int) -> list[SamplePair]:
    drawn = pairs.orderBy(draw(seed, "sample", F.col("pair_id")), "pair_id").limit(_SAMPLES).collect()
    ids = sorted({row["doc_id"] for row in drawn if row["doc_id"] is not None})
    small = documents.filter(F.col("doc_id").isin(ids) & (F.col("n_chars") <= _MAX_SAMPLE_CHARS))
    described = {row["doc_id"]: row.asDict() for row in small.select("doc_id", "title", "url", "text").collect()}
    rows = [{**row.asDict(), **described[row["doc_id"]]} for row in drawn if row["doc_id"] in described]
    return [_sample(row) for row in sorted(rows, key=lambda row: str(row["pair_id"]))]


def _sample(row: dict[str, Any]) -> SamplePair:
    evidence: Sequence[tuple[int, int]] = [(span["start"], span["end"]) for span in row["evidence"]]
    excerpt, highlights = make_excerpt(row["text"], evidence)
    shown = ("pair_id", "doc_id", "source", "title", "url", "rule", "family", "lang", "instruction", "response")
    texts = {name: str(row[name] or "") for name in shown}
    return SamplePair(**texts, grounding=row["grounding"], excerpt=excerpt, highlights=highlights)
