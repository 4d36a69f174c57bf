import pytest

from etl.rules.next_step_words import FIRST, GOAL, NEXT, language_of

TABLES = (NEXT, GOAL, FIRST)
FRAMES = [frame for table in TABLES for frames in table.values() for frame in frames]


def test_every_language_can_ask_every_question():
    assert set(NEXT) == set(GOAL) == set(FIRST)


@pytest.mark.parametrize("frame", FRAMES)
def test_a_question_quotes_the_step_once_and_braces_in_it_stay(frame):
    assert frame.format(step="{x} {step}", title="Tea").count("{x} {step}") == 1


@pytest.mark.parametrize("frame", FRAMES)
def test_a_question_ends_in_its_mark(frame):
    assert frame[-1] in "?？"


@pytest.mark.parametrize(
    ("stated", "sample", "expected"),
    [
        ("EN_us", "", "en"),
        ("pt-BR", "the and", "pt"),
        ("cy", "the and of", None),
        ("zh-TW", "", None),
        (None, "Open the lid of the pot and pour.", "en"),
        (None, "Öffnen Sie das Fenster und schließen Sie die Tür mit dem Haken.", "de"),
        (None, "Ouvrez la fenêtre et fermez les portes sur le côté.", "fr"),
        (None, "Откройте окно и закройте дверь, если это нужно.", "ru"),
        (None, "打开窗户。关闭门。", "zh"),
        (None, "窓を開けてください。", "ja"),
        (None, "창문을 열어 주세요.", "ko"),
        (None, "x1 y2", None),
        (None, "", None),
    ],
)
def test_the_language_is_the_stated_one_or_told_by_the_text(stated, sample, expected):
    assert language_of(stated, sample) == expected
