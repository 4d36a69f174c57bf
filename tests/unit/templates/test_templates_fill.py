"""Filled templates: every slot is filled from what is known, and nothing a text says is read as a slot."""

import pickle

import pytest

from etl.config.knowledge import TemplatesConfig
from etl.knowledge.load import load_knowledge
from etl.knowledge.models import Entity, KnowledgeBase
from etl.rules.base import Document, Span
from etl.rules.ledger import Ledger
from etl.templates.fill import fill_from_knowledge
from etl.templates.load import load_templates
from etl.templates.passages import build_filler, fill_from_document
from etl.text.blocks import PARAGRAPH, Block

KNOWN = load_knowledge()
SHIPPED = load_templates(KNOWN)
SALT = "42"


def known(**options):
    return list(fill_from_knowledge(SHIPPED, KNOWN, TemplatesConfig(**options), 42))


def of_document(text, lang="en", **options):
    filler = pickle.loads(pickle.dumps(build_filler(SHIPPED, KNOWN, TemplatesConfig(**options))))
    document = Document(text, [Block(PARAGRAPH, 0, len(text))], None, lang)
    return fill_from_document(document, lang, filler, SALT, Ledger())


def test_no_slot_stays_open_and_every_filler_is_an_entity():
    pairs = known(per_template=30)
    assert len(pairs) > 2000
    for pair in pairs:
        assert not set("{}") & set(pair.instruction + pair.response), pair
        assert pair.fillers
        assert set(pair.fillers) <= set(KNOWN.by_id)
        assert pair.instruction.strip()
        assert pair.response.strip()


def test_the_same_seed_gives_the_same_pairs_and_no_request_comes_twice_of_a_template():
    assert known(per_template=5) == known(per_template=5)
    requests = [(pair.template.id, pair.instruction) for pair in known(per_template=20)]
    assert len(requests) == len(set(requests))


def test_more_pairs_a_template_keep_those_that_were_there():
    assert {pair.instruction for pair in known(per_template=3)} <= {pair.instruction for pair in known(per_template=6)}


def test_conditions_between_slots_hold():
    for pair in known(per_template=30, kinds=["comparison", "difference"]):
        facts = [KNOWN.by_id[filler].facts for filler in pair.fillers]
        name = pair.template.id.split(".")[-1]
        if name == "same_money@1":
            assert facts[0]["currency"] == facts[1]["currency"]
        if name == "heavier@1":
            assert int(facts[0]["number"]) < int(facts[1]["number"])
        assert len(set(pair.fillers)) == len(pair.fillers)


def test_templates_that_need_a_model_are_filled_only_with_placeholders_that_say_so():
    assert {pair.response_source for pair in known(per_template=1)} == {"knowledge_base"}
    more = [pair for pair in known(per_template=1, placeholders=True) if pair.response_source == "placeholder"]
    assert {pair.template.id for pair in more} == {"en.creative.story@1", "zh.creative.story@1"}


def test_a_pair_has_the_licences_of_its_template_and_its_fillers():
    licences = {pair.template.id: pair.license for pair in known(per_template=1)}
    assert licences["en.command.symbol@1"] == "Apache-2.0"
    assert licences["en.command.capital@1"] == "Apache-2.0 AND Unicode-3.0"


def test_braces_in_a_name_are_no_slots():
    odd = Entity("country", "X", {"en": "{a} land"}, "me", "MIT", facts={"capital": "{a.continent}"})
    pairs = fill_from_knowledge(SHIPPED, KnowledgeBase((odd,), "odd"), TemplatesConfig(languages=["en"]), 42)
    said = {pair.template.id: (pair.instruction, pair.response) for pair in pairs}
    assert said["en.command.capital@1"] == (
        "Name the capital of {a} land.",
        "The capital of {a} land is {a.continent}.",
    )


TEXT = (
    "In the spring of that year the whole group left Peru for Chile, stayed there for a month and went home by way of "
    "Peru again, and nobody had planned it so."
)


def test_a_passage_is_context_and_its_names_are_spans():
    (pair,) = of_document(TEXT, kinds=["extraction"])
    assert pair.context == TEXT
    assert pair.evidence[0] == (0, len(TEXT))
    assert [TEXT[span.start : span.end] for span in pair.evidence[1:]] == ["Peru", "Chile"]
    assert [filler.split("@")[0] for filler in pair.fillers] == ["country/PE", "country/CL"]
    if pair.response_source == "span":
        assert pair.response == "Peru\nChile"


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("Chile", "Georgia"),
        TEXT.replace("Chile", "England"),
        TEXT.replace("Chile", "Peru"),
        TEXT.replace("nobody had", "nobody at GOV.UK had"),
        TEXT.replace("left Peru for", "left Peru Metal Works for"),
        "In Peru and Chile.",
        "?" * 1_000_000,
        TEXT * 20,
    ],
)
def test_a_passage_that_is_unsure_short_or_long_is_left_alone(text):
    assert of_document(text, kinds=["extraction"]) == []


def test_one_name_of_a_passage_is_enough_where_no_list_is_asked_for():
    (pair,) = of_document(TEXT.replace("Chile", "Georgia"), kinds=["translation"])
    assert pair.template.id == "en.translation.named_country@1"
    assert pair.fillers[0].startswith("country/PE@")
    assert pair.fillers[1].startswith("language/")


def test_what_a_rule_has_sold_is_not_sold_again():
    document = Document(TEXT, [Block(PARAGRAPH, 0, len(TEXT))], None, "en")
    filler = build_filler(SHIPPED, KNOWN, TemplatesConfig(kinds=["extraction"]))
    chile = Span(TEXT.index("Chile"), TEXT.index("Chile") + 5)

    def sources(*sold):
        found = set()
        for salt in "0123456789":
            ledger = Ledger()
            ledger.enter("reading_cause", sold)
            found |= {pair.response_source for pair in fill_from_document(document, "en", filler, salt, ledger)}
        return found

    # What the knowledge base says of the names is not the document's to sell.
    assert sources() == {"span", "knowledge_base"}
    assert sources(chile) == {"knowledge_base"}


def test_a_chinese_passage_is_read_too():
    text = (
        "去年春天，考察队从秘鲁出发，经过巴西回到了北部的营地，一路上他们记录了许多植物和动物，"
        "还画了不少地图，收获非常丰富，大家都很满意，准备明年再来一次。"
    )
    (pair,) = of_document(text, "zh", kinds=["extraction"])
    assert pair.template.language == "zh"
    assert [filler.split("@")[0] for filler in pair.fillers] == ["country/PE", "country/BR"]


def test_no_pairs_of_documents_where_none_are_asked_for():
    assert of_document(TEXT, per_document=0) == []
    assert of_document(TEXT, "fr") == []
