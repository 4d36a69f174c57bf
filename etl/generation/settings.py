"""What the configuration says of a recipe."""

from dataclasses import replace

from etl.config.generate import GenerateConfig, GeneratorConfig, RecipeConfig
from etl.recipes.base import RecipeSettings


def settings_of(
    chosen: RecipeConfig, generator: GeneratorConfig, config: GenerateConfig | None = None
) -> RecipeSettings:
    """Return what the configuration says of a recipe."""
    settings = RecipeSettings(
        max_passage_chars=chosen.max_passage_chars,
        min_support=chosen.min_support,
        max_new_tokens=chosen.max_new_tokens,
        temperature=chosen.temperature,
        context_tokens=generator.context_tokens,
    )
    matched = None if config is None else config.fine_instructions
    return settings if matched is None else replace(settings, min_grounding=matched.min_grounding)
