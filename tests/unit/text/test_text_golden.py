"""Whole documents against what was read and found right by a person."""

import json
from pathlib import Path

import pytest

from etl.text.parse import parse

GOLDEN = Path(__file__).parents[2] / "golden" / "parse"
FORMATS = {".html": "html", ".md": "markdown", ".txt": "text"}
CASES = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())


def test_there_are_golden_documents_of_every_format() -> None:
    suffixes = {source.suffix for source in GOLDEN.glob("*/input.*")}
    assert suffixes == set(FORMATS)


@pytest.mark.parametrize("case", CASES)
def test_document_parses_as_its_golden_says(case: str) -> None:
    (source,) = (GOLDEN / case).glob("input.*")
    expected = json.loads((GOLDEN / case / "expected.json").read_text(encoding="utf-8"))
    parsed = parse(source.read_text(encoding="utf-8"), FORMATS[source.suffix])
    found = {
        "title": parsed.title,
        "n_chrome": parsed.n_chrome,
        "text": parsed.text,
        "blocks": [
            {
                "kind": block.kind,
                "text": parsed.text[block.start : block.end],
                "level": block.level,
                "number": block.number,
                "mark": block.mark,
            }
            for block in parsed.blocks
        ],
    }
    assert found == expected
