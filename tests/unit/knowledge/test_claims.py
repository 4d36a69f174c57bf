"""What contradicts the knowledge base is refused, and what only looks like it is not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.config.knowledge import KnowledgeBaseConfig, TemplatesConfig
from etl.errors import ConfigError
from etl.knowledge.claims import CONTRADICTION, KNOWLEDGE_CONFLICT, build_claims
from etl.knowledge.functional import conflicts
from etl.knowledge.load import load_knowledge
from etl.knowledge.sentences import clauses_of
from etl.templates.fill import fill_from_knowledge
from etl.templates.load import load_templates

CLAIMS = build_claims(load_knowledge())
MINE = '"source": "mine", "license": "MIT"}\n'


def known_with(tmp_path, *lines):
    path = tmp_path / "kb.jsonl"
    path.write_text("".join(f"{line}, {MINE}" for line in lines), encoding="utf-8")
    return load_knowledge(KnowledgeBaseConfig(path=str(path)))


@pytest.mark.parametrize(
    ("instruction", "response", "told"),
    [
        ("Tell me of France.", "The capital of France is Lyon.", "the capital of France is Paris, not Lyon"),
        ("Tell me of France.", "Oh well.\n- Lyon is the capital of France, I say.", "Paris, not Lyon"),
        ("What is the capital of France?", "London", "Paris, not London"),
        ("What is the capital of France?", "It is Lyon.", "Paris, not Lyon"),
        ("Is it Lyon?", "Yes, the capital of France is Lyon.", "Paris, not Lyon"),
        ("Name the capital of the Netherlands.", "The Hague", "Amsterdam, not The Hague"),
        ("Where?", "France is a country in Europe whose capital is Madrid.", "Paris, not Madrid"),
        ("What?", "France's currency is the US dollar.", "euro, not the US dollar"),
        ("What?", "The atomic number of gold is 80.", "79, not 80"),
        ("What?", "The atomic number of gold is 7.", "79, not 7"),
        ("What is the chemical symbol for gold?", "Ag", "Au, not Ag"),
        ("What?", "The default port of HTTPS is 80.", "443, not 80"),
        ("法国的首都是哪里？", "伦敦。", "伦敦"),
        ("说说法国。", "法国的首都是马德里。", "马德里"),
        ("说说法国。", "马德里是法国的首都。", "马德里"),
    ],
)
def test_another_value_of_a_fact_that_has_one_is_a_contradiction(instruction, response, told):
    refusal = CLAIMS.refuse(instruction, response)
    assert refusal is not None
    assert refusal.reason == CONTRADICTION
    assert told in refusal.detail


@pytest.mark.parametrize(
    ("instruction", "response"),
    [
        ("Tell me of France.", "The capital of France is Paris."),
        ("Tell me of France.", "The capital of France is paris, of course."),
        ("Tell me of Brazil.", "The capital of Brazil is Brasilia."),
        ("Tell me of Ukraine.", "The capital of Ukraine is Kiev."),
        ("Tell me of the States.", "The capital of the United States is Washington, D.C."),
        ("Tell me of the States.", "The capital of the United States is Washington DC."),
        ("Tell me of France.", "The capital of France is beautiful."),
        ("Tell me of France.", "The capital of France is located on the Seine."),
        ("Tell me of France.", "The capital of France is not Lyon."),
        ("Tell me of France.", "Is the capital of France Lyon? The capital of France is Lyon?"),
        ("Tell me of France.", "Many believe that the capital of France is Lyon."),
        ("Tell me of France.", "If the capital of France is Lyon, I eat my hat."),
        ("Tell me of France.", "Lyon is the culinary capital of France."),
        ("Tell me of France.", "Lyon is the capital of France's silk trade."),
        ("True or false: the capital of France is Lyon.", "False."),
        ("Is Lyon the capital of France?", "No."),
        ("Which river flows through the capital of France?", "The Seine."),
        ("What is the capital of Georgia?", "Atlanta"),
        ("What is the capital of France?", "I do not know."),
        ("What is the capital of France?", "No."),
        ("What is the currency of Canada?", "The dollar."),
        ("What is the capital of South Africa?", "Pretoria"),
        ("What is the capital of Atlantis?", "Lyon"),
        ("What?", "The atomic number of gold is larger than that of iron."),
    ],
)
def test_what_is_right_unclear_or_said_of_something_else_is_none(instruction, response):
    assert CLAIMS.refuse(instruction, response) is None


def test_a_fact_is_judged_only_where_the_knowledge_base_says_that_it_has_one_value(tmp_path):
    river = '{"type": "river", "key": "R", "name": "Rhine", "facts": {"mouth": "@sea/N"}'
    seas = (
        '{"type": "sea", "key": "N", "name": "North Sea"',
        '{"type": "sea", "key": "B", "name": "Black Sea"',
    )
    said = ("Tell me.", "The mouth of the Rhine is the Black Sea.")
    assert build_claims(known_with(tmp_path, river, *seas)).refuse(*said) is None
    functional = '{"type": "functional_fact", "key": "river.mouth", "names": {"en": "mouth"}'
    refusal = build_claims(known_with(tmp_path, river, *seas, functional)).refuse(*said)
    assert refusal == (CONTRADICTION, "the mouth of the Rhine is North Sea, not the Black Sea")


def test_two_values_of_one_name_are_a_conflict_that_names_both_sources(tmp_path):
    known = known_with(
        tmp_path,
        '{"type": "capital", "key": "Lyon", "name": "Lyon", "facts": {"country": "@country/FR2"}',
        '{"type": "country", "key": "FR2", "names": {"en": "France"}, "facts": {"capital": "@capital/Lyon"}',
    )
    (found,) = conflicts(known)
    assert str(found) == "the capital of France is Paris (country/FR, Unicode CLDR) and Lyon (country/FR2, mine)"
    claims = build_claims(known)
    for said in ("Paris", "Lyon"):
        assert claims.refuse("What is the capital of France?", said) == (KNOWLEDGE_CONFLICT, str(found))
    assert claims.refuse_filled(["country/FR2"], "In France, Lyon rules.") == (KNOWLEDGE_CONFLICT, str(found))
    assert claims.refuse_filled(["country/FR2"], "France pays in euros.") is None
    assert claims.refuse_filled(["country/FR2"], "In Lyonesse the sea rules.") is None
    assert claims.refuse_filled(["country/DE"], "Lyon") is None


def test_the_same_value_twice_is_no_conflict_and_the_shipped_knowledge_has_none(tmp_path):
    assert conflicts(load_knowledge()) == ()
    same = '{"type": "country", "key": "FR2", "names": {"en": "France"}, "facts": {"capital": "PARIS"}'
    assert conflicts(known_with(tmp_path, same)) == ()


def test_a_functional_fact_that_nothing_has_is_an_error_that_says_what_would_be_valid(tmp_path):
    with pytest.raises(ConfigError, match=r"functional_fact/country\.captial: nothing has that fact; valid: .*country"):
        known_with(tmp_path, '{"type": "functional_fact", "key": "country.captial", "name": "capital"')


@pytest.mark.parametrize("sign", ["?", ". ", "a ", "The capital of ", "France is ", "的首都是", "Yes, ", "1. "])
def test_a_hostile_text_takes_time_in_proportion_to_its_length(sign):
    text = (sign * 200_000)[:200_000] + " capital"
    began = time.process_time()
    CLAIMS.refuse("capital", text)
    assert time.process_time() - began < 2


@given(st.text(alphabet="Ab .,;!?\n。，的-1"))
def test_clauses_are_parts_of_the_text_in_its_order(text):
    at = 0
    for clause in clauses_of(text):
        at = text.index(clause, at) + len(clause)


def test_no_pair_of_the_shipped_templates_contradicts_the_shipped_knowledge():
    knowledge = load_knowledge()
    filled = fill_from_knowledge(load_templates(knowledge), knowledge, TemplatesConfig(per_template=5), 42)
    told = [(each.instruction, each.response) for each in filled]
    assert len(told) > 500
    assert [pair for pair in told if CLAIMS.refuse(*pair)] == []
