from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.config.howto import HowtoConfig
from etl.rules.howto import Howto

ASKED = "question_answering"
STEPS = ("Boil the water.", "Warm the pot.", "Add the leaves.")


@pytest.fixture
def pairs(page, spec):
    def made(*specs, lang="en", title=None, **config):
        return list(Howto(HowtoConfig(**config))(page(*specs, lang=lang, title=title)))

    return made


@pytest.fixture
def tea(spec):
    """A how-to without explanations, as (kind, text, attributes) triples."""
    return [spec["h"]("Brewing black tea"), *(spec["n"](i, step) for i, step in enumerate(STEPS, 1))]


def test_a_step_without_explanation_asks_for_the_next_one(pairs, tea):
    steps = pairs(*tea)[1:3]
    assert [(STEPS[0] in pair.instruction, pair.response) for pair in steps] == [(True, STEPS[1]), (False, STEPS[2])]
    assert STEPS[1] in steps[1].instruction


def test_such_a_question_says_first_what_the_steps_are_for(pairs, tea):
    assert all(pair.instruction.startswith("Brewing black tea\n") for pair in pairs(*tea)[1:3])


def test_such_a_question_is_filed_as_a_question(pairs, tea):
    assert [pair.family for pair in pairs(*tea)] == ["how_to", *["question_answering"] * 3]


def test_the_last_step_asks_for_the_task(pairs, tea):
    last = pairs(*tea)[-1]
    assert (STEPS[2] in last.instruction, last.response) == (True, "Brewing black tea")


def test_below_a_title_that_names_no_task_the_last_step_asks_for_the_first(pairs, tea, spec):
    found = pairs(spec["h"]("Black tea"), *tea[1:])[1:]
    assert [pair.response for pair in found] == [STEPS[1], STEPS[2], STEPS[0]]
    assert all(word in found[-1].instruction for word in ("Black tea", STEPS[2], "last", "first"))


@pytest.mark.parametrize(
    "steps",
    [
        ("Boil the water.", "Warm the pot.", "The tea is ready now."),
        ("There is a pot.", "Warm the pot.", "Add the leaves."),
        ("Warm the pot.", "Add the leaves.", "Warm the pot."),
        ("Boil the water.", "Warm the pot.", "Add these leaves:"),
    ],
)
def test_a_last_step_that_tells_repeats_or_announces_asks_for_nothing(pairs, spec, steps):
    found = pairs(spec["h"]("Black tea"), *(spec["n"](i, step) for i, step in enumerate(steps, 1)))
    assert len([pair for pair in found if pair.family == ASKED]) == 2


def test_no_two_responses_of_steps_share_their_evidence(pairs, spec):
    h, n, p = spec["h"], spec["n"], spec["p"]
    found = pairs(
        h("Brewing tea"),
        n(1, "Boil it now."),
        n(2, "Pour it. Slowly, please."),
        p("Use a cup.", 1),
        n(3, "Drink the tea."),
    )
    answers = sorted(pair.evidence[-1] for pair in found[1:])
    assert len(answers) == 3
    assert all(before.end <= after.start for before, after in pairwise(answers))


@pytest.mark.parametrize("title", ["Five tips for brewing", "Best practices: tea", "Recommendations"])
def test_advice_has_no_next_step(pairs, tea, spec, title):
    assert [pair.response for pair in pairs(spec["h"](title), *tea[1:]) if pair.family == ASKED] == []


def test_numbered_headings_have_no_next_step(pairs, spec):
    h = spec["h"]
    found = pairs(h("How to brew", 1), h("1. Boil the water"), h("2. Warm the pot"), h("3. Add the leaves"))
    assert [pair.response for pair in found if pair.family == ASKED] == []


def test_next_steps_can_be_switched_off(pairs, tea):
    assert len(pairs(*tea, next_steps=False)) == 1


def test_a_page_of_questions_asks_for_no_next_step(pairs, tea, spec):
    h, p = spec["h"], spec["p"]
    faq = [
        h("FAQ", 1),
        h("Is tea hot?"),
        p("Yes, it is."),
        h("Is tea old?"),
        p("Yes, very."),
        h("Is it good?"),
        p("Yes."),
    ]
    assert [pair.response for pair in pairs(*faq, *tea) if pair.family == ASKED] == []


@pytest.mark.parametrize(
    ("lang", "steps", "asked"),
    [
        ("de", ("Öffnen Sie die Tür.", "Schließen Sie das Fenster."), "schritt"),
        ("fr", ("Ouvrez la porte.", "Fermez la fenêtre."), "étape"),
        ("es", ("Abra la puerta.", "Cierre la ventana."), "paso"),
        ("pt-BR", ("Abra a porta.", "Feche a janela."), "passo"),
        ("it", ("Apri la porta.", "Chiudi la finestra."), "passaggio"),
        ("nl", ("Open de deur.", "Sluit het raam."), "stap"),
        ("pl", ("Otwórz drzwi.", "Zamknij okno."), "krok"),
        ("ru", ("Откройте дверь.", "Закройте окно."), "шаг"),
        ("tr", ("Kapıyı açın.", "Pencereyi kapatın."), "adım"),
        ("zh-CN", ("打开门。", "关闭窗户。"), "步"),
        ("ja", ("ドアを開けてください。", "窓を閉めてください。"), "手順"),
        ("ko", ("문을 열어 주세요.", "창문을 닫아 주세요."), "단계"),
    ],
)
def test_the_question_is_put_in_the_language_of_the_document(pairs, spec, lang, steps, asked):
    found = pairs(
        spec["h"]("Airing: how to", 2), *(spec["n"](i, step) for i, step in enumerate(steps * 2, 1)), lang=lang
    )
    asking = [pair.instruction for pair in found if pair.family == ASKED and "how to" in pair.instruction]
    assert asking
    assert all(asked in question.lower() for question in asking)


def test_a_language_without_words_for_it_gives_no_question(pairs, tea):
    assert len(pairs(*tea, lang="cy")) == 1


def test_a_step_of_one_word_is_named_together_with_its_task(pairs, spec):
    h, p = spec["h"], spec["p"]
    found = pairs(
        h("How to paint", 1), h("1. Preparations"), p("Cover the floor."), h("2. Paint the wall"), p("Twice.")
    )
    assert ("How to paint: Preparations", "Cover the floor.") in [(x.instruction, x.response) for x in found]


def test_a_step_below_a_caption_begins_with_its_instruction(pairs, spec):
    h, n, p = spec["h"], spec["n"], spec["p"]
    steps = [
        n(1, "Figure 7. A pot"),
        p("Fill the pot. To the brim.", 1),
        n(2, "Figure 8. A fire"),
        p("Start the fire. With a match.", 1),
    ]
    found = [(x.instruction, x.response) for x in pairs(h("Boiling water"), *steps)][1:]
    assert found == [("Fill the pot.", "To the brim."), ("Start the fire.", "With a match.")]


def test_an_announcement_of_something_lost_explains_nothing(pairs, spec):
    h, n, p = spec["h"], spec["n"], spec["p"]
    found = pairs(h("Boiling water"), n(1, "Fill the pot."), p("It looks like this:", 1), n(2, "Start the fire."))
    assert [pair.response for pair in found[1:]] == ["Start the fire.", "Boiling water"]


@given(st.lists(st.text(min_size=1, max_size=60), min_size=2, max_size=8), st.sampled_from([None, "en", "zh", "xx"]))
@settings(max_examples=150, deadline=None)
def test_any_steps_give_pairs_that_quote_the_document(steps, lang):
    from tests.unit.rules.conftest import build

    specs = [("heading", "How to do it", {"level": 2})]
    specs += [("item", step, {"level": 1, "number": i}) for i, step in enumerate(steps, 1)]
    document = build(*specs, lang=lang)
    for pair in Howto(HowtoConfig())(document):
        assert all(0 <= span.start < span.end <= len(document.text) for span in pair.evidence)
        assert pair.instruction.strip() and pair.response.strip()
        if pair.family == ASKED:
            assert pair.response in document.text
