"""``calibrate``: which threshold the configured encoder needs, by examples that are known to fit or not to fit."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import Final

from etl.config.load import load_config
from etl.errors import ConfigError
from etl.generation.models import embedder_spec
from etl.matching.calibration import advised, points
from etl.recipes.labelled_matches import read_labelled
from etl.report.calibrations import calibration_text
from etl.session import spark_session
from etl.stages.score_matches import scores_of

# Finer than any set of labels can tell.
_STEP: Final = 0.005
_LOWEST, _HIGHEST = 0.2, 0.995


def calibrate(arguments: Namespace) -> int:
    """Print what thresholds would do and return 0.

    Raises:
        ConfigError: There is no encoder to calibrate, or the file of examples is wrong.
    """
    loaded = load_config(arguments.config, env=arguments.env, overrides=arguments.set, cwd=Path.cwd())
    matched, embedder = loaded.config.generate.fine_instructions, loaded.config.models.embedder
    if matched is None or embedder is None:
        raise ConfigError("models.embedder: there is none to calibrate; configure the recipe fine_instructions first")
    examples = read_labelled(arguments.pairs)
    spec = embedder_spec(embedder)
    with spark_session() as spark:
        scores = scores_of(spark, examples, spec, matched)
    labels = [each.compatible for each in examples]
    n_steps = round((_HIGHEST - _LOWEST) / _STEP)
    thresholds = [round(_LOWEST + number * _STEP, 3) for number in range(n_steps + 1)]
    advice = advised(points(scores, labels, thresholds), arguments.min_precision)
    shown = points(scores, labels, [each for each in thresholds if round(each * 1000) % 50 == 0])
    sys.stdout.write(f"{len(examples):,} examples, {sum(labels):,} of them fit; encoder {embedder.model}\n\n")
    sys.stdout.write(calibration_text(shown, advice, arguments.min_precision))
    return 0
