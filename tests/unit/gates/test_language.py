"""The language of a text, and which are wanted."""

import pytest

from etl.config.gates import LanguageGate
from etl.gates.language import Language, identify, refuse_language

SAID = {
    "en": "The quick brown fox jumps over the lazy dog while everybody else is asleep.",
    "de": "Der schnelle braune Fuchs springt über den faulen Hund, während alle anderen schlafen.",
    "fr": "Le renard brun et rapide saute par-dessus le chien paresseux pendant que tout le monde dort.",
    "zh": "敏捷的棕色狐狸跳过了懒狗，而其他人都在睡觉，这是一个很长的句子。",
    "ja": "すばやい茶色の狐はのろまな犬を飛び越えます。みんなはまだ眠っています。",
    "ru": "Быстрая коричневая лиса прыгает через ленивую собаку, пока все остальные спят.",
}

PROSE = (
    "The town lies on the river, and most of its people work in the harbour or on the farms around it. In the summer "
    "many visitors come to see the old bridge, which was built by a family of masons in the year of the great flood."
)


@pytest.mark.parametrize("code", SAID)
def test_a_sentence_is_identified(code: str) -> None:
    language = identify(SAID[code])
    assert language is not None
    assert language.code == code
    assert language.score > 0.9


@pytest.mark.parametrize("text", ["", "???" * 1000, "42 + 17", "OK"])
def test_what_has_no_letters_has_no_language(text: str) -> None:
    assert identify(text) is None


def test_a_declared_language_is_confirmed_with_its_own_code() -> None:
    assert identify(PROSE, declared="en-GB") == Language("en", 1.0)


def test_a_wrong_declaration_is_overruled() -> None:
    language = identify(SAID["de"], declared="en")
    assert language is not None
    assert language.code == "de"


def test_a_certain_other_language_is_refused() -> None:
    refusal = refuse_language(Language("de", 0.95), ["en"], LanguageGate(allowed=["en"]))
    assert refusal is not None
    assert refusal.reason == "other_language"


@pytest.mark.parametrize("language", [None, Language("de", 0.2), Language("en", 1.0), Language("nb", 1.0)])
def test_what_is_wanted_or_uncertain_passes(language: Language | None) -> None:
    assert refuse_language(language, ["en", "no"], LanguageGate(allowed=["en", "no"])) is None
