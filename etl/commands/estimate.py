"""``estimate``: what the recipes of a configuration would cost, measured on a sample; no model is asked.

Documents and pairs are those of the last run, so a run without models comes first: it costs nothing.
"""

import shutil
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.commands.report import finished_run
from etl.config.generate import GeneratorConfig, RecipeConfig
from etl.config.load import load_config
from etl.config.mixture import MixtureConfig
from etl.config.models import Config
from etl.errors import ConfigError
from etl.generation import recipe_of
from etl.mixture.tokenizer import Tokenizer
from etl.models import GENERATOR, model_id, revision_of
from etl.recipes.estimate import Estimate, Measured, estimate
from etl.report.estimates import estimate_text
from etl.runs import Run
from etl.schemas import DOCUMENTS, PAIRS, STAGE_STATS
from etl.session import spark_session
from etl.stages.count_tokens import read_tokenizer
from etl.stages.measure_prompts import TOKENS_PER_WORD, answers_of, measure, outputs_of, sample_of
from etl.stages.prompts import items_of_documents, items_of_pairs, prompts_of
from etl.tables import Tables

_TOKENIZER_FILE: Final = "tokenizer.json"
_LOG_COLUMNS: Final = 110


class Corpus(NamedTuple):
    """What a run left behind: documents, pairs that rules mined, and how many candidates there were of each."""

    documents: DataFrame
    mined: DataFrame
    n_documents: int
    n_mined: int


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
            estimate_recipe(
                tables,
                corpus,
                chosen,
                config,
                generator=generator,
                tokenizer=tokenizer,
                sample=arguments.sample,
                tokens_per_second=arguments.tokens_per_second,
            )
            for chosen in config.generate.recipes
        ]
    columns = shutil.get_terminal_size((_LOG_COLUMNS, 24)).columns if sys.stdout.isatty() else _LOG_COLUMNS
    sys.stdout.write(f"What the model {generator.model} would be asked about what run {run.run_id} found.\n\n")
    sys.stdout.write(estimate_text([each for _, each in found], columns))
    sys.stdout.write(f"\n{_remarks([each for each, _ in found], name)}\n")
    return 0


def corpus_of(tables: Tables, run: Run) -> Corpus:
    """Return what a run found, from its tables as it wrote them."""

    def table(name: str) -> DataFrame:
        return tables.read(name, run.output_versions[name])

    documents = table(DOCUMENTS.name)
    mined = table(PAIRS.name).filter(F.col("method") == "extraction").withColumn("refused", F.lit(None).cast("string"))
    # Recipes are asked about candidates; the tables hold the admitted ones, so their number grows by what was refused.
    row = table(STAGE_STATS.name).filter(F.col("stage") == "select").first()
    grown = row["rows_in"] / row["rows_out"] if row is not None and row["rows_out"] else 1.0
    return Corpus(documents, mined, documents.count(), round(mined.count() * grown))


def estimate_recipe(
    tables: Tables,
    corpus: Corpus,
    chosen: RecipeConfig,
    config: Config,
    *,
    generator: GeneratorConfig,
    tokenizer: Tokenizer | None,
    sample: int,
    tokens_per_second: float | None,
) -> tuple[Measured, Estimate]:
    """Return what a sample of a recipe's prompts came to, and what the whole would cost."""
    recipe, revision = recipe_of(chosen, generator), revision_of(generator, GENERATOR)
    of_documents = recipe.reads == "documents"
    rows, key = (corpus.documents, "doc_id") if of_documents else (corpus.mined, "pair_id")
    total = corpus.n_documents if of_documents else corpus.n_mined
    sampled = sample_of(rows, key, total, sample, config.run.seed)
    items = items_of_documents(sampled) if of_documents else items_of_pairs(sampled)
    whole = chosen.model_copy(update={"share": 1.0, "max_prompts": None})
    model = (generator.model, revision)
    prompts = prompts_of(items, recipe, chosen=whole, model=model, seed=config.run.seed)
    answers = answers_of(tables, recipe, model_id(generator, revision))
    measured = measure(prompts, sampled.count(), answers, tokenizer)
    found = estimate(
        recipe.name,
        total,
        measured,
        outputs_of(answers, recipe),
        share=chosen.share,
        max_prompts=chosen.max_prompts,
        tokens_per_second=tokens_per_second,
    )
    return measured, found


def tokenizer_of(generator: GeneratorConfig, mixture: MixtureConfig) -> tuple[Tokenizer | None, str]:
    """Return what counts the tokens of prompts, and how it is called: the model's own, the trainer's, or none.

    Raises:
        ConfigError: The file is no tokenizer, or its library is not installed.
    """
    own = None if generator.folder is None else Path(generator.folder) / _TOKENIZER_FILE
    if own is not None and own.is_file():
        return read_tokenizer(mixture.model_copy(update={"tokenizer": str(own)})), f"the model's own {_TOKENIZER_FILE}"
    tokenizer = read_tokenizer(mixture)
    if tokenizer is not None:
        return tokenizer, f"{tokenizer.name} of mixture.tokenizer"
    return None, f"words, {TOKENS_PER_WORD:g} tokens each, because no tokenizer is configured"


def _remarks(measured: Sequence[Measured], tokenizer: str) -> str:
    chars, tokens = sum(each.chars for each in measured), sum(each.tokens for each in measured)
    per_token = f"; on the sample a token has {chars / tokens:.2f} characters" if tokens else ""
    items = max((each.items for each in measured), default=0)
    return (
        f"Measured on {items:,} items of a recipe at most, drawn by hash.\nTokens: {tokenizer}{per_token}.\n"
        "Requests are prompts that no earlier run has an answer to. GPU hours need --tokens-per-second: the output\n"
        "tokens of one worker, which a run shows while it asks."
    )
