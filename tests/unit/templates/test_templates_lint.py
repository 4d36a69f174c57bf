"""Templates are refused with a sentence for each mistake; what is shipped has none."""

import re
from collections import Counter

import pytest

from etl.config.knowledge import KINDS
from etl.errors import ConfigError
from etl.knowledge.load import load_knowledge
from etl.rules.families import FAMILIES
from etl.templates.load import load_templates, slot_counts

HEAD = 'language: en\nlicense: MIT\ncomma: ", "\nlast: " and "\ncolon: ": "\nplaceholder: "Later."\ntemplates:\n'
KNOWN = load_knowledge()


def lint(tmp_path, body, kind="definition"):
    (tmp_path / "mine.yaml").write_text(f"{HEAD}  {kind}:\n    mine@1:\n{body}", encoding="utf-8")
    return load_templates(KNOWN, str(tmp_path))


def body(request="What is {a}?", answer="{a} is in {a.continent}.", slots="{a: country}", more=""):
    answered = f'      answer: "{answer}"\n' if answer else ""
    return f'      request: "{request}"\n{answered}      slots: {slots}\n{more}'


def test_a_template_of_a_user_stands_beside_the_shipped_ones(tmp_path):
    ids = [template.id for template in lint(tmp_path, body(request="What about {a}?")).templates]
    assert "en.definition.mine@1" in ids
    assert "en.definition.country@1" in ids


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (body(request="What is {{a}}?"), "braces are slots"),
        (body(request="What is {a"), "braces are slots"),
        (body(request="Tea in {a}."), "nothing says that something is asked"),
        (body(answer="{b} is one."), "there is no slot b"),
        (body(slots="{a: country, b: country}"), "the slot b is never used"),
        (body(slots="{a: planet}"), "the slot a takes planet, and nothing is known of that type; valid: capital"),
        (body(answer="{a.mass}"), "no country has the fact mass"),
        (body(answer="{a:upside}"), "the form upside is unknown"),
        (body(answer="{a:lines}"), "the form lines needs a list"),
        (body(answer="<|{a}"), "could complete a control token"),
        (body(request="user: what is {a}?"), "names the speaker of a chat"),
        (body(answer=""), "response knowledge_base has no answer"),
        (body(more="      response: model\n"), "response model has an answer"),
        (body(more="      response: span\n"), "response span needs a document"),
        (body(more="      response: oracle\n"), "response 'oracle'"),
        (body(more='      where: ["a > a"]\n'), "this is no condition"),
        (body(more="      steps: 0\n"), "steps is no number of steps"),
        (body(slots="{a: mentions country}"), "mentions without the passage"),
        (body(slots="{a: list items, b: section heading}"), "never come together"),
        (body(slots="{a: list colour}"), "a list has no part 'colour'"),
        (body(slots="{a: shelf items}"), "the slot 'a' takes 'shelf items'; valid: country, country*3-5, mentions"),
        (body(slots="{a: Country}"), "the slot 'a' takes 'Country'; valid: country, country*3-5"),
        (body(slots="{a: [country]}"), "the slot 'a' takes no text; valid: country, country*3-5"),
        (body(slots="{a: list last}"), "nothing is known of the slot a, which is a part of a document"),
        (body(slots="{a: list last}", answer="{a}"), "valid: response span, model or placeholder"),
        (body(slots="{p: passage, q: passage, a: country}"), "there is more than one passage"),
        (body(slots="{p: passage, a: mention any}"), "not everything has the fact continent"),
        (body(slots="{p: passage, a: country}", more="      response: span\n"), "response span needs a document"),
        (
            body(slots="{p: passage, a: mention any, b: country}", answer="{b}", more="      response: span\n"),
            "response span is what the document says",
        ),
        (body(slots="{a: country*5-3}"), "takes 5 to 3"),
        (body(more="      colour: red\n"), "the key 'colour'"),
    ],
)
def test_a_mistake_is_a_sentence_with_what_would_be_valid(tmp_path, text, said):
    with pytest.raises(ConfigError) as error:
        lint(tmp_path, text)
    assert said in str(error.value)
    assert "valid" in str(error.value)


def test_each_language_has_sixty_templates_of_every_kind_and_the_eight_families():
    shipped = load_templates(KNOWN).templates
    for language in ("en", "zh"):
        spoken = [template for template in shipped if template.language == language]
        assert len(spoken) >= 60
        assert {template.kind for template in spoken} == set(KINDS)
        filled = Counter(template.family for template in spoken if template.response in ("knowledge_base", "span"))
        assert set(FAMILIES[:8]) <= set(filled)


def test_slots_are_counted_without_what_is_known_and_where_a_folder_is_gone_those_shipped(tmp_path):
    shipped = slot_counts()
    assert (shipped["en.definition.country@1"], shipped["en.extraction.countries@1"]) == (1, 2)
    assert slot_counts(str(tmp_path / "gone")) == shipped
    (tmp_path / "mine.yaml").write_text(f"{HEAD}  definition:\n    mine@1:\n{body(slots='{a: planet}')}")
    assert slot_counts(str(tmp_path))["en.definition.mine@1"] == 1


def test_ids_say_language_kind_name_and_version():
    for template in load_templates(KNOWN).templates:
        assert re.fullmatch(r"(en|zh)\.[a-z]+\.[a-z0-9_]+@[1-9]\d*", template.id)
