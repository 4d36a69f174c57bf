"""The card says where the splits lie, and which licences are in there."""

import yaml

from etl.exports.dataset_card import card_text

SPLITS = {"train": "data/train/*.parquet", "validation": "data/validation/*.parquet"}


def card(licenses: list[tuple[str | None, int]]) -> str:
    return card_text("mixture", SPLITS, {"train": 1200, "validation": 3}, licenses, {"text": "string"})


def test_the_front_matter_names_the_files_of_each_split() -> None:
    front = yaml.safe_load(card([("MIT", 1)]).split("---\n")[1])
    assert front == {
        "license": "mit",
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
