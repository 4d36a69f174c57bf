"""Pages that are not prose, and text made to be slow."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.config.reading import TASKS, ReadingConfig
from etl.rules.base import Document
from etl.rules.families import FAMILIES, FAMILY_OF_RULE, METHOD_OF_RULE
from etl.rules.grounding import grounding
from etl.rules.reading import READING_RULES, build_reading
from etl.rules.reading.language import guess, language_of, languages_of
from etl.text.blocks import KINDS, Block
from etl.text.parse import parse

RULES = build_reading(ReadingConfig(tasks=list(TASKS)))


def pairs(text, lang=None, form="text"):
    parsed = parse(text, form)
    document = Document(parsed.text, parsed.blocks, parsed.title, lang)
    return [(rule.task, pair) for rule in RULES for pair in rule(document)]


def test_lines_of_a_portal_make_no_pair():
    page = "什么是后训练?大语言模型训练后优化方法综述,87页pdf\n专知会员服务\n55+阅读 · 2024年7月24日\n" * 6
    assert pairs(page) == []


def test_a_list_of_records_makes_no_pair_across_records():
    page = "- A Record on Tea [97.0]\nお茶の本である。\n論文 (2024-10-14) - Another Record on Milk [28.3]\n牛乳の本。\n"
    assert pairs(page) == []


def test_slots_in_braces_are_text():
    text = "# Filling {title} by Hand\n\nThis guide explains how to fill the slots of a template by hand at night."
    (found,) = [pair for task, pair in pairs(text, "en", "markdown") if task == "topic"]
    assert "{title} by Hand" in found.instruction


def test_languages_are_those_of_the_blocks_where_none_is_stated():
    english = "The old disk of the server is still very fast. However, the new one has failed twice already. " * 2
    japanese = "お茶は長年にわたり島の人々に愛されてきた飲み物である。" * 12
    document = Document(*parse(f"{japanese}\n\n{english}", "text")[:2])
    assert languages_of(document) == ("ja", "en")
    assert [pair.response for task, pair in pairs(document.text) if task == "relation"] == ["However"] * 2
    assert language_of(document._replace(lang="pt-BR")) == "pt"
    assert guess("12345") == ""


@pytest.mark.parametrize(
    "unit",
    [
        *("?", "x is a ", " because ", "(", "Therefore, ", "Translate to x: a -> ", "1,", "是一种", "翻译:\n\n", '"'),
        *("The cat is a thing that sits. ", "translation: 5 ", "\n$ ls\nx\n", "Abstract: ", "## a\n\n", "- -a\n"),
    ],
)
def test_time_does_not_grow_faster_than_the_text(unit):
    def seconds(size):
        parsed = parse(unit * (size // len(unit)), "text")
        document = Document(parsed.text, parsed.blocks, None, "en")
        started = time.process_time()
        for rule in RULES:
            list(rule(document))
        return time.process_time() - started

    assert seconds(200_000) < 4 * seconds(100_000) + 0.1


WORDS = st.sampled_from(
    [
        *("A kernel is a program that runs. ", "However, ", "it is slow because ", "翻译:", "Abstract: ", "$ ls\nx\n"),
        *(
            "In other words, ",
            "This guide explains ",
            "ls(1)",
            "-a, --all",
            "是一种",
            "。",
            "\n",
            "\ud800",
            "“",
            "18M ",
        ),
    ]
)
BLOCKS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.lists(st.one_of(WORDS, st.text(max_size=30)), min_size=1, max_size=12)),
    max_size=12,
)


@given(BLOCKS, st.sampled_from([None, "en", "de", "fr", "es", "zh", "xx"]))
@settings(max_examples=150, deadline=None)
def test_any_blocks_give_pairs_whose_evidence_lies_in_the_text(specs, lang):
    text, blocks = "", []
    for kind, parts in specs:
        body = "".join(parts) or "x"
        text += "\n\n" if text else ""
        blocks.append(Block(kind, len(text), len(text) + len(body)))
        text += body
    document = Document(text, blocks, None, lang)
    for rule in RULES:
        found = list(rule(document))
        assert found == list(rule(document))
        for pair in found:
            assert pair.instruction.strip() and pair.response.strip()
            assert pair.family == FAMILY_OF_RULE[rule.name]
            assert all(0 <= span.start < span.end <= len(text) for span in pair.evidence)
            assert grounding(pair.response, text, pair.evidence) > 0.8


def test_every_task_has_a_rule_a_family_and_a_method():
    assert tuple(rule.name for rule in RULES) == READING_RULES
    assert {FAMILY_OF_RULE[name] for name in READING_RULES} <= set(FAMILIES)
    assert {METHOD_OF_RULE[name] for name in READING_RULES} == {"reading_comprehension"}


def test_a_document_yields_no_more_pairs_a_task_than_the_cap():
    text = "\n\n".join(f"A kernel{n} is a program that manages memory and processes." for n in range(50))
    (rule,) = build_reading(ReadingConfig(tasks=["definition"], max_per_task=3))
    parsed = parse(text, "markdown")
    found = list(rule(Document(parsed.text, parsed.blocks, None, "en")))
    assert len(found) == 3
    assert [pair.evidence[0].start for pair in found] == sorted(pair.evidence[0].start for pair in found)
    assert found[-1].evidence[0].start > 500
