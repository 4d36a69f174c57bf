"""The shipped wordings and layouts: how many, for what, and that every text they make asks for something."""

from collections import Counter
from collections.abc import Iterator

import pytest

from etl.rules.families import FAMILIES
from etl.surface.choose import Case, Frame, cases, frame_of, frames, kind_of, lay_out
from etl.surface.lint import problems, signal
from etl.surface.load import load_catalog
from etl.surface.models import DEMAND, QUESTION, SLOT_KINDS, TITLE, UNDETERMINED, Demands

CATALOG = load_catalog()
WORDINGS = {
    "ar": 55, "de": 66, "en": 504, "es": 66, "fa": 56, "fr": 66, "hi": 56, "it": 66, "ja": 66, "ko": 51, "nl": 66,
    "pt": 66, "ru": 66, "tr": 66, "zh": 66,
}  # fmt: skip
EXAMPLES = {QUESTION: "What is a lake?", TITLE: "Installing the printer", DEMAND: "Summarize the text."}


def combinations() -> Iterator[tuple[Case, object, object]]:
    fitting = frames(CATALOG)
    for case, wordings in cases(CATALOG).items():
        for wording in wordings:
            for is_one_line in (True, False):
                for layout in fitting[Frame(case.language, frame_of(wording), case.kind, is_one_line)]:
                    yield case, wording, layout


def test_there_are_as_many_wordings_as_documented() -> None:
    assert Counter(wording.language for wording in CATALOG.wordings) == WORDINGS


def test_there_are_as_many_layouts_as_documented() -> None:
    found = Counter(layout.language for layout in CATALOG.layouts)
    assert found == {"any": 12, "und": 5} | dict.fromkeys(WORDINGS, 14)


def test_nothing_is_wrong_with_them() -> None:
    assert list(problems(CATALOG)) == []


@pytest.mark.parametrize("language", sorted(WORDINGS))
def test_every_family_has_several_wordings_of_every_kind(language: str) -> None:
    fitting = cases(CATALOG)
    for family in FAMILIES:
        for kind in SLOT_KINDS:
            assert len(fitting[Case(language, family, kind, False, "")]) >= 5
            assert len(fitting[Case(language, family, kind, True, "")]) >= 5


@pytest.mark.parametrize("language", sorted(WORDINGS))
def test_every_wording_has_several_layouts(language: str) -> None:
    fitting = frames(CATALOG)
    for wording in CATALOG.wordings:
        if wording.language == language:
            for is_one_line in (True, False):
                assert len(fitting[Frame(language, frame_of(wording), wording.takes, is_one_line)]) >= 3


def test_every_wording_in_every_layout_carries_a_signal_of_a_request() -> None:
    found = Counter(
        signal(wording, layout, CATALOG.languages.get(case.language, Demands()))
        for case, wording, layout in combinations()
    )
    assert set(found) == {"label", "question mark", "imperative"}


def test_every_laid_out_text_shows_its_signal() -> None:
    seen = set()
    for case, wording, layout in combinations():
        if (wording.id, layout.id) in seen:
            continue
        seen.add((wording.id, layout.id))
        text = lay_out(wording, layout, EXAMPLES[case.kind], "Yes.")
        demands = CATALOG.languages.get(case.language, Demands())
        has_mark = any(mark in text for mark in "?？؟")
        has_label = any(colon in text for colon in ":：") or "### " in text or "## " in text or "Q. " in text
        has_demand = any(word in text.lower() for word in (*demands.starts, *demands.ends)) or case.kind == DEMAND
        assert has_mark or has_label or has_demand, text
    assert len(seen) > 10_000


def test_wordings_of_one_language_are_in_its_script() -> None:
    scripts = {"ru": "а-я", "ar": "\u0600-\u06ff", "fa": "\u0600-\u06ff", "hi": "\u0900-\u097f", "ko": "\uac00-\ud7af",
               "zh": "\u4e00-\u9fff", "ja": "\u3040-\u30ff\u4e00-\u9fff"}  # fmt: skip
    import re

    for wording in CATALOG.wordings:
        letters = wording.text.literal.strip()
        if wording.language in scripts and letters:
            assert re.search(f"[{scripts[wording.language]}]", letters.lower()), wording.id
            assert not re.search("[a-z]", letters.lower()), wording.id


def test_another_language_gets_layouts_without_words_and_labels_what_asks_for_nothing() -> None:
    fitting = frames(CATALOG)
    (wording,) = cases(CATALOG)[Case(UNDETERMINED, "how_to", TITLE, False, "")]
    for layout in fitting[Frame(UNDETERMINED, frame_of(wording), TITLE, False)]:
        text = lay_out(wording, layout, "", "")
        assert "Q" in text
        assert set(text) <= set("QA:.# \n")


@pytest.mark.parametrize(
    ("language", "instruction", "kind"),
    [
        ("en", "What is this?", QUESTION), ("en", 'Who said "why?"', QUESTION), ("en", "How to install it", TITLE),
        ("en", "Summarize the text", DEMAND), ("en", "Why? Finish the sentence.", DEMAND),
        ("fr", "Formez une phrase.", DEMAND), ("es", "Dilo con otras palabras.", DEMAND),
        ("en", "Listing of files", TITLE), ("de", "Fasse zusammen.", DEMAND),
        ("de", "Fassen", TITLE), ("fr", "Qu'est-ce que c'est ?", QUESTION), ("ru", "Объясните это", DEMAND),
        ("zh", "什么是湖？", QUESTION), ("zh", "请总结全文。", DEMAND), ("zh", "安装步骤", TITLE),
        ("ja", "要約してください。", DEMAND), ("ja", "設定", TITLE), ("ko", "요약하세요.", DEMAND),
        ("tr", "Metni özetleyin.", DEMAND), ("ar", "ما هي البحيرة؟", QUESTION), ("ar", "لخص النص", DEMAND),
        ("fa", "متن را خلاصه کنید.", DEMAND), ("hi", "पाठ का सार लिखिए।", DEMAND),
    ],
)  # fmt: skip
def test_an_instruction_is_known_as_what_it_is(language: str, instruction: str, kind: str) -> None:
    assert kind_of(instruction, "summarization", CATALOG.languages[language]) == kind


def test_a_step_is_a_title_however_it_is_worded() -> None:
    assert kind_of("Write your name on the form", "how_to", CATALOG.languages["en"]) == TITLE
