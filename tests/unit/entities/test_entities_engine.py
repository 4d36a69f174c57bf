"""Which engine looks for entities, and what is said where it is not the one hoped for."""

import pytest
from pydantic import ValidationError

from etl.config.entities import EntitiesConfig
from etl.entities.engine import choose_engine, shortfall
from etl.entities.model import check_folder, model_version
from etl.errors import ConfigError


@pytest.mark.parametrize(
    ("asked", "is_there", "engine"),
    [
        ("auto", True, "spark_nlp"),
        ("auto", False, "python"),
        ("spark_nlp", True, "spark_nlp"),
        ("python", True, "python"),
    ],
)
def test_auto_is_spark_nlp_wherever_it_is(asked, is_there, engine):
    assert choose_engine(EntitiesConfig(engine=asked), has_spark_nlp=is_there, wanted="add it") == engine


def test_spark_nlp_that_is_asked_for_and_missing_is_an_error_that_says_how_to_get_it():
    with pytest.raises(ConfigError, match="add --packages x, or engine: python"):
        choose_engine(EntitiesConfig(engine="spark_nlp"), has_spark_nlp=False, wanted="add --packages x")


def test_one_sentence_says_what_was_left_out():
    asked = EntitiesConfig(ner_path="/models/ner")
    assert shortfall(asked, "python") == (
        "Entities: Spark NLP is not there, so the Python gazetteer looked for names; "
        "keyphrases and the NER model were left out."
    )
    assert shortfall(EntitiesConfig(keyphrase_share=0.0), "python") == (
        "Entities: Spark NLP is not there, so the Python gazetteer looked for names."
    )
    assert shortfall(asked, "spark_nlp") is None
    assert shortfall(EntitiesConfig(engine="python"), "python") is None


def test_a_model_for_python_is_impossible():
    with pytest.raises(ValidationError, match="needs Spark NLP"):
        EntitiesConfig(engine="python", ner_path="/models/ner")


def test_the_version_of_a_model_is_that_of_its_files_and_a_missing_one_is_named(tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "model.onnx").write_bytes(b"model")
    (tmp_path / "assets" / "vocab.txt").write_text("[CLS]\nperu\n")
    with pytest.raises(ConfigError, match=r"ner_path: .* has no assets/labels\.txt; valid: model\.onnx"):
        check_folder(str(tmp_path))
    (tmp_path / "assets" / "labels.txt").write_text("O\n")
    before = model_version(str(tmp_path))
    assert before == model_version(str(tmp_path))
    (tmp_path / "assets" / "labels.txt").write_text("O\nB-PER\n")
    assert model_version(str(tmp_path)) != before
