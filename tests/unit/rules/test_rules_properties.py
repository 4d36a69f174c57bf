from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.config.models import FaqConfig, HowtoConfig, LabelledQaConfig, RulesConfig
from etl.rules import build_rules
from etl.rules.base import Document, Span
from etl.rules.families import FAMILIES
from etl.rules.grounding import grounding
from etl.text.blocks import KINDS, MARKS, Block

RULES = build_rules(RulesConfig(faq=FaqConfig(), labelled_qa=LabelledQaConfig(), howto=HowtoConfig()))
SNIPPETS = st.sampled_from(
    [
        *("How do I start?", "What is it?", "FAQ", "Yes.", "Open the file. It helps.", "Click OK", "Q: Why?", "A: So."),
        *(
            "Q: Why? A: So.",
            "问：多少？答：五。",
            "Step 1: Open it",
            "Step 2: Close it",
            "1.2. Use",
            "?",
            "1. ",
            "第一步：打开",
        ),
        *(
            "How to brew tea",
            "Follow these steps:",
            "👍🏽 é",
            "x\ny",
            "To open it:",
            "Note",
            "Figure 2",
            "MK: Why?",
            "A:",
        ),
    ]
)
BLOCKS = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.one_of(SNIPPETS, st.text(min_size=1, max_size=40)),
        st.integers(0, 3),
        st.one_of(st.none(), st.integers(1, 4)),
        st.sampled_from(MARKS),
    ),
    max_size=25,
)


def document_of(specs):
    text, blocks = "", []
    for kind, body, level, number, mark in specs:
        text += "\n\n" if text else ""
        blocks.append(Block(kind, len(text), len(text) + len(body), level, number if kind == "item" else None, mark))
        text += body
    return Document(text, blocks)


@given(BLOCKS)
@settings(max_examples=400, deadline=None)
def test_any_blocks_give_pairs_whose_evidence_lies_in_the_text(specs):
    document = document_of(specs)
    for rule in RULES:
        for pair in rule(document):
            assert pair.instruction.strip() and pair.response.strip()
            assert pair.family in FAMILIES
            assert all(0 <= span.start < span.end <= len(document.text) for span in pair.evidence)
            assert 0.0 <= grounding(pair.response, document.text, pair.evidence) <= 1.0


@given(BLOCKS)
@settings(max_examples=200, deadline=None)
def test_answers_of_one_rule_do_not_share_evidence(specs):
    document = document_of(specs)
    for rule in RULES:
        if rule.name == "howto":
            continue  # a whole and its steps share theirs
        answers = sorted(pair.evidence[-1] for pair in rule(document))
        assert all(a.end <= b.start for a, b in pairwise(answers))


@given(st.text(max_size=80), st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_grounding_is_a_share_for_any_text(response, text, start, end):
    assert 0.0 <= grounding(response, text, [Span(min(start, end), max(start, end))]) <= 1.0
