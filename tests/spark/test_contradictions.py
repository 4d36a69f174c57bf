"""Pairs that contradict the knowledge base are rejects; those that agree, or say nothing of it, are left alone."""

import pytest

from etl.config.gates import ContradictionGate
from etl.config.knowledge import KnowledgeBaseConfig
from etl.knowledge.load import load_knowledge
from etl.stages.contradictions import find_contradictions

pytestmark = pytest.mark.spark

WRONG = {"instruction": "What is the capital of France?", "response": "Lyon"}
RIGHT = {"instruction": "What is the capital of France?", "response": "Paris"}
MADE = {"method": "template", "response_source": "knowledge_base", "fillers": ["country/FR"]}
SECOND_FRANCE = (
    '{"type": "country", "key": "FR2", "names": {"en": "France"}, "facts": {"capital": "Lyon"}, '
    '"source": "mine", "license": "MIT"}\n'
)


def verdicts(frame, knowledge, **gate):
    found = find_contradictions(frame, knowledge, ContradictionGate(**gate)).collect()
    return {int(row["pair_id"], 16): (row["reason"], row["detail"]) for row in found}


def test_what_a_pair_says_is_held_against_what_is_known(candidates):
    frame = candidates(WRONG, RIGHT, {}, {**WRONG, **MADE}, {**RIGHT, **MADE})
    told = ("contradicts_knowledge", "the capital of France is Paris, not Lyon")
    assert verdicts(frame, load_knowledge()) == {0: told, 3: told}
    assert verdicts(frame, load_knowledge(), pairs="knowledge_base") == {3: told}


def test_where_the_knowledge_base_gives_two_values_neither_is_told(candidates, tmp_path):
    path = tmp_path / "mine.jsonl"
    path.write_text(SECOND_FRANCE)
    knowledge = load_knowledge(KnowledgeBaseConfig(path=str(path)))
    frame = candidates(WRONG, RIGHT, {**MADE, "response": "Paris lies on the Seine."}, {**MADE, "response": "Euro."})
    told = "the capital of France is Paris (country/FR, Unicode CLDR) and Lyon (country/FR2, mine)"
    assert verdicts(frame, knowledge) == dict.fromkeys((0, 1, 2), ("knowledge_conflict", told))


def test_without_functional_facts_nothing_is_refused(candidates, tmp_path):
    path = tmp_path / "mine.jsonl"
    path.write_text(SECOND_FRANCE)
    knowledge = load_knowledge(KnowledgeBaseConfig(path=str(path), shipped=False))
    assert verdicts(candidates(WRONG, {**WRONG, **MADE}), knowledge) == {}
