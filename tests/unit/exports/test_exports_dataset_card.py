"""The card says where the splits lie, and which licences are in there."""

import pytest
import yaml

from etl.exports.dataset_card import card_text

SPLITS = {"train": "data/train/*.parquet", "validation": "data/validation/*.parquet"}


def card(licenses: list[tuple[str | None, int]]) -> str:
    return card_text("mixture", SPLITS, {"train": 1200, "validation": 3}, licenses, {"text": "string"})


def test_the_front_matter_names_the_files_of_each_split() -> None:
    front = yaml.safe_load(card([("MIT", 1)]).split("---\n")[1])
    assert front == {
        "pretty_name": "mixture",
        "license": "mit",
        "task_categories": ["text-generation"],
        "size_categories": ["1K<n<10K"],
        "tags": ["instructlake"],
        "configs": [
            {
                "config_name": "default",
                "data_files": [{"split": split, "path": path} for split, path in SPLITS.items()],
            }
        ],
    }


def test_licences_are_counted_and_one_of_several_is_other() -> None:
    text = card([(None, 3), ("CC-BY-4.0", 1200), ("a|b\n# c", 1)])
    assert "license: other\n" in text
    lines = text.splitlines()
    assert lines[-3:] == ["| CC-BY-4.0 | 1,200 |", "| not stated | 3 |", "| a\\|b # c | 1 |"]
    assert "| train | 1,200 |" in lines
    assert "| `text` | string |" in lines


def test_languages_and_how_it_was_made_are_told() -> None:
    facts = {"Run": "run-7 of 2026-01-02", "Code": "a|b"}
    text = card_text("pairs", {}, {"train": 999}, [], {}, languages=["zh", "en", "not a code", "en"], facts=facts)
    front = yaml.safe_load(text.split("---\n")[1])
    assert front["language"] == ["en", "zh"]
    assert front["size_categories"] == ["n<1K"]
    assert "| Run | run-7 of 2026-01-02 |" in text.splitlines()
    assert "| Code | a\\|b |" in text.splitlines()


@pytest.mark.parametrize(("rows", "size"), [(0, "n<1K"), (1000, "1K<n<10K"), (10**9, "1B<n<10B"), (10**12, "n>1T")])
def test_sizes_are_those_the_hub_knows(rows: int, size: str) -> None:
    assert f"- {size}\n" in card_text("t", {}, {"train": rows}, [], {})
