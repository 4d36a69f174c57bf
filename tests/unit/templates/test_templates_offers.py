"""What a document offers to templates: definitions, lists and sections, each part where it stands."""

import pytest

from etl.config.knowledge import TemplatesConfig
from etl.knowledge.load import load_knowledge
from etl.rules.base import Document
from etl.rules.ledger import Ledger
from etl.templates.load import load_templates
from etl.templates.offers import FINDERS, PARTS
from etl.templates.passages import build_filler, fill_from_document
from etl.text.parse import parse

BODY = (
    "For the making of green tea, leaves are used that were not oxidised, which is why its taste is fresh. Who likes "
    "it less bitter takes cooler water for the tea and lets the leaves draw for two minutes only."
)
PAGE = f"""# Kinds of hot drinks

Some drinks of the world:

- coffee with milk
- green tea
- cocoa

## Making of green tea

{BODY}

## Where coffee is grown

Short.

## The history of cocoa

Short.

## Sugar and its substitutes

Short.
"""


def document(text=PAGE, lang="en"):
    parsed = parse(text, "markdown")
    return Document(parsed.text, parsed.blocks, parsed.title, lang)


def offers(kind, text=PAGE, lang="en"):
    found = document(text, lang)
    return [
        {
            part: [found.text[piece.span.start : piece.span.end] for piece in pieces]
            for part, pieces in offer.parts.items()
        }
        for offer in FINDERS[kind](found, lang)
    ]


def test_a_list_is_its_lead_and_its_entries():
    (found,) = offers("list")
    assert found["lead"] == ["Some drinks of the world"]
    assert found["items"] == ["coffee with milk", "green tea", "cocoa"]
    assert (found["item"], found["next"], found["last"]) == (["coffee with milk"], ["green tea"], ["cocoa"])
    assert "title" not in found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- cocoa", "- cocoa and more"),
        ("- cocoa", "- and cocoa"),
        ("- cocoa", "- green tea"),
        ("- cocoa", "- `cocoa[]`"),
        ("- cocoa\n", ""),
        ("- cocoa", "  - cocoa"),
        ("- cocoa", "- cocoa\n\n  It is brown."),
        ("Some drinks of the world:", "Some drinks of the world."),
        ("Some drinks of the world:", "See also these resources:"),
        ("- cocoa", "- Next page"),
        ("- ", "1. "),
    ],
)
def test_what_is_no_plain_list_is_left_alone(old, new):
    assert offers("list", PAGE.replace(old, new)) == []


def test_a_section_is_a_heading_and_the_paragraph_that_takes_it_up():
    (found,) = offers("section")
    assert (found["heading"], found["paragraph"]) == (["Making of green tea"], [BODY])
    assert found["choices"] == [
        "Making of green tea", "Where coffee is grown", "The history of cocoa", "Sugar and its substitutes",
    ]  # fmt: skip


def test_a_heading_around_the_section_is_no_other_choice():
    page = PAGE.replace("## Where coffee is grown", "### Where coffee is grown")
    (found,) = offers("section", page)
    assert "choices" not in found


@pytest.mark.parametrize("number", ["3.2. ", "B.7.3. ", "1. ", "第 6 章 "])
def test_a_heading_is_one_without_its_number(number):
    (found,) = offers("section", PAGE.replace("Making of green tea", f"{number}Making of green tea"))
    assert found["heading"] == ["Making of green tea"]


@pytest.mark.parametrize(
    ("opening", "is_offered"), [("如果您", True), ("你们的", True), ("绿", True), ("如果这", False), ("因此，", False)]
)
def test_a_chinese_paragraph_may_speak_to_its_reader_or_open_with_a_condition(opening, is_offered):
    body = (
        f"{opening}茶叶在采摘之后很快失去水分，需要先用热气处理，再揉成细条并慢慢烘干。"
        + "烘干之后的茶叶可以放很久。" * 5
    )
    found = offers("section", f"# 茶\n\n## 茶叶的采摘与处理\n\n{body}\n", "zh")
    assert [each["paragraph"] for each in found] == ([[body]] if is_offered else [])


@pytest.mark.parametrize(
    ("heading", "is_title"),
    [
        ("茶叶的采摘与处理", True),
        ("6.2.1. 茶叶的采摘与处理", True),
        ("怎样处理茶叶？", True),
        ("茶叶采摘之后会失去水分，所以需要马上处理。", False),
        ("我的茶叶失去了水分。应该怎样处理？", False),
        ("在茶叶采摘之后，如果没有热气，还可以怎样处理和烘干这些茶叶？", False),
    ],
)
def test_a_chinese_sentence_or_a_long_question_is_no_title(heading, is_title):
    body = "茶叶在采摘之后很快失去水分，需要先用热气处理，再揉成细条并慢慢烘干。" + "烘干之后的茶叶可以放很久。" * 5
    assert len(offers("section", f"# 茶\n\n## {heading}\n\n{body}\n", "zh")) == is_title


@pytest.mark.parametrize(
    ("line", "lead"),
    [
        ("茶树已经种了很多年。茶叶按照做法可以分成：", ["茶叶按照做法可以分成"]),
        ("茶叶按照做法可以分成：", ["茶叶按照做法可以分成"]),
        ("它按照做法可以分成几种：", None),
        ("茶叶有几种：", None),
    ],
)
def test_the_last_chinese_sentence_leads_to_a_list_where_it_stands_alone(line, lead):
    found = offers("list", f"# 茶\n\n{line}\n\n- 绿色的茶叶\n- 红色的茶叶\n- 黑色的茶叶\n", "zh")
    assert [each["lead"] for each in found] == ([lead] if lead else [])


def test_a_paragraph_that_speaks_of_something_else_is_no_section():
    assert offers("section", PAGE.replace("Making of green tea", "Repair of bicycles")) == []


LATIN = (
    "自由软件项目最早由 Apache Software Foundation 的成员维护，后来交给了{}的团队，他们在网站上写下了许多说明，"
    "并定期发布新的版本。"
)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Debian", ["Apache Software Foundation", "Debian"]),
        (" GNU/Linux ", ["Apache Software Foundation", "GNU/Linux"]),
        (" C++ ", ["Apache Software Foundation", "C++"]),
        ("Apache Software Foundation", None),
        (" debian 和 Debian ", None),
        (" X ", None),
        (" Debian 12 ", None),
        (" 3D 打印", None),
        (" Café ", None),
        (" xxxxxxxx ", None),
        (" readIt ", None),
    ],
)
def test_latin_words_of_a_chinese_passage_are_offered_where_all_of_them_are_plain(name, words):
    found = offers("latin", LATIN.format(name), "zh")
    assert [each["words"] for each in found] == ([words] if words else [])
    assert (
        offers("latin", "Debian and Linux are known to many people all over the world, and so are others. " * 3) == []
    )


def test_a_definition_is_a_term_and_a_sentence():
    text = "A samovar is a container that heats water for tea and keeps it hot for hours. It is made of metal."
    (found,) = offers("definition", text)
    assert found["term"] == ["samovar"]
    assert found["sentence"] == ["A samovar is a container that heats water for tea and keeps it hot for hours."]
    assert found["rest"] == ["a container that heats water for tea and keeps it hot for hours."]


@pytest.mark.parametrize("kind", list(FINDERS))
@pytest.mark.parametrize("text", ["", "?" * 300_000, "- a\n" * 50_000, "# x\n\n" * 50_000, "- " * 100_000])
def test_hostile_text_offers_nothing_and_costs_little(kind, text):
    assert offers(kind, text) == []


def test_every_part_can_be_offered():
    made = {kind: {part for offer in offers(kind) for part in offer} for kind in ("section",)}
    assert made["section"] == set(PARTS["section"])


def test_what_a_document_says_is_never_a_slot_and_stands_where_the_evidence_says():
    page = PAGE.replace("Making of green tea", "Making {a} green tea").replace("## Where coffee is grown", "### Coffee")
    known = load_knowledge()
    templates = load_templates(known)
    filler = build_filler(templates, known, TemplatesConfig(kinds=["creative"]))
    read = document(page)
    (pair,) = fill_from_document(read, "en", filler, "1", Ledger())
    assert "“Making {a} green tea”" in pair.instruction or pair.instruction.endswith(": Making {a} green tea")
    heading, paragraph = pair.evidence
    assert read.text[heading.start : heading.end] == "Making {a} green tea"
    assert pair.response == read.text[paragraph.start : paragraph.end] == BODY
    assert pair.fillers == (f"@{heading.start}-{heading.end}", f"@{paragraph.start}-{paragraph.end}")
    assert pair.context == ""
    assert pair.response_source == "span"
