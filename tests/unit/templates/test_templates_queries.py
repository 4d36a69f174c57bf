"""Templates made of what people ask: names and numbers become slots, and what points elsewhere is left out."""

import json

import pytest

from etl.config.knowledge import TemplatesConfig
from etl.knowledge.load import load_knowledge
from etl.main import main
from etl.rules.base import Document
from etl.rules.ledger import Ledger
from etl.templates.load import load_templates
from etl.templates.passages import build_filler, fill_from_document
from etl.templates.queries import Query, mine
from etl.text.blocks import PARAGRAPH, Block

KNOWN = load_knowledge()
LONG = "word " * 40


def mined(*queries, language="en"):
    return mine([Query(*each) if isinstance(each, tuple) else Query(each) for each in queries], KNOWN, language)


@pytest.mark.parametrize(
    ("query", "request_", "slots", "kind"),
    [
        ("Name the largest cities of Peru.", "Please name the largest cities of {a}.", "mention country", "examples"),
        ("Which roads of the United States are old?", "Which roads of {a} are old?", "mention country", "command"),
        ("Write a script in Perl that counts lines.", "Please write a script in {a} that counts lines.",
         "mention programming_language", "creative"),
        ("Why does it rain in Lisbon?", "Why does it rain in {a}?", "mention capital", "reasoning"),
    ],
)  # fmt: skip
def test_a_known_name_becomes_a_slot_for_a_name_of_the_passage(query, request_, slots, kind):
    (found,) = mined(query).templates
    assert (found.request, found.kind) == (request_, kind)
    assert found.slots == {"p": "passage", "a": slots}


def test_a_second_name_and_a_number_are_filled_from_the_knowledge_base():
    (found,) = mined("Compare Peru with Chile in 5 sentences, Peru first.").templates
    assert found.request == "Please compare {a} with {b} in {c} sentences, {a} first."
    assert found.slots == {"p": "passage", "a": "mention country", "b": "country", "c": "number"}


def test_a_query_about_a_text_becomes_one_about_a_passage():
    (found,) = mined(("Summarize the given article briefly.", LONG)).templates
    assert (found.request, found.slots) == ("Summarize the text briefly.", {"p": "passage"})


def test_a_chinese_query_becomes_a_template_too():
    (found,) = mined("请介绍秘鲁的主要城市。", language="zh").templates
    assert (found.request, found.slots["a"]) == ("请介绍{a}的主要城市。", "mention country")


def test_queries_that_differ_in_names_and_politeness_are_one_template():
    found = mined("Name the rivers of Peru.", "please name the rivers of Chile", "Name the rivers of Spain!")
    assert [each.queries for each in found.templates] == [3]
    assert found.left_out == {"repeated": 2}


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("Hello Peru", "too_short"),
        ("Name Peru. " * 60, "too_long"),
        ("What is {a} in Peru?", "not_fit"),
        ("user: name the rivers of Peru", "not_fit"),
        ("How does one learn to swim?", "no_slot"),
        (("Rank the given players.", LONG), "no_slot"),
        ("Answer the following question on Peru.", "points_elsewhere"),
        ("Name the rivers of Georgia.", "no_slot"),
        ("Meet at 12:30 on the 4th, item 3) of 2024", "no_slot"),
    ],
)
def test_what_becomes_no_template_is_counted_by_reason(query, reason):
    found = mined(query)
    assert found.templates == []
    assert found.left_out == {reason: 1}


def test_the_file_that_the_command_writes_is_offered_to_documents_that_fit(tmp_path, capsys):
    rows = [
        {"instruction": "Name the largest rivers of Peru.", "instances": [{"input": ""}]},
        {"instruction": "Name the largest rivers of Chile.", "input": ""},
        {"instruction": "How does one learn to swim?"},
    ]
    queries, folder = tmp_path / "queries.jsonl", tmp_path / "mine"
    folder.mkdir()
    queries.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    out = folder / "en.yaml"
    assert main(["templates", "--queries", str(queries), "--out", str(out), "--license", "MIT"]) == 0
    assert "1 templates of examples; left out: no_slot 1, repeated 1" in capsys.readouterr().out
    config = TemplatesConfig(path=str(folder), kinds=["examples"], placeholders=True)
    templates = load_templates(KNOWN, str(folder))
    (own,) = [each for each in templates.templates if ".query_" in each.id]
    assert (own.license, own.response) == ("MIT", "model")
    filler = build_filler(templates, KNOWN, config)
    text = (
        "In the spring of that year the whole group left Peru by boat, stayed on the river for a month and went home, "
        "and nobody had planned it so."
    )
    document = Document(text, [Block(PARAGRAPH, 0, len(text))], None, "en")
    (pair,) = fill_from_document(document, "en", filler, "1", Ledger())
    assert pair.instruction == "Please name the largest rivers of Peru."
    assert (pair.context, pair.response_source) == (text, "placeholder")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("q.jsonl", "{", "q.jsonl:1: this is no JSON"),
        ("q.jsonl", '{"text": "x"}', "there is no text 'instruction'; valid: --column"),
        ("q.txt", "How does one learn to swim?", "no query became a template (left out: no_slot 1)"),
        ("none.txt", None, "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_code_2(tmp_path, capsys, name, content, said):
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert main(["templates", "--queries", str(path), "--out", str(tmp_path / "x.yaml"), "--license", "MIT"]) == 2
    assert said in capsys.readouterr().err
