"""Makes the shipped classifier of harm: ``python -m etl.gates.build_harm`` writes ``words/harm_model_en.tsv`` again.

What is written are the weights of the linear model that the package alt-profanity-check ships (MIT): trained on the
comments of the Jigsaw toxicity challenge (CC0) and on the tweets of Davidson et al. 2017, "Automated Hate Speech
Detection and the Problem of Offensive Language" (MIT). Only this command needs that package and scikit-learn.
"""

from pathlib import Path
from statistics import fmean
from typing import Any, Final

PLACE: Final = Path(__file__).parent / "words" / "harm_model_en.tsv"


def build() -> str:
    """Return the content of the file: intercept, slope and offset of the sigmoid, then each word, its weights.

    The model is the mean of several, which differ in little; here their weights are averaged instead of their answers.
    """
    import joblib  # noqa: PLC0415 - whoever does not write the file has neither
    import profanity_check  # noqa: PLC0415

    data = Path(profanity_check.__file__).parent / "data"
    vectorizer: Any = joblib.load(data / "vectorizer.joblib")
    members: Any = joblib.load(data / "model.joblib").calibrated_classifiers_
    intercept = fmean(float(member.estimator.intercept_[0]) for member in members)
    slope = fmean(float(member.calibrators[0].a_) for member in members)
    offset = fmean(float(member.calibrators[0].b_) for member in members)
    lines = [f"{intercept:.4f}\t{slope:.4f}\t{offset:.4f}"]
    for word, column in sorted(vectorizer.vocabulary_.items()):
        weight = fmean(float(member.estimator.coef_[0][column]) for member in members)
        lines.append(f"{word}\t{vectorizer.idf_[column]:.3f}\t{weight:.3f}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PLACE.write_text(build(), encoding="utf-8")
