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


def test_a_paragraph_that_speaks_of_something_else_is_no_section():
    assert offers("section", PAGE.replace("Making of green tea", "Repair of bicycles")) == []


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
