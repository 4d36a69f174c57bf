import pytest

from etl.config.reading import ReadingConfig
from etl.rules.base import Document
from etl.rules.ledger import find_pairs
from etl.rules.reading import build_reading
from etl.text.parse import parse


@pytest.fixture
def read():
    """Return (instruction, context, response) of the pairs a task makes of a text."""

    def _read(task, text, lang="en", form="markdown", most=10):
        (rule,) = build_reading(ReadingConfig(tasks=[task], max_per_task=most))
        parsed = parse(text, form)
        document = Document(parsed.text, parsed.blocks, parsed.title, lang)
        return [(pair.instruction, pair.context, pair.response) for pair in rule(document)]

    return _read


@pytest.fixture
def judged():
    """Return (response, reason) of the pairs of a task as the ledger judges them."""

    def _judged(task, text, lang=None, form="text"):
        parsed = parse(text, form)
        document = Document(parsed.text, parsed.blocks, parsed.title, lang)
        rules = build_reading(ReadingConfig(tasks=[task]))
        return [(found.pair.response, found.reason) for found in find_pairs(document, rules)]

    return _judged
