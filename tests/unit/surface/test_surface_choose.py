"""Choices: what fits a pair, and that its parts stand unchanged in the text."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.surface.choose import Case, Frame, bare, cases, frame_of, frames, lay_out
from etl.surface.load import load_catalog
from etl.surface.models import EITHER, LABELLED, OPEN, QUESTION, TITLE, Catalog, Demands, Layout, Wording
from etl.surface.slots import Slotted

CATALOG = load_catalog()
HOSTILE = st.text(alphabet=st.sampled_from("{}\\$1%s<|>[]\n\"'`iresponctux "), max_size=40) | st.text(max_size=40)
PLAIN = Layout("any.p@1", "any", ("question",), Slotted("", ""), Slotted("", ""), Slotted("", ""))


def wording(text: str, takes: str = QUESTION, **fields: object) -> Wording:
    before, _, after = text.partition("{}")
    return Wording("en.w@1", "en", "any", takes, Slotted(before, after), **fields)


@given(
    st.sampled_from(CATALOG.wordings),
    st.sampled_from(CATALOG.layouts),
    HOSTILE.filter(bool),
    HOSTILE.filter(bool),
    HOSTILE,
)
def test_the_parts_of_a_pair_stand_unchanged_and_nothing_else_is_added(
    one: Wording, layout: Layout, instruction: str, response: str, context: str
) -> None:
    text = lay_out(one, layout, instruction, response, context)
    assert instruction in text
    assert context in text
    assert text.endswith(response + layout.response.after)
    literals = [*one.text, *layout.request, *layout.response, layout.gap]
    literals += [*layout.context, layout.gap] if context else []
    assert len(text) == len(instruction) + len(response) + len(context) + sum(map(len, literals))


def test_the_context_stands_where_the_layout_says() -> None:
    ask = wording("Question: {}")
    assert lay_out(ask, PLAIN, "Why?", "So.", "Text.") == "Text.\nQuestion: Why?\nSo."
    first = replace(PLAIN, context=Slotted("(", ")"), gap="\n\n", request_first=True)
    assert lay_out(ask, first, "Why?", "So.", "Text.") == "Question: Why?\n\n(Text.)\n\nSo."
    assert lay_out(ask, first, "Why?", "So.") == "Question: Why?\n\nSo."


@pytest.mark.parametrize(
    ("text", "takes", "frame"),
    [("Question: {}", QUESTION, OPEN), ("请回答：{}", QUESTION, OPEN), ("{} Please answer.", QUESTION, EITHER),
     ("{}", QUESTION, EITHER), ("{}", TITLE, LABELLED), ("How is it done? {}", TITLE, EITHER)],
)  # fmt: skip
def test_a_wording_says_which_layouts_it_goes_with(text: str, takes: str, frame: str) -> None:
    assert frame_of(wording(text, takes)) == frame


def test_a_wording_that_speaks_of_the_text_needs_one() -> None:
    about = wording("What does the text say? {}", needs_context=True)
    fitting = cases(Catalog({"en": Demands()}, (about,), (PLAIN,)))
    assert fitting[Case("en", "any", QUESTION, True, "")] == (about,)
    assert fitting[Case("en", "any", QUESTION, False, "")] == (bare("en", QUESTION),)


def test_a_wording_of_a_rule_is_for_pairs_of_this_rule() -> None:
    of_faq = wording("From the list: {}", rules=("faq",))
    fitting = cases(Catalog({"en": Demands()}, (of_faq,), (PLAIN,)))
    assert fitting[Case("en", "how_to", QUESTION, False, "faq")] == (of_faq,)
    assert fitting[Case("en", "how_to", QUESTION, False, "")] == (bare("en", QUESTION),)


def test_a_layout_without_label_is_for_wordings_that_ask() -> None:
    fitting = frames(Catalog({"en": Demands()}, (), (PLAIN,)))
    assert fitting == {
        Frame(language, frame, QUESTION, is_one_line): (PLAIN,)
        for language in ("en", "und")
        for frame in (OPEN, EITHER)
        for is_one_line in (True, False)
    }


def test_a_language_without_layouts_of_its_own_gets_those_of_other_languages() -> None:
    letters = Layout("und.q@1", "und", ("question",), Slotted("", ""), Slotted("Q: ", ""), Slotted("A: ", ""))
    fitting = frames(Catalog({"eo": Demands()}, (), (letters,)))
    assert fitting[Frame("eo", LABELLED, QUESTION, True)] == (letters,)
