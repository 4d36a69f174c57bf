"""``plan``: what the mixture would be at several ratios, from the tables of the last run; nothing is written."""

import shutil
import sys
from argparse import Namespace
from pathlib import Path
from typing import Final

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.commands.report import finished_run
from etl.config.load import load_config
from etl.config.mixture import TRAIN, MixtureConfig
from etl.config.models import Config
from etl.errors import ConfigError
from etl.mixture.forecast import Forecast, Supply, forecast
from etl.mixture.shares import INSTRUCTION, RAW
from etl.report.forecasts import forecast_text
from etl.runs import Run
from etl.schemas import DOCUMENTS, PAIRS, REJECTS
from etl.session import spark_session
from etl.stages.count_tokens import count_tokens, read_tokenizer
from etl.stages.draws import Stack, supply_of
from etl.stages.mix import CHAT_TOKEN, offer
from etl.tables import Tables

# Shown beside the configured one: the bounds of what is customary, and the middle.
_RATIOS: Final = (0.01, 0.05, 0.10)
_LOG_COLUMNS: Final = 110


def plan(arguments: Namespace) -> int:
    """Print what mixtures would be and return 0.

    Raises:
        ConfigError: There is no finished run, or a ratio is none.
    """
    loaded = load_config(arguments.config, env=arguments.env, overrides=arguments.set, cwd=Path.cwd())
    config = loaded.config
    ratios = _ratios(arguments.ratios, config.mixture)
    with spark_session() as spark:
        tables = Tables(spark, config.output)
        run = finished_run(tables)
        supply = supplies(tables, run, config)
    forecasts = [
        each
        for ratio in ratios
        # A split with a ratio of its own keeps it; what is customary binds runs, not plans.
        for each in forecasts_of(supply, config.mixture.model_copy(update={"ratio": ratio}))
    ]
    columns = shutil.get_terminal_size((_LOG_COLUMNS, 24)).columns if sys.stdout.isatty() else _LOG_COLUMNS
    sys.stdout.write(f"What run {run.run_id} found, mixed at other ratios; rows are estimates.\n\n")
    sys.stdout.write(forecast_text(forecasts, config.mixture.unit, columns))
    return 0


def supplies(tables: Tables, run: Run, config: Config) -> dict[Stack, Supply]:
    """Return what each split could take of each stream, from the tables as a run wrote them."""

    def table(name: str) -> DataFrame:
        return tables.read(name, run.output_versions[name])

    refused = table(REJECTS.name).filter((F.col("stage") == "mix") & (F.col("reason") == CHAT_TOKEN))
    documents = table(DOCUMENTS.name).join(refused.select("doc_id"), on="doc_id", how="left_anti")
    offered = offer(
        documents.withColumn("has_chat_token", F.lit(False)),
        table(PAIRS.name),
        config.mixture,
        config.run.seed,
        config.source_names,
    )
    tokenizer = read_tokenizer(config.mixture)
    if tokenizer is not None:
        offered = count_tokens(offered, tokenizer, config.mixture)
    return {
        stack: Supply(sum(bucket.rows for bucket in buckets), sum(bucket.units for bucket in buckets))
        for stack, buckets in supply_of(offered).items()
    }


def forecasts_of(supply: dict[Stack, Supply], config: MixtureConfig) -> list[Forecast]:
    """Return what each split would be, training first."""
    nothing = Supply(0, 0)
    return [
        forecast(split, supply.get((RAW, split), nothing), supply.get((INSTRUCTION, split), nothing), config)
        for split in (TRAIN, *sorted(config.splits))
    ]


def _ratios(given: str | None, config: MixtureConfig) -> list[float]:
    if given is None:
        return sorted({config.ratio, *_RATIOS})
    ratios = []
    for text in given.split(","):
        try:
            ratio = float(text)
        except ValueError:
            ratio = -1.0
        if not 0 <= ratio <= 1:
            raise ConfigError(f"--ratios {given}: {text.strip()!r} is no share; give numbers from 0 to 1, as 0.01,0.05")
        ratios.append(ratio)
    return ratios
