"""``estimate``: what the recipes of a configuration would cost, measured on a sample; no model is asked.

Documents and pairs are those of the last run, so a run without models comes first: it costs nothing.
"""

import shutil
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from etl.commands.report import finished_run
from etl.config.load import load_config
from etl.errors import ConfigError
from etl.generation.estimation import corpus_of, estimate_recipe, tokenizer_of
from etl.recipes.estimate import Measured
from etl.report.estimates import estimate_text
from etl.session import spark_session
from etl.tables import Tables

_LOG_COLUMNS: Final = 110


def estimate_cost(arguments: Namespace) -> int:
    """Print what the recipes would cost and return 0.

    Raises:
        ConfigError: No recipe is configured, or there is no finished run to take a sample of.
    """
    loaded = load_config(arguments.config, env=arguments.env, overrides=arguments.set, cwd=Path.cwd())
    config, generator = loaded.config, loaded.config.models.generator
    if generator is None:
        raise ConfigError("generate.recipes: there is none to estimate; name one, and its model in models.generator")
    tokenizer, name = tokenizer_of(generator, config.mixture)
    with spark_session() as spark:
        tables = Tables(spark, config.output)
        run = finished_run(tables)
        corpus = corpus_of(tables, run)
        found = [
            each
            for chosen in config.generate.recipes
            for each in estimate_recipe(
                tables,
                corpus,
                chosen,
                config,
                generator=generator,
                tokenizer=tokenizer,
                sample=arguments.sample,
                tokens_per_second=arguments.tokens_per_second,
            )
        ]
    columns = shutil.get_terminal_size((_LOG_COLUMNS, 24)).columns if sys.stdout.isatty() else _LOG_COLUMNS
    sys.stdout.write(f"What the model {generator.model} would be asked about what run {run.run_id} found.\n\n")
    sys.stdout.write(estimate_text([each for _, each in found], columns))
    sys.stdout.write(f"\n{_remarks([each for each, _ in found], name)}\n")
    return 0


def _remarks(measured: Sequence[Measured], tokenizer: str) -> str:
    chars, tokens = sum(each.chars for each in measured), sum(each.tokens for each in measured)
    per_token = f"; on the sample a token has {chars / tokens:.2f} characters" if tokens else ""
    items = max((each.items for each in measured), default=0)
    return (
        f"Measured on {items:,} items of a recipe at most, drawn by hash.\nTokens: {tokenizer}{per_token}.\n"
        "Requests are prompts that no earlier run has an answer to. GPU hours need --tokens-per-second: the output\n"
        "tokens of one worker, which a run shows while it asks. A judge is asked once more for each pair."
    )
