"""The model of the configuration is asked for the recipes of the configuration, and a judge about what it said."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.config.generate import RecipeConfig
from etl.generation.asked import answers_to, asked_of, prompts_once
from etl.generation.chained import chained
from etl.generation.models import GENERATOR, JUDGE, embedder_spec
from etl.generation.self_instruction import self_instruct
from etl.generation.settings import settings_of
from etl.job import Job, OpenStage
from etl.recipes.base import Recipe, RecipeSettings
from etl.recipes.fine_instructions import FineInstructions
from etl.recipes.judge import JUDGE as JUDGE_RECIPE
from etl.recipes.registry import RECIPES
from etl.recipes.request_templates import read_templates
from etl.recipes.self_instruct import NAME as SELF_INSTRUCT
from etl.stages.admit_generated import beyond_budget, items_of_generated, judged, within_budget
from etl.stages.match import Matching, drawn, index_of, items_of_matches, match, vectors_of
from etl.stages.prompts import items_of_documents, items_of_pairs
from etl.stages.union import union


def generate(job: Job, stage: OpenStage, documents: DataFrame, candidates: DataFrame) -> DataFrame | None:
    """Return the pairs that models made and the rejects of what they did not, staged; None where no model is asked.

    Raises:
        GenerationFailedError: Too many prompts got no answer, or none that can be read.
        ConfigError: The folder of a model is missing, or is none; or a file of a recipe is wrong.
    """
    config, generator = job.config.generate, job.config.models.generator
    if generator is None:
        return None
    asked = asked_of(job, stage, generator, GENERATOR, config)

    def of_recipe(number: int, chosen: RecipeConfig) -> DataFrame:
        settings = settings_of(chosen, generator, config)
        if config.self_instruct is not None and chosen.recipe == SELF_INSTRUCT:
            return self_instruct(job, asked, chosen, config.self_instruct, settings)
        recipe = RECIPES[chosen.recipe](settings)
        if chosen.rounds > 1:
            return chained(job, asked, chosen, recipe, _items(job, recipe, documents, candidates))
        prompts = prompts_once(
            job, f"prompts_{number}", lambda: _items(job, recipe, documents, candidates), recipe, asked, chosen=chosen
        )
        return answers_to(job, prompts, recipe, asked)

    def admitted() -> DataFrame:
        made = union([of_recipe(number, chosen) for number, chosen in enumerate(config.recipes)])
        if job.config.models.judge is not None:
            made = _judged(job, stage, made, documents)
        return made if config.fine_instructions is None else _budgeted(job, stage, made, documents)

    return job.once("generated", admitted)


def _items(job: Job, recipe: Recipe, documents: DataFrame, candidates: DataFrame) -> DataFrame:
    """Return what a recipe is about."""
    if recipe.reads == "documents":
        return items_of_documents(documents)
    if recipe.reads == "pairs":
        return items_of_pairs(candidates)
    matched, embedder = job.config.generate.fine_instructions, job.config.models.embedder
    if matched is None or embedder is None:
        raise ValueError("the configuration was checked to have both")
    templates, spec = read_templates(matched.templates), embedder_spec(embedder)
    descriptions = [each.description for each in templates]
    vectors = job.once("template_vectors", lambda: vectors_of(job.spark, descriptions, spec))

    def matches_now() -> DataFrame:
        matching = Matching(index_of(vectors, matched), spec, matched, recipe.settings.max_passage_chars)
        return match(documents, matching)

    matches = job.once("matches", matches_now)
    return items_of_matches(documents, drawn(matches, templates, matched.per_document, job.config.run.seed))


def _judged(job: Job, stage: OpenStage, made: DataFrame, documents: DataFrame) -> DataFrame:
    """Return what models made, judged by the model of the configuration."""
    judge, config = job.config.models.judge, job.config.generate
    if judge is None:
        return made
    judging = config.judging
    limits = config.model_copy(update={"max_unparsable_rate": judging.max_unparsable_rate})
    asked = asked_of(job, stage, judge, JUDGE, limits)
    settings = RecipeSettings(
        min_score=judging.min_score,
        context_tokens=judge.context_tokens,
        refuse_harm=job.config.select.gates.harm is not None,
    )
    recipe = RECIPES[JUDGE_RECIPE](settings)
    prompts = prompts_once(job, "prompts_judge", lambda: items_of_generated(made, documents), recipe, asked)
    return judged(made, prompts, answers_to(job, prompts, recipe, asked))


def _budgeted(job: Job, stage: OpenStage, made: DataFrame, documents: DataFrame) -> DataFrame:
    """Return what models made, the pairs of matched templates limited by the tokens of their documents."""
    matched = job.config.generate.fine_instructions
    if matched is None:
        return made
    rule, when_over = FineInstructions.name, matched.when_over
    beyond = job.once("beyond", lambda: beyond_budget(made, documents, rule, when_over, job.config.run.seed))
    left = beyond.agg(F.sum("remainder")).first()
    stage.tell(f"{rule} … {(left[0] if left else None) or 0:,} tokens of the matched documents were not spent")
    return within_budget(made, beyond)
