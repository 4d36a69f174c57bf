"""Estimation: a sample of the prompts that recipes would make of what a run found, measured and scaled."""

from pathlib import Path
from typing import Final, NamedTuple

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.config.generate import GeneratorConfig, RecipeConfig
from etl.config.mixture import MixtureConfig
from etl.config.models import Config
from etl.generation.models import GENERATOR, model_id, revision_of
from etl.generation.self_instruction import frame_of, item_of, items_of_round
from etl.generation.settings import settings_of
from etl.mixture.tokenizer import Tokenizer
from etl.recipes.base import Recipe
from etl.recipes.estimate import Estimate, Measured, estimate
from etl.recipes.registry import RECIPES, STEPS
from etl.recipes.request_templates import read_templates
from etl.recipes.seeds import read_seeds
from etl.recipes.self_instruct import EXAMPLES
from etl.recipes.self_instruct import NAME as SELF_INSTRUCT
from etl.recipes.self_instruct_steps import NewInstructions
from etl.runs import Run
from etl.schemas import DOCUMENTS, PAIRS, STAGE_STATS
from etl.stages.count_tokens import read_tokenizer
from etl.stages.expressions import draw
from etl.stages.measure_prompts import TOKENS_PER_WORD, answers_of, measure, outputs_of, sample_of
from etl.stages.prompts import items_of_documents, items_of_pairs, prompts_of
from etl.tables import Tables

_TOKENIZER_FILE: Final = "tokenizer.json"
# So many templates are tried: prompts differ by their passages far more than by these.
_TEMPLATES: Final = 100


class Corpus(NamedTuple):
    """What a run left behind: documents, pairs that rules mined, and how many candidates there were of each."""

    documents: DataFrame
    mined: DataFrame
    n_documents: int
    n_mined: int


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


class Step(NamedTuple):
    """One question of a recipe: sampled items, how many of them there are in the sample, and in all."""

    recipe: Recipe
    items: DataFrame
    n_items: int
    total: int
    of_corpus: bool = True


def steps_of(
    corpus: Corpus, chosen: RecipeConfig, config: Config, generator: GeneratorConfig, sample: int
) -> list[Step]:
    """Return the questions of a recipe with a sample of what they are about.

    What depends on answers is counted at its most: as many templates as a document may have, eight new instructions a
    prompt.
    """
    settings, generate, seed = settings_of(chosen, generator, config.generate), config.generate, config.run.seed
    if generate.self_instruct is not None and chosen.recipe == SELF_INSTRUCT:
        seeded, spark = generate.self_instruct, corpus.documents.sparkSession
        seeds, n_prompts = read_seeds(seeded.seeds), seeded.rounds * seeded.prompts_per_round
        first = items_of_round(seeded.model_copy(update={"prompts_per_round": min(sample, n_prompts)}), seeds, [], "")
        rest = [item_of(seeded, each.instruction) for each in seeds[:sample]]
        totals = {NewInstructions.name: (first, n_prompts)}
        return [
            Step(RECIPES[name](settings), frame_of(spark, items), len(items), total, of_corpus=name in totals)
            for name in STEPS
            for items, total in [totals.get(name, (rest, EXAMPLES * n_prompts))]
        ]
    recipe = RECIPES[chosen.recipe](settings)
    rows, key, total = corpus.documents, "doc_id", corpus.n_documents
    if recipe.reads == "pairs":
        rows, key, total = corpus.mined, "pair_id", corpus.n_mined
    sampled = sample_of(rows, key, total, sample, seed)
    items = items_of_pairs(sampled) if recipe.reads == "pairs" else items_of_documents(sampled)
    if generate.fine_instructions is not None and recipe.reads == "matches":
        matched = generate.fine_instructions
        some = F.array(*[F.lit(each.text) for each in read_templates(matched.templates)[:_TEMPLATES]])
        drawn = F.pmod(draw(seed, "estimate template", F.col("doc_id")), F.size(some).cast("long")).cast("int")
        text = F.substring("text", 1, chosen.max_passage_chars)
        items = items.withColumns({"instruction": F.get(some, drawn), "text": text})
        total *= matched.per_document
    return [Step(recipe, items, sampled.count(), total)]


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
) -> list[tuple[Measured, Estimate]]:
    """Return for each question of a recipe what a sample of its prompts came to, and what the whole would cost."""
    revision = revision_of(generator, GENERATOR)
    whole = chosen.model_copy(update={"share": 1.0, "max_prompts": None})
    model = (generator.model, revision)
    found = []
    for step in steps_of(corpus, chosen, config, generator, sample):
        prompts = prompts_of(step.items, step.recipe, chosen=whole, model=model, seed=config.run.seed)
        answers = answers_of(tables, step.recipe, model_id(generator, revision))
        measured = measure(prompts, step.n_items, answers, tokenizer)
        cost = estimate(
            step.recipe.name,
            step.total,
            measured,
            outputs_of(answers, step.recipe),
            share=chosen.share if step.of_corpus else 1.0,
            max_prompts=chosen.max_prompts if step.of_corpus else None,
            tokens_per_second=tokens_per_second,
        )
        found.append((measured, cost))
    return found


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
