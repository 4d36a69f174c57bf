"""Which engine looks for entities, and what a run says where it is not the one that was hoped for."""

from typing import Final

from etl.config.entities import EntitiesConfig
from etl.errors import ConfigError

SPARK_NLP: Final = "spark_nlp"
PYTHON: Final = "python"


def choose_engine(config: EntitiesConfig, *, has_spark_nlp: bool, wanted: str) -> str:
    """Return the engine that does the work.

    Args:
        config: What is asked for.
        has_spark_nlp: Whether the session has the jar, and this Python its package.
        wanted: How to get them, for the message.

    Raises:
        ConfigError: Spark NLP is asked for and not there.
    """
    if config.engine == PYTHON:
        return PYTHON
    if has_spark_nlp:
        return SPARK_NLP
    if config.engine == SPARK_NLP:
        raise ConfigError(f"entities.engine: spark_nlp is not in this session; {wanted}, or engine: python")
    return PYTHON


def shortfall(config: EntitiesConfig, engine: str) -> str | None:
    """Return what a run should say of the engine that did the work, or None where it is the one asked for."""
    if engine == SPARK_NLP or config.engine == PYTHON:
        return None
    left_out = ["keyphrases"] * (config.keyphrase_share > 0) + ["the NER model"] * (config.ner_path is not None)
    without = f"; {' and '.join(left_out)} were left out" if left_out else ""
    return f"Entities: Spark NLP is not there, so the Python gazetteer looked for names{without}."
